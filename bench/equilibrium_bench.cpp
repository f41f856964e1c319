// SPDX-License-Identifier: Apache-2.0
// A counterfactual of the trade equilibrium, on one core, to an excess demand of 1e-10. The
// yardstick of the same run is one evaluation of the equations (a sweep of prices and one of
// spending: a reading of shares, weights and input coefficients); `per_evaluation` is the time of a
// solve over it. `bytes_per_cell`: what a search holds beside the base, per number of
// N²J + NJ². `gradient_per_solve` is the time of all N²J derivatives over that of the solve.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/core/parallel.h"
#include "linchpin/economy/trade_accounts_of.h"
#include "linchpin/equilibrium/gradient.h"
#include "linchpin/equilibrium/optimal_policy.h"
#include "linchpin/equilibrium/solve.h"
#include "linchpin/equilibrium/wage_response.h"
#include "linchpin/table/synth.h"
#include "linchpin/table/trade/caliendo_parro.h"

namespace linchpin::equilibrium {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// A made-up world of that size; θ of 2 to 12 by sector.
TradeBase const& synthetic(std::size_t regions, std::size_t sectors) {
  static std::map<std::pair<std::size_t, std::size_t>, TradeBase> bases;
  if (auto const found = bases.find({regions, sectors}); found != bases.end()) {
    return found->second;
  }
  bases.clear();
  SynthesisOptions const options{.regions = regions, .sectors = sectors, .seed = Seed{1}};
  auto const economy = Economy::make(synthesise_world(options, {}).value()).value();
  DenseVector theta;
  for (std::size_t j = 0; j < sectors; ++j) {
    theta.push_back(2 + 10 * static_cast<double>((j * 7) % sectors) / static_cast<double>(sectors));
  }
  auto const raw = calibrate(trade_accounts_of(economy).value(), theta).value();
  return bases.emplace(std::pair{regions, sectors}, consistent_base(raw, DeficitRule::zero).value())
      .first->second;
}

/// Ten points more on every import from abroad.
TradePolicy wall(TradeBase const& base) {
  TradePolicy policy;
  fill_tariffs(policy, base);
  auto const& grid = base.grid;
  for (std::size_t j = 0; j < grid.sectors; ++j) {
    for (std::size_t n = 0; n < grid.regions; ++n) {
      for (std::size_t i = 0; i < grid.regions; ++i) {
        if (i != n) policy.tariff[grid.pair(j, n, i)] += 0.1;
      }
    }
  }
  return policy;
}

/// Memory in use now [bytes].
double allocated() {
  auto const info = mallinfo2();
  return static_cast<double>(info.uordblks) + static_cast<double>(info.hblkhd);
}

/// What a search holds beside the base: equations and derivative by incomes [bytes].
double search_bytes(TradeBase const& base, TradePolicy const& policy) {
  auto const before = allocated();
  Closure const closure;
  TradeSystem system{base, policy, closure};
  auto const state = system.start();
  system.take_outer(state.outer);
  system.take_shares(state.log_price);
  std::vector<double> residual;
  system.excess(state.spending, residual);
  WageResponse response;
  response.compute(system, state.spending, 0.5);
  return allocated() - before;
}

/// Time of one evaluation of the equations, best of several.
double evaluation_seconds(TradeBase const& base, TradePolicy const& policy) {
  Closure const closure;
  TradeSystem system{base, policy, closure};
  auto state = system.start();
  system.take_outer(state.outer);
  system.take_shares(state.log_price);
  DenseVector price = state.log_price;
  DenseVector spending = state.spending;
  double best = 1e9;
  for (int repeat = 0; repeat < 30; ++repeat) {
    auto const start = Clock::now();
    system.price_sweep(state.log_price, price);
    system.spending_sweep(state.spending, spending);
    best = std::min(best, seconds_since(start));
  }
  return best;
}

void measure(benchmark::State& state, TradeBase const& base, TradePolicy const& policy) {
  Equilibrium last;
  double solving = 0;
  for (auto _ : state) {
    auto const start = Clock::now();
    auto found = solve(base, policy);
    solving += seconds_since(start);
    if (!found) {
      state.SkipWithError(found.error().what.c_str());
      return;
    }
    last = *std::move(found);
  }
  auto const per_solve = solving / static_cast<double>(state.iterations());
  auto const start = Clock::now();
  int gradients = 0;
  while (gradients < 2 || (seconds_since(start) < 0.3 && gradients < 50)) {
    benchmark::DoNotOptimize(gradient(base, policy, {}, last, welfare_seeds(base, last, 0),
                                      {.trade_cost = true, .goods = false}));
    ++gradients;
  }
  auto const cells = static_cast<double>(base.grid.pairs() + base.grid.inputs());
  state.counters["iterations_outer"] = static_cast<double>(last.report.iterations);
  state.counters["sweeps"] = static_cast<double>(last.report.sweeps);
  state.counters["residual"] = last.report.residual;
  state.counters["per_evaluation"] = per_solve / evaluation_seconds(base, policy);
  state.counters["ns_per_cell"] = 1e9 * per_solve / cells;
  state.counters["bytes_per_cell"] = search_bytes(base, policy) / cells;
  state.counters["gradient_per_solve"] = seconds_since(start) / gradients / per_solve;
}

void synthetic_world(benchmark::State& state) {
  auto const& base =
      synthetic(static_cast<std::size_t>(state.range(0)), static_cast<std::size_t>(state.range(1)));
  measure(state, base, wall(base));
}

/// The NAFTA experiment on the authors' data, where they stand beside the project.
void nafta(benchmark::State& state) {
  std::filesystem::path const folder = LINCHPIN_REFERENCE_DATA "/caliendo_parro_2015";
  auto const accounts = read_caliendo_parro(folder);
  if (!accounts) {
    state.SkipWithError("data of Caliendo & Parro (2015) not there");
    return;
  }
  auto const base = consistent_base(calibrate(*accounts).value(), DeficitRule::zero).value();
  auto const later = read_caliendo_parro_tariffs(folder, 2005).value();
  TradePolicy policy;
  fill_tariffs(policy, base);
  for (std::size_t n = 0; n < base.grid.regions; ++n) {
    for (std::size_t i = 0; i < base.grid.regions; ++i) {
      auto const member = [&](std::size_t r) {
        return base.regions[r] == "MEX" || base.regions[r] == "CAN" || base.regions[r] == "USA";
      };
      if (n == i || !member(n) || !member(i)) continue;
      for (std::size_t j = 0; j < base.grid.sectors; ++j) {
        policy.tariff[base.grid.pair(j, n, i)] = later[accounts->cell(j, n, i)];
      }
    }
  }
  measure(state, base, policy);
}

/// Tariffs between random pairs, as many scenarios as asked for, on all threads.
void many(benchmark::State& state) {
  auto const& base = synthetic(31, 40);
  auto const count = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) {
    std::vector<double> residual(count);
    auto const done = parallel_for(count, {}, "scenarios", [&](std::size_t k) {
      Rng rng{Seed{3}, k};
      TradePolicy policy;
      fill_tariffs(policy, base);
      auto const n = static_cast<std::size_t>(rng.uniform() * 31);
      for (std::size_t j = 0; j < 40; ++j) {
        auto const rate = 0.5 * rng.uniform();
        for (std::size_t i = 0; i < 31; ++i) {
          if (i != n) policy.tariff[base.grid.pair(j, n, i)] += rate;
        }
      }
      auto const found = solve(base, policy);
      residual[k] = found ? found->report.residual : 1;
    });
    if (!done) state.SkipWithError(done.error().what.c_str());
    state.counters["worst_residual"] = *std::max_element(residual.begin(), residual.end());
  }
}

/// The best tariffs of one region by sector, 40 traded sectors, from one start.
void optimal_tariffs(benchmark::State& state) {
  auto const& base = synthetic(31, 40);
  PolicyOptions options{Seed{5}};
  options.starts = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) {
    auto const found = optimal_policy(base, {}, Player{.region = 0}, options);
    if (!found) {
      state.SkipWithError(found.error().what.c_str());
      return;
    }
    state.counters["rates"] = static_cast<double>(found->rates.size());
    state.counters["gain_pct"] = 100 * found->gain;
  }
}

BENCHMARK(nafta)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(synthetic_world)
    ->Args({31, 40})
    ->Args({77, 45})
    ->Args({141, 65})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(optimal_tariffs)->Arg(1)->Arg(3)->Unit(benchmark::kSecond)->Iterations(1)->UseRealTime();
BENCHMARK(many)->Arg(1000)->Unit(benchmark::kSecond)->Iterations(1)->UseRealTime();

}  // namespace
}  // namespace linchpin::equilibrium

BENCHMARK_MAIN();
