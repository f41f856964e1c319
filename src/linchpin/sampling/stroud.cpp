// SPDX-License-Identifier: Apache-2.0
#include "linchpin/sampling/stroud.h"

#include <cmath>
#include <numbers>

#include "linchpin/core/contracts.h"

namespace linchpin::sampling {

double stroud_at(std::size_t parameters, std::size_t k, std::size_t dimension) {
  LINCHPIN_EXPECTS(k < 2 * parameters && dimension < parameters);
  auto const number = k + 1;
  bool const last_of_odd = parameters % 2 == 1 && dimension + 1 == parameters;
  if (last_of_odd) return number % 2 == 0 ? 1.0 : -1.0;
  // The multiple of π/n is taken modulo 2n in whole numbers, so that angles stay small.
  auto const multiple = ((2 * (dimension / 2) + 1) * number) % (2 * parameters);
  double const angle =
      static_cast<double>(multiple) * std::numbers::pi / static_cast<double>(parameters);
  return std::numbers::sqrt2 * (dimension % 2 == 0 ? std::cos(angle) : std::sin(angle));
}

DenseMatrix stroud_points(std::size_t parameters) {
  DenseMatrix points(2 * parameters, parameters);
  for (std::size_t k = 0; k < points.rows(); ++k) {
    for (std::size_t d = 0; d < parameters; ++d) points(k, d) = stroud_at(parameters, k, d);
  }
  return points;
}

}  // namespace linchpin::sampling
