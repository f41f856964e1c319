// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/random.h"
#include "linchpin/localize/compute_case.h"
#include "linchpin/parameters/sourced_numbers.h"

namespace linchpin::localize {

/// One quantity: what it was, what came of it, what the model says.
struct BacktestLine {
  std::string quantity, unit;
  std::optional<double> before;
  std::optional<double> observed;
  double model = 0;  ///< at the values of the file
  Quantiles band;    ///< over draws from the ranges
};

/// A yes or no that can be read off what was observed.
struct BacktestVerdict {
  std::string statement;
  bool observed = false;
  bool model = false;      ///< at the values of the file
  double probability = 0;  ///< share of draws in which the model says yes
};

/// A past control, observed and computed, with everything that went in.
struct Backtest {
  std::string name, title;
  std::vector<BacktestLine> lines;
  std::vector<BacktestVerdict> verdicts;
  std::vector<std::string> remarks;  ///< what it leaves out, in words
  std::vector<parameters::SourcedNumber> numbers;
  std::size_t draws = 0;
  std::size_t failed_draws = 0;  ///< the observed state before contradicts them
  double assumptions = 0;        ///< share of the numbers that are assumptions
};

/// A case that ships, with its file under data/parameters/backtests.
struct BacktestKind {
  std::string_view name, title, file;
};
/// korea-2019, rare-earths-2010, cloudmatrix.
[[nodiscard]] std::span<BacktestKind const> backtest_kinds() noexcept;

/// Runs a case at the values of its file and over `draws` points of a scrambled Sobol' design of
/// its ranges, independent of each other (compute_case.h, drawn()). Nothing is fitted.
/// \error unknown_label  no such case
/// \error missing_value, unknown_key, bad_value  of the numbers
[[nodiscard]] Result<Backtest> run_backtest(std::string_view name,
                                            std::vector<parameters::SourcedNumber> numbers,
                                            std::size_t draws, Seed seed);

}  // namespace linchpin::localize
