// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/flow_matrix.h"
#include "linchpin/core/run_control.h"

namespace linchpin {

/// `coefficient` times the sum of a row, the sum of a column, or one cell of a matrix.
struct ConstraintTerm {
  enum class Of { row, column, cell };

  Of of = Of::row;
  std::size_t row = 0;     ///< of a row or cell
  std::size_t column = 0;  ///< of a column or cell
  double coefficient = 1;
};

/// The terms should add up to `target`, give or take `sigma` (a standard deviation in the unit of
/// the target); sigma = 0: exactly.
struct Constraint {
  std::vector<ConstraintTerm> terms;
  double target = 0;
  double sigma = 0;
  std::string name;  ///< for messages
};

struct KrasOptions {
  /// Stop when every condition holds this well, relative to the sum of the sizes of its cells.
  double tolerance = 1e-12;
  std::size_t most_iterations = 100;          ///< Newton steps
  std::size_t most_inner_iterations = 2'000;  ///< of conjugate gradients, per step
};

struct KrasReport {
  std::size_t iterations = 0;
  std::size_t inner_iterations = 0;
  /// Largest distance from an exact target, relative to the sum of the sizes of its cells.
  double exact_error = 0;
  /// How strongly the given cells pull on the least reliable target: 0.01 means that it gives way
  /// by about one percent of its distance from the given table although nothing contradicts it.
  double seed_pull = 0;
  DenseVector value;  ///< what the terms of each constraint add up to now
};

/// Balances a matrix under any linear constraints, conflicting ones too: exact targets are met,
/// uncertain ones as nearly as they allow each other.
///
/// Minimises  sum over cells of |z0| (a ln a - a + 1), a = z / z0,
///          + sum over uncertain constraints of weight (target - value)^2 / (2 sigma^2)
/// subject to the exact constraints. The first part is the objective of GRAS: cells keep their
/// signs, zero cells stay zero. The weight is the same for all constraints, and as large as the
/// arithmetic allows, so that a target that nothing contradicts is met to `seed_pull`, and targets
/// that contradict share the gap in proportion to sigma^2.
///
/// The dual of this problem is smooth and concave with one variable per constraint; it is solved by
/// Newton's method with conjugate gradients, which need only sums over rows and columns. The answer
/// does not depend on the number of threads. On failure the matrix is as it was.
///
/// \param matrix  scaled in place
/// \error bad_value      a non-finite cell or target, a negative sigma, a line that does not exist;
///                       a target that no cell can reach; exact targets that contradict each other
/// \error not_converged  `most_iterations` were not enough
/// \error cancelled      `control` asked to stop
///
/// Sources: Lenzen, Gallego & Wood (2009), Matrix balancing under conflicting information, Economic
/// Systems Research 21(1), for the problem; Erlander & Stewart (1990), The Gravity Model, for
/// entropy problems and their duals; Nocedal & Wright (2006), chapter 7, for inexact Newton steps.
[[nodiscard]] Result<KrasReport> kras(CsrMatrix& matrix, std::span<Constraint const> constraints,
                                      KrasOptions const& options = {},
                                      RunControl const& control = {});

}  // namespace linchpin
