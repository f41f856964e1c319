// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/flows.h"

#include "linchpin/equilibrium/outcome.h"

namespace linchpin::equilibrium {
namespace {

Flows empty_flows(int year, std::size_t regions, std::size_t sectors) {
  Flows flows{year, regions, sectors, {}};
  flows.trade.assign(sectors * regions * regions, 0.0);
  return flows;
}

}  // namespace

double Flows::between_regions() const noexcept {
  double sum = 0;
  for (std::size_t j = 0; j < sectors; ++j) {
    for (std::size_t n = 0; n < regions; ++n) {
      for (std::size_t i = 0; i < regions; ++i) {
        if (i != n) sum += at(j, n, i);
      }
    }
  }
  return sum;
}

Flows flows_of(TradeCube const& cube) {
  auto flows = empty_flows(cube.year, cube.regions.size(), cube.sectors.size());
  for (std::size_t j = 0; j < flows.sectors; ++j) {
    for (std::size_t n = 0; n < flows.regions; ++n) {
      for (std::size_t i = 0; i < flows.regions; ++i) {
        flows.trade[flows.cell(j, n, i)] = cube.value(i, n, j);
      }
    }
  }
  return flows;
}

Flows flows_of(TradeAccounts const& accounts) {
  return {accounts.year, accounts.regions.size(), accounts.sectors.size(), accounts.trade};
}

Flows flows_before(TradeBase const& base) {
  auto const& grid = base.grid;
  auto flows = empty_flows(base.year, grid.regions, grid.sectors);
  for (std::size_t j = 0; j < flows.sectors; ++j) {
    for (std::size_t n = 0; n < flows.regions; ++n) {
      for (std::size_t i = 0; i < flows.regions; ++i) {
        auto const pair = grid.pair(j, n, i);
        flows.trade[flows.cell(j, n, i)] =
            base.share[pair] * base.expenditure[grid.good(j, n)] / (1 + base.tariff_at(pair));
      }
    }
  }
  return flows;
}

Flows flows_after(TradeBase const& base, TradePolicy const& policy, Equilibrium const& found) {
  auto const& grid = base.grid;
  auto flows = empty_flows(base.year, grid.regions, grid.sectors);
  for (std::size_t j = 0; j < flows.sectors; ++j) {
    for (std::size_t n = 0; n < flows.regions; ++n) {
      for (std::size_t i = 0; i < flows.regions; ++i) {
        flows.trade[flows.cell(j, n, i)] = flow_at(base, policy, found, j, n, i).after;
      }
    }
  }
  return flows;
}

}  // namespace linchpin::equilibrium
