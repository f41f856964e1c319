// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/economy/economy.h"
#include "linchpin/results/leverage_answer.h"
#include "linchpin/study/leverage_world.h"
#include "linchpin/study/uncertain_spec.h"

namespace linchpin::study {

/// Whose power over whom is asked. Labels; empty lists: all.
struct PowerRequest {
  std::vector<std::string> senders, targets, sectors;
  bool together = false;         ///< the senders act as one coalition
  bool full_break = false;       ///< the target's sales to the senders stop too
  double outer = 1;              ///< elasticity between sectors of final demand (cost indices)
  int days = 365;                ///< of the short run
  bool short_run_range = false;  ///< the short run by several models, six times the work
  /// Pairs whose short run is asked for, "CHN>USA"; empty: every pair.
  std::vector<std::string> short_run_pairs = {};
  bool by_sector = false;  ///< every measure for each sector alone, too
  bool short_run = true;   ///< false: not at all
  std::size_t top = 10;    ///< first places of a ranking, sectors named per pair
  TradeModelSpec model;
  /// Other sets of trade elasticities to compare ranks with: files, or "low", "high", "uniform".
  std::vector<std::string> compare;
  std::optional<EnsembleSpec> ensemble;
  /// Draws at most in which trade is settled, and in which the first months are simulated, for the
  /// pairs in the first `top` places of either ranking (all, where they are not more than twice
  /// that); 0: in none.
  std::size_t settled_draws = 100;
  std::size_t short_run_draws = 20;
  std::optional<DrawnGround> drawn = {};  ///< worlds of the draws; else elasticities are drawn
};

/// All four measures for every pair asked for: cost index, first order, equilibrium, short run.
///
/// \param economy  flows by industry, for the short run; null: there are none
/// \error unknown_label, duplicate_label  of regions and sectors, all at once
/// \error of open_leverage_world, of the measures; cancelled
[[nodiscard]] Result<PowerAnswer> run_power(TradeGround const& ground, Economy const* economy,
                                            PowerRequest const& request,
                                            ParameterSource const& source,
                                            RunControl const& control = {});

}  // namespace linchpin::study
