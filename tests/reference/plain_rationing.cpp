// SPDX-License-Identifier: Apache-2.0
#include "reference/plain_rationing.h"

#include <algorithm>
#include <utility>

namespace linchpin::reference {
namespace {

using Some = std::vector<Client*>;

template <class Wanted>
Some those(std::vector<Client>& clients, Wanted wanted) {
  Some some;
  for (auto& client : clients) {
    if (client.order > 0 && wanted(client)) some.push_back(&client);
  }
  return some;
}

/// Everybody the same share; returns what is left.
double in_proportion(Some const& clients, double made) {
  double ordered = 0;
  for (auto const* client : clients) ordered += client->order;
  if (ordered <= made) {
    for (auto* client : clients) client->delivered = client->order;
    return made - ordered;
  }
  for (auto* client : clients) client->delivered = client->order * made / ordered;
  return 0;
}

/// One after the other, each in full while there is enough.
void in_turn(Some const& clients, double made) {
  for (auto* client : clients) {
    client->delivered = std::min(client->order, made);
    made -= client->delivered;
  }
}

/// Deliveries over baseline purchases rise evenly, each up to its order; returns what is left.
double evenly(Some clients, double made) {
  std::stable_sort(clients.begin(), clients.end(), [](Client const* a, Client const* b) {
    return a->order / a->base < b->order / b->base;
  });
  for (std::size_t k = 0; k < clients.size(); ++k) {
    double base = 0;  // of those not yet served to the full
    for (std::size_t m = k; m < clients.size(); ++m) base += clients[m]->base;
    double const level = made / base;
    if (clients[k]->order <= level * clients[k]->base) {
      clients[k]->delivered = clients[k]->order;
      made -= clients[k]->order;
      continue;
    }
    for (std::size_t m = k; m < clients.size(); ++m) {
      clients[m]->delivered = level * clients[m]->base;
    }
    return 0;
  }
  return made;
}

}  // namespace

void ration(disrupt::Rationing rule, double made, std::vector<Client>& clients, Rng random) {
  using disrupt::Rationing;
  using Kind = Client::Kind;
  auto const all = those(clients, [](Client const&) { return true; });
  double ordered = 0;
  for (auto const* client : all) ordered += client->order;
  if (made >= ordered * (1 - 1e-12)) {  // above rounding
    for (auto* client : all) client->delivered = client->order;
    return;
  }
  switch (rule) {
    case Rationing::proportional:
      in_proportion(all, made);
      return;
    case Rationing::intermediate_first: {
      auto const industry = [](Client const& c) { return c.kind == Kind::industry; };
      auto const other = [](Client const& c) { return c.kind != Kind::industry; };
      made = in_proportion(those(clients, industry), made);
      in_proportion(those(clients, other), made);
      return;
    }
    case Rationing::domestic_first: {
      made = in_proportion(those(clients, [](Client const& c) { return c.at_home; }), made);
      in_proportion(those(clients, [](Client const& c) { return !c.at_home; }), made);
      return;
    }
    case Rationing::government_first: {
      double first = 0;
      for (auto const* client : all) first += client->government;
      double const governed = first > 0 ? std::min(1.0, made / first) : 1.0;
      double const left = std::max(0.0, made - first);
      double const others = ordered > first ? left / (ordered - first) : 0.0;
      for (auto* client : all) {
        client->delivered =
            client->government * governed + (client->order - client->government) * others;
      }
      return;
    }
    case Rationing::largest_first: {
      auto order = all;
      std::stable_sort(order.begin(), order.end(), [](Client const* a, Client const* b) {
        if (a->kind == Kind::rebuilding || b->kind == Kind::rebuilding) {
          return a->kind != Kind::rebuilding && b->kind == Kind::rebuilding;
        }
        return a->base > b->base;
      });
      in_turn(order, made);
      return;
    }
    case Rationing::smallest_relative_first: {
      made = evenly(those(clients, [](Client const& c) { return c.kind == Kind::industry; }), made);
      in_proportion(those(clients, [](Client const& c) { return c.kind != Kind::industry; }), made);
      return;
    }
    case Rationing::random: {
      auto order = all;
      for (std::size_t k = order.size(); k > 1; --k) {
        std::swap(order[k - 1], order[static_cast<std::size_t>(random.below(k))]);
      }
      in_turn(order, made);
      return;
    }
  }
}

}  // namespace linchpin::reference
