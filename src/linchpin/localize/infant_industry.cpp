// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/infant_industry.h"

#include <cmath>

#include "linchpin/core/contracts.h"
#include "linchpin/localize/learning.h"

namespace linchpin::localize {

std::optional<std::size_t> mill_crossing(std::span<IndustryPeriod const> path) {
  for (std::size_t t = 0; t < path.size(); ++t) {
    if (path[t].domestic_cost <= path[t].foreign_price) return t;
  }
  return std::nullopt;
}

double bastable_value(std::span<IndustryPeriod const> path, double rate) {
  LINCHPIN_EXPECTS(rate > -1);
  double value = 0;
  double weight = 1;
  for (auto const& each : path) {
    value += weight * ((each.foreign_price - each.domestic_cost) * each.quantity - each.distortion);
    weight /= 1 + rate;
  }
  return value;
}

std::optional<double> crossing_experience(double first_cost, double price, double learning_rate) {
  LINCHPIN_EXPECTS(first_cost > 0 && price > 0);
  if (first_cost <= price) return 1.0;
  auto const exponent = learning_exponent(learning_rate);
  if (exponent == 0) return std::nullopt;
  auto const relative = std::pow(first_cost / price, 1 / exponent);
  if (!std::isfinite(relative)) return std::nullopt;  // beyond any number of units
  return relative;
}

}  // namespace linchpin::localize
