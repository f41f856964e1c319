// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <string>

#include "linchpin/table/rules/rule.h"

namespace linchpin::rules {
namespace {

template <class ColumnName>
void check_matrix(FlowMatrix const& matrix, Collector& found, ColumnName const& name_of) {
  DenseVector scratch;
  for (std::size_t i = 0; i < matrix.rows(); ++i) {
    auto const row = matrix.row(i, scratch);
    for (std::size_t j = 0; j < row.size(); ++j) {
      if (std::isfinite(row[j])) continue;
      if (!found.has_room()) {
        found.count_only();
        continue;
      }
      // The value of the finding is zero: no NaN may leave towards JSON.
      found.add(name_of(i, j), 0.0, fmt::format("the cell is {}", row[j]),
                "a table holds finite numbers only: fill the cell or set it to zero");
    }
  }
}

}  // namespace

/// NaN and Inf anywhere.
void check_finite(Table const& table, CheckOptions const& options, Findings& findings) {
  auto const& labels = table.labels;
  Collector found("not_finite", Severity::error, options.most_per_rule, findings);
  check_matrix(table.Z, found, [&](std::size_t i, std::size_t j) {
    return labels.industry_label(i) + " -> " + labels.industry_label(j);
  });
  check_matrix(table.Y, found, [&](std::size_t i, std::size_t j) {
    auto const categories = labels.categories.size();
    return labels.industry_label(i) + " -> " + labels.regions[j / categories].label + ":" +
           labels.categories[j % categories].label;
  });
  check_matrix(table.value_added, found, [&](std::size_t k, std::size_t j) {
    return labels.value_added_rows[k] + " of " + labels.industry_label(j);
  });
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (std::isfinite(table.output[i])) continue;
    found.add("output of " + labels.industry_label(i), 0.0,
              fmt::format("the cell is {}", table.output[i]),
              "a table holds finite numbers only: give the output");
  }
}

}  // namespace linchpin::rules
