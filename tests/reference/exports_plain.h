// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Dense>

#include "linchpin/economy/economy.h"

namespace linchpin::reference {

/// Value added in exports as the authors write it, with a fresh inverse wherever the formula has
/// one. Slow on purpose; for small tables with equally many sectors everywhere.
class PlainExports {
 public:
  using Matrix = Eigen::MatrixXd;
  using Row = Eigen::RowVectorXd;
  using Column = Eigen::VectorXd;

  explicit PlainExports(Economy const& economy);

  int G = 0, N = 0;
  Matrix A, B, Y;  // Y: n x G
  Column x;
  Row v;  // value added per output

  [[nodiscard]] Matrix block(Matrix const& M, int r, int c) const {
    return M.block(r * N, c * N, N, N);
  }
  [[nodiscard]] Column Y_of(int r, int s) const { return Y.block(r * N, s, N, 1); }
  [[nodiscard]] Row V(int r) const { return v.segment(r * N, N); }
  [[nodiscard]] Matrix local(int r) const;           // L_rr
  [[nodiscard]] Column exports(int s, int r) const;  // E_sr
  [[nodiscard]] Column exports(int s) const;         // E_s
  /// (I - A)^-1 with the blocks (s, r) of `removed` set to zero.
  [[nodiscard]] Matrix inverse_without(std::vector<std::pair<int, int>> const& removed) const;
  /// All (s, r), r != s: A^\s.
  [[nodiscard]] Matrix without_exports(int s) const;
  /// Sum over t != s of V_t M_ts.
  [[nodiscard]] Row foreign(Matrix const& M, int s) const;
  [[nodiscard]] Row own(Matrix const& M, int s) const { return V(s) * block(M, s, s); }
};

}  // namespace linchpin::reference
