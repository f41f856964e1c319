// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <limits>

#include "linchpin/disrupt/bracket_horizon.h"

namespace linchpin::disrupt {
namespace {

constexpr int most_rounds = 20'000;
constexpr int rounds_before_jump = 40;
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

/// Days of stock that can be used before output falls: what must be there in the morning, or is
/// held back below psi times the target, is not.
double usable_days(ModelOptions const& options, std::size_t product) {
  double const target = options.inventory_days[product];
  bool const held_back = options.production == Production::ario;
  return std::max(0.0, target - std::max(1.0, held_back ? options.psi * target : 1.0));
}

constexpr std::size_t not_input = static_cast<std::size_t>(-1);

/// Inputs that cannot replace each other: products, all of them pooled, or single sellers.
class Inputs {
 public:
  Inputs(Horizon const& h, Recipe recipe) : h_(h), n_(h.economy.size()) {
    auto const& space = h.economy.space();
    bool const pooled = recipe == Recipe::by_product && h.options.production == Production::linear;
    for (std::size_t i = 0; i < n_; ++i) {
      input_of_.push_back(pooled ? 0 : recipe == Recipe::by_seller ? i : product(i));
    }
    count_ = pooled ? 1 : recipe == Recipe::by_seller ? n_ : space.sectors();
    need_ = DenseMatrix(count_, n_);
    stock_ = DenseMatrix(count_, n_);
    there_ = DenseMatrix(count_, n_);
    for (std::size_t i = 0; i < n_; ++i) {
      for (std::size_t j = 0; j < n_; ++j) {
        if (!counts(i, j)) continue;
        need_(input_of_[i], j) += h.flow(i, j) * static_cast<double>(h.days);
        stock_(input_of_[i], j) += h.flow(i, j) * usable_days(h.options, product(i));
      }
    }
  }

  /// Share of baseline output that each industry can make when sellers serve the shares `served`,
  /// and the input that decides (not_input: none does).
  void limit(Orders const& orders, DenseVector const& served, DenseVector& share,
             std::vector<std::size_t>& scarce) {
    std::copy(stock_.values().begin(), stock_.values().end(), there_.values().begin());
    for (std::size_t i = 0; i < n_; ++i) {
      auto const there = there_.row(input_of_[i]);
      auto const ordered = orders.industries.row(i);
      for (std::size_t j = 0; j < n_; ++j) {
        if (counts(i, j)) there[j] += served[i] * ordered[j];
      }
    }
    std::fill(share.begin(), share.end(), std::numeric_limits<double>::infinity());
    std::fill(scarce.begin(), scarce.end(), not_input);
    for (std::size_t k = 0; k < count_; ++k) {
      for (std::size_t j = 0; j < n_; ++j) {
        double const need = need_(k, j);
        if (need <= 0 || there_(k, j) / need >= share[j]) continue;
        share[j] = there_(k, j) / need;
        scarce[j] = k;
      }
    }
  }

  [[nodiscard]] std::size_t input_of(std::size_t seller) const { return input_of_[seller]; }
  [[nodiscard]] double need(std::size_t input, std::size_t j) const { return need_(input, j); }
  [[nodiscard]] double stock(std::size_t input, std::size_t j) const { return stock_(input, j); }
  /// True if j cannot do without what i sells.
  [[nodiscard]] bool counts(std::size_t i, std::size_t j) const {
    return binds(h_.options, product(i), product(j), true);
  }

 private:
  [[nodiscard]] std::size_t product(std::size_t i) const {
    return h_.economy.space().sector_of(IndustryId{i}).index();
  }

  Horizon const& h_;
  std::size_t n_;
  std::size_t count_ = 0;
  std::vector<std::size_t> input_of_;  ///< by seller
  DenseMatrix need_, stock_, there_;   ///< inputs x buyers
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

/// The largest shares of orders that sellers can serve all at once: each at most 1, what its
/// capacity makes, and what its scarcest input makes.
class Served {
 public:
  Served(Horizon const& h, Orders const& orders, Recipe recipe)
      : h_(h),
        orders_(orders),
        capacity_(capacities(h)),
        inputs_(h, recipe),
        served_(h.economy.size(), 1.0),
        share_(served_.size()),
        scarce_(served_.size(), not_input) {}

  [[nodiscard]] DenseVector const& served() const { return served_; }

  /// One round of rationing from what is served now. \return true if nothing moved
  bool sweep() {
    inputs_.limit(orders_, served_, share_, scarce_);
    bool settled = true;
    for (std::size_t i = 0; i < served_.size(); ++i) {
      if (orders_.total[i] <= 0) continue;
      double const makes = std::min(capacity_[i], share_[i] * days()) * h_.baseline.output[i];
      double const next = std::min(served_[i], makes / orders_.total[i]);
      settled = settled && served_[i] - next <= settled_within;
      served_[i] = next;
    }
    return settled;
  }

  /// Solves for the shares at which every industry stays limited by what limits it now (Newton's
  /// method: the limits are minima of linear functions, so it falls to the same end as the rounds,
  /// only faster). Keeps what is served where the equations have no sound solution.
  void jump() {
    inputs_.limit(orders_, served_, share_, scarce_);
    auto const size = static_cast<Eigen::Index>(served_.size());
    Eigen::MatrixXd left = Eigen::MatrixXd::Identity(size, size);
    Eigen::VectorXd right(size);
    for (Eigen::Index r = 0; r < size; ++r) {
      auto const j = static_cast<std::size_t>(r);
      right(r) = served_[j];
      double const total = orders_.total[j];
      if (scarce_[j] == not_input || total <= 0) continue;
      double const made = share_[j] * days() * h_.baseline.output[j] / total;
      if (made > served_[j] || share_[j] * days() > capacity_[j]) continue;
      double const per_input =
          days() * h_.baseline.output[j] / (total * inputs_.need(scarce_[j], j));
      right(r) = per_input * inputs_.stock(scarce_[j], j);
      for (std::size_t i = 0; i < served_.size(); ++i) {
        if (inputs_.input_of(i) != scarce_[j] || !inputs_.counts(i, j)) continue;
        left(r, static_cast<Eigen::Index>(i)) -= per_input * orders_.industries(i, j);
      }
    }
    Eigen::VectorXd const found = left.partialPivLu().solve(right);
    for (Eigen::Index r = 0; r < size; ++r) {
      bool const sound = found(r) >= -settled_within &&
                         found(r) <= served_[static_cast<std::size_t>(r)] + settled_within;
      if (!sound) return;
    }
    for (Eigen::Index r = 0; r < size; ++r) {
      auto& value = served_[static_cast<std::size_t>(r)];
      value = std::clamp(found(r), 0.0, value);
    }
  }

 private:
  [[nodiscard]] double days() const { return static_cast<double>(h_.days); }

  Horizon const& h_;
  Orders const& orders_;
  DenseVector capacity_;
  Inputs inputs_;
  DenseVector served_, share_;
  std::vector<std::size_t> scarce_;
};

}  // namespace

Result<FinalUseShares> worst_case(Horizon const& horizon, RegionId region, Recipe recipe,
                                  RunControl const& control) {
  auto const orders = book(horizon);
  Served rationing(horizon, orders, recipe);
  bool settled = false;
  for (int round = 1; round <= most_rounds && !settled; ++round) {
    if (control.cancel.cancelled()) {
      return fail(ErrorCode::cancelled, "stopped on request", "bracket", "run it again");
    }
    settled = rationing.sweep();
    if (!settled && round % rounds_before_jump == 0) rationing.jump();
  }
  if (!settled) {
    return fail(ErrorCode::not_converged,
                fmt::format("deliveries still fall after {} rounds of rationing", most_rounds),
                "worst case of the bracket", "shorten the horizon or lengthen stocks");
  }
  FinalUseShares received, base;
  for (std::size_t i = 0; i < horizon.economy.size(); ++i) {
    auto const wanted = horizon.baseline.final_use.row(horizon.baseline.rows.row_of(i));
    for (std::size_t r = 0; r < wanted.size(); ++r) {
      double const here = r == region.index() ? 1.0 : 0.0;
      double const got = rationing.served()[i] * orders.final_use(i, r);
      double const of = wanted[r] * static_cast<double>(horizon.days);
      received.world += got;
      received.region += here * got;
      base.world += of;
      base.region += here * of;
    }
  }
  return FinalUseShares{received.region / base.region, received.world / base.world};
}

}  // namespace linchpin::disrupt
