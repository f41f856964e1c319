// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "linchpin/results/result_set.h"
#include "linchpin/study/autonomy_run.h"

namespace linchpin::study {

/// The answers as tidy tables, one row per technology and …: autonomy, manageable, break_even,
/// those of autonomy_path_tables and, where they were asked for, those of autonomy_ask_tables.
/// Quantiles are missing where no draws were made.
[[nodiscard]] std::vector<ResultTable> autonomy_tables(std::span<AutonomyAnswer const> answers,
                                                       AutonomyStudy const& study);

/// What the central paths say about cost, and about others: cost by part and by stage,
/// undercutting, competitors by region and sector, their dependence on the newcomer.
[[nodiscard]] std::vector<ResultTable> autonomy_path_tables(
    std::span<AutonomyAnswer const> answers);

/// subsidy_test, presets, preset_summary, drivers, drivers_given, optimal, optimal_summary,
/// compute, compute_limits, denial: those with rows.
[[nodiscard]] std::vector<ResultTable> autonomy_ask_tables(std::span<AutonomyAnswer const> answers,
                                                           AutonomyStudy const& study);

}  // namespace linchpin::study
