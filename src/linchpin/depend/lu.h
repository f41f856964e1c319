// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"

namespace linchpin::depend {

/// Pivots at or below this count as zero. With A >= 0 every pivot of I - A is at most one, and
/// 1e-12 is a chain of production that uses up 1e12 times what it delivers.
inline constexpr double smallest_pivot = 1e-12;

/// Replaces the square row-major `matrix` by its factors L (unit lower triangle, the ones not
/// stored) and U (upper triangle), without exchanging rows.
///
/// Made for I - A with A >= 0: such a matrix has a non-negative inverse (it is a non-singular
/// M-matrix) if and only if elimination without exchanges meets positive pivots only. No element
/// grows then, so it is stable without exchanges. Returns the first column whose pivot is not
/// above `smallest_pivot`, the factors being unfinished; nothing if all are.
///
/// Work is split over fixed tiles, so that the bits do not depend on the number of threads.
/// Source: Berman & Plemmons (1994), Nonnegative Matrices in the Mathematical Sciences, chapter 6,
/// theorem 2.3; Funderlic, Neumann & Plemmons (1982), "LU decompositions of generalized diagonally
/// dominant matrices", Numer. Math. 40, 57-69.
/// \error cancelled  `control.cancel` was set
[[nodiscard]] Result<std::optional<std::size_t>> factorise(DenseMatrix& matrix,
                                                           RunControl const& control);

/// X with L U X = B, in place; `factors` from `factorise`, B is n x k.
void solve_factorised(DenseMatrix const& factors, DenseMatrix& right_hand_sides, unsigned threads);

/// X with X L U = B, in place; B is k x n.
void solve_left_factorised(DenseMatrix const& factors, DenseMatrix& right_hand_sides,
                           unsigned threads);

/// The square block of (L U)^-1 that begins at `first`: forward and backward on what follows it only.
[[nodiscard]] DenseMatrix inverse_block(DenseMatrix const& factors, std::size_t first,
                                        std::size_t size);

/// (L U)^-1 in full into `inverse`, n x n: 4/3 n^3 operations, column blocks in parallel; the zeros
/// of the unit vectors above each block are skipped.
/// \error cancelled  `control.cancel` was set; `inverse` is unfinished
[[nodiscard]] Result<void> invert_factorised(DenseMatrix const& factors, DenseMatrix& inverse,
                                             RunControl const& control);

}  // namespace linchpin::depend
