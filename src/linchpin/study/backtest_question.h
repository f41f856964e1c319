// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/localize/backtest.h"
#include "linchpin/results/json.h"
#include "linchpin/study/parameter_source.h"

namespace linchpin::study {

/// Which past controls to run.
struct BacktestRequest {
  std::vector<std::string> names;  ///< empty: all that ship
  /// Files of numbers in place of the shipped ones, key by key; with one name only.
  std::vector<std::string> files;
  std::string where;  ///< what the user calls `names`, for messages
  std::size_t draws = 1000;
  std::uint64_t seed = 1;
};

/// \error unknown_label  no such case; all of them
/// \error bad_value      files with several cases
/// \error of `source`, of the reader of its texts and of run_backtest
[[nodiscard]] Result<std::vector<localize::Backtest>> answer_backtests(
    BacktestRequest const& request, ParameterSource const& source);

/// What a case shows in a sentence: verdicts met, and where the model lies farthest from what was
/// observed. Computed from its lines.
[[nodiscard]] std::string backtest_headline(localize::Backtest const& backtest);

/// The document "linchpin.backtests", version 1, but for its origin (docs/formats/json.md).
[[nodiscard]] Json backtests_to_json(std::vector<localize::Backtest> const& backtests);

}  // namespace linchpin::study
