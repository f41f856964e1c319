// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/disrupt/model.h"
#include "linchpin/economy/economy.h"
#include "linchpin/economy/scenario.h"

namespace linchpin::disrupt {

/// What stands in for what in the worst case.
enum class Recipe {
  by_product,  ///< sellers of one product for each other, at their baseline shares
  by_seller,   ///< nobody for nobody: each seller's delivery is an input of its own
};

/// Static bounds of the loss of final use over the horizon, per cent of baseline, positive = loss.
struct StaticBounds {
  int days = 0;
  double best = 0, best_world = 0;    ///< linear programme; of the region named, of the world
  double worst = 0, worst_world = 0;  ///< fixed shares, proportional rationing
  double worst_by_seller = 0;         ///< the same with Recipe::by_seller
  bool partial_cuts = false;  ///< some delivery is cut by more than nothing and less than all
  /// What the bounds leave out of the scenario and options, in words.
  std::vector<std::string> left_out = {};
};

/// [best, central, worst] of the loss of final use of one region.
struct Bracket {
  RegionId region;
  StaticBounds bounds;
  double central = 0;           ///< the daily model's, never clamped
  std::string outside_bracket;  ///< why central may lie outside; empty where the order holds
};

/// A bracket, or why there is none.
struct BracketAnswer {
  std::optional<Bracket> bracket;
  std::string reason;
};

/// Industries up to which bounds are computed (docs/methods/bracket.md gives the times).
inline constexpr std::size_t most_bracket_industries = 2'500;
/// Losses closer than this are equal: the linear programme resolves no more [percentage points].
inline constexpr double bracket_tolerance = 1e-5;

/// The two static cases of `scenario` over options.days, with the capacities, stocks and cuts of
/// the daily model (docs/methods/bracket.md). The worst case is an allocation the best case may
/// choose, so best <= worst up to the solver's tolerance.
///
/// \error bad_value, size_mismatch  as simulate()
/// \error too_large       more than most_bracket_industries industries
/// \error missing_value   the region has no final use
/// \error not_converged   the solver, the rationing or the baseline did not settle
/// \error cancelled       `control.cancel` was set
[[nodiscard]] Result<StaticBounds> static_bounds(Economy const& economy, Scenario const& scenario,
                                                 ModelOptions const& options, RegionId region,
                                                 RunControl const& control = {});

/// Puts the central loss [per cent] beside the bounds and says in words where the order breaks.
[[nodiscard]] Bracket make_bracket(RegionId region, StaticBounds bounds, double central,
                                   ModelOptions const& options);

/// The bracket of `region` beside `path`; worlds too large and regions without final use have a
/// reason instead. Errors as static_bounds() otherwise.
[[nodiscard]] Result<BracketAnswer> bracket_of(Economy const& economy, Scenario const& scenario,
                                               ModelOptions const& options, RegionId region,
                                               Path const& path, RunControl const& control = {});

}  // namespace linchpin::disrupt
