// SPDX-License-Identifier: Apache-2.0
// The factorisation behind `depend` against the yardsticks of this machine, measured in the same
// run: the rate of dgemm, and LAPACK's LU with row exchanges. Sizes: 20 regions x 35 sectors,
// 41 x 35 (WIOD), 99 x 35.
#include <benchmark/benchmark.h>
#include <lapacke.h>

#include <algorithm>
#include <map>
#include <vector>

#include "linchpin/core/blas.h"
#include "linchpin/core/random.h"
#include "linchpin/depend/leontief_system.h"
#include "linchpin/depend/lu.h"
#include "linchpin/depend/position.h"
#include "linchpin/depend/reliance.h"
#include "support/random_economy.h"
#include "yardstick.h"

namespace linchpin::depend {
namespace {

using bench::blas_threads;
using bench::seconds;

constexpr std::size_t sectors = 35;

Economy const& world(std::size_t n) {
  static std::map<std::size_t, Economy> worlds;
  auto const found = worlds.find(n);
  if (found != worlds.end()) return found->second;
  auto economy =
      test::random_economy({.regions = n / sectors, .sectors = sectors, .seed = Seed{1}});
  return worlds.emplace(n, std::move(economy)).first->second;
}

/// I - A of the world of n industries.
DenseMatrix system_matrix(std::size_t n) {
  auto const& economy = world(n);
  DenseMatrix matrix(n, n);
  for (std::size_t i = 0; i < n; ++i) {
    auto const flows = economy.flows().row(IndustryId{i});
    for (std::size_t j = 0; j < n; ++j) {
      matrix(i, j) = (i == j ? 1.0 : 0.0) - flows[j] / economy.output()[IndustryId{j}];
    }
  }
  return matrix;
}

double lu_flops(std::size_t n) {
  auto const size = static_cast<double>(n);
  return 2.0 / 3.0 * size * size * size;
}

/// Flops per second of a product of large matrices, the best of several; measured once.
double dgemm_rate(int threads) {
  static std::map<int, double> rates;
  auto const found = rates.find(threads);
  if (found != rates.end()) return found->second;
  bench::Dgemm dgemm(threads);
  for (int run = 0; run < 8; ++run) dgemm.run();
  return rates[threads] = dgemm.rate();
}

double lapack_lu_seconds(DenseMatrix const& original, int threads) {
  auto const size = static_cast<lapack_int>(original.rows());
  std::vector<lapack_int> pivots(original.rows());
  auto matrix = original;
  blas_threads(threads);
  // Column-major on a row-major matrix: the transposed system, the same work without a copy.
  return seconds([&] {
    LAPACKE_dgetrf_work(LAPACK_COL_MAJOR, size, size, matrix.data(), size, pivots.data());
  });
}

void dgemm(benchmark::State& state) {
  auto const threads = static_cast<int>(state.range(0));
  for (auto _ : state) state.SetIterationTime(2.0 * 1536 * 1536 * 1536 / dgemm_rate(threads));
  state.counters["gflops"] = dgemm_rate(threads) / 1e9;
}

/// time_over_lapack: below 1 is faster than LAPACK with the same number of threads. The two take
/// turns and the best of each counts, so that other work on the machine hits both alike.
void own_lu(benchmark::State& state) {
  auto const n = static_cast<std::size_t>(state.range(0));
  auto const threads = static_cast<int>(state.range(1));
  RunControl control;
  control.threads = static_cast<unsigned>(threads);
  auto const original = system_matrix(n);
  double best = HUGE_VAL, lapack = HUGE_VAL;
  for (auto _ : state) {
    lapack = std::min(lapack, lapack_lu_seconds(original, threads));
    auto matrix = original;
    double const time = seconds([&] {
      auto const bad = factorise(matrix, control);
      if (!bad || bad->has_value()) state.SkipWithError("not factorised");
    });
    best = std::min(best, time);
    state.SetIterationTime(time);
  }
  double const gemm = dgemm_rate(threads);
  state.counters["best_ms"] = 1e3 * best;
  state.counters["lapack_best_ms"] = 1e3 * lapack;
  state.counters["of_dgemm_rate"] = lu_flops(n) / best / gemm;
  state.counters["lapack_of_dgemm_rate"] = lu_flops(n) / lapack / gemm;
  state.counters["time_over_lapack"] = best / lapack;
}

void make_system(benchmark::State& state) {
  auto const& economy = world(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(LeontiefSystem::make(economy));
}

LeontiefSystem const& system_of(std::size_t n) {
  static std::map<std::size_t, LeontiefSystem> systems;
  auto const found = systems.find(n);
  if (found != systems.end()) return found->second;
  return systems.emplace(n, LeontiefSystem::make(world(n)).value()).first->second;
}

void account(benchmark::State& state) {
  auto const& system = system_of(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(buyer_account(system, {RegionId{0}}));
}

void solve_for_all_regions(benchmark::State& state) {
  auto const n = static_cast<std::size_t>(state.range(0));
  auto const& system = system_of(n);
  DenseMatrix sides(n, n / sectors);
  for (auto _ : state) {
    std::fill(sides.values().begin(), sides.values().end(), 1.0);
    system.solve(sides);
  }
}

void positions(benchmark::State& state) {
  auto const& system = system_of(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(position(system));
}

BENCHMARK(dgemm)->ArgName("threads")->Arg(1)->Arg(0)->UseManualTime()->Iterations(1);
BENCHMARK(own_lu)
    ->ArgNames({"n", "threads"})
    ->ArgsProduct({{700, 1435, 3465}, {1, 0}})
    ->UseManualTime()
    ->Iterations(6)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(make_system)
    ->Arg(700)
    ->Arg(1435)
    ->Arg(3465)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(account)->Arg(700)->Arg(1435)->Arg(3465)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(solve_for_all_regions)
    ->Arg(700)
    ->Arg(1435)
    ->Arg(3465)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(positions)->Arg(700)->Arg(1435)->Arg(3465)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace linchpin::depend

BENCHMARK_MAIN();
