// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/flow_matrix.h"
#include "linchpin/core/parallel.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/repair/kras.h"

namespace linchpin::scaling {

/// One number per row, per column, and per cell that a constraint names.
struct Lines {
  DenseVector row;
  DenseVector column;
  DenseVector cell;
};

/// The matrix G of constraints over the cells of a sparse matrix. It is never formed: a constraint
/// is made of row sums, column sums and single cells.
class ConstraintOperator {
 public:
  /// Precondition: rows and columns of all terms lie inside the matrix.
  ConstraintOperator(CsrMatrix const& pattern, std::span<Constraint const> constraints);

  [[nodiscard]] std::size_t size() const noexcept { return count_; }
  /// G z, from sums of z over the lines.
  [[nodiscard]] DenseVector gather(Lines const& sums) const;
  /// The same with |G|.
  [[nodiscard]] DenseVector gather_sizes(Lines const& sums) const;
  /// G' dual: the value at a cell is that of its row plus that of its column plus its own.
  [[nodiscard]] Lines spread(std::span<double const> dual) const;

  /// Sums of f(k, (G' dual)(k)) over the lines, where k runs over the cells. Tiles of rows are
  /// added in their order.
  /// \error cancelled  `control` asked to stop
  template <class F>
  [[nodiscard]] Result<Lines> sum(Lines const& dual, RunControl const& control, F const& f) const;

  /// Constraints that touch the same row or column, and how: for a preconditioner.
  struct LineTerm {
    std::size_t constraint;
    std::size_t line;  ///< row, or rows + column; then named cells
    double coefficient;
  };
  [[nodiscard]] std::vector<LineTerm> const& terms() const noexcept { return terms_; }
  [[nodiscard]] double line_value(Lines const& lines, std::size_t line) const noexcept;

 private:
  [[nodiscard]] double& line_of(Lines& lines, std::size_t line) const noexcept;
  [[nodiscard]] Lines zero() const;

  CsrMatrix const& pattern_;
  std::size_t count_ = 0;
  std::vector<LineTerm> terms_;
  std::vector<std::size_t> named_;        // places of named cells in pattern_.value, ascending
  std::vector<std::size_t> named_start_;  // rows + 1
  std::vector<std::size_t> bounds_;       // tiles of rows
};

template <class F>
Result<Lines> ConstraintOperator::sum(Lines const& dual, RunControl const& control,
                                      F const& f) const {
  auto result = zero();
  std::vector<DenseVector> columns(bounds_.size() - 1);
  auto done = parallel_for(columns.size(), control, "balance", [&](std::size_t tile) {
    auto& column = columns[tile];
    column.assign(pattern_.columns, 0.0);
    for (auto i = bounds_[tile]; i < bounds_[tile + 1]; ++i) {
      auto next = named_start_[i];
      double total = 0;
      for (auto k = pattern_.row_start[i]; k < pattern_.row_start[i + 1]; ++k) {
        auto const j = pattern_.column[k];
        bool const named = next < named_start_[i + 1] && named_[next] == k;
        double const value = f(k, dual.row[i] + dual.column[j] + (named ? dual.cell[next] : 0.0));
        if (named) result.cell[next++] = value;
        column[j] += value;
        total += value;
      }
      result.row[i] = total;
    }
  });
  if (!done) return fail(done.error());
  for (auto const& column : columns) {
    for (std::size_t j = 0; j < column.size(); ++j) result.column[j] += column[j];
  }
  return result;
}

}  // namespace linchpin::scaling
