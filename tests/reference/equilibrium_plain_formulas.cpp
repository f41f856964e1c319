// SPDX-License-Identifier: Apache-2.0
#include "reference/equilibrium_plain_formulas.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "reference/equilibrium_plain_system.h"

namespace linchpin::reference::trade {

World one_sector(Matrix const& shares, double theta) {
  World world;
  world.regions = shares.size();
  world.sectors = 1;
  world.share = {shares};
  world.tariff = cube(1, shares.size(), shares.size(), 0);
  world.value_added = world.final_share = matrix(shares.size(), 1, 1);
  world.materials = cube(shares.size(), 1, 1, 1);
  world.deficit = Vector(shares.size(), 0);
  world.theta = {theta};
  if (!complete(world)) throw std::logic_error("no balanced incomes for these shares");
  return world;
}

double welfare_from_home_share(double home_share_ratio, double theta) {
  return std::pow(home_share_ratio, -1 / theta);
}

double autarky_cost(Vector const& home_shares, Vector const& final_shares, Vector const& theta,
                    Matrix const& inputs) {
  std::size_t const J = theta.size();
  // (I − Γ') x = ln π ⊘ θ:  x_j = ln π_j/θ_j + Σ_k Γ_kj x_k
  RealMatrix a = reals(J, J, 0);
  Reals b(J, 0);
  for (std::size_t j = 0; j < J; ++j) {
    b[j] = std::log(Real{home_shares[j]}) / theta[j];
    for (std::size_t k = 0; k < J; ++k) a[j][k] = (j == k ? 1 : 0) - Real{inputs[k][j]};
  }
  Reals const x = solve_linear(a, b);
  Real sum = 0;
  for (std::size_t j = 0; j < J; ++j) sum += final_shares[j] * x[j];
  return static_cast<double>(-std::expm1(sum));
}

double optimal_tariff_formula(World const& world, Outcome const& outcome, std::size_t region,
                              Vector const& tariffs) {
  double exports = 0, sum = 0;
  for (std::size_t j = 0; j < world.regions; ++j) {
    if (j != region) exports += outcome.flow[0][j][region];
  }
  for (std::size_t j = 0; j < world.regions; ++j) {
    if (j == region) continue;
    double const home = outcome.share[0][j][j];
    double const delta = tariffs[j] * home / (1 + tariffs[j] * home);
    sum += outcome.flow[0][j][region] / exports * world.theta[0] *
           (1 - (1 - delta) * outcome.share[0][j][region]);
  }
  return 1 / sum;
}

long double golden_maximum(std::function<long double(long double)> const& f, long double low,
                           long double high) {
  long double const golden = (std::sqrt(5.0L) - 1) / 2;
  long double a = high - golden * (high - low), b = low + golden * (high - low);
  long double at_a = f(a), at_b = f(b);
  while (high - low > 1e-10L) {
    if (at_a > at_b) {
      high = b;
      b = a;
      at_b = at_a;
      a = high - golden * (high - low);
      at_a = f(a);
    } else {
      low = a;
      a = b;
      at_a = at_b;
      b = low + golden * (high - low);
      at_b = f(b);
    }
  }
  return (low + high) / 2;
}

double horizontal_output(Vector const& shares, Vector const& productivity, double sigma) {
  double sum = 0;
  for (std::size_t k = 0; k < shares.size(); ++k) {
    sum += shares[k] * std::pow(productivity[k], sigma - 1);
  }
  return std::log(sum) / (sigma - 1);
}

double horizontal_second_order(double share, double log_productivity, double sigma) {
  return share * log_productivity +
         (sigma - 1) * share * (1 - share) * log_productivity * log_productivity / 2;
}

double aggregate_ces(double share, double input, double sigma) {
  if (sigma == 0) return std::min(input, 1.0);
  if (sigma == 1) return std::pow(input, share);
  double const power = (sigma - 1) / sigma;
  return std::pow(share * std::pow(input, power) + 1 - share, 1 / power);
}

double aggregate_ces_second_order(double share, double input, double sigma) {
  double const change = std::log(input);
  return share * change + share * (1 - share) * (1 - 1 / sigma) * change * change / 2;
}

double aggregate_ces_new_share(double share, double input, double sigma) {
  double const part = share * std::pow(input, (sigma - 1) / sigma);
  return part / (part + 1 - share);
}

}  // namespace linchpin::reference::trade
