// SPDX-License-Identifier: Apache-2.0
#include "reference/equilibrium_plain_system.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace linchpin::reference::trade {
namespace {

constexpr Real infinite = std::numeric_limits<Real>::infinity();

Reals with(Matrix const& m, std::size_t row) { return {m[row].begin(), m[row].end()}; }

}  // namespace

System::System(World const& world, Policy const& policy, Model const& model)
    : w_(world), policy_(policy), model_(model) {
  weight_ = reals(w_.sectors, w_.regions, w_.regions, 0);
  for (std::size_t j = 0; j < w_.sectors; ++j) {
    for (std::size_t n = 0; n < w_.regions; ++n) {
      for (std::size_t i = 0; i < w_.regions; ++i) {
        weight_[j][n][i] = Real{w_.share[j][n][i]} * policy.mask[j][n][i] * policy.quality[j][n][i];
      }
    }
  }
  find_sources();
  find_uses();
  find_parts();
}

Real System::mobile_base(std::size_t n) const {
  Real sum = 0;
  for (std::size_t j = 0; j < w_.sectors; ++j) {
    sum += (1 - static_cast<Real>(model_.specific_share[n][j])) * w_.value_added[n][j] *
           w_.output[n][j];
  }
  return sum;
}

Real System::specific_base(std::size_t n, std::size_t j) const {
  return static_cast<Real>(model_.specific_share[n][j]) * w_.value_added[n][j] * w_.output[n][j];
}

Reals System::start() const {
  return Reals(w_.regions + w_.regions * w_.sectors + policy_.quotas.size(), 0);
}

/// κ̂ part of a quota: melted (as an iceberg cost) or paid as a rent.
Real System::wedge(Reals const& unknowns, std::size_t j, std::size_t n, std::size_t i,
                   bool melted) const {
  Real result = 1;
  std::size_t const first = w_.regions + w_.regions * w_.sectors;
  for (std::size_t q = 0; q < policy_.quotas.size(); ++q) {
    Quota const& quota = policy_.quotas[q];
    if (quota.sector != j || quota.buyer != n || quota.seller != i) continue;
    if ((quota.rents == Rents::nobody) != melted) continue;
    result *= std::exp(std::max(Real{0}, unknowns[first + q]));
  }
  return result;
}

/// f̂ = ŵ^{1−share} r̂^{share}
Real System::factor_price(Point const& p, std::size_t n, std::size_t j) const {
  Real const specific = model_.specific_share[n][j];
  if (specific == 0) return p.wage[n];
  return std::pow(p.wage[n], 1 - specific) * std::pow(p.specific[n][j], specific);
}

bool System::price_round(RealCube const& wedges, Point& p) const {
  std::size_t const N = w_.regions, J = w_.sectors;
  for (std::size_t n = 0; n < N; ++n) {
    for (std::size_t j = 0; j < J; ++j) {
      if (!makes_[n][j]) continue;
      // P̂M = [Σ g P̂^{1−σm}]^{1/(1−σm)},  ĉ = Â⁻¹ [γ f̂^{1−σv} + (1−γ) P̂M^{1−σv}]^{1/(1−σv)}
      Real const gamma = w_.value_added[n][j];
      p.materials_price[n][j] =
          ces_price(model_.sigma_materials[j], with(w_.materials[n], j), p.price[n]);
      p.cost[n][j] = ces_price(model_.sigma_value_added[j], {gamma, 1 - gamma},
                               {factor_price(p, n, j), p.materials_price[n][j]}) /
                     policy_.productivity[n][j];
    }
  }
  // P̂ = [Σ m q π (κ̂ ĉ (1−s))^{−θ}]^{−1/θ}
  for (std::size_t n = 0; n < N; ++n) {
    for (std::size_t j = 0; j < J; ++j) {
      if (!available_[n][j]) continue;
      Real cheapest = infinite, sum = 0;
      for (std::size_t i = 0; i < N; ++i) {
        if (weight(j, n, i) == 0) continue;
        p.pair_price[j][n][i] = wedges[j][n][i] * p.cost[i][j];
        cheapest = std::min(cheapest, p.pair_price[j][n][i]);
      }
      for (std::size_t i = 0; i < N; ++i) {
        if (weight(j, n, i) == 0) continue;
        sum += weight(j, n, i) * std::pow(p.pair_price[j][n][i] / cheapest, -Real{w_.theta[j]});
      }
      p.price[n][j] = cheapest * std::pow(sum, -1 / Real{w_.theta[j]});
      if (!(p.price[n][j] > 1e-900L) || !(p.price[n][j] < 1e900L)) return false;
    }
  }
  return true;
}

bool System::prices(Reals const& unknowns, Point& p) const {
  std::size_t const N = w_.regions, J = w_.sectors;
  p.wage.assign(N, 1);
  p.employment.assign(N, 1);
  p.specific = reals(N, J, 1);
  p.cost = reals(N, J, infinite);
  p.price = reals(N, J, infinite);
  p.materials_price = reals(N, J, infinite);
  p.final_price.assign(N, infinite);
  p.pair_price = reals(J, N, N, infinite);
  ++prices_solved_;

  // ŵ >= floor, L̂ <= 1: what is earned, ŵ L̂, is the unknown.
  for (std::size_t n = 0; n < N; ++n) {
    Real const earned = std::exp(unknowns[n]);
    p.wage[n] = std::max(earned, Real{model_.wage_floor[n]});
    p.employment[n] = earned / p.wage[n];
    for (std::size_t j = 0; j < J; ++j) p.specific[n][j] = std::exp(unknowns[N + n * J + j]);
  }
  // κ̂ (1−s) of a pair.
  RealCube wedges = reals(J, N, N, 1);
  for (std::size_t j = 0; j < J; ++j) {
    for (std::size_t n = 0; n < N; ++n) {
      for (std::size_t i = 0; i < N; ++i) {
        wedges[j][n][i] = (1 + Real{policy_.tariff[j][n][i]}) / (1 + Real{w_.tariff[j][n][i]}) *
                          (1 + Real{policy_.export_tax[j][n][i]}) * policy_.iceberg[j][n][i] *
                          wedge(unknowns, j, n, i, true) * wedge(unknowns, j, n, i, false) *
                          (1 - Real{policy_.subsidy[i][j]});
      }
    }
  }

  // ln P̂ = round(ln P̂): a few rounds, then Newton's method, then rounds to the last digit.
  auto const round = [&](Reals const& logs) -> std::optional<Reals> {
    for (std::size_t c = 0; c < N * J; ++c) {
      if (available_[c / J][c % J]) p.price[c / J][c % J] = std::exp(logs[c]);
    }
    if (!price_round(wedges, p)) return std::nullopt;
    Reals result(N * J, 0);
    for (std::size_t c = 0; c < N * J; ++c) {
      if (available_[c / J][c % J]) result[c] = std::log(p.price[c / J][c % J]);
    }
    return result;
  };
  Reals logs = last_prices_.empty() ? Reals(N * J, 0) : last_prices_;
  for (int rounds = 0; rounds < 1000; ++rounds) {
    auto const next = round(logs);
    if (!next) return false;
    Real change = 0;
    for (std::size_t c = 0; c < N * J; ++c) {
      change = std::max(change, std::abs((*next)[c] - logs[c]) / (1 + std::abs(logs[c])));
    }
    logs = *next;
    if (change < 1e-17L) break;
    if (rounds == 999) return false;
    if (rounds != 100) continue;
    auto const difference = [&](Reals const& at) {
      auto result = round(at);
      for (std::size_t c = 0; result && c < N * J; ++c) (*result)[c] -= at[c];
      return result;
    };
    Root const root = newton(difference, logs, 10);
    if (root.residual < 1e-12L) logs = root.x;
  }
  last_prices_ = logs;
  for (std::size_t n = 0; n < N; ++n) {
    p.final_price[n] = ces_price(model_.sigma_final, with(w_.final_share, n), p.price[n]);
  }
  return true;
}

void System::shares(Reals const& unknowns, Point& p) const {
  std::size_t const N = w_.regions, J = w_.sectors;
  p.share = p.seller_part = reals(J, N, N, 0);
  p.value_added_share = p.materials_share = p.final_share = reals(N, J, 0);
  p.materials = reals(N, J, J, 0);
  for (std::size_t j = 0; j < J; ++j) {
    for (std::size_t n = 0; n < N; ++n) {
      for (std::size_t i = 0; i < N; ++i) {
        if (weight(j, n, i) == 0 || !makes_[i][j]) continue;
        // π' = m q π (κ̂ ĉ (1−s) / P̂)^{−θ}; the seller has it before tariff, rent and export tax.
        p.share[j][n][i] =
            weight(j, n, i) * std::pow(p.pair_price[j][n][i] / p.price[n][j], -Real{w_.theta[j]});
        p.seller_part[j][n][i] = p.share[j][n][i] / (1 + Real{policy_.tariff[j][n][i]}) /
                                 wedge(unknowns, j, n, i, false) /
                                 (1 + Real{policy_.export_tax[j][n][i]});
      }
    }
  }
  for (std::size_t n = 0; n < N; ++n) {
    for (std::size_t j = 0; j < J; ++j) {
      Real const gamma = w_.value_added[n][j];
      Real const made = p.cost[n][j] * policy_.productivity[n][j];
      // Each share by itself: either may be far smaller than one.
      Real& inputs = p.materials_share[n][j];
      if (makes_[n][j] && gamma < 1 && std::isfinite(p.materials_price[n][j])) {
        inputs = (1 - gamma) *
                 std::pow(p.materials_price[n][j] / made, 1 - Real{model_.sigma_value_added[j]});
      }
      p.value_added_share[n][j] = makes_[n][j]
                                      ? gamma * std::pow(factor_price(p, n, j) / made,
                                                         1 - Real{model_.sigma_value_added[j]})
                                      : gamma;
      for (std::size_t k = 0; k < J; ++k) {
        Real const g = w_.materials[n][j][k];
        if (g == 0) continue;
        p.materials[n][j][k] = inputs > 0 ? g * std::pow(p.price[n][k] / p.materials_price[n][j],
                                                         1 - Real{model_.sigma_materials[j]})
                                          : g;
      }
      if (w_.final_share[n][j] > 0) {
        p.final_share[n][j] = w_.final_share[n][j] * std::pow(p.price[n][j] / p.final_price[n],
                                                              1 - Real{model_.sigma_final});
      }
    }
  }
}

RealMatrix System::spend(RealMatrix const& spending, Point& p) const {
  std::size_t const N = w_.regions, J = w_.sectors;
  p.output = reals(N, J, 0);
  p.tariffs = p.export_taxes = p.rents = p.subsidies = Reals(N, 0);
  for (std::size_t j = 0; j < J; ++j) {
    for (std::size_t n = 0; n < N; ++n) {
      for (std::size_t i = 0; i < N; ++i) {
        Real const paid = p.share[j][n][i] * spending[n][j];
        Real const received = p.seller_part[j][n][i] * spending[n][j];
        Real const taxed = received * policy_.export_tax[j][n][i];
        Real const tariff = policy_.tariff[j][n][i] / (1 + Real{policy_.tariff[j][n][i]}) * paid;
        p.output[i][j] += received;
        p.export_taxes[i] += taxed;
        p.tariffs[n] += tariff;
        for (Quota const& quota : policy_.quotas) {
          if (quota.sector != j || quota.buyer != n || quota.seller != i) continue;
          Real const rent = paid - tariff - taxed - received;
          if (quota.rents == Rents::exporter) p.rents[i] += rent;
          if (quota.rents == Rents::importer) p.rents[n] += rent;
        }
      }
    }
  }
  Reals earned(N, 0);
  Real world_income = 0, world_before = 0;
  for (std::size_t n = 0; n < N; ++n) {
    for (std::size_t j = 0; j < J; ++j) {
      Real const s = policy_.subsidy[n][j];
      p.subsidies[n] += s / (1 - s) * p.output[n][j];
    }
    earned[n] = p.factor_income[n] + p.tariffs[n] + p.export_taxes[n] + p.rents[n] - p.subsidies[n];
    world_income += earned[n];
    world_before += w_.income[n] - static_cast<Real>(w_.deficit[n]);
  }
  p.deficit.assign(N, 0);
  p.income.assign(N, 0);
  RealMatrix result = reals(N, J, 0);
  for (std::size_t n = 0; n < N; ++n) {
    if (model_.deficits == Deficits::keep) p.deficit[n] = w_.deficit[n];
    if (model_.deficits == Deficits::scale_to_world_income) {
      p.deficit[n] = w_.deficit[n] * world_income / world_before;
    }
    p.income[n] = earned[n] + p.deficit[n];
    for (std::size_t j = 0; j < J; ++j) {
      // X_j = Σ_k (1−γ_k) g_kj Y_k / (1−s_k) + α_j I
      for (std::size_t k = 0; k < J; ++k) {
        result[n][j] += p.materials_share[n][k] * p.materials[n][k][j] * p.output[n][k] /
                        (1 - Real{policy_.subsidy[n][k]});
      }
      result[n][j] += p.final_share[n][j] * p.income[n];
    }
  }
  return result;
}

std::optional<Point> System::point(Reals const& unknowns) const {
  std::size_t const N = w_.regions, J = w_.sectors;
  Point p;
  if (!prices(unknowns, p)) return std::nullopt;
  shares(unknowns, p);
  p.factor_income.assign(N, 0);
  for (std::size_t n = 0; n < N; ++n) {
    for (std::size_t j = 0; j < J; ++j) {
      if (!sold_[n][j]) continue;
      p.factor_income[n] += specific_base(n, j) * p.specific[n][j];
    }
    if (mobile_used(n)) p.factor_income[n] += mobile_base(n) * p.wage[n] * p.employment[n];
  }
  // X = spend(X) is affine in X: its matrix column by column.
  RealMatrix const constant = spend(reals(N, J, 0), p);
  RealMatrix a = reals(N * J, N * J, 0);
  Reals b(N * J, 0);
  for (std::size_t c = 0; c < N * J; ++c) {
    RealMatrix unit = reals(N, J, 0);
    unit[c / J][c % J] = 1;
    RealMatrix const image = spend(unit, p);
    for (std::size_t r = 0; r < N * J; ++r) {
      a[r][c] = (r == c ? 1 : 0) - (image[r / J][r % J] - constant[r / J][r % J]);
    }
    b[c] = constant[c / J][c % J];
  }
  Reals const x = solve_graded(a, b);
  p.spending = reals(N, J, 0);
  for (std::size_t c = 0; c < N * J; ++c) p.spending[c / J][c % J] = x[c];
  static_cast<void>(spend(p.spending, p));
  for (Real const income : p.income) {
    if (!(income > 0)) return std::nullopt;
  }
  return p;
}

}  // namespace linchpin::reference::trade
