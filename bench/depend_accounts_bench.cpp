// SPDX-License-Identifier: Apache-2.0
// The accounts of `depend` at the size of an inter-country table (77 regions x 45 sectors, n =
// 3,465) and of a large one (49 x 200, n = 9,800), on all cores, against dgemm, memory and LAPACK
// measured in the same run. Yardsticks and work take turns; the best of each counts.
//
// Bars: look-through of all industries on all regions in 1.5 times LAPACK's LU and the triangular
// solves it needs; one buyer in 50 ms; KWW and both Borin-Mancini in 5 s, WWZ split by third country
// in 8 s, LU included in both; a footprint at n = 9,800 in 12 s and 2.5 GB, table included;
// look-through there in 6 GB.
#include <benchmark/benchmark.h>
#include <lapacke.h>

#include <map>
#include <vector>

#include "linchpin/depend/exports/borin_mancini.h"
#include "linchpin/depend/exports/kww.h"
#include "linchpin/depend/exports/wwz.h"
#include "linchpin/depend/footprint.h"
#include "linchpin/depend/leontief_system.h"
#include "linchpin/depend/reliance.h"
#include "linchpin/depend/reliance_matrix.h"
#include "linchpin/table/synth.h"
#include "yardstick.h"

namespace linchpin::depend {
namespace {

using bench::seconds;
using bench::value_of;

constexpr std::size_t regions = 77, sectors = 45;

Economy make_world(std::size_t region_count, std::size_t sector_count, std::size_t accounts) {
  SynthesisOptions const options{.regions = region_count, .sectors = sector_count, .seed = Seed{1}};
  auto table = value_of(synthesise_world(options));
  Rng rng{Seed{2}, 0};
  table.satellites.F = DenseMatrix(accounts, table.size());
  table.satellites.F_Y = DenseMatrix(accounts, table.labels.final_columns());
  for (std::size_t k = 0; k < accounts; ++k) {
    table.satellites.rows.push_back({"account " + std::to_string(k), "kg"});
    for (std::size_t i = 0; i < table.size(); ++i) {
      table.satellites.F(k, i) = table.output[i] > 0 ? rng.uniform() * table.output[i] : 0.0;
    }
  }
  return value_of(Economy::make(std::move(table)));
}

Economy const& world() {
  static Economy const economy = make_world(regions, sectors, 0);
  return economy;
}

DenseMatrix system_matrix(Economy const& economy) {
  auto const n = economy.size();
  DenseMatrix matrix(n, n);
  for (std::size_t i = 0; i < n; ++i) {
    auto const flows = economy.flows().row(IndustryId{i});
    for (std::size_t j = 0; j < n; ++j) {
      double const output = economy.output()[IndustryId{j}];
      matrix(i, j) = (i == j ? 1.0 : 0.0) - (output > 0 ? flows[j] / output : 0.0);
    }
  }
  return matrix;
}

/// LAPACK's LU with row exchanges, and its triangular solves for two times G right-hand sides.
double lapack_seconds(DenseMatrix const& original, std::size_t sides) {
  auto const size = static_cast<lapack_int>(original.rows());
  auto const count = static_cast<lapack_int>(sides);
  std::vector<lapack_int> pivots(original.rows());
  auto matrix = original;
  DenseMatrix X(original.rows(), sides);
  for (double& value : X.values()) value = 1.0;
  bench::blas_threads(0);
  double const time = seconds([&] {
    LAPACKE_dgetrf_work(LAPACK_COL_MAJOR, size, size, matrix.data(), size, pivots.data());
    LAPACKE_dgetrs_work(LAPACK_COL_MAJOR, 'N', size, count, matrix.data(), size, pivots.data(),
                        X.data(), size);
  });
  use_single_threaded_blas();
  return time;
}

void look_through(benchmark::State& state) {
  auto const original = system_matrix(world());
  double best = HUGE_VAL, lapack = HUGE_VAL;
  for (auto _ : state) {
    lapack = std::min(lapack, lapack_seconds(original, 2 * regions));
    double const time = seconds([&] {
      auto const system = value_of(LeontiefSystem::make(world()));
      benchmark::DoNotOptimize(reliance_matrix(system));
    });
    best = std::min(best, time);
    state.SetIterationTime(time);
  }
  state.counters["lapack_best_ms"] = 1e3 * lapack;
  state.counters["time_over_lapack"] = best / lapack;
}

void one_buyer(benchmark::State& state) {
  auto const system = value_of(LeontiefSystem::make(world()));
  bench::MemoryRead memory;
  double best = HUGE_VAL;
  for (auto _ : state) {
    memory.run();
    double const time =
        seconds([&] { benchmark::DoNotOptimize(buyer_account(system, {RegionId{0}})); });
    best = std::min(best, time);
    state.SetIterationTime(time);
  }
  auto const n = static_cast<double>(world().size());
  // Z twice and the factors once.
  state.counters["of_memory_rate"] = 3 * n * n * sizeof(double) / best / memory.rate();
}

/// Flops of LU and of the whole inverse, to compare with dgemm.
double lu_flops(double n) { return 2.0 / 3.0 * n * n * n; }
double inverse_flops(double n) { return 4.0 / 3.0 * n * n * n; }

template <class Work>
void with_dgemm(benchmark::State& state, double flops, Work const& work) {
  bench::Dgemm dgemm;
  double best = HUGE_VAL;
  bench::reset_peak_memory();
  for (auto _ : state) {
    dgemm.run();
    double const time = seconds(work);
    best = std::min(best, time);
    state.SetIterationTime(time);
  }
  state.counters["best_s"] = best;
  state.counters["dgemm_gflops"] = dgemm.rate() / 1e9;
  state.counters["of_dgemm_rate"] = flops / best / dgemm.rate();
  state.counters["peak_mb"] = bench::peak_memory_mb();
}

void kww_and_bm(benchmark::State& state) {
  auto const n = static_cast<double>(world().size());
  with_dgemm(state, 2 * lu_flops(n), [] {
    auto const system = value_of(LeontiefSystem::make(world()));
    auto const base = value_of(export_base(system));
    benchmark::DoNotOptimize(kww(base));
    benchmark::DoNotOptimize(bm_source(base));
  });
}

void kww_and_both_bm(benchmark::State& state) {
  auto const n = static_cast<double>(world().size());
  with_dgemm(state, lu_flops(n) + inverse_flops(n), [] {
    auto const system = value_of(LeontiefSystem::make(world()));
    auto const base = value_of(export_base(system));
    benchmark::DoNotOptimize(kww(base));
    benchmark::DoNotOptimize(bm_sink(base));  // makes the inverse, which the next one reads
    benchmark::DoNotOptimize(bm_source(base));
  });
}

void wwz_by_third_country(benchmark::State& state) {
  auto const n = static_cast<double>(world().size());
  with_dgemm(state, lu_flops(n) + inverse_flops(n), [] {
    auto const system = value_of(LeontiefSystem::make(world()));
    benchmark::DoNotOptimize(wwz(value_of(export_base(system)), true));
  });
}

Economy const& large_world() {
  static Economy const economy = make_world(49, 200, 20);
  return economy;
}

void large_footprint(benchmark::State& state) {
  SystemOptions options;
  options.method = state.range(0) == 0 ? SolveMethod::direct : SolveMethod::iterative;
  auto const& economy = large_world();
  with_dgemm(state, lu_flops(static_cast<double>(economy.size())), [&] {
    auto const system = value_of(LeontiefSystem::make(economy, options));
    benchmark::DoNotOptimize(footprints(system));
    state.counters["residual"] = system.residual();
    state.counters["error_bound"] = system.error_bound();
  });
}

void large_look_through(benchmark::State& state) {
  SystemOptions options;
  options.method = state.range(0) == 0 ? SolveMethod::direct : SolveMethod::iterative;
  auto const& economy = large_world();
  with_dgemm(state, lu_flops(static_cast<double>(economy.size())), [&] {
    auto const system = value_of(LeontiefSystem::make(economy, options));
    benchmark::DoNotOptimize(reliance_matrix(system));
  });
}

BENCHMARK(look_through)->UseManualTime()->Iterations(3)->Unit(benchmark::kMillisecond);
BENCHMARK(one_buyer)->UseManualTime()->Iterations(10)->Unit(benchmark::kMillisecond);
BENCHMARK(kww_and_bm)->UseManualTime()->Iterations(3)->Unit(benchmark::kMillisecond);
BENCHMARK(kww_and_both_bm)->UseManualTime()->Iterations(3)->Unit(benchmark::kMillisecond);
BENCHMARK(wwz_by_third_country)->UseManualTime()->Iterations(3)->Unit(benchmark::kMillisecond);
BENCHMARK(large_footprint)
    ->ArgName("iterative")->Arg(0)->Arg(1)
    ->UseManualTime()->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(large_look_through)
    ->ArgName("iterative")->Arg(0)->Arg(1)
    ->UseManualTime()->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace linchpin::depend

BENCHMARK_MAIN();
