// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/totals.h"

#include "linchpin/core/contracts.h"
#include "linchpin/table/shape.h"

namespace linchpin {
namespace {

/// Sum of the published rows, or output less inputs where there are none.
DenseVector value_added_of(Table const& table) {
  auto const n = table.size();
  DenseVector result(n, 0.0);
  auto const rows = table.labels.value_added_rows.size();
  for (std::size_t k = 0; k < rows; ++k) {
    auto const row = table.value_added.row(k);
    for (std::size_t j = 0; j < n; ++j) result[j] += row[j];
  }
  if (rows > 0) return result;
  for (std::size_t i = 0; i < n; ++i) {
    table.Z.for_each(i, [&](std::size_t j, double flow) { result[j] += flow; });
  }
  for (std::size_t j = 0; j < n; ++j) result[j] = table.output[j] - result[j];
  return result;
}

}  // namespace

Totals totals_of(Table const& table) {
  LINCHPIN_EXPECTS(check_shapes(table).has_value());
  Totals totals;
  for (auto const& region : table.labels.regions) totals.regions.push_back({region.label, 0, 0, 0});
  auto const value_added = value_added_of(table);
  auto const categories = table.labels.categories.size();
  for (std::size_t i = 0; i < table.size(); ++i) {
    auto& own = totals.regions[table.labels.industries[i].region.index()];
    own.gross_output += table.output[i];
    own.value_added += value_added[i];
    if (table.output[i] == 0) ++totals.zero_output_industries;
    auto const row = table.Y.row(i);
    for (std::size_t j = 0; j < row.size(); ++j) {
      totals.regions[j / categories].final_demand += row[j];
      if (row[j] < 0) ++totals.negative_final_cells;
    }
  }
  for (auto const& region : totals.regions) {
    totals.gross_output += region.gross_output;
    totals.value_added += region.value_added;
    totals.final_demand += region.final_demand;
  }
  return totals;
}

}  // namespace linchpin
