// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/localize/backtest.h"
#include "linchpin/parameters/sourced_numbers.h"

namespace linchpin::localize {

/// What a case says for one set of values. Lines and verdicts are the same ones in the same order
/// for every set.
struct BacktestOutcome {
  std::vector<BacktestLine> lines;
  std::vector<BacktestVerdict> verdicts;
};

/// \error missing_value, unknown_key, bad_value  of the numbers; each case reads its own names
[[nodiscard]] Result<BacktestOutcome> korea_outcome(
    std::span<parameters::SourcedNumber const> numbers, std::span<double const> values);
[[nodiscard]] Result<BacktestOutcome> rare_earths_outcome(
    std::span<parameters::SourcedNumber const> numbers, std::span<double const> values);
[[nodiscard]] Result<BacktestOutcome> systems_outcome(
    std::span<parameters::SourcedNumber const> numbers, std::span<double const> values);

/// What the case leaves out, in words.
[[nodiscard]] std::vector<std::string> korea_remarks();
[[nodiscard]] std::vector<std::string> rare_earths_remarks();
[[nodiscard]] std::vector<std::string> systems_remarks();

}  // namespace linchpin::localize
