// SPDX-License-Identifier: Apache-2.0
// A day of the inventory model against the memory bandwidth of this machine, measured in the same
// run by the triad a(i) = b(i) + s c(i) of STREAM (McCalpin 1995) on as many threads. The yardstick
// is the time to read the matrix of flows twice; `per_read_twice` is the time of a scenario-day
// over it, `fraction_of_limit` its inverse, `memory_beside_matrix` what the model takes over the
// matrix.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "linchpin/core/parallel.h"
#include "linchpin/disrupt/baseline.h"
#include "linchpin/disrupt/day_model.h"
#include "linchpin/economy/economy.h"
#include "linchpin/table/synth.h"

namespace linchpin::disrupt {
namespace {

using Clock = std::chrono::steady_clock;

struct Size {
  std::size_t regions, sectors;
};

/// `empty`: chance that a seller does not serve a foreign buyer.
Economy const& world(std::size_t n, double empty) {
  static std::map<std::size_t, Size> const sizes{
      {150, {10, 15}}, {1000, {25, 40}}, {3465, {77, 45}}, {9800, {49, 200}}};
  static std::map<std::pair<std::size_t, double>, Economy> worlds;
  if (auto const found = worlds.find({n, empty}); found != worlds.end()) return found->second;
  worlds.clear();  // one at a time: the largest takes 0.8 GB
  auto const [regions, sectors] = sizes.at(n);
  SynthesisOptions const options{
      .regions = regions, .sectors = sectors, .seed = Seed{1}, .zero_share = empty};
  auto economy = Economy::make(synthesise_world(options, {}).value());
  return worlds.emplace(std::pair{n, empty}, *std::move(economy)).first->second;
}

/// Bytes per second on `threads` threads, best of five; arrays far larger than any cache.
double triad_rate(unsigned threads) {
  static std::map<unsigned, double> rates;
  if (auto const found = rates.find(threads); found != rates.end()) return found->second;
  constexpr std::size_t count = 60'000'000;
  constexpr std::size_t parts = 64;
  DenseVector a(count, 0.0), b(count, 1.0), c(count, 2.0);
  double best = 0;
  for (int repeat = 0; repeat < 5; ++repeat) {
    auto const start = Clock::now();
    auto const done = parallel_for(parts, {.threads = threads}, "triad", [&](std::size_t part) {
      auto const last = count / parts * (part + 1);
      for (auto i = count / parts * part; i < last; ++i) a[i] = b[i] + 3.0 * c[i];
    });
    benchmark::DoNotOptimize(done);
    benchmark::DoNotOptimize(a.data());
    benchmark::ClobberMemory();
    std::chrono::duration<double> const taken = Clock::now() - start;
    best = std::max(best, 3 * sizeof(double) * static_cast<double>(count) / taken.count());
  }
  return rates[threads] = best;
}

/// Memory of the process now [bytes].
double resident() {
  std::ifstream statm("/proc/self/statm");
  double pages = 0, resident_pages = 0;
  statm >> pages >> resident_pages;
  return resident_pages * 4096;
}

/// One block of lanes, day by day; each lane loses another share of the first industry's capacity.
void days(benchmark::State& state, OrderRule rule, double empty = 0.3) {
  auto const n = static_cast<std::size_t>(state.range(0));
  auto const scenarios = static_cast<std::size_t>(state.range(1));
  auto const threads = static_cast<unsigned>(state.range(2));
  double const triad = triad_rate(threads);
  auto const& economy = world(n, empty);
  ModelOptions options;
  options.inventory_days = default_inventory_days(economy.space());
  options.order_rule = rule;
  std::vector<Scenario> cuts(scenarios);
  std::vector<Run> runs;
  for (std::size_t k = 0; k < scenarios; ++k) {
    Cut cut;
    cut.sellers = {RegionId{1}, RegionId{2}};
    cut.buyers = {RegionId{0}};
    cut.sectors = {SectorId{0}};
    cut.course.share = static_cast<double>(k + 1) / static_cast<double>(scenarios);
    cuts[k].cuts.push_back(cut);
    cuts[k].capacity_losses.push_back({{IndustryId{0}}, {.share = 0.3}});
    runs.push_back({&cuts[k], &options});
  }
  malloc_trim(0);  // so that the memory the model takes is seen
  double const before = resident();
  auto const baseline = std::make_shared<Baseline const>(make_baseline(economy).value());
  std::vector<std::unique_ptr<DayModel>> models;
  for (std::size_t k = 0; k < scenarios; k += most_lanes) {
    auto const count = std::min(most_lanes, scenarios - k);
    models.push_back(
        std::make_unique<DayModel>(economy, std::span(runs).subspan(k, count), baseline));
  }
  int day = 0;
  auto const start = Clock::now();
  for (auto _ : state) {
    for (auto& model : models) {
      auto const advanced = model->advance(day, {.threads = threads});
      if (!advanced) state.SkipWithError(advanced.error().what.c_str());
    }
    ++day;
  }
  std::chrono::duration<double> const taken = Clock::now() - start;
  double const beside = resident() - before;
  double const bytes = 2.0 * sizeof(double) * static_cast<double>(n * n);
  double const per_day = taken.count() / day / static_cast<double>(scenarios);
  state.counters["bytes_per_day"] = bytes;
  state.counters["triad_bytes_per_second"] = triad;
  state.counters["ms_per_scenario_day"] = 1e3 * per_day;
  state.counters["per_read_twice"] = per_day * triad / bytes;
  state.counters["memory_beside_matrix"] = beside / (bytes / 2);
  state.counters["fraction_of_limit"] = bytes / triad / per_day;
}

void reweighted(benchmark::State& state) { days(state, OrderRule::reweighted); }
void fixed(benchmark::State& state) { days(state, OrderRule::fixed); }
/// Nine foreign cells of ten empty: the kernel reads only the others.
void sparse(benchmark::State& state) { days(state, OrderRule::reweighted, 0.9); }

BENCHMARK(reweighted)
    ->ArgNames({"n", "scenarios", "threads"})
    ->ArgsProduct({{150, 1000, 3465}, {1, 16, 256}, {1, 2}})
    ->Args({9800, 1, 2})
    ->Args({9800, 16, 2})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(fixed)
    ->ArgNames({"n", "scenarios", "threads"})
    ->ArgsProduct({{3465}, {1, 16}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

BENCHMARK(sparse)
    ->ArgNames({"n", "scenarios", "threads"})
    ->ArgsProduct({{3465}, {1, 16}, {2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace linchpin::disrupt

BENCHMARK_MAIN();
