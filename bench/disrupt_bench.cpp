// SPDX-License-Identifier: Apache-2.0
// One day of the inventory model against the memory bandwidth of this machine, measured in the same
// run by the triad a(i) = b(i) + s c(i) of STREAM (McCalpin 1995). The yardstick reads the matrix
// of flows twice a day; blocks of sellers that fit the cache let the model read it once, so the
// fraction can exceed one. Sizes: 20 regions x 35 sectors, 41 x 35 (WIOD), 99 x 35.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <map>

#include "linchpin/core/random.h"
#include "linchpin/disrupt/baseline.h"
#include "linchpin/disrupt/day_model.h"
#include "support/random_economy.h"

namespace linchpin::disrupt {
namespace {

constexpr std::size_t sectors = 35;

Economy const& world(std::size_t n) {
  static std::map<std::size_t, Economy> worlds;
  auto const found = worlds.find(n);
  if (found != worlds.end()) return found->second;
  auto economy =
      test::random_economy({.regions = n / sectors, .sectors = sectors, .seed = Seed{1}});
  return worlds.emplace(n, std::move(economy)).first->second;
}

/// Bytes per second on one thread, best of five; arrays far larger than any cache.
double triad_rate() {
  static double const rate = [] {
    constexpr std::size_t count = 8'000'000;
    DenseVector a(count, 0.0), b(count, 1.0), c(count, 2.0);
    double best = 0;
    for (int repeat = 0; repeat < 5; ++repeat) {
      auto const start = std::chrono::steady_clock::now();
      for (std::size_t i = 0; i < count; ++i) a[i] = b[i] + 3.0 * c[i];
      benchmark::DoNotOptimize(a.data());
      benchmark::ClobberMemory();
      std::chrono::duration<double> const taken = std::chrono::steady_clock::now() - start;
      best = std::max(best, 3 * sizeof(double) * static_cast<double>(count) / taken.count());
    }
    return best;
  }();
  return rate;
}

void one_day(benchmark::State& state) {
  auto const n = static_cast<std::size_t>(state.range(0));
  auto const threads = static_cast<unsigned>(state.range(1));
  auto const& economy = world(n);
  ModelOptions options;
  options.inventory_days = default_inventory_days(economy.space());
  Scenario const scenario{"loss", {}, {{{IndustryId{0}}, {.share = 0.3}}}};
  DayModel model(economy, scenario, options, make_baseline(economy).value());
  int day = 0;
  auto const start = std::chrono::steady_clock::now();
  for (auto _ : state) {
    auto const advanced = model.advance(day, {.threads = threads});
    if (!advanced) state.SkipWithError(advanced.error().what.c_str());
    ++day;
  }
  std::chrono::duration<double> const taken = std::chrono::steady_clock::now() - start;
  double const bytes = 2.0 * sizeof(double) * static_cast<double>(n * n);
  state.counters["bytes_per_day"] = bytes;
  state.counters["triad_bytes_per_second"] = triad_rate();
  state.counters["fraction_of_limit"] = bytes * day / taken.count() / triad_rate();
}

BENCHMARK(one_day)
    ->ArgNames({"n", "threads"})
    ->ArgsProduct({{700, 1435, 3465}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace linchpin::disrupt

BENCHMARK_MAIN();
