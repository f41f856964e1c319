// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/results/standoff_answer.h"
#include "linchpin/study/leverage_carve.h"
#include "linchpin/study/leverage_spec.h"
#include "linchpin/study/standoff_daily.h"

namespace linchpin::study {

/// The world of a stand-off at central numbers (empty) or at those of a draw.
struct StandoffBase {
  equilibrium::TradeBase base;
  equilibrium::Closure closure;
};
using StandoffWorlds = std::function<Result<StandoffBase>(std::optional<std::size_t> draw)>;

/// Losses by the daily model at central numbers (empty) or at those of a draw, asked for only where
/// the stand-off wants them; not set: there are none.
using StandoffDays = std::function<Result<StandoffDaily>(
    StandoffCase const& each, std::optional<std::size_t> draw, RunControl const& control)>;

/// Payoff matrix, equilibria and ladder of a stand-off. A payoff is minus the loss of real final
/// spending once trade has settled [%] (or, if the stand-off says so, of real final use by the
/// daily model), plus what the player's own actions in force are worth to it, each for its share of
/// the horizon where rungs take time; where a ladder ends with a player giving way it loses its
/// stake and the others win theirs.
///
/// Each draw draws theta, the carved lines (through `worlds`), worths and stakes. Draws whose model
/// has no answer are counted and left out.
///
/// \error missing_value  daily losses without `days`
/// \error of `worlds` at central numbers, of the solver there, of nash_equilibria and climb_ladder
[[nodiscard]] Result<StandoffAnswer> run_standoff(StandoffSpec const& spec,
                                                  TradeGround const& ground,
                                                  StandoffWorlds const& worlds,
                                                  StandoffDays const& days,
                                                  std::optional<EnsembleSpec> const& ensemble,
                                                  RunControl const& control = {});

}  // namespace linchpin::study
