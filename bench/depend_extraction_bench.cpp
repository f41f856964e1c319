// SPDX-License-Identifier: Apache-2.0
// Extraction of all pairs of a supplying industry and a foreign region, and the search for supply
// paths, against the rate of dgemm on all cores. The two take turns, so that other work on the
// machine hits both alike; the best of each counts.
//
// Bars: all 57,400 pairs of 41 regions x 35 sectors in less than 3 s, LU and inverse included; the
// 100 heaviest paths from Taiwan's electronics to final use of the USA in the built-in world of
// 2022 in less than 1 s, LU included.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "linchpin/depend/extraction_all.h"
#include "linchpin/depend/leontief_system.h"
#include "linchpin/depend/paths.h"
#include "linchpin/table/synth.h"
#include "linchpin/table/worlds.h"
#include "yardstick.h"

namespace linchpin::depend {
namespace {

using bench::Dgemm;
using bench::seconds;
using bench::value_of;

/// Runs `work` and dgemm in turns; `bar` is what the best time should stay below [seconds], `flops`
/// what LU and inverse alone take.
void against_dgemm(benchmark::State& state, double bar, double flops, auto const& work) {
  Dgemm dgemm;
  double best = HUGE_VAL;
  for (auto _ : state) {
    dgemm.run();
    double const time = seconds(work);
    best = std::min(best, time);
    state.SetIterationTime(time);
  }
  state.counters["best_s"] = best;
  state.counters["of_bar"] = best / bar;
  state.counters["dgemm_gflops"] = dgemm.rate() / 1e9;
  state.counters["of_dgemm_rate"] = flops / best / dgemm.rate();
}

double cube(std::size_t n) { return std::pow(static_cast<double>(n), 3); }

Economy const& synthetic_world() {
  static Economy const economy = value_of(Economy::make(
      value_of(synthesise_world({.regions = 41, .sectors = 35, .seed = Seed{1}}))));
  return economy;
}

/// LU, inverse and all pairs.
void extract_pairs(benchmark::State& state) {
  bool const resourced = state.range(0) != 0;
  auto const& economy = synthetic_world();
  against_dgemm(state, 3.0, 2 * cube(economy.size()), [&] {
    auto const system = value_of(LeontiefSystem::make(economy));
    auto const pairs = value_of(extract_all_pairs(system, 1.0, resourced));
    state.counters["pairs"] = static_cast<double>(pairs.size());
  });
}

/// LU and inverse alone: what of the above is not extraction.
void factorise_and_invert(benchmark::State& state) {
  auto const& economy = synthetic_world();
  against_dgemm(state, 3.0, 2 * cube(economy.size()), [&] {
    auto const system = value_of(LeontiefSystem::make(economy));
    benchmark::DoNotOptimize(value_of(system.inverse()));
  });
}

Economy const& built_in_world() {
  static Economy const economy =
      value_of(Economy::make(value_of(load_table("world-2022e", LINCHPIN_DATA)).table));
  return economy;
}

/// LU and the heaviest paths.
void heaviest(benchmark::State& state) {
  auto const& economy = built_in_world();
  auto const& space = economy.space();
  PathQuestion const question{
      .suppliers = {value_of(space.find_industry("TWN:C26", "benchmark"))},
      .final_region = value_of(space.find_region("USA", "benchmark")),
      .count = static_cast<std::size_t>(state.range(0))};
  against_dgemm(state, 1.0, 2.0 / 3 * cube(economy.size()), [&] {
    auto const system = value_of(LeontiefSystem::make(economy));
    auto const found = value_of(heaviest_paths(system, question));
    state.counters["share_shown"] = found.shown / found.total;
    state.counters["looked_at"] = static_cast<double>(found.looked_at);
  });
}

BENCHMARK(extract_pairs)
    ->ArgName("resourced")
    ->Arg(0)
    ->Arg(1)
    ->UseManualTime()
    ->Iterations(5)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(factorise_and_invert)->UseManualTime()->Iterations(5)->Unit(benchmark::kMillisecond);
BENCHMARK(heaviest)
    ->ArgName("paths")
    ->Arg(100)
    ->Arg(10000)
    ->UseManualTime()
    ->Iterations(10)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace linchpin::depend

BENCHMARK_MAIN();
