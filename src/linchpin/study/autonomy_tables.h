// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "linchpin/results/result_set.h"
#include "linchpin/study/autonomy_run.h"

namespace linchpin::study {

/// The answers as tidy tables, one row per technology and …: autonomy, manageable, break_even,
/// autonomy_cost, undercut, competitors, dependence_on_newcomer and, where they were asked for,
/// those of autonomy_ask_tables. Quantiles are missing where no draws were made.
[[nodiscard]] std::vector<ResultTable> autonomy_tables(std::span<AutonomyAnswer const> answers,
                                                       AutonomyStudy const& study);

/// subsidy_test, presets, preset_summary, drivers, optimal, optimal_summary, compute,
/// compute_limits: those with rows.
[[nodiscard]] std::vector<ResultTable> autonomy_ask_tables(std::span<AutonomyAnswer const> answers,
                                                           AutonomyStudy const& study);

}  // namespace linchpin::study
