// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/equilibrium/closure.h"
#include "linchpin/equilibrium/outcome.h"
#include "linchpin/equilibrium/solve.h"
#include "linchpin/equilibrium/trade_base.h"

namespace linchpin::equilibrium {

/// What one policy does to the world of one year.
struct PanelYear {
  int year = 0;
  std::string title;  ///< of the base
  std::vector<std::string> regions;
  std::vector<RegionOutcome> outcomes;  ///< one per region; empty where the year failed
  SolverReport report;
  std::optional<Error> error;  ///< why there is no answer; others are answered all the same
};

/// States the policy for one base: the tariffs of a year are its own, so "ten points more" is
/// another array in every year.
using PolicyOfBase = std::function<Result<TradePolicy>(TradeBase const&)>;

/// Runs one policy over several bases, in their order. A year that cannot be answered keeps its
/// place with its reason.
/// \error cancelled  all that is asked of `control`
[[nodiscard]] Result<std::vector<PanelYear>> run_panel(std::span<TradeBase const> bases,
                                                       PolicyOfBase const& policy_of,
                                                       Closure const& closure = {},
                                                       SolveOptions const& options = {},
                                                       RunControl const& control = {});

/// One number per year of one region: rows as in the panel, empty where the year failed or has no
/// such region.
[[nodiscard]] std::vector<std::optional<double>> series_of(std::span<PanelYear const> panel,
                                                           std::string const& region,
                                                           double RegionOutcome::* number);

}  // namespace linchpin::equilibrium
