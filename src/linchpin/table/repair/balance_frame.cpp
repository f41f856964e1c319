// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/repair/balance_frame.h"

#include <utility>

namespace linchpin::balancing {
namespace {

/// Column sums of Z.
DenseVector inputs_of(Table const& table) {
  DenseVector inputs(table.size(), 0.0);
  for (std::size_t i = 0; i < table.size(); ++i) {
    table.Z.for_each(i, [&](std::size_t j, double value) { inputs[j] += value; });
  }
  return inputs;
}

/// Value added by kind after balancing. Where one row stood for all kinds, each keeps its share.
DenseMatrix value_added_of(Table const& table, Frame const& frame, FlowMatrix const& cells) {
  auto const kinds = table.labels.value_added_rows.size();
  DenseMatrix result(kinds, frame.n);
  for (std::size_t j = 0; j < frame.n; ++j) {
    for (std::size_t k = 0; k < kinds; ++k) {
      double const published = table.value_added(k, j);
      double const before = frame.value_added(frame.value_rows == kinds ? k : 0, j);
      double const after = cells(frame.n + (frame.value_rows == kinds ? k : 0), j);
      if (frame.value_rows == kinds) {
        result(k, j) = after;
      } else {
        result(k, j) = before == 0 ? published : published * (after / before);
      }
    }
  }
  return result;
}

}  // namespace

Frame make_frame(Table const& table, bool each_kind) {
  Frame frame;
  frame.n = table.size();
  frame.final_columns = table.labels.final_columns();
  auto const kinds = table.labels.value_added_rows.size();
  frame.value_rows = each_kind && kinds > 0 ? kinds : 1;
  frame.value_added = DenseMatrix(frame.value_rows, frame.n);
  for (std::size_t k = 0; k < kinds; ++k) {
    auto const row = frame.value_added.row(frame.value_rows == kinds ? k : 0);
    for (std::size_t j = 0; j < frame.n; ++j) row[j] += table.value_added(k, j);
  }
  if (kinds == 0) {
    auto const inputs = inputs_of(table);
    for (std::size_t j = 0; j < frame.n; ++j) frame.value_added(0, j) = table.output[j] - inputs[j];
  }
  return frame;
}

DenseMatrix to_dense(Table const& table, Frame const& frame) {
  DenseMatrix cells(frame.rows(), frame.columns());
  for (std::size_t i = 0; i < frame.n; ++i) {
    auto const row = cells.row(i);
    table.Z.for_each(i, [&](std::size_t j, double value) { row[j] = value; });
    for (std::size_t f = 0; f < frame.final_columns; ++f) row[frame.n + f] = table.Y(i, f);
  }
  for (std::size_t k = 0; k < frame.value_rows; ++k) {
    for (std::size_t j = 0; j < frame.n; ++j) cells(frame.n + k, j) = frame.value_added(k, j);
  }
  return cells;
}

CsrMatrix to_sparse(Table const& table, Frame const& frame) {
  CsrMatrix cells(frame.rows(), frame.columns());
  auto const add = [&](std::size_t j, double value) {
    if (value == 0) return;
    cells.column.push_back(static_cast<std::uint32_t>(j));
    cells.value.push_back(value);
  };
  for (std::size_t i = 0; i < frame.n; ++i) {
    table.Z.for_each(i, add);
    for (std::size_t f = 0; f < frame.final_columns; ++f) add(frame.n + f, table.Y(i, f));
    cells.row_start[i + 1] = cells.value.size();
  }
  for (std::size_t k = 0; k < frame.value_rows; ++k) {
    for (std::size_t j = 0; j < frame.n; ++j) add(j, frame.value_added(k, j));
    cells.row_start[frame.n + k + 1] = cells.value.size();
  }
  return cells;
}

std::string row_name(Table const& table, Frame const& frame, std::size_t row) {
  if (row < frame.n) return table.labels.industry_label(row);
  bool const each = frame.value_rows == table.labels.value_added_rows.size();
  return each ? table.labels.value_added_rows[row - frame.n] : "value added";
}

std::string column_name(Table const& table, std::size_t column) {
  if (column < table.size()) return table.labels.industry_label(column);
  auto const f = column - table.size();
  auto const categories = table.labels.categories.size();
  return table.labels.regions[f / categories].label + ":" +
         table.labels.categories[f % categories].label;
}

Table with_cells(Table const& table, Frame const& frame, FlowMatrix cells) {
  Table result;
  result.info = table.info;
  result.labels = table.labels;
  result.satellites = table.satellites;
  result.Y = DenseMatrix(frame.n, frame.final_columns);
  result.output.assign(frame.n, 0.0);
  result.value_added = value_added_of(table, frame, cells);
  bool const sparse = table.Z.storage() == FlowMatrix::Storage::sparse;
  CsrMatrix csr(sparse ? frame.n : 0, sparse ? frame.n : 0);
  DenseMatrix dense(sparse ? 0 : frame.n, sparse ? 0 : frame.n);
  for (std::size_t i = 0; i < frame.n; ++i) {
    cells.for_each(i, [&](std::size_t j, double value) {
      result.output[i] += value;
      if (j >= frame.n) {
        result.Y(i, j - frame.n) = value;
      } else if (sparse) {
        csr.column.push_back(static_cast<std::uint32_t>(j));
        csr.value.push_back(value);
      } else {
        dense(i, j) = value;
      }
    });
    if (sparse) csr.row_start[i + 1] = csr.value.size();
  }
  result.Z = sparse ? FlowMatrix(std::move(csr)) : FlowMatrix(std::move(dense));
  return result;
}

}  // namespace linchpin::balancing
