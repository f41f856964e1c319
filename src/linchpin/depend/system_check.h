// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/economy/economy.h"

namespace linchpin::depend {

/// What one solve from each side says about a system.
struct Probe {
  double residual = 0;        ///< max |(I - A) x - b| / max |b|
  double backward_error = 0;  ///< the same over max(|b|, |x|)
  double multiplier = 0;      ///< no row or column sum of L is larger; infinite if that is not proven
  std::optional<std::size_t> negative;  ///< L >= 0, so such a solution is wrong
};

/// How a system solves from one side, in place.
using Solve = std::function<void(DenseMatrix& right_hand_sides)>;

/// Solves once from each side and measures the residual in plain loops: the check must not trust the
/// library it checks. The same bits on any number of threads.
[[nodiscard]] Probe probe(Economy const& economy, std::span<double const> inverse_output,
                          Solve const& solve, Solve const& solve_left, unsigned threads);

/// The complaint about a system that needs more than it makes, with the likeliest culprit.
[[nodiscard]] Error unproductive(Economy const& economy, std::span<double const> inverse_output,
                                 std::size_t pivot);

}  // namespace linchpin::depend
