// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "linchpin/results/result_set.h"
#include "linchpin/results/row_writer.h"

namespace linchpin {

inline constexpr char const* no_draws = "no draws";

/// Three number columns: the 5 %, 50 % and 95 % quantile of a number over draws. {} in `name` and
/// `title` is where 05, 50 and 95 stand: "loss_p{}_pct".
struct QuantileColumns {
  std::string name, title, unit;
  std::string description;
  std::string undefined;  ///< why entries can be missing
};

inline void add_quantiles(ResultTable& table, QuantileColumns const& each) {
  for (auto const* quantile : {"05", "50", "95"}) {
    table.columns.push_back(number_column(fmt::format(fmt::runtime(each.name), quantile),
                                          fmt::format(fmt::runtime(each.title), quantile),
                                          each.unit, each.description, each.undefined));
  }
}

/// Entry `q` of the 5 %, 50 % and 95 % quantile; empty where there are none.
[[nodiscard]] inline std::optional<double> quantile_of(std::vector<double> const& band,
                                                       std::size_t q) {
  return band.size() == 3 ? std::optional{band[q]} : std::nullopt;
}

/// What the three quantiles of an ensemble say, in words.
struct QuantileWords {
  char const *low, *middle, *high;
};

/// A number over an ensemble [%]: central, three quantiles, mean and standard deviation.
/// \param no_number     why central, mean and deviation can be missing; "" if they cannot
/// \param no_quantiles  why quantiles can be missing
inline void add_ensemble_columns(ResultTable& table, QuantileWords const& words,
                                 char const* no_number, char const* no_quantiles) {
  auto const add = [&](char const* name, char const* title, char const* description,
                       char const* undefined) {
    table.columns.push_back(number_column(name, title, "%", description, undefined));
  };
  add("central", "Central", "With the scenario's own numbers.", no_number);
  add("p05", "5 %", words.low, no_quantiles);
  add("p50", "Median", words.middle, no_quantiles);
  add("p95", "95 %", words.high, no_quantiles);
  add("mean", "Mean", "Over the independent draws.", no_number);
  add("standard_deviation", "Deviation", "Over the independent draws.", no_number);
}

/// Writes these of a number that has them as members.
/// \param defined    there is a number at all
/// \param quantiles  the design of the draws has quantiles
template <class Numbers>
void write_ensemble(RowWriter& row, Numbers const& numbers, bool defined, bool quantiles) {
  auto const write = [&](double value, bool given) {
    row << (given ? std::optional{value} : std::nullopt);
  };
  write(numbers.central, defined);
  for (double const value : {numbers.p05, numbers.p50, numbers.p95}) {
    write(value, defined && quantiles);
  }
  write(numbers.mean, defined);
  write(numbers.standard_deviation, defined);
}

}  // namespace linchpin
