// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <stdexcept>
#include <vector>

#include "linchpin/equilibrium/solve.h"
#include "linchpin/equilibrium/trade_base.h"
#include "linchpin/table/trade_accounts.h"

namespace linchpin::equilibrium::test {

using Row = std::vector<double>;
using Rows = std::vector<Row>;

inline TradeBase calibrated(TradeAccounts const& accounts) {
  auto base = calibrate(accounts);
  if (!base) throw std::runtime_error(base.error().what);
  return *base;
}

inline TradeAccounts labelled(std::size_t regions, std::size_t sectors) {
  TradeAccounts accounts;
  for (std::size_t n = 0; n < regions; ++n) accounts.regions.push_back(fmt::format("R{}", n + 1));
  for (std::size_t j = 0; j < sectors; ++j) accounts.sectors.push_back(fmt::format("S{}", j + 1));
  accounts.trade.assign(sectors * regions * regions, 0.0);
  accounts.value_added_share.assign(regions * sectors, 1.0);
  accounts.input_shares.assign(regions * sectors * sectors, 0.0);
  return accounts;
}

/// One sector made of value added alone; shares[n][i] of what n spends go to i.
inline TradeBase one_sector(Rows const& shares, Row const& incomes, double theta) {
  auto accounts = labelled(incomes.size(), 1);
  accounts.theta = {theta};
  for (std::size_t n = 0; n < incomes.size(); ++n) {
    for (std::size_t i = 0; i < incomes.size(); ++i) {
      accounts.trade[accounts.cell(0, n, i)] = shares[n][i] * incomes[n];
    }
  }
  return calibrated(accounts);
}

/// The base of most closed forms: three countries, θ = 4, incomes that balance trade (Σ = 100).
inline TradeBase three_countries() {
  return one_sector({{.80, .15, .05}, {.10, .85, .05}, {.20, .20, .60}},
                    {1000.0 / 27, 1400.0 / 27, 300.0 / 27}, 4);
}
inline TradeBase two_countries() {
  return one_sector({{.8, .2}, {.1, .9}}, {100.0 / 3, 200.0 / 3}, 4);
}
inline TradeBase two_equal_countries() { return one_sector({{.8, .2}, {.2, .8}}, {50, 50}, 4); }

/// Two equal countries with these home shares, final shares and input shares Γ[k][j] (k in j).
inline TradeBase mirrored(Row const& home, Row const& final_shares, Row const& theta,
                          Rows const& inputs) {
  auto const sectors = theta.size();
  auto accounts = labelled(2, sectors);
  accounts.theta.assign(theta.begin(), theta.end());
  // Spending: X = α I + Γ Y with Y = X in the symmetric world.
  Row spending = final_shares;
  for (int sweep = 0; sweep < 2000; ++sweep) {
    auto next = final_shares;
    for (std::size_t k = 0; k < sectors; ++k) {
      for (std::size_t j = 0; j < sectors; ++j) next[k] += inputs[k][j] * spending[j];
    }
    spending = next;
  }
  for (std::size_t j = 0; j < sectors; ++j) {
    double sum = 0;
    for (std::size_t k = 0; k < sectors; ++k) sum += inputs[k][j];
    for (std::size_t n = 0; n < 2; ++n) {
      accounts.value_added_share[n * sectors + j] = 1 - sum;
      for (std::size_t k = 0; k < sectors && sum > 0; ++k) {
        accounts.input_shares[(n * sectors + j) * sectors + k] = inputs[k][j] / sum;
      }
      accounts.trade[accounts.cell(j, n, n)] = home[j] * spending[j];
      accounts.trade[accounts.cell(j, n, 1 - n)] = (1 - home[j]) * spending[j];
    }
  }
  return calibrated(accounts);
}

/// One closed region whose goods are made with its labour alone.
inline TradeBase horizontal(Row const& shares) {
  auto accounts = labelled(1, shares.size());
  accounts.theta.assign(shares.size(), 4.0);
  for (std::size_t j = 0; j < shares.size(); ++j) {
    accounts.trade[accounts.cell(j, 0, 0)] = shares[j];
  }
  return calibrated(accounts);
}

/// Solves as exactly as it goes; a failure is a test failure by exception.
inline Equilibrium solved(TradeBase const& base, TradePolicy const& policy,
                          Closure const& closure = {}) {
  auto found = solve(base, policy, closure, {.tolerance = 1e-13});
  if (!found) throw std::runtime_error(found.error().what);
  return std::move(*found);
}

/// Everyone's imports but its own at these rates, one per region.
inline TradePolicy uniform_tariffs(TradeBase const& base, Row const& rates) {
  TradePolicy policy;
  fill_pairs(policy.tariff, base.grid, 0.0);
  for (std::size_t j = 0; j < base.grid.sectors; ++j) {
    for (std::size_t n = 0; n < base.grid.regions; ++n) {
      for (std::size_t i = 0; i < base.grid.regions; ++i) {
        if (i != n) policy.tariff[base.grid.pair(j, n, i)] = rates[n];
      }
    }
  }
  return policy;
}

/// All trade between regions banned.
inline TradePolicy no_trade(TradeBase const& base) {
  TradePolicy policy;
  fill_pairs(policy.availability, base.grid, 0.0);
  for (std::size_t j = 0; j < base.grid.sectors; ++j) {
    for (std::size_t n = 0; n < base.grid.regions; ++n) {
      policy.availability[base.grid.pair(j, n, n)] = 1;
    }
  }
  return policy;
}

}  // namespace linchpin::equilibrium::test
