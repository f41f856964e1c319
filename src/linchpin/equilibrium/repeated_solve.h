// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/equilibrium/solve.h"

namespace linchpin::equilibrium {

/// Solves one base again and again under policies that differ in the cells and goods of one sector:
/// `solve` without building the equations anew and with the derivatives of earlier searches. The
/// answers are those of `solve` to its tolerance. Not thread-safe.
class RepeatedSolve {
 public:
  /// \param sector  the only one that policies differ in; the rest is as in the base
  RepeatedSolve(TradeBase base, std::size_t sector);
  ~RepeatedSolve();
  RepeatedSolve(RepeatedSolve&&) = delete;

  [[nodiscard]] TradeBase const& base() const noexcept;
  /// Every array filled. Change only cells and goods of the sector; productivity and subsidies of
  /// others, too, if the next solve is told.
  [[nodiscard]] TradePolicy& policy() noexcept;
  void goods_changed() noexcept;

  /// Solves from `state`, which becomes the solution.
  /// \return numbers of the solution, good until the next call
  /// \error those of `solve`
  [[nodiscard]] Result<TradeSystem::Numbers const*> solve(TradeState& state,
                                                          double tolerance = 1e-10,
                                                          RunControl const& control = {});
  /// Goes by the derivatives that `other`, on a similar base, has found so far.
  void learn_from(RepeatedSolve const& other);
  /// Where a first search starts: the base.
  [[nodiscard]] TradeState start() const;
  [[nodiscard]] std::size_t solves() const noexcept;
  /// Evaluations of the equations in all searches so far.
  [[nodiscard]] std::size_t evaluations() const noexcept;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace linchpin::equilibrium
