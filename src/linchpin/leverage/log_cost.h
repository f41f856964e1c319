// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

namespace linchpin::leverage {

// Log rises of the cost of living, in per cent.

/// How much dearer living gets: 100 (e^log_cost − 1).
[[nodiscard]] inline double dearer_pct(double log_cost) { return 100 * std::expm1(log_cost); }

/// Real spending lost by it at unchanged incomes: 100 (1 − e^−log_cost).
[[nodiscard]] inline double loss_pct(double log_cost) { return -100 * std::expm1(-log_cost); }

}  // namespace linchpin::leverage
