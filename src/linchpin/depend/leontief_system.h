// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/economy/economy.h"

namespace linchpin::depend {

/// The factorised system (I - A) of one economy: one LU, many right-hand sides. Cheap to copy.
///
/// A(i,j) = Z(i,j) / x(j); the column of an industry without output is zero, so L(j,j) = 1 there.
/// Source: Miller & Blair (2009), Input-Output Analysis, 2nd ed., chapter 2.
class LeontiefSystem {
 public:
  /// \error unproductive_table  the spectral radius of A is not below one
  /// \error not_finite          the factors do not reproduce (I - A): the BLAS library is broken
  [[nodiscard]] static Result<LeontiefSystem> make(Economy economy, RunControl const& control = {});

  [[nodiscard]] Economy const& economy() const noexcept;
  /// A, n x n, per unit of the buyer's output.
  [[nodiscard]] FlowView coefficients() const noexcept;
  /// v / x, value added per unit of output; 0 where output is 0.
  [[nodiscard]] IndustryView value_added_share() const noexcept;

  /// X with (I - A) X = B, in place; B is n x k, row-major, k right-hand sides.
  void solve(DenseMatrix& right_hand_sides, RunControl const& control = {}) const;
  /// X with X (I - A) = B, in place; B is k x n, one right-hand side per row.
  void solve_left(DenseMatrix& right_hand_sides, RunControl const& control = {}) const;

  /// Backward error max |(I - A) x - b| / max(|b|, |x|) of a probe from each side, measured when
  /// made.
  [[nodiscard]] double residual() const noexcept;

 private:
  struct Data;
  explicit LeontiefSystem(std::shared_ptr<Data const> data) noexcept;
  std::shared_ptr<Data const> data_;
};

}  // namespace linchpin::depend
