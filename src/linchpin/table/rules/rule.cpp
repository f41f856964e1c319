// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/rules/rule.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace linchpin::rules {
namespace {

// Adding zero times a number keeps NaN and Inf and nothing else, so a row needs no branch per cell.
bool all_finite(std::span<double const> values) noexcept {
  double trace = 0;
  for (double const value : values) trace += value * 0.0;
  return trace == 0.0;
}

}  // namespace

Sums add_up(Table const& table) {
  auto const n = table.size();
  Sums sums;
  sums.row.assign(n, 0.0);
  sums.column.assign(n, 0.0);
  sums.value_added.assign(n, 0.0);
  auto* const column = sums.column.data();
  DenseVector scratch;
  for (std::size_t i = 0; i < n; ++i) {
    auto const flows = table.Z.row(i, scratch);
    double total = 0;
    for (std::size_t j = 0; j < n; ++j) {
      total += flows[j];
      column[j] += flows[j];
    }
    auto const uses = table.Y.row(i);
    for (double const use : uses) total += use;
    sums.row[i] = total;
    sums.finite = sums.finite && all_finite(flows) && all_finite(uses);
  }
  sums.has_value_added = !table.labels.value_added_rows.empty();
  for (std::size_t k = 0; k < table.labels.value_added_rows.size(); ++k) {
    auto const row = table.value_added.row(k);
    for (std::size_t j = 0; j < n; ++j) sums.value_added[j] += row[j];
    sums.finite = sums.finite && all_finite(row);
  }
  sums.finite = sums.finite && all_finite(table.output);
  for (std::size_t j = 0; j < n; ++j) {
    if (!sums.has_value_added) sums.value_added[j] = table.output[j] - sums.column[j];
    sums.largest_output = std::max({sums.largest_output, table.output[j], sums.row[j]});
  }
  return sums;
}

double balance_tolerance(Table const& table, Sums const& sums, CheckOptions const& options,
                         std::size_t i) {
  double const size = std::max(std::abs(table.output[i]), std::abs(sums.row[i]));
  return std::max(options.relative_tolerance * size,
                  options.of_largest_tolerance * sums.largest_output);
}

void Collector::add(std::string where, double value, std::string what, std::string hint) {
  if (count_++ >= most_) return;
  findings_.push_back(
      {rule_, severity_, std::move(where), value, std::move(what), std::move(hint)});
}

Collector::~Collector() {
  if (count_ <= most_) return;
  auto const more = count_ - most_;
  findings_.push_back({rule_, severity_, "whole table", static_cast<double>(more),
                       fmt::format("and {} more of the same kind", more),
                       "mend the ones listed and check again"});
}

}  // namespace linchpin::rules
