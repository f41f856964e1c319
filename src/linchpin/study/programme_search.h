// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/random.h"
#include "linchpin/core/run_control.h"

namespace linchpin::study {

/// What one programme comes to: what is to be small, and what it takes from the budget.
struct ProgrammeValue {
  double objective = 0;
  double outlay = 0;
};

/// min objective(x) over low <= x <= high with outlay(x) <= budget, without slopes.
struct ProgrammeProblem {
  std::vector<double> low, high;
  double budget = 0;
  /// Safe to call from several threads.
  std::function<Result<ProgrammeValue>(std::span<double const> x)> value;
  std::vector<std::vector<double>> starts;  ///< tried first; clamped to the bounds
  std::size_t more_starts = 0;              ///< random ones besides
  std::size_t evaluations = 120;            ///< of each start
  Seed seed{1};
};

struct ProgrammeOptimum {
  std::vector<double> x;
  ProgrammeValue value;
  std::size_t evaluations = 0;
  /// Objectives at which the starts ended, the best first; far apart: there may be a better one.
  std::vector<double> ends;
};

/// COBYLA (Powell 1994, as in NLopt) from every start, the best of them once more from where it
/// ended with short steps. Points whose value cannot be computed count as very bad.
/// \error cancelled  `control.cancel` was set
/// \error *          no start and nothing near it could be computed: the first one's error
/// \error bad_value  nothing within the budget was found
[[nodiscard]] Result<ProgrammeOptimum> search_programme(ProgrammeProblem const& problem,
                                                        RunControl const& control = {});

/// What one more unit of budget is worth: −d objective / d budget, by searching again from the
/// optimum with the budget a little larger. 0 where the optimum leaves part of the budget unused.
/// \error as search_programme
[[nodiscard]] Result<double> shadow_price(ProgrammeProblem problem, ProgrammeOptimum const& optimum,
                                          RunControl const& control = {});

}  // namespace linchpin::study
