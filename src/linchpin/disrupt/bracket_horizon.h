// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/disrupt/baseline.h"
#include "linchpin/disrupt/bracket.h"
#include "linchpin/disrupt/cut_schedule.h"
#include "linchpin/disrupt/linear_programme.h"

namespace linchpin::disrupt {

/// What the static cases share: capacities, stocks, wishes and cuts, added up over the horizon.
/// Flows are yearly rates, totals are rates times days.
struct Horizon {
  Economy const& economy;
  Scenario const& scenario;
  ModelOptions const& options;
  Baseline baseline;
  CutSchedule schedule;
  std::size_t days = 0;
  DenseMatrix use;       ///< products x industries: R, as scaled by the baseline
  DenseMatrix capacity;  ///< industries x days: share of baseline output that can be made at most
  DenseMatrix booked;    ///< groups of the schedule x days: share of a delivery that is booked
  DenseMatrix wish;      ///< (products * regions) x days: final use against baseline
  DenseVector pipeline;  ///< (products * industries): what is under way at the start
  DenseVector final_pipeline;  ///< (products * regions)

  [[nodiscard]] double flow(std::size_t seller, std::size_t buyer) const {
    return economy.flows()(IndustryId{seller}, IndustryId{buyer}) * baseline.input_scale[buyer];
  }
  /// Σ over the days of what can be made, as a multiple of a day's baseline output.
  [[nodiscard]] double capacity_days(std::size_t industry) const;
  /// Σ over the days of the wish of `region` for `product`, times the booked share of `group` if
  /// any.
  [[nodiscard]] double wish_days(std::size_t product, std::size_t region) const;
  [[nodiscard]] double wish_days(std::size_t product, std::size_t region, std::size_t group) const;
  [[nodiscard]] bool has_partial_cut() const;
};

/// Adds up the horizon. \error not_converged  as make_baseline()
[[nodiscard]] Result<Horizon> make_horizon(Economy const& economy, Scenario const& scenario,
                                           ModelOptions const& options);

/// True if an industry of sector `buyer` cannot do without `product` in the best or the worst case.
[[nodiscard]] bool binds(ModelOptions const& options, std::size_t product, std::size_t buyer,
                         bool in_worst_case);

/// Final use over the horizon as shares of baseline: the region named, and the world.
struct FinalUseShares {
  double region = 0, world = 0;
};

/// The linear programme of free re-sourcing. \error not_converged
[[nodiscard]] Result<FinalUseShares> best_case(Horizon const& horizon, RegionId region);

/// Proportional rationing at fixed shares. \error not_converged, cancelled
[[nodiscard]] Result<FinalUseShares> worst_case(Horizon const& horizon, RegionId region,
                                                Recipe recipe, RunControl const& control);

}  // namespace linchpin::disrupt
