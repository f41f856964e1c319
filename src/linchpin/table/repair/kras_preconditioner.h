// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/table/repair/kras_operator.h"

namespace linchpin::scaling {

/// Solves small blocks of  G |z| G' + ridge  that belong to constraints on the same lines, such as
/// the sales, the costs and the balance of one industry. Uncertain targets that contradict each
/// other there make the whole matrix nearly singular; solved exactly, they cost nothing.
class BlockPreconditioner {
 public:
  explicit BlockPreconditioner(ConstraintOperator const& G);

  /// \param sizes  sums of |z| over the lines
  /// \param ridge  one per constraint
  void factorise(Lines const& sizes, std::span<double const> ridge);
  [[nodiscard]] DenseVector solve(std::span<double const> right) const;

 private:
  struct Block {
    std::vector<std::size_t> constraints;
    std::vector<std::size_t> terms;  // of G, sorted by line
    DenseMatrix factor;              // lower triangle of the Cholesky factor
  };

  ConstraintOperator const& G_;
  std::vector<Block> blocks_;
  std::vector<std::size_t> position_;  // of a constraint in its block
};

}  // namespace linchpin::scaling
