// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/flow_matrix.h"
#include "linchpin/core/run_control.h"

namespace linchpin {

/// How messages name the lines of a matrix. Left empty: "row 1", "column 1", counted from one.
struct MarginNames {
  std::function<std::string(std::size_t)> row = {};
  std::function<std::string(std::size_t)> column = {};
  std::string where = "matrix";  ///< name of the whole
};

struct ScalingOptions {
  /// Stop when every margin is met this well, relative to the sum of the sizes of its cells.
  double tolerance = 1e-12;
  /// Row and column targets whose totals differ by more than this share are refused; up to it, the
  /// column targets are scaled to the row targets.
  double total_tolerance = 1e-9;
  std::size_t most_iterations = 20'000;
  MarginNames names = {};
};

/// What a scaling did. Cell (i,j) became r(i) z(i,j) s(j), or z(i,j) / (r(i) s(j)) if negative.
struct ScalingReport {
  std::size_t iterations = 0;
  /// Largest distance of a sum from its target over rows and over columns, relative to the sum of
  /// the sizes of the cells; measured on the result, against the targets as given.
  double row_error = 0;
  double column_error = 0;
  /// Largest relative gap between row and column total that was closed before scaling.
  double total_gap = 0;
  /// Cells that had to become zero because the targets leave no room for them.
  std::size_t emptied_cells = 0;
  DenseVector r;  ///< one per row; 0: the row was emptied
  DenseVector s;  ///< one per column
};

/// RAS: scales rows and columns of a non-negative matrix in turn until they sum to the targets.
///
/// The result r(i) z(i,j) s(j) is the matrix with these margins that is nearest to the given one in
/// the sense of Kullback and Leibler; zero cells stay zero. Where the targets force cells to zero,
/// they are emptied. The answer does not depend on the number of threads. On failure the matrix is
/// as it was.
///
/// \param matrix   m x n, non-negative; scaled in place
/// \param rows     m targets, non-negative
/// \param columns  n targets, non-negative, with the same total
/// \error size_mismatch  targets that do not fit the matrix
/// \error bad_value      a negative or non-finite cell or target; targets no matrix with these
/// zeros
///                       can have: the message names the rows and columns that contradict
/// \error not_converged  the tolerance was not met in `most_iterations`
/// \error cancelled      `control` asked to stop
///
/// Source: Stone & Brown (1962); Bacharach (1970), Biproportional Matrices and Input-Output Change.
[[nodiscard]] Result<ScalingReport> ras(DenseMatrix& matrix, std::span<double const> rows,
                                        std::span<double const> columns,
                                        ScalingOptions const& options = {},
                                        RunControl const& control = {});
[[nodiscard]] Result<ScalingReport> ras(CsrMatrix& matrix, std::span<double const> rows,
                                        std::span<double const> columns,
                                        ScalingOptions const& options = {},
                                        RunControl const& control = {});

}  // namespace linchpin
