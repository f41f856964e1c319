// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/table/repair/balance.h"
#include "linchpin/table/repair/kras.h"
#include "linchpin/table/table.h"

namespace linchpin::balancing {

/// A table as one matrix: industries and value added as rows, industries and columns of final
/// demand as columns.
struct Frame {
  std::size_t n = 0;           ///< industries
  std::size_t value_rows = 1;  ///< one row for all value added, or one for each kind
  std::size_t final_columns = 0;
  DenseMatrix value_added;  ///< value_rows x n

  [[nodiscard]] std::size_t rows() const noexcept { return n + value_rows; }
  [[nodiscard]] std::size_t columns() const noexcept { return n + final_columns; }
};

/// \param each_kind  keep kinds of value added apart
[[nodiscard]] Frame make_frame(Table const& table, bool each_kind);

[[nodiscard]] DenseMatrix to_dense(Table const& table, Frame const& frame);
[[nodiscard]] CsrMatrix to_sparse(Table const& table, Frame const& frame);

/// Name of a row or column of the frame for people.
[[nodiscard]] std::string row_name(Table const& table, Frame const& frame, std::size_t row);
[[nodiscard]] std::string column_name(Table const& table, std::size_t column);

/// `table` with the cells of `cells`; output becomes the row sums.
[[nodiscard]] Table with_cells(Table const& table, Frame const& frame, FlowMatrix cells);

/// Targets of all lines, for ras and gras.
struct Margins {
  DenseVector rows;
  DenseVector columns;
};
[[nodiscard]] Result<Margins> margins(Table const& table, Frame const& frame,
                                      BalanceSpec const& spec);

/// Targets and balances as constraints, for kras.
[[nodiscard]] Result<std::vector<Constraint>> constraints(Table const& table, Frame const& frame,
                                                          BalanceSpec const& spec);

/// Compares the cells and fills in what moved.
void note_changes(Table const& before, Table const& after, BalanceReport& report);

}  // namespace linchpin::balancing
