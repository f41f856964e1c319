// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/flow_matrix.h"

namespace linchpin::scaling {

/// Multiplier of a line and its inverse; both 0 for a line that is emptied.
struct Multiplier {
  double value = 0;
  double inverse = 0;
};

/// Solves value * positive - negative / value = target for the multiplier of a line whose positive
/// cells sum to `positive` and whose negative cells sum to -`negative`. A negative value: there is
/// none.
[[nodiscard]] Multiplier solve_multiplier(double target, double positive, double negative) noexcept;

/// Multipliers of all lines of one side.
struct Multipliers {
  DenseVector value;
  DenseVector inverse;

  explicit Multipliers(std::size_t count) : value(count, 1.0), inverse(count, 1.0) {}
  void set(std::size_t line, Multiplier multiplier) noexcept {
    value[line] = multiplier.value;
    inverse[line] = multiplier.inverse;
  }
};

/// Column sums of one tile of rows: of positive cells, and of the sizes of negative ones.
struct ColumnSums {
  DenseVector positive;
  DenseVector negative;  ///< empty where no cell is negative
};

/// Rows of a matrix in tiles that depend on the matrix alone, so that sums over tiles, taken in
/// their order, do not depend on the number of threads.
[[nodiscard]] std::vector<std::size_t> tile_bounds(std::size_t rows, std::size_t cells);

/// The cells of a dense matrix.
class DenseCells {
 public:
  explicit DenseCells(DenseMatrix& matrix);
  [[nodiscard]] std::size_t rows() const noexcept { return matrix_.rows(); }
  [[nodiscard]] std::size_t columns() const noexcept { return matrix_.columns(); }
  [[nodiscard]] std::vector<std::size_t> const& bounds() const noexcept { return bounds_; }
  /// f(column, value&) for the cells of row i that are not zero.
  template <class F>
  void for_each(std::size_t i, F&& f) {
    auto const row = matrix_.row(i);
    for (std::size_t j = 0; j < row.size(); ++j) {
      if (row[j] != 0) f(j, row[j]);
    }
  }
  /// One step of RAS on the rows of a tile: r(i) = target(i) / sum of z(i,j) s(j), and the column
  /// sums of r(i) z(i,j). Each row is read from memory once.
  void step(std::size_t tile, std::span<double const> targets, Multipliers const& s, Multipliers& r,
            ColumnSums& sums) const;
  /// The same for cells of both signs.
  void signed_step(std::size_t tile, std::span<double const> targets, Multipliers const& s,
                   Multipliers& r, ColumnSums& sums) const;

 private:
  DenseMatrix& matrix_;
  std::vector<std::size_t> bounds_;
};

/// The cells of a sparse matrix; members as in DenseCells.
class SparseCells {
 public:
  explicit SparseCells(CsrMatrix& matrix);
  [[nodiscard]] std::size_t rows() const noexcept { return matrix_.rows; }
  [[nodiscard]] std::size_t columns() const noexcept { return matrix_.columns; }
  [[nodiscard]] std::vector<std::size_t> const& bounds() const noexcept { return bounds_; }
  template <class F>
  void for_each(std::size_t i, F&& f) {
    for (auto k = matrix_.row_start[i]; k < matrix_.row_start[i + 1]; ++k) {
      if (matrix_.value[k] != 0) f(static_cast<std::size_t>(matrix_.column[k]), matrix_.value[k]);
    }
  }
  void step(std::size_t tile, std::span<double const> targets, Multipliers const& s, Multipliers& r,
            ColumnSums& sums) const;
  void signed_step(std::size_t tile, std::span<double const> targets, Multipliers const& s,
                   Multipliers& r, ColumnSums& sums) const;

 private:
  CsrMatrix& matrix_;
  std::vector<std::size_t> bounds_;
};

}  // namespace linchpin::scaling
