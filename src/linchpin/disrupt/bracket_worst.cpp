// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "linchpin/disrupt/bracket_horizon.h"

namespace linchpin::disrupt {
namespace {

constexpr int most_rounds = 20'000;
constexpr double settled_within = 1e-12;

/// What is booked over the horizon: deliveries to industries, and to final users by region.
struct Orders {
  DenseMatrix industries;  ///< n x n [rate times days]
  DenseMatrix final_use;   ///< n x regions
  DenseVector total;       ///< n
};

Orders book(Horizon const& h) {
  auto const& space = h.economy.space();
  auto const& rows = h.baseline.rows;
  auto const n = space.size();
  Orders orders{DenseMatrix(n, n), DenseMatrix(n, space.regions()), DenseVector(n, 0.0)};
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      orders.industries(i, j) = h.flow(i, j) * static_cast<double>(h.days);
    }
    auto const p = space.sector_of(IndustryId{i}).index();
    for (std::size_t r = 0; r < space.regions(); ++r) {
      orders.final_use(i, r) = h.baseline.final_use(rows.row_of(i), r) * h.wish_days(p, r);
    }
  }
  for (auto const& link : h.schedule.links()) {
    double booked = 0;
    for (double const share : h.booked.row(link.group)) booked += share;
    auto const i = rows.industry_of(link.row);
    for (auto j = link.first; j < link.last; ++j) orders.industries(i, j) = h.flow(i, j) * booked;
  }
  for (auto const& pair : h.schedule.final_pairs()) {
    for (auto const& link : pair.links) {
      orders.final_use(rows.industry_of(link.row), link.region) =
          h.baseline.final_use(link.row, link.region) *
          h.wish_days(pair.product, pair.region, link.group);
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (double const order : orders.industries.row(i)) orders.total[i] += order;
    for (double const order : orders.final_use.row(i)) orders.total[i] += order;
  }
  return orders;
}

/// Inputs that cannot replace each other: each with its stock, its baseline use and what arrives.
class Inputs {
 public:
  Inputs(Horizon const& h, Recipe recipe) : h_(h), recipe_(recipe), n_(h.economy.size()) {
    auto const& space = h.economy.space();
    bool const pooled = h.options.production == Production::linear;
    if (recipe == Recipe::by_seller) return;
    products_ = pooled ? 1 : space.sectors();
    need_ = DenseMatrix(products_, n_);
    stock_ = DenseMatrix(products_, n_);
    arrived_ = DenseMatrix(products_, n_);
    for (std::size_t p = 0; p < space.sectors(); ++p) {
      for (std::size_t j = 0; j < n_; ++j) {
        if (!binds(h.options, p, sector(j), true)) continue;
        need_(pooled ? 0 : p, j) += h.use(p, j) * static_cast<double>(h.days);
        stock_(pooled ? 0 : p, j) += h.use(p, j) * h.options.inventory_days[p];
      }
    }
  }

  /// Share of baseline output that each industry can make when sellers serve the shares `served`.
  void limit(Orders const& orders, DenseVector const& served, DenseVector& share) {
    std::fill(share.begin(), share.end(), std::numeric_limits<double>::infinity());
    recipe_ == Recipe::by_seller ? limit_by_seller(orders, served, share)
                                 : limit_by_product(orders, served, share);
  }

 private:
  [[nodiscard]] std::size_t sector(std::size_t i) const {
    return h_.economy.space().sector_of(IndustryId{i}).index();
  }

  void limit_by_seller(Orders const& orders, DenseVector const& served, DenseVector& share) const {
    auto const days = static_cast<double>(h_.days);
    for (std::size_t i = 0; i < n_; ++i) {
      auto const p = sector(i);
      for (std::size_t j = 0; j < n_; ++j) {
        double const use = h_.flow(i, j);
        if (use <= 0 || !binds(h_.options, p, sector(j), true)) continue;
        double const there = use * h_.options.inventory_days[p] + served[i] * orders.industries(i, j);
        share[j] = std::min(share[j], there / (use * days));
      }
    }
  }

  void limit_by_product(Orders const& orders, DenseVector const& served, DenseVector& share) {
    std::fill(arrived_.values().begin(), arrived_.values().end(), 0.0);
    for (std::size_t i = 0; i < n_; ++i) {
      auto const p = sector(i);
      auto const arrived = arrived_.row(products_ == 1 ? 0 : p);
      auto const ordered = orders.industries.row(i);
      for (std::size_t j = 0; j < n_; ++j) {
        if (products_ == 1 && !binds(h_.options, p, sector(j), true)) continue;
        arrived[j] += served[i] * ordered[j];
      }
    }
    for (std::size_t p = 0; p < products_; ++p) {
      for (std::size_t j = 0; j < n_; ++j) {
        double const need = need_(p, j);
        if (need > 0) share[j] = std::min(share[j], (stock_(p, j) + arrived_(p, j)) / need);
      }
    }
  }

  Horizon const& h_;
  Recipe recipe_;
  std::size_t n_;
  std::size_t products_ = 0;
  DenseMatrix need_, stock_, arrived_;
};

/// Capacity over the horizon; capital that is lost is never repaired.
DenseVector capacities(Horizon const& h) {
  auto capacity = h.capacity;
  for (auto const& loss : h.scenario.capital_losses) {
    for (auto const i : loss.industries) {
      auto const days = capacity.row(i.index());
      for (std::size_t t = 0; t < days.size(); ++t) {
        if (static_cast<int>(t) >= loss.day) days[t] *= 1 - loss.share;
      }
    }
  }
  DenseVector result(h.economy.size(), 0.0);
  for (std::size_t i = 0; i < result.size(); ++i) {
    for (double const share : capacity.row(i)) result[i] += share;
  }
  return result;
}

}  // namespace

Result<FinalUseShares> worst_case(Horizon const& horizon, RegionId region, Recipe recipe,
                                  RunControl const& control) {
  auto const n = horizon.economy.size();
  auto const days = static_cast<double>(horizon.days);
  auto const orders = book(horizon);
  auto const capacity = capacities(horizon);
  Inputs inputs(horizon, recipe);
  DenseVector served(n, 1.0), share(n);
  bool settled = false;
  for (int round = 0; round < most_rounds && !settled; ++round) {
    if (control.cancel.cancelled()) {
      return fail(ErrorCode::cancelled, "stopped on request", "bracket", "run it again");
    }
    inputs.limit(orders, served, share);
    settled = true;
    for (std::size_t i = 0; i < n; ++i) {
      if (orders.total[i] <= 0) continue;
      double const can_make =
          std::min(capacity[i], share[i] * days) * horizon.baseline.output[i];
      double const next = std::min(served[i], can_make / orders.total[i]);
      settled = settled && served[i] - next <= settled_within;
      served[i] = next;
    }
  }
  if (!settled) {
    return fail(ErrorCode::not_converged,
                fmt::format("deliveries still fall after {} rounds of rationing", most_rounds),
                "worst case of the bracket", "shorten the horizon or lengthen stocks");
  }
  FinalUseShares result;
  double base = 0, base_world = 0;
  for (std::size_t i = 0; i < n; ++i) {
    auto const wanted = horizon.baseline.final_use.row(horizon.baseline.rows.row_of(i));
    for (std::size_t r = 0; r < wanted.size(); ++r) {
      double const received = served[i] * orders.final_use(i, r);
      result.world += received;
      base_world += wanted[r] * days;
      if (r != region.index()) continue;
      result.region += received;
      base += wanted[r] * days;
    }
  }
  return FinalUseShares{result.region / base, result.world / base_world};
}

}  // namespace linchpin::disrupt
