// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/closed_forms.h"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <cmath>

#include "linchpin/equilibrium/outcome.h"

namespace linchpin::equilibrium {
namespace {

Eigen::Index index(std::size_t value) { return static_cast<Eigen::Index>(value); }

/// Sectors final users need: those they buy, and the inputs of those, and so on.
std::vector<char> needed(TradeBase const& base, std::size_t n) {
  auto const& grid = base.grid;
  std::vector<char> is_needed(grid.sectors, 0);
  std::vector<std::size_t> open;
  for (std::size_t k = 0; k < grid.sectors; ++k) {
    if (!(base.final_share[grid.industry(n, k)] > 0)) continue;
    is_needed[k] = 1;
    open.push_back(k);
  }
  while (!open.empty()) {
    auto const j = open.back();
    open.pop_back();
    for (std::size_t k = 0; k < grid.sectors; ++k) {
      if (is_needed[k] != 0 || !(base.input[grid.input(n, j, k)] > 0)) continue;
      is_needed[k] = 1;
      open.push_back(k);
    }
  }
  return is_needed;
}

Result<AutarkyCost> autarky_cost(TradeBase const& base, std::size_t n) {
  auto const& grid = base.grid;
  AutarkyCost out;
  auto const is_needed = needed(base, n);
  auto const J = index(grid.sectors);
  // x_j = ln π_j/θ_j + Σ_k Γ_kj x_k over the sectors that are needed
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Identity(J, J);
  Eigen::VectorXd right = Eigen::VectorXd::Zero(J);
  double direct = 0;
  bool direct_missing = false;
  for (std::size_t j = 0; j < grid.sectors; ++j) {
    if (is_needed[j] == 0) continue;
    auto const share = base.share[grid.pair(j, n, n)];
    auto const weight = base.final_share[grid.industry(n, j)];
    if (!(share > 0)) {
      out.missing.push_back(j);
      direct_missing = direct_missing || weight > 0;
      continue;
    }
    right(index(j)) = std::log(share) / base.theta[j];
    direct += weight * right(index(j));
    for (std::size_t k = 0; k < grid.sectors; ++k) {
      matrix(index(j), index(k)) -= base.input[grid.input(n, j, k)];
    }
  }
  out.cost_without_materials = direct_missing ? 1.0 : -std::expm1(direct);
  if (!out.missing.empty()) {
    out.cost = 1;
    return out;
  }
  Eigen::VectorXd const solved = matrix.partialPivLu().solve(right);
  double sum = 0;
  for (std::size_t j = 0; j < grid.sectors; ++j) {
    if (is_needed[j] != 0) sum += base.final_share[grid.industry(n, j)] * solved(index(j));
  }
  out.cost = -std::expm1(sum);
  if (!std::isfinite(out.cost)) {
    return fail(ErrorCode::not_finite, "input shares without an inverse", base.regions[n],
                "see whether some sectors add no value");
  }
  return out;
}

/// Revenue over the value of imports at the border.
double mean_tariff(TradeBase const& base, TradePolicy const& policy, Equilibrium const& found,
                   std::size_t n) {
  double imports = 0;
  for (std::size_t k = 0; k < base.grid.sectors; ++k) {
    for (std::size_t i = 0; i < base.grid.regions; ++i) {
      if (i != n) imports += flow_at(base, policy, found, k, n, i).after;
    }
  }
  return imports > 0 ? found.numbers.tariff_revenue[n] / imports : 0.0;
}

}  // namespace

Result<std::vector<AutarkyCost>> autarky_costs(TradeBase const& base) {
  std::vector<AutarkyCost> all;
  for (std::size_t n = 0; n < base.grid.regions; ++n) {
    auto cost = autarky_cost(base, n);
    if (!cost) return fail(cost.error());
    all.push_back(std::move(*cost));
  }
  return all;
}

double log_welfare_from_home_share(double home_share_ratio, double theta) noexcept {
  return -std::log(home_share_ratio) / theta;
}

double sufficient_statistic_tariff(TradeBase const& base, TradePolicy const& policy,
                                   Equilibrium const& found, std::size_t region) {
  auto const& grid = base.grid;
  auto const& now = found.numbers;
  double exports = 0;
  double sum = 0;
  for (std::size_t j = 0; j < grid.regions; ++j) {
    if (j == region) continue;
    double spent = 0;
    double at_home = 0;
    for (std::size_t k = 0; k < grid.sectors; ++k) {
      auto const spending = found.state.spending[grid.good(k, j)];
      spent += spending;
      at_home += spending * now.share[grid.pair(k, j, j)];
    }
    auto const tariff = mean_tariff(base, policy, found, j);
    auto const scale = spent > 0 ? tariff / (spent + tariff * at_home) : 0.0;
    for (std::size_t k = 0; k < grid.sectors; ++k) {
      auto const flow = flow_at(base, policy, found, k, j, region).after;
      auto const home = now.share[grid.pair(k, j, j)] * found.state.spending[grid.good(k, j)];
      exports += flow;
      sum += flow * base.theta[k] * (1 - (1 - scale * home) * now.share[grid.pair(k, j, region)]);
    }
  }
  LINCHPIN_EXPECTS(exports > 0);
  return exports / sum;
}

}  // namespace linchpin::equilibrium
