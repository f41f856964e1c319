// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/economy/economy.h"

namespace linchpin::depend {

/// Solves (I - A) X = B by block Gauss-Seidel, one region after the other: a region's own block is
/// factorised, what crosses borders is iterated. A = Z / x is never stored; memory is the squared
/// numbers of industries of the regions and the right-hand sides.
///
/// For A >= 0 with spectral radius below one it converges from any start (a regular splitting of a
/// non-singular M-matrix), the faster the less is traded across borders.
/// Source: Varga (2000), Matrix Iterative Analysis, 2nd ed., theorem 3.29.
class RegionSweeps {
 public:
  /// Precondition: `inverse_output` has one entry per industry and outlives this.
  RegionSweeps(Economy economy, std::span<double const> inverse_output, double tolerance);

  /// Factorises all (I - A_rr). Returns the first industry whose pivot is not positive: the region
  /// by itself needs more than it makes.
  /// \error cancelled  `control.cancel` was set
  [[nodiscard]] Result<std::optional<std::size_t>> factorise(RunControl const& control);

  /// In place; B is n x k. Stops where max |(I - A) x - b| <= tolerance * max |b| for each
  /// right-hand side, or where sweeps no longer help. Returns the largest residual relative to
  /// max |b|; infinite if the sweeps diverge.
  [[nodiscard]] double solve(DenseMatrix& right_hand_sides, unsigned threads) const;
  /// X (I - A) = B, B is k x n; otherwise the same.
  [[nodiscard]] double solve_left(DenseMatrix& right_hand_sides, unsigned threads) const;

 private:
  Economy economy_;
  std::span<double const> inverse_output_;
  double tolerance_;
  std::vector<DenseMatrix> factors_;  // of I - A_rr, by region
};

}  // namespace linchpin::depend
