// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/equilibrium/trade_base.h"

namespace linchpin::equilibrium {

/// How readily buyers move between things that are not origins of one good. 1: Cobb–Douglas
/// exactly; 0: Leontief.
struct UpperNests {
  double value_added = 1;  ///< σ between value added and materials
  double materials = 1;    ///< σ among materials
  double final_use = 1;    ///< σ among sectors in final spending
};

/// True if a nest is Cobb–Douglas: this close to it 1/(1 − σ) would lose all digits.
[[nodiscard]] inline bool is_cobb_douglas(double sigma) noexcept {
  return std::abs(sigma - 1) < 1e-8;
}

/// What earns value added. Between factors Cobb–Douglas; supplies are fixed.
struct Factors {
  /// Share of each factor that moves between the sectors of a region in the value added of an
  /// industry: one industry array per factor. What is left to 1 is tied to its industry. Empty: one
  /// factor that moves freely and earns it all.
  std::vector<DenseVector> mobile;
  bool all_specific = false;  ///< nothing moves: `mobile` must be empty
  /// Lowest wage of the first mobile factor by region, over that of the base and in units of the
  /// numeraire; below it people are out of work. Empty: wages adjust freely.
  DenseVector wage_floor;
};

/// Everything about the model that is not data or policy.
struct Closure {
  UpperNests nests;
  Factors factors;
  /// Where a good becomes unavailable, a maker at home steps in at this multiple (> 1) of the cost
  /// of the region's industry; 0: none does, and a good nobody can do without is an error.
  double entrant_cost = 0;
};

/// \error size_mismatch, bad_value  all findings at once
[[nodiscard]] Result<void> check(Closure const& closure, TradeBase const& base);

}  // namespace linchpin::equilibrium
