// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "reference/equilibrium_plain_system.h"

namespace linchpin::reference::trade {

RealMatrix reals(std::size_t rows, std::size_t columns, Real value) {
  return RealMatrix(rows, Reals(columns, value));
}

RealCube reals(std::size_t a, std::size_t b, std::size_t c, Real value) {
  return RealCube(a, reals(b, c, value));
}

Real ces_price(Real sigma, Reals const& weights, Reals const& prices) {
  Real const power = 1 - sigma;
  Real sum = 0;
  if (std::abs(power) < 0.01L) {  // 1 + Σ w (x^power − 1), exact also as the power vanishes
    for (std::size_t k = 0; k < weights.size(); ++k) {
      if (weights[k] == 0) continue;
      Real const log = std::log(prices[k]);
      sum += weights[k] * (power == 0 ? log : std::expm1(power * log));
    }
    return std::exp(power == 0 ? sum : std::log1p(sum) / power);
  }
  for (std::size_t k = 0; k < weights.size(); ++k) {
    if (weights[k] != 0) sum += weights[k] * std::pow(prices[k], power);
  }
  return std::pow(sum, 1 / power);
}

Reals solve_linear(RealMatrix a, Reals b, Real tiny) {
  std::size_t const size = b.size();
  std::vector<std::size_t> unknown(size);
  for (std::size_t k = 0; k < size; ++k) unknown[k] = k;
  Real first = 0;
  std::size_t rank = size;
  for (std::size_t step = 0; step < size; ++step) {
    std::size_t row = step, column = step;
    for (std::size_t r = step; r < size; ++r) {
      for (std::size_t c = step; c < size; ++c) {
        if (std::abs(a[r][c]) > std::abs(a[row][column])) row = r, column = c;
      }
    }
    Real const pivot = std::abs(a[row][column]);
    if (step == 0) first = pivot;
    if (pivot <= tiny * first) {
      rank = step;
      break;
    }
    std::swap(a[row], a[step]);
    std::swap(b[row], b[step]);
    for (auto& line : a) std::swap(line[column], line[step]);
    std::swap(unknown[column], unknown[step]);
    for (std::size_t r = step + 1; r < size; ++r) {
      Real const factor = a[r][step] / a[step][step];
      if (factor == 0) continue;
      for (std::size_t c = step; c < size; ++c) a[r][c] -= factor * a[step][c];
      b[r] -= factor * b[step];
    }
  }
  Reals x(size, 0);
  for (std::size_t step = rank; step-- > 0;) {
    Real sum = b[step];
    for (std::size_t c = step + 1; c < rank; ++c) sum -= a[step][c] * x[unknown[c]];
    x[unknown[step]] = sum / a[step][step];
  }
  return x;
}

Reals solve_graded(RealMatrix a, Reals b) {
  Reals scale = solve_linear(a, b);
  std::size_t const size = b.size();
  for (Real& value : scale) {
    value = std::abs(value);
    if (!(value > 0) || !std::isfinite(value)) value = 1;
  }
  for (std::size_t r = 0; r < size; ++r) {
    for (std::size_t c = 0; c < size; ++c) a[r][c] *= scale[c] / scale[r];
    b[r] /= scale[r];
  }
  Reals x = solve_linear(a, b);
  for (std::size_t c = 0; c < size; ++c) x[c] *= scale[c];
  return x;
}

namespace {

Real largest(Reals const& values) {
  Real result = 0;
  for (Real const value : values) result = std::max(result, std::abs(value));
  return result;
}

Real squares(Reals const& values) {
  Real result = 0;
  for (Real const value : values) result += value * value;
  return result;
}

/// The residuals at x + step, or nothing where the model has no answer there.
std::optional<Reals> moved(Residual const& residual, Reals x, Reals const& direction, Real step) {
  for (std::size_t k = 0; k < x.size(); ++k) x[k] += step * direction[k];
  auto result = residual(x);
  if (result) {
    for (Real const value : *result) {
      if (!std::isfinite(value)) return std::nullopt;
    }
  }
  return result;
}

}  // namespace

Root newton(Residual const& residual, Reals x, Real stride, int rounds) {
  std::size_t const size = x.size();
  auto const current = moved(residual, x, Reals(size, 0), 0);
  if (!current) return {x, std::numeric_limits<Real>::infinity()};
  Reals f = *current;
  Reals history;
  Root best{x, largest(f)};
  int unguarded = 8;  // steps left that may lead uphill, over a kink
  for (int round = 0; round < rounds && largest(f) > 1e-17L; ++round) {
    history.push_back(largest(f));
    if (round >= 12 && history.back() > 0.8L * history[history.size() - 13]) break;  // no progress
    Real const h = 1e-9L;
    RealMatrix jacobian = reals(size, size, 0);
    for (std::size_t k = 0; k < size; ++k) {
      Reals unit(size, 0);
      unit[k] = 1;
      auto const beside = moved(residual, x, unit, h);
      if (!beside) return best;
      for (std::size_t r = 0; r < size; ++r) jacobian[r][k] = ((*beside)[r] - f[r]) / h;
    }
    Reals right = f;
    for (Real& value : right) value = -value;
    Reals direction = solve_linear(jacobian, right);
    Real const longest = largest(direction);
    if (!(longest > 0) || !std::isfinite(longest)) break;
    Real step = longest > stride ? stride / longest : 1;
    std::optional<Reals> next;
    for (int halving = 0; halving < 30; ++halving, step /= 2) {
      next = moved(residual, x, direction, step);
      if (next && squares(*next) < (1 - 1e-4L * step) * squares(f)) break;
      next.reset();
    }
    if (!next && unguarded-- > 0) {
      step = longest > stride ? stride / longest : 1;
      next = moved(residual, x, direction, step);
    }
    if (!next) break;
    for (std::size_t k = 0; k < size; ++k) x[k] += step * direction[k];
    f = *next;
    if (largest(f) < best.residual) best = {x, largest(f)};
    if (unguarded < 8 && best.residual < 1e-14L) break;
  }
  return best;
}

}  // namespace linchpin::reference::trade
