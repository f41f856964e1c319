// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/aggregate.h"

#include <numeric>
#include <vector>

#include "linchpin/table/grouping.h"
#include "linchpin/table/shape.h"

namespace linchpin {
namespace {

/// to(row_group[i], column_group[j]) += from(i, j), in ascending i and j.
void add_up(DenseMatrix const& from, std::vector<std::size_t> const& row_group,
            std::vector<std::size_t> const& column_group, DenseMatrix& to) {
  for (std::size_t i = 0; i < from.rows(); ++i) {
    auto const source = from.row(i);
    auto const target = to.row(row_group[i]);
    for (std::size_t j = 0; j < source.size(); ++j) target[column_group[j]] += source[j];
  }
}

std::vector<std::size_t> counted(std::size_t count) {
  std::vector<std::size_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), std::size_t{0});
  return numbers;
}

}  // namespace

Result<Table> aggregate(Table const& table, Mapping const* regions, Mapping const* sectors) {
  if (auto const fits = check_shapes(table); !fits) return fail(fits.error());
  auto grouping = group_labels(table.labels, regions, sectors);
  if (!grouping) return fail(grouping.error());
  if (grouping->trivial()) return table;
  return regroup(table, *std::move(grouping));
}

Table regroup(Table const& table, Grouping grouping) {
  Table result;
  result.info = table.info;
  if (!result.info.history.empty()) result.info.history += '\n';
  result.info.history += grouping.history;
  result.labels = std::move(grouping.labels);
  auto const n = result.size();
  auto const& industry_of = grouping.industry_of;
  auto const& column_of = grouping.final_column_of;
  DenseMatrix Z(n, n);
  for (std::size_t i = 0; i < table.size(); ++i) {
    auto const target = Z.row(industry_of[i]);
    table.Z.for_each(i, [&](std::size_t j, double flow) { target[industry_of[j]] += flow; });
  }
  result.Z = std::move(Z);
  result.Y = DenseMatrix(n, result.labels.final_columns());
  result.value_added = DenseMatrix(result.labels.value_added_rows.size(), n);
  result.output.assign(n, 0.0);
  add_up(table.Y, industry_of, column_of, result.Y);
  add_up(table.value_added, counted(table.value_added.rows()), industry_of, result.value_added);
  for (std::size_t i = 0; i < table.size(); ++i) result.output[industry_of[i]] += table.output[i];

  auto const accounts = table.satellites.rows.size();
  result.satellites.rows = table.satellites.rows;
  if (accounts > 0) {
    result.satellites.F = DenseMatrix(accounts, n);
    result.satellites.F_Y = DenseMatrix(accounts, result.labels.final_columns());
    add_up(table.satellites.F, counted(accounts), industry_of, result.satellites.F);
    add_up(table.satellites.F_Y, counted(accounts), column_of, result.satellites.F_Y);
  }
  return result;
}

}  // namespace linchpin
