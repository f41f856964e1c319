// SPDX-License-Identifier: Apache-2.0
// Options that look at pairs of seller and buyer: transport under way, shares that move slowly, and
// clients who are served one after the other.
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include "linchpin/core/random.h"
#include "linchpin/disrupt/day_model.h"
#include "linchpin/disrupt/day_scratch.h"

namespace linchpin::disrupt {

/// As deliver(), the sellers of each delay on their own.
void DayModel::deliver_later(std::size_t product, Scratch& scratch) {
  auto const first = baseline_->rows.first(product);
  auto const last = baseline_->rows.last(product);
  auto const& delays = transport_.delays();
  for (auto const& band : bands_[product]) {
    for (std::size_t d = 0; d < delays.size(); ++d) {
      scratch.rows.clear();
      scratch.weights.clear();
      for (auto row = first; row < last; ++row) {
        auto const region = region_of_row(row);
        if (transport_.between(region, band.region) != delays[d]) continue;
        scratch.rows.push_back(static_cast<std::uint32_t>(baseline_->rows.industry_of(row)));
        bool const home = home_first_ && region == band.region;
        double const* const sent = (home ? sent_home_ : sent_).data() + row * lanes_;
        auto const start = scratch.weights.size();
        scratch.weights.insert(scratch.weights.end(), sent, sent + lanes_);
        for (auto const& [touched, group] : band.touched) {
          if (touched == row - first && cuts_.in_force(group)) {
            scale(lanes_, cuts_.booked(group), scratch.weights.data() + start);
          }
        }
      }
      if (scratch.rows.empty()) continue;
      auto const rows = rows_of(scratch.rows);
      add_deliveries(rows, band.first, band.last, lanes_, scratch.weights.data(), scratch.sums[d],
                     nullptr, nullptr);
    }
  }
  if (weighted_) weigh(product, next_weight_, reachable_.row(product).data(), scratch);
}

/// What final users get of today's deliveries arrives when their delay is over; serve_row() has
/// sent off what clients got who were served one by one.
void DayModel::delay_final_use(std::size_t product, int day) {
  auto const regions = base_delivered_.columns();
  for (std::size_t r = 0; r < regions; ++r) {
    for (auto row = baseline_->rows.first(product); row < baseline_->rows.last(product); ++row) {
      auto const region = region_of_row(row);
      double* const arrivals =
          transport_.final_arrivals(day, transport_.between(region, r), product);
      for (std::size_t s = 0; s < lanes_; ++s) {
        arrivals[r * lanes_ + s] += final_delivery(row, product, r, s);
      }
    }
  }
  double* const arrived = transport_.final_arrivals(day, 0, product);
  std::copy_n(arrived, regions * lanes_, delivered_.row(product).data());
  std::fill_n(arrived, regions * lanes_, 0.0);
}

/// In the evening: shares move towards what the order rule wants under the cuts of the day.
void DayModel::move_shares(std::size_t product, Scratch& scratch) {
  auto const n = economy_.size();
  auto const first = baseline_->rows.first(product);
  auto const count = baseline_->rows.last(product) - first;
  scratch.wanted = DenseMatrix(count, n);
  for (std::size_t k = 0; k < count; ++k) {
    auto const row = scratch.wanted.row(k);
    std::fill(row.begin(), row.end(), next_weight_[first + k]);
  }
  for (auto const& band : bands_[product]) {
    if (options_.order_rule == OrderRule::fixed) break;  // base-year shares are all that is wanted
    for (auto const& [row, group] : band.touched) {
      double const booked = cuts_.booked(group)[0];
      for (auto j = band.first; j < band.last; ++j) scratch.wanted(row, j) *= booked;
    }
  }
  shares_.move(product, scratch.wanted, scratch.placed.data());
  if (options_.order_rule == OrderRule::fixed) return;
  auto const& pairs = cuts_.final_pairs();
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    if (pairs[k].product == product && pair_active_[k * lanes_] != 0) move_pair(k);
  }
}

void DayModel::serve_one_by_one(std::size_t product, int day, Scratch& scratch) {
  for (auto row = baseline_->rows.first(product); row < baseline_->rows.last(product); ++row) {
    for (std::size_t s = 0; s < lanes_; ++s) {
      if (one_by_one_[row * lanes_ + s] != 0) serve_row(row, product, s, day, scratch);
    }
  }
}

namespace {

/// An order at one seller.
struct Client {
  std::size_t place;  ///< buyer, then region of final users, then rebuilding
  double order = 0;   ///< [unit per year]
  double base = 0;    ///< the same in the baseline
  double served = 0;
};

/// Serves clients in their order until `supply` is used up.
void serve_in_order(std::vector<Client>& clients, double supply) {
  for (auto& client : clients) {
    client.served = std::min(client.order, supply);
    supply = std::max(0.0, supply - client.served);
  }
}

/// Raises served / base of the first `count` clients evenly until `supply` is used up or their
/// orders are met; what is left goes to the others in proportion.
void serve_evenly(std::vector<Client>& clients, std::size_t count, double supply) {
  auto const relative = [](Client const& each) {
    return each.base > 0 ? each.order / each.base : 0.0;
  };
  auto const end = clients.begin() + static_cast<std::ptrdiff_t>(count);
  std::stable_sort(clients.begin(), end,
                   [&](auto const& a, auto const& b) { return relative(a) < relative(b); });
  double base_left = 0;
  for (auto each = clients.begin(); each != end; ++each) base_left += each->base;
  double level = 0;  // reached by everybody who is not yet content
  bool spent = false;
  for (auto each = clients.begin(); each != end; ++each) {
    double const rise = std::max(0.0, relative(*each) - level) * base_left;
    if (!spent && rise > supply) {
      level += base_left > 0 ? supply / base_left : 0.0;
      supply = 0;
      spent = true;
    } else if (!spent) {
      level = std::max(level, relative(*each));
      supply -= rise;
    }
    each->served = spent ? std::min(each->order, level * each->base) : each->order;
    base_left = std::max(0.0, base_left - each->base);
  }
  double wanted = 0;
  for (auto each = end; each != clients.end(); ++each) wanted += each->order;
  double const share = wanted > 0 ? std::min(1.0, std::max(0.0, supply) / wanted) : 0.0;
  for (auto each = end; each != clients.end(); ++each) each->served = share * each->order;
}

void shuffle(std::vector<Client>& clients, std::uint64_t seed, std::uint64_t stream) {
  Rng rng(Seed{seed}, stream);
  for (std::size_t k = clients.size(); k > 1; --k) std::swap(clients[k - 1], clients[rng.below(k)]);
}

}  // namespace

void DayModel::serve_row(std::size_t row, std::size_t product, std::size_t lane, int day,
                         Scratch& scratch) {
  auto const n = economy_.size();
  auto const f = baseline_->rows.industry_of(row);
  auto const regions = base_delivered_.columns();
  double const weight = weighted_ ? weight_[row * lanes_ + lane] : 1.0;
  double const* const flows = matrix() + f * n;
  DenseVector booked(n, 1.0);
  for (auto const& band : bands_[product]) {
    for (auto const& [touched, group] : band.touched) {
      if (touched != row - baseline_->rows.first(product)) continue;
      std::fill(booked.begin() + static_cast<std::ptrdiff_t>(band.first),
                booked.begin() + static_cast<std::ptrdiff_t>(band.last), cuts_.booked(group)[lane]);
    }
  }
  std::vector<Client> clients;
  auto const base_flows = economy_.flows().row(IndustryId{f});
  for (std::size_t j = 0; j < n; ++j) {
    double const order = flows[j] * booked[j] * weight * scratch.money[j * lanes_ + lane];
    if (order > 0) clients.push_back({j, order, base_flows[j] * baseline_->input_scale[j], 0});
  }
  auto const industries = clients.size();
  for (std::size_t r = 0; r < regions; ++r) {
    double const order = final_order(row, product, r, lane);
    if (order > 0) clients.push_back({n + r, order, baseline_->final_use(row, r), 0});
  }
  if (!rebuilding_.empty() && rebuilding_[row * lanes_ + lane] > 0) {
    clients.push_back({n + regions, rebuilding_[row * lanes_ + lane], 0, 0});
  }
  double const supply = output_[f * lanes_ + lane] * baseline_->output[f];
  if (options_.rationing == Rationing::smallest_relative_first) {
    serve_evenly(clients, industries, supply);
  } else {
    if (options_.rationing == Rationing::random) {
      shuffle(clients, random_seeds_[lane],
              static_cast<std::uint64_t>(day) * n + static_cast<std::uint64_t>(f));
    } else {
      std::stable_sort(clients.begin(), clients.end(),
                       [](auto const& a, auto const& b) { return a.base > b.base; });
    }
    serve_in_order(clients, supply);
  }
  auto& final_served = served_final_[product];
  final_served.resize(regions * lanes_, 0.0);
  auto const region = region_of_row(row);
  for (auto const& client : clients) {
    double const share = client.served / client.order;
    if (client.place < n) {
      std::size_t d = 0;
      if (transport_.active()) {
        auto const to = economy_.space().region_of(IndustryId{client.place}).index();
        auto const& delays = transport_.delays();
        d = static_cast<std::size_t>(
            std::find(delays.begin(), delays.end(), transport_.between(region, to)) -
            delays.begin());
      }
      scratch.sums[d][client.place * lanes_ + lane] +=
          flows[client.place] * booked[client.place] * weight * share;
    } else if (client.place < n + regions) {
      auto const to = client.place - n;
      final_served[to * lanes_ + lane] += client.served;
      if (transport_.active()) {
        transport_.final_arrivals(day, transport_.between(region, to),
                                  product)[to * lanes_ + lane] += client.served;
      }
    } else {
      rebuilt_[row * lanes_ + lane] = share;
    }
  }
}

}  // namespace linchpin::disrupt
