// SPDX-License-Identifier: Apache-2.0
#include "reference/ario_plain.h"

#include <algorithm>
#include <cmath>

#include "reference/plain_model.h"

namespace linchpin::reference {

PlainModel::PlainModel(Economy const& economy, Scenario const& scenario,
                       disrupt::ModelOptions const& options)
    : world_(economy),
      events_(world_, scenario),
      scenario_(scenario),
      options_(options),
      n_(world_.n),
      products_(world_.products),
      regions_(world_.regions),
      stock_(zeros(products_, n_)),
      ordered_(world_.R),
      alpha_(n_, 1.0),
      workers_(n_, 1.0),
      made_(n_, 1.0),
      possible_(n_, 1.0),
      spending_(regions_, 1.0),
      share_(zeros(n_, n_)),
      final_share_(zeros(n_, regions_)),
      damage_(zeros(scenario.capital_losses.size(), n_)),
      cut_(zeros(n_, n_)),
      final_cut_(zeros(n_, regions_)),
      weight_(n_, 1.0),
      target_(zeros(n_, n_)),
      final_target_(zeros(n_, regions_)),
      booked_(zeros(n_, n_)),
      final_booked_(zeros(n_, regions_)),
      wanted_(zeros(n_, regions_)),
      rebuild_(zeros(scenario.capital_losses.size(), n_)),
      capacity_(n_, 1.0),
      limit_(n_, 1.0),
      alone_(zeros(products_, n_)),
      used_(zeros(products_, n_)),
      path_{world_.x0, world_.R, world_.y, {}} {
  for (auto const& reserve : scenario.reserves) {
    double use = 0;
    for (std::size_t f = 0; f < n_; ++f) {
      if (world_.region(f) == reserve.region.index()) use += world_.R[reserve.sector.index()][f];
    }
    reserve_.push_back(use > 0 ? reserve.days : 0);  // days of nothing are nothing
  }
  Matrix use = zeros(products_, regions_);
  for (std::size_t i = 0; i < n_; ++i) {
    for (std::size_t r = 0; r < regions_; ++r) use[world_.product(i)][r] += world_.y[i][r];
  }
  for (std::size_t i = 0; i < n_; ++i) {
    auto const p = world_.product(i);
    for (std::size_t f = 0; f < n_; ++f) {
      if (world_.R[p][f] > 0) share_[i][f] = world_.Z[i][f] / world_.R[p][f];
    }
    for (std::size_t r = 0; r < regions_; ++r) {
      if (use[p][r] > 0) final_share_[i][r] = world_.y[i][r] / use[p][r];
    }
  }
  for (std::size_t p = 0; p < products_; ++p) {
    for (std::size_t f = 0; f < n_; ++f) {
      if (world_.R[p][f] > 0) stock_[p][f] = options.inventory_days[p] * world_.R[p][f];
    }
  }
}

PlainPath PlainModel::run() {
  for (int t = 0; t < options_.days; ++t) {
    PlainDay day{Vector(n_),
                 Vector(n_),
                 Vector(n_, 0.0),
                 ordered_,
                 zeros(n_, n_),
                 zeros(n_, regions_),
                 zeros(n_, n_),
                 zeros(n_, regions_),
                 stock_,
                 {},
                 Vector(n_, 0.0),
                 Vector(n_, 0.0),
                 {},
                 Vector(reserve_.size(), 0.0),
                 {},
                 {},
                 {},
                 Vector(n_, 0.0),
                 Vector(regions_, 0.0)};
    morning(t);
    weigh();
    spend();
    for (std::size_t i = 0; i < n_; ++i) {
      for (std::size_t r = 0; r < regions_; ++r) {
        wanted_[i][r] = events_.demand_factor(world_.product(i), r, t) *
                        (1 - world_.household[i][r] * (1 - spending_[r]));
      }
    }
    set_targets();
    book_orders();
    book_final_use();
    book_rebuilding();
    make(t, day);
    arrive(t, day);
    release(t, day);
    substitute(day);
    use_and_order(day);
    evening(t, day);
    path_.days.push_back(std::move(day));
  }
  return std::move(path_);
}

/// 0: what is in force today.
void PlainModel::morning(int t) {
  for (std::size_t i = 0; i < n_; ++i) {
    for (std::size_t f = 0; f < n_; ++f) cut_[i][f] = events_.cut(i, f, t);
    for (std::size_t r = 0; r < regions_; ++r) final_cut_[i][r] = events_.final_cut(i, r, t);
  }
  for (std::size_t k = 0; k < damage_.size(); ++k) {
    auto const& loss = scenario_.capital_losses[k];
    if (loss.day != t) continue;
    for (auto const f : loss.industries) {
      damage_[k][f.index()] =
          loss.share * options_.capital_per_value_added * world_.value_added[f.index()];
    }
  }
  for (std::size_t f = 0; f < n_; ++f) {
    double const most = events_.workers_left(f, t);
    workers_[f] = options_.labour.active ? std::min(workers_[f], most) : most;
  }
}

/// 1 to 5.
void PlainModel::make(int t, PlainDay& day) {
  for (std::size_t f = 0; f < n_; ++f) {
    double capacity = alpha_[f] * workers_[f] * events_.capacity_left(f, t);  // 1
    double const capital = options_.capital_per_value_added * world_.value_added[f];
    for (auto const& damage : damage_) capacity *= capital > 0 ? 1 - damage[f] / capital : 1;
    for (auto const& orders : rebuild_) day.rebuilding_ordered[f] += orders[f];
    for (double const order : booked_[f]) day.demand[f] += order;  // 2
    for (double const order : final_booked_[f]) day.demand[f] += order;
    day.demand[f] += day.rebuilding_ordered[f];
    capacity_[f] = capacity;
    limit_[f] = stock_limit(f);
    double const x0 = world_.x0[f];
    day.optimal[f] = std::min(day.demand[f], capacity * x0);                // 3
    day.output[f] = x0 > 0 ? std::min(day.optimal[f], limit_[f] * x0) : 0;  // 4
    if (day.optimal[f] < 1e-100 * x0) day.optimal[f] = 0;
    if (day.output[f] < 1e-100 * x0) day.output[f] = 0;  // a breakdown is over
    ration_seller(f, t, day);                            // 5
  }
}

int PlainModel::delay(std::size_t seller_region, std::size_t buyer_region) const {
  for (auto const& each : options_.delays) {
    bool const seller = each.seller.index() == seller_region;
    if (seller && each.buyer.index() == buyer_region) return each.days;
  }
  return 0;
}

/// 6: what was sent some days ago; before day 0 that is the baseline's.
void PlainModel::arrive(int t, PlainDay& day) {
  under_way_.push_back(day.sent);
  final_under_way_.push_back(day.final_sent);
  for (std::size_t i = 0; i < n_; ++i) {
    for (std::size_t f = 0; f < n_; ++f) {
      int const from = t - delay(world_.region(i), world_.region(f));
      day.received[i][f] =
          from >= 0 ? under_way_[static_cast<std::size_t>(from)][i][f] : world_.Z[i][f];
    }
    for (std::size_t r = 0; r < regions_; ++r) {
      int const from = t - delay(world_.region(i), r);
      day.final_use[i][r] =
          from >= 0 ? final_under_way_[static_cast<std::size_t>(from)][i][r] : world_.y[i][r];
    }
  }
}

/// 6: reserves fill what was ordered and did not come.
void PlainModel::release(int t, PlainDay& day) {
  for (std::size_t p = 0; p < products_; ++p) {
    for (std::size_t f = 0; f < n_; ++f) {
      for (std::size_t i = 0; i < n_; ++i) {
        if (world_.product(i) == p) stock_[p][f] += day.received[i][f];
      }
    }
  }
  Matrix missing = ordered_;
  for (std::size_t i = 0; i < n_; ++i) {
    for (std::size_t f = 0; f < n_; ++f) missing[world_.product(i)][f] -= day.received[i][f];
  }
  for (std::size_t k = 0; k < reserve_.size(); ++k) {
    auto const& reserve = scenario_.reserves[k];
    auto& gaps = missing[reserve.sector.index()];
    if (t < reserve.from_day) continue;
    double use = 0, gap = 0;
    for (std::size_t f = 0; f < n_; ++f) {
      if (world_.region(f) != reserve.region.index()) continue;
      use += world_.R[reserve.sector.index()][f];
      gap += std::max(0.0, gaps[f]);
    }
    if (use <= 0 || gap <= 1e-9 * use) continue;  // all came, but for rounding
    double const released = std::min({gap, reserve.release_per_day * use, reserve_[k] * use});
    for (std::size_t f = 0; f < n_; ++f) {
      if (world_.region(f) != reserve.region.index() || gaps[f] <= 0) continue;
      double const part = released * gaps[f] / gap;
      stock_[reserve.sector.index()][f] += part;
      gaps[f] -= part;
    }
    day.released[k] = released / use;
    reserve_[k] -= released / use;
  }
}

/// 6 and 7.
void PlainModel::use_and_order(PlainDay& day) {
  for (std::size_t p = 0; p < products_; ++p) {
    double const target = options_.inventory_days[p];
    for (std::size_t f = 0; f < n_; ++f) {
      double const use = world_.R[p][f];
      if (use <= 0) continue;
      double const tau = options_.tau_inventory_days;
      double const made = day.output[f] / world_.x0[f];
      stock_[p][f] -= used_[p][f];                               // 6
      if (stock_[p][f] < 1e-13 * used_[p][f]) stock_[p][f] = 0;  // used up, but for rounding
      if (options_.order_base == disrupt::OrderBase::production) {
        double const goal = target * use * day.optimal[f] / world_.x0[f];  // 7
        double const gap = std::isinf(target) ? 0 : std::max(0.0, goal - stock_[p][f]);
        ordered_[p][f] = gap / tau + use * made;
      } else {
        double const gap = std::isinf(target) ? 0 : target * use - stock_[p][f];
        ordered_[p][f] = std::max(0.0, use * day.demand[f] / world_.x0[f] + gap / tau);
      }
    }
  }
}

/// 8, and what else changes over night.
void PlainModel::evening(int t, PlainDay& day) {
  rebuild(day);
  for (std::size_t f = 0; f < n_; ++f) {
    double const x0 = world_.x0[f];
    if (x0 <= 0) continue;
    double const demand = day.demand[f];
    double const scarcity = demand > 0 ? (demand - day.output[f]) / demand : 0;  // 8
    double const pace = 1 / options_.tau_overproduction_days;
    auto const& ceilings = options_.overproduction_by_product;
    double const most =
        ceilings.empty() ? options_.overproduction_max : ceilings[world_.product(f)];
    if (scarcity > 1e-12) {  // above rounding
      alpha_[f] += (most - alpha_[f]) * scarcity * pace;
    } else {
      alpha_[f] += (1 - alpha_[f]) * pace;
    }
    hire(f, demand / x0, t);
    made_[f] = day.output[f] / x0;
    possible_[f] = std::min(capacity_[f], limit_[f]);
  }
  for (auto const& damage : damage_) {
    double left = 0;
    for (double const each : damage) left += each;
    day.damage.push_back(left);
  }
  weigh();
  set_targets();
  switch_suppliers(day);
  day.stock_after = stock_;
  day.reserves_left = reserve_;
  day.workers = workers_;
  day.spending = spending_;
}

PlainPath simulate_plainly(Economy const& economy, Scenario const& scenario,
                           disrupt::ModelOptions const& options) {
  return PlainModel(economy, scenario, options).run();
}

}  // namespace linchpin::reference
