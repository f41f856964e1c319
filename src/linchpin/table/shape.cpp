// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/shape.h"

#include <fmt/format.h>

#include <algorithm>

namespace linchpin {
namespace {

template <class Matrix>
void check_matrix(Matrix const& matrix, char const* name, std::size_t rows,
                  std::size_t columns, ErrorList& errors) {
  // Without rows or columns there is nothing whose other extent could matter.
  bool const both_empty = rows * columns == 0 && matrix.empty();
  if (both_empty || (matrix.rows() == rows && matrix.columns() == columns)) return;
  errors.add(ErrorCode::invalid_table,
             fmt::format("{} is {} x {}, its labels ask for {} x {}", name, matrix.rows(),
                         matrix.columns(), rows, columns),
             name, "every industry needs one row and one column");
}

}  // namespace

Result<void> check_shapes(Table const& table) {
  auto const& labels = table.labels;
  auto const n = labels.industries.size();
  ErrorList errors;
  if (n == 0) {
    errors.add(ErrorCode::invalid_table, "the table has no industry", "whole table",
               "check that the file holds data rows");
  }
  check_matrix(table.Z, "Z", n, n, errors);
  check_matrix(table.Y, "Y", n, labels.final_columns(), errors);
  check_matrix(table.value_added, "value_added", labels.value_added_rows.size(), n, errors);
  auto const accounts = table.satellites.rows.size();
  check_matrix(table.satellites.F, "F", accounts, n, errors);
  check_matrix(table.satellites.F_Y, "F_Y", accounts, labels.final_columns(), errors);
  if (table.output.size() != n) {
    errors.add(ErrorCode::invalid_table,
               fmt::format("output has {} entries for {} industries", table.output.size(), n),
               "output", "every industry needs one entry");
  }
  auto const names_nothing = [&](IndustryKey const& key) {
    return key.region.index() >= labels.regions.size() ||
           key.sector.index() >= labels.sectors.size();
  };
  if (std::any_of(labels.industries.begin(), labels.industries.end(), names_nothing)) {
    errors.add(ErrorCode::invalid_table, "an industry names a region or sector that does not exist",
               "labels", "every industry is one region and one sector of the table");
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

}  // namespace linchpin
