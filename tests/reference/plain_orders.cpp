// SPDX-License-Identifier: Apache-2.0
// Step 0 and 5 of a day: who orders what from whom, and who gets what.
#include <algorithm>
#include <cmath>

#include "reference/plain_model.h"
#include "reference/plain_rationing.h"

namespace linchpin::reference {

bool PlainModel::slow() const { return std::isfinite(options_.switching_speed); }

/// w^η: 1, relative output, or what could have been made.
void PlainModel::weigh() {
  for (std::size_t i = 0; i < n_; ++i) {
    double weight = 1;
    if (options_.order_rule == disrupt::OrderRule::reweighted) weight = made_[i];
    if (options_.order_rule == disrupt::OrderRule::available) weight = possible_[i];
    auto const& elasticity = options_.resourcing_elasticity;
    weight_[i] = std::pow(weight, elasticity.empty() ? 1 : elasticity[world_.product(i)]);
  }
}

/// a*: Z w (1 − c) / Σ Z w (1 − c), or Z/R if buyers stay where they are. Final users go on buying
/// where they did while no cut is in force on what they use of the product.
void PlainModel::set_targets() {
  bool const fixed = options_.order_rule == disrupt::OrderRule::fixed;
  auto const set = [&](Matrix const& flows, Matrix const& cut, bool final, Matrix& target) {
    for (std::size_t buyer = 0; buyer < flows.front().size(); ++buyer) {
      for (std::size_t p = 0; p < products_; ++p) {
        bool in_force = !final;
        for (std::size_t i = 0; i < n_; ++i) {
          bool const sells = world_.product(i) == p && flows[i][buyer] > 0;
          in_force = in_force || (sells && cut[i][buyer] > 0);
        }
        double total = 0;
        for (std::size_t i = 0; i < n_; ++i) {
          if (world_.product(i) != p) continue;
          target[i][buyer] = flows[i][buyer];
          if (!fixed && in_force) target[i][buyer] *= weight_[i] * (1 - cut[i][buyer]);
          total += target[i][buyer];
        }
        for (std::size_t i = 0; i < n_; ++i) {
          if (world_.product(i) != p) continue;
          target[i][buyer] = total > 0 ? target[i][buyer] / total : 0;
        }
      }
    }
  };
  set(world_.Z, cut_, false, target_);
  set(world_.y, final_cut_, true, final_target_);
}

/// fixed: O = O^S a* (1 − c); else O^S a*; slowly: O^S a (1 − c).
void PlainModel::book_orders() {
  bool const fixed = options_.order_rule == disrupt::OrderRule::fixed;
  for (std::size_t i = 0; i < n_; ++i) {
    for (std::size_t f = 0; f < n_; ++f) {
      double share = target_[i][f];
      if (fixed) share *= 1 - cut_[i][f];
      if (slow()) share = share_[i][f] * (1 - cut_[i][f]);
      booked_[i][f] = ordered_[world_.product(i)][f] * share;
    }
  }
}

void PlainModel::book_final_use() {
  bool const fixed = options_.order_rule == disrupt::OrderRule::fixed;
  for (std::size_t r = 0; r < regions_; ++r) {
    Vector use(products_, 0.0);
    for (std::size_t i = 0; i < n_; ++i) use[world_.product(i)] += world_.y[i][r];
    for (std::size_t i = 0; i < n_; ++i) {
      double share = final_target_[i][r];
      if (fixed) share *= 1 - final_cut_[i][r];
      if (slow()) share = final_share_[i][r] * (1 - final_cut_[i][r]);
      final_booked_[i][r] = wanted_[i][r] * use[world_.product(i)] * share;
    }
  }
}

/// D / τ a day, in yearly rates.
void PlainModel::book_rebuilding() {
  for (std::size_t k = 0; k < scenario_.capital_losses.size(); ++k) {
    auto const& loss = scenario_.capital_losses[k];
    double damage = 0;
    for (double const each : damage_[k]) damage += each;
    auto const share = events_.rebuilders(loss);
    for (std::size_t i = 0; i < n_; ++i) {
      rebuild_[k][i] = 365 * damage / loss.rebuild_days * share[i];
    }
  }
}

/// c_r = exp(ρ ln c_r + (1 − ρ)/2 (ln l* + ln l^p)).
void PlainModel::spend() {
  if (!options_.consumption.active) return;
  double const rho = 1 - (1 - options_.consumption.persistence) / 90;
  for (std::size_t r = 0; r < regions_; ++r) {
    double earned = 0, base = 0;
    for (std::size_t f = 0; f < n_; ++f) {
      if (world_.region(f) != r) continue;
      earned += world_.value_added[f] * made_[f];
      base += world_.value_added[f];
    }
    double const income = base > 0 ? earned / base : 1;
    double const kept = income + options_.consumption.replacement * (1 - income);
    double const expected = (1 + kept) / 2;
    spending_[r] = std::exp(rho * std::log(spending_[r]) +
                            (1 - rho) / 2 * (std::log(kept) + std::log(expected)));
  }
}

/// 5: all clients of seller f.
void PlainModel::ration_seller(std::size_t f, int t, PlainDay& day) {
  std::vector<Client> clients;
  for (std::size_t b = 0; b < n_; ++b) {
    bool const home = world_.region(b) == world_.region(f);
    clients.push_back({Client::Kind::industry, home, world_.Z[f][b], 0, booked_[f][b], 0});
  }
  for (std::size_t r = 0; r < regions_; ++r) {
    bool const home = r == world_.region(f);
    // What households order less for want of income is not the government's.
    double const spent = 1 - world_.household[f][r] * (1 - spending_[r]);
    double const order = final_booked_[f][r];
    double const government =
        spent > 0 ? std::min(order, world_.government[f][r] * order / spent) : 0;
    clients.push_back({Client::Kind::final_user, home, world_.y[f][r], government, order, 0});
  }
  clients.push_back({Client::Kind::rebuilding, false, 0, 0, day.rebuilding_ordered[f], 0});
  Rng const random(Seed{options_.rationing_seed}, static_cast<std::uint64_t>(t) * n_ + f);
  ration(options_.rationing, day.output[f], clients, random);
  for (std::size_t b = 0; b < n_; ++b) day.sent[f][b] = clients[b].delivered;
  for (std::size_t r = 0; r < regions_; ++r) day.final_sent[f][r] = clients[n_ + r].delivered;
  day.rebuilding_delivered[f] = clients.back().delivered;
}

/// a ← a + min(1, κ/m)(a* − a), m = ½ Σ |a* − a|, for each product and buyer, with the weights of
/// the evening and the cuts of the day. What industries moved is counted.
void PlainModel::switch_suppliers(PlainDay& day) {
  if (!slow()) return;
  auto const move = [&](Matrix& share, Matrix const& target, std::size_t p, std::size_t buyer) {
    double sum = 0, apart = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      if (world_.product(i) != p) continue;
      sum += target[i][buyer];
      apart += 0.5 * std::abs(target[i][buyer] - share[i][buyer]);
    }
    if (sum <= 0 || apart <= 1e-12) return 0.0;  // nobody to turn to, or nothing to change
    double const step = std::min(1.0, options_.switching_speed / apart);
    for (std::size_t i = 0; i < n_; ++i) {
      if (world_.product(i) != p) continue;
      share[i][buyer] += step * (target[i][buyer] - share[i][buyer]);
    }
    return step * apart;
  };
  for (std::size_t p = 0; p < products_; ++p) {
    for (std::size_t f = 0; f < n_; ++f) {
      double const moved = move(share_, target_, p, f);
      day.switched[world_.region(f)] += moved * day.ordered[p][f];
    }
    for (std::size_t r = 0; r < regions_; ++r) move(final_share_, final_target_, p, r);
  }
}

}  // namespace linchpin::reference
