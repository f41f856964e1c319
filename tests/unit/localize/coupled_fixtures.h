// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <stdexcept>

#include "linchpin/core/random.h"
#include "linchpin/equilibrium/solve.h"
#include "linchpin/localize/carve.h"
#include "linchpin/localize/coupled_year.h"
#include "support/trade_fixtures.h"

namespace linchpin::localize::test {

/// A technology in a random world of four regions, of which the first buys a quarter and makes a
/// fifth of that. `gap`: it is dearer and poorer than the frontier, and learns; else it is neither.
inline CoupledCase coupled_case(bool gap, std::uint64_t stream = 0) {
  auto accounts = linchpin::test::random_accounts(4, 3, Rng(Seed{11}, stream));
  double total = 0;
  for (std::size_t n = 0; n < 4; ++n) {
    for (std::size_t i = 0; i < 4; ++i) total += accounts.trade[accounts.cell(1, n, i)];
  }
  MarketOutline const market{.world_sales = 0.1 * total,
                             .home = 0,
                             .home_buys = 0.25,
                             .home_share = 0.2,
                             .suppliers = {1, 5, 1, 2}};
  auto const flows = line_flows(accounts, "S1", market);
  if (!flows) throw std::runtime_error(flows.error().what);
  auto const carved =
      carve(accounts, {.host = "S1", .line = "LINE", .flows = flows->flows, .theta = 5});
  if (!carved) throw std::runtime_error(carved.error().what);
  auto const raw = equilibrium::calibrate(*carved);
  if (!raw) throw std::runtime_error(raw.error().what);
  auto base = equilibrium::consistent_base(*raw, equilibrium::DeficitRule::zero);
  if (!base) throw std::runtime_error(base.error().what);
  CoupledCase each;
  each.base = *std::move(base);
  each.line = 3;
  each.home = 0;
  auto& maker = each.maker;
  maker.cost = {
      .first_cost = 1.3, .learning_rate = 0.15, .floor = gap ? 0.7 : 1.3, .tool_penalty = 0.3};
  maker.capital_share = 0.2;
  maker.capacity = {.lead_time = 2, .capital_cost = 0.8};
  maker.markup = 0.1;
  maker.catch_up.own_growth = 0.02;
  maker.catch_up.frontier_growth = 0.02;
  maker.catch_up.absorption.base_speed = 0.3;
  maker.catch_up.control_effect = 0.5;
  maker.choice.thresholds = {.alpha = 2, .beta = 2, .lowest = 0, .highest = 1};
  maker.diffusion = Diffusion{0.3, 0.4};
  each.start.tools = {{"tools", 1, 0}};
  auto ready = calibrated(std::move(each), gap ? 0.6 : 1, 4);
  if (!ready) throw std::runtime_error(ready.error().what);
  return *std::move(ready);
}

}  // namespace linchpin::localize::test
