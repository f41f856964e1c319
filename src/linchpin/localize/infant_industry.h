// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin::localize {

/// One period of a young industry's life.
struct IndustryPeriod {
  double foreign_price = 0;  ///< what buyers would pay abroad [money per unit]
  double domestic_cost = 0;  ///< [money per unit]
  double quantity = 0;       ///< made at home [units]
  double distortion = 0;     ///< what raising the subsidy costs beyond the transfer [money]
};

/// Mill's test: the first period in which the industry makes at the foreign price or below; empty
/// if it never does. Source: Mill (1848), Principles of Political Economy, book V, chapter X.
[[nodiscard]] std::optional<std::size_t> mill_crossing(std::span<IndustryPeriod const> path);

/// Bastable's test is passed if this is above zero: the present value, at the beginning of period
/// 0,
///   sum_t (1 + rate)^-t [(foreign_price - domestic_cost) quantity - distortion].
/// What buyers lose in the early periods is counted, what the industry sells later at its own cost
/// as well. Source: Bastable (1887), The Theory of International Trade.
/// Precondition: rate > -1.
[[nodiscard]] double bastable_value(std::span<IndustryPeriod const> path, double rate);

/// Experience, relative to the first, at which Wright's law meets a constant price:
/// (first_cost / price)^(1/b); 1 if the first cost is not above the price, empty without learning.
/// Preconditions: first_cost > 0, price > 0, 0 <= learning_rate < 1.
[[nodiscard]] std::optional<double> crossing_experience(double first_cost, double price,
                                                        double learning_rate);

}  // namespace linchpin::localize
