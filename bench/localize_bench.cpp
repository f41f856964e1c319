// SPDX-License-Identifier: Apache-2.0
// The autonomy curve of one technology in a made-up world, on one core: two paths of 15 years and
// 30 cut-offs of three years. The yardstick of the same run is one solve of the trade equilibrium
// after ten points more on every tariff; `per_solve` is the time of the curve over it, `solves` how
// often the curve solves the economy.
#include <benchmark/benchmark.h>

#include <chrono>
#include <map>
#include <utility>

#include "linchpin/economy/trade_accounts_of.h"
#include "linchpin/equilibrium/solve.h"
#include "linchpin/localize/autonomy.h"
#include "linchpin/localize/carve.h"
#include "linchpin/table/synth.h"

namespace linchpin::localize {
namespace {

/// A capital good of a hundredth of its host's sales, made dearer and worse at home.
AutonomyCase const& case_of(std::size_t regions, std::size_t sectors) {
  static std::map<std::pair<std::size_t, std::size_t>, AutonomyCase> cases;
  if (auto const found = cases.find({regions, sectors}); found != cases.end()) return found->second;
  SynthesisOptions const options{.regions = regions, .sectors = sectors, .seed = Seed{1}};
  auto const economy = Economy::make(synthesise_world(options, {}).value()).value();
  auto accounts = trade_accounts_of(economy).value();
  accounts.theta.assign(sectors, 5);
  double sales = 0;
  for (std::size_t n = 0; n < regions; ++n) {
    for (std::size_t i = 0; i < regions; ++i) sales += accounts.trade[accounts.cell(1, n, i)];
  }
  MarketOutline const market{.world_sales = 0.01 * sales,
                             .home = 0,
                             .home_buys = 1.0 / static_cast<double>(regions),
                             .home_share = 0.25,
                             .suppliers = std::vector<double>(regions, 1.0)};
  auto const flows = line_flows(accounts, accounts.sectors[1], market).value();
  auto const carved =
      carve(accounts,
            {.host = accounts.sectors[1], .line = "LINE", .flows = flows.flows, .theta = 5})
          .value();
  CoupledCase technology;
  technology.base = equilibrium::consistent_base(equilibrium::calibrate(carved).value(),
                                                 equilibrium::DeficitRule::zero)
                        .value();
  technology.line = sectors;
  auto& maker = technology.maker;
  maker.cost = {.first_cost = 1.3, .learning_rate = 0.15, .floor = 0.8, .tool_penalty = 0.3};
  maker.capital_share = 0.2;
  maker.markup = 0.2;
  maker.capacity = {.lead_time = 2, .capital_cost = 0.8};
  maker.catch_up.own_growth = maker.catch_up.frontier_growth = 0.05;
  maker.catch_up.absorption.base_speed = 0.2;
  maker.choice.thresholds = {.alpha = 2, .beta = 2, .lowest = 0, .highest = 1};
  maker.diffusion = Diffusion{0.3, 0.4};
  technology.start.tools = {{"tools", 1, 0}};
  AutonomyCase each;
  each.technology = calibrated(technology, 0.6, 4).value();
  each.programme = {{InstrumentKind::purchase_subsidy, 2025, 2035, 0.15},
                    {InstrumentKind::mandate, 2026, 2040, 0.2}};
  return cases.emplace(std::pair{regions, sectors}, std::move(each)).first->second;
}

double seconds_of_solve(equilibrium::TradeBase const& base) {
  equilibrium::TradePolicy policy;
  equilibrium::fill_tariffs(policy, base);
  auto const& grid = base.grid;
  for (std::size_t j = 0; j < grid.sectors; ++j) {
    for (std::size_t n = 0; n < grid.regions; ++n) {
      for (std::size_t i = 0; i < grid.regions; ++i) {
        if (i != n) policy.tariff[grid.pair(j, n, i)] += 0.1;
      }
    }
  }
  double best = 1e9;
  for (int k = 0; k < 5; ++k) {
    auto const start = std::chrono::steady_clock::now();
    benchmark::DoNotOptimize(equilibrium::solve(base, policy).value().report.residual);
    best = std::min(
        best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

void curve(benchmark::State& state, bool diffusion) {
  auto each =
      case_of(static_cast<std::size_t>(state.range(0)), static_cast<std::size_t>(state.range(1)));
  if (diffusion) {
    ComputeUse use;
    use.gain = {.most = 0.03, .half_compute = 2, .lag = 2};
    use.exposure.assign(each.technology.base.sectors.size(), 0.5);
    use.exposure.back() = 0;
    each.technology.compute = use;
  }
  auto const yardstick = seconds_of_solve(each.technology.base);
  double solves = 0, best = 1e9;
  for (auto _ : state) {
    auto const start = std::chrono::steady_clock::now();
    auto const found = autonomy_curve(each, {}, PathDetail::own).value();
    best = std::min(
        best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    solves = static_cast<double>(found.solves);
  }
  state.counters["solves"] = solves;
  state.counters["per_solve"] = best / yardstick;
}

BENCHMARK_CAPTURE(curve, plain, false)
    ->Args({20, 28})
    ->Args({31, 40})
    ->Unit(benchmark::kMillisecond)
    ->MinTime(1);
BENCHMARK_CAPTURE(curve, diffusion, true)
    ->Args({20, 28})
    ->Unit(benchmark::kMillisecond)
    ->MinTime(1);

}  // namespace
}  // namespace linchpin::localize

BENCHMARK_MAIN();
