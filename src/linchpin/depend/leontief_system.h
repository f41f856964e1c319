// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/economy/economy.h"

namespace linchpin::depend {

/// How the system is solved. The bits of an answer depend on it, so the choice is part of the Origin.
enum class SolveMethod {
  automatic,  ///< the cheaper one by the cost model of `cheaper_method`
  direct,     ///< one LU of I - A; exact to rounding, n x n doubles
  iterative,  ///< block Gauss-Seidel over regions, no n x n memory; residual and bound are known
};

struct SystemOptions {
  SolveMethod method = SolveMethod::automatic;
  /// Iterative only: an answer is accepted once max |(I - A) x - b| <= tolerance * max |b|.
  double tolerance = 1e-12;
  /// How many right-hand sides will be asked for, about: what the automatic choice weighs.
  std::size_t expected_right_hand_sides = 0;
};

/// The method that takes fewer operations: LU costs 2/3 n^3 and each right-hand side 2 n^2; an
/// iterative solve costs about 40 n^2 per right-hand side. Direct wherever n <= 4,000: there LU
/// takes seconds and leaves nothing to bound.
[[nodiscard]] SolveMethod cheaper_method(IndustrySpace const& space, std::size_t right_hand_sides);

/// The system (I - A) of one economy, ready for many right-hand sides. Cheap to copy; copies share
/// the factors and the inverse, which is made when first asked for.
///
/// A(i,j) = Z(i,j) / x(j); the column of an industry without output is zero, so L(j,j) = 1 there.
/// A is never stored: products with it are products with Z.
/// Source: Miller & Blair (2009), Input-Output Analysis, 2nd ed., chapter 2.
class LeontiefSystem {
 public:
  /// \error unproductive_table  the spectral radius of A is not below one
  /// \error not_finite          the factors do not reproduce (I - A): the BLAS library is broken
  [[nodiscard]] static Result<LeontiefSystem> make(Economy economy, RunControl const& control = {});
  /// \error too_large      as above, and the factors do not fit into memory (direct)
  /// \error not_converged  the sweeps do not reach the tolerance (iterative)
  [[nodiscard]] static Result<LeontiefSystem> make(Economy economy, SystemOptions const& options,
                                                   RunControl const& control = {});

  [[nodiscard]] Economy const& economy() const noexcept;
  [[nodiscard]] IndustrySpace const& space() const noexcept { return economy().space(); }
  [[nodiscard]] std::size_t size() const noexcept { return economy().size(); }
  /// direct or iterative, as chosen.
  [[nodiscard]] SolveMethod method() const noexcept;

  /// A(i,j): what j buys from i per unit of its output.
  [[nodiscard]] double coefficient(IndustryId seller, IndustryId buyer) const noexcept {
    return economy().flows()(seller, buyer) * inverse_output()[buyer.index()];
  }
  /// The rows of A that belong to `seller` and the columns that belong to `buyer`.
  [[nodiscard]] DenseMatrix block(RegionId seller, RegionId buyer) const;
  /// 1 / x; 0 where output is 0.
  [[nodiscard]] std::span<double const> inverse_output() const noexcept;
  /// v / x, value added per unit of output; 1 where output is 0 (rows that cancel), so that value
  /// added of everything that is sold adds up: v_c L = u' in every column.
  [[nodiscard]] IndustryView value_added_share() const noexcept;

  /// Final use by region, n x G [unit per year]: that of the table and what industries without
  /// positive output buy, whose columns of A are zero. So x = L Y u holds for every table.
  [[nodiscard]] MatrixView<IndustryId, RegionId, double const> final_use() const noexcept;

  /// A X; X is n x k.
  [[nodiscard]] DenseMatrix multiply(DenseMatrix const& X, RunControl const& control = {}) const;
  /// X A; X is k x n.
  [[nodiscard]] DenseMatrix multiply_left(DenseMatrix const& X,
                                          RunControl const& control = {}) const;

  /// X with (I - A) X = B, in place; B is n x k, row-major, k right-hand sides.
  void solve(DenseMatrix& right_hand_sides, RunControl const& control = {}) const;
  /// X with X (I - A) = B, in place; B is k x n, one right-hand side per row.
  void solve_left(DenseMatrix& right_hand_sides, RunControl const& control = {}) const;

  /// (I - A_rr)^-1 of a region's own block: its chains that never leave it.
  [[nodiscard]] DenseMatrix local_inverse(RegionId region) const;
  /// The blocks L_rr of the global inverse, one per region: about the operations of another LU, or
  /// copies where the inverse is there already. Direct only.
  /// \error bad_value  the system is iterative
  /// \error cancelled  `control.cancel` was set
  [[nodiscard]] Result<std::vector<DenseMatrix>> diagonal_blocks(
      RunControl const& control = {}) const;
  /// L = (I - A)^-1 in full, n x n: 4/3 n^3 operations the first time, kept afterwards. Direct only.
  /// \error bad_value  the system is iterative
  /// \error too_large  n x n doubles do not fit
  /// \error cancelled  `control.cancel` was set
  [[nodiscard]] Result<std::shared_ptr<DenseMatrix const>> inverse(
      RunControl const& control = {}) const;

  /// Largest residual max |(I - A) x - b| / max |b| known: of a probe from each side when the system
  /// was made and, where it is solved iteratively, of every answer since.
  [[nodiscard]] double residual() const noexcept;
  /// No element of an answer is farther from the exact one than this times its largest |b|:
  /// `residual()` times the largest row or column sum of L, which the probes bound from above
  /// (L >= 0 and (I - A) w >= (1 - d) u give L u <= w / (1 - d)). Proven for iterative answers,
  /// whose residuals are all measured; for direct ones as far as the probes are typical.
  [[nodiscard]] double error_bound() const noexcept;

 private:
  struct Data;
  explicit LeontiefSystem(std::shared_ptr<Data const> data) noexcept;
  std::shared_ptr<Data const> data_;
};

}  // namespace linchpin::depend
