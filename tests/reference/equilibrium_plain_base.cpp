// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reference/equilibrium_plain_system.h"

namespace linchpin::reference::trade {
namespace {

struct Base {
  RealMatrix output;
  Reals wages, income;
};

/// X_j = Σ_k (1−γ_k) g_kj Y_k + α_j I,  I = Σ_j γ_j Y_j + tariffs + D.
RealMatrix spend(World const& w, RealMatrix const& spending, Reals const& deficit, Base& base) {
  std::size_t const N = w.regions, J = w.sectors;
  base.output = reals(N, J, 0);
  base.wages.assign(N, 0);
  base.income = deficit;
  for (std::size_t j = 0; j < J; ++j) {
    for (std::size_t n = 0; n < N; ++n) {
      for (std::size_t i = 0; i < N; ++i) {
        Real const t = w.tariff[j][n][i];
        Real const value = w.share[j][n][i] * spending[n][j] / (1 + t);
        base.output[i][j] += value;
        base.income[n] += t * value;
      }
    }
  }
  RealMatrix result = reals(N, J, 0);
  for (std::size_t n = 0; n < N; ++n) {
    for (std::size_t j = 0; j < J; ++j) base.wages[n] += w.value_added[n][j] * base.output[n][j];
    base.income[n] += base.wages[n];
    for (std::size_t j = 0; j < J; ++j) {
      for (std::size_t k = 0; k < J; ++k) {
        result[n][j] += (1 - Real{w.value_added[n][k]}) * w.materials[n][k][j] * base.output[n][k];
      }
      result[n][j] += w.final_share[n][j] * base.income[n];
    }
  }
  return result;
}

/// X = spend(X) with world value added 100 in place of one of the equations, which sum to zero.
/// That one's error is the sum of all others': it should be the one with the most money.
bool solve_base(World& w, Real scale, double max_deficit, std::size_t replaced) {
  std::size_t const N = w.regions, J = w.sectors;
  Reals deficit;
  for (double const d : w.deficit) deficit.push_back(scale * d);
  Base base;
  RealMatrix const constant = spend(w, reals(N, J, 0), deficit, base);
  RealMatrix a = reals(N * J, N * J, 0);
  Reals b(N * J, 0);
  for (std::size_t c = 0; c < N * J; ++c) {
    RealMatrix unit = reals(N, J, 0);
    unit[c / J][c % J] = 1;
    RealMatrix const image = spend(w, unit, Reals(N, 0), base);
    for (std::size_t r = 0; r < N * J; ++r) a[r][c] = (r == c ? 1 : 0) - image[r / J][r % J];
    Real wages = 0;
    for (Real const wage : base.wages) wages += wage;
    a[replaced][c] = wages;
    b[c] = c == replaced ? 100 : constant[c / J][c % J];
  }
  Reals const x = solve_graded(a, b);
  RealMatrix spending = reals(N, J, 0);
  for (std::size_t c = 0; c < N * J; ++c) {
    if (x[c] < -1e-15L || !std::isfinite(x[c])) return false;
    spending[c / J][c % J] = std::max(x[c], Real{0});
  }
  static_cast<void>(spend(w, spending, deficit, base));
  w.spending = w.output = matrix(N, J, 0);
  w.wages = w.income = Vector(N, 0);
  for (std::size_t n = 0; n < N; ++n) {
    if (!(base.wages[n] > 0) || !(base.income[n] > 0)) return false;
    if (std::abs(deficit[n]) > max_deficit * base.income[n]) return false;
    w.wages[n] = static_cast<double>(base.wages[n]);
    w.income[n] = static_cast<double>(base.income[n]);
    for (std::size_t j = 0; j < J; ++j) {
      w.spending[n][j] = static_cast<double>(spending[n][j]);
      w.output[n][j] = static_cast<double>(base.output[n][j]);
    }
  }
  return true;
}

bool solve_base(World& w, Real scale, double max_deficit) {
  if (!solve_base(w, scale, max_deficit, 0)) return false;
  std::size_t largest = 0;
  for (std::size_t c = 0; c < w.regions * w.sectors; ++c) {
    auto const spent = [&](std::size_t k) { return w.spending[k / w.sectors][k % w.sectors]; };
    if (spent(c) > spent(largest)) largest = c;
  }
  if (!solve_base(w, scale, max_deficit, largest)) return false;
  for (double& d : w.deficit) d = static_cast<double>(scale * d);
  return true;
}

}  // namespace

bool complete(World& world, double max_deficit) {
  for (Real scale = 1; scale > 1e-3L; scale /= 2) {
    if (solve_base(world, scale, max_deficit)) return true;
  }
  return solve_base(world, 0, max_deficit);
}

World rebased(World const& world, Policy const& policy, Outcome const& outcome) {
  World result = world;
  result.share = outcome.share;
  result.tariff = policy.tariff;
  result.value_added = outcome.value_added_share;
  result.materials = outcome.materials;
  result.final_share = outcome.final_share;
  result.deficit = outcome.deficit;
  result.spending = outcome.spending;
  result.output = outcome.output;
  result.wages = outcome.value_added;
  result.income = outcome.income;
  return result;
}

std::string inconsistency(World const& w, double tolerance) {
  std::size_t const N = w.regions, J = w.sectors;
  auto const one = [&](Vector const& shares) {
    double sum = 0;
    bool negative = false;
    for (double const share : shares) {
      sum += share;
      negative = negative || share < 0;
    }
    return !negative && std::abs(sum - 1) <= tolerance;
  };
  Reals deficit;
  Real transfers = 0;
  for (double const d : w.deficit) deficit.push_back(d), transfers += d;
  for (std::size_t n = 0; n < N; ++n) {
    if (!one(w.final_share[n])) return fmt::format("final shares of region {}", n);
    for (std::size_t j = 0; j < J; ++j) {
      if (!one(w.materials[n][j])) return fmt::format("materials of {} in region {}", j, n);
      if (!one(w.share[j][n])) return fmt::format("trade shares of {} in region {}", j, n);
    }
  }
  if (std::abs(transfers) > tolerance * 100) return "deficits do not sum to zero";
  RealMatrix spending;
  for (Vector const& line : w.spending) spending.emplace_back(line.begin(), line.end());
  Base base;
  RealMatrix const spent = spend(w, spending, deficit, base);
  for (std::size_t n = 0; n < N; ++n) {
    auto const near = [&](Real value, Real given) {
      return std::abs(value - given) <= tolerance * base.income[n];
    };
    if (!near(base.wages[n], w.wages[n])) return fmt::format("value added of region {}", n);
    if (!near(base.income[n], w.income[n])) return fmt::format("income of region {}", n);
    for (std::size_t j = 0; j < J; ++j) {
      if (!near(spent[n][j], w.spending[n][j])) return fmt::format("spending {} {}", n, j);
      if (!near(base.output[n][j], w.output[n][j])) return fmt::format("output {} {}", n, j);
    }
  }
  return {};
}

}  // namespace linchpin::reference::trade
