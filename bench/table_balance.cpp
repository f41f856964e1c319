// SPDX-License-Identifier: Apache-2.0
// Balancing of 3,500 x 3,500 matrices, dense and sparse, against the memory bandwidth of this
// machine, measured in the same run on the same number of threads by summing an array far larger
// than any cache. The yardstick reads the cells twice per iteration, once for the rows and once for
// the columns, as the textbook does; ours reads them once, so the fraction can exceed one.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <vector>

#include "linchpin/core/parallel.h"
#include "linchpin/core/random.h"
#include "linchpin/table/repair/balance.h"
#include "linchpin/table/repair/gras.h"
#include "linchpin/table/repair/ras.h"
#include "linchpin/table/synth.h"
#include "support/sparse.h"

namespace linchpin {
namespace {

constexpr std::size_t n = 3'500;

using Clock = std::chrono::steady_clock;
double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Bytes per second of reading, best of five.
double read_rate(unsigned threads) {
  constexpr std::size_t parts = 64, length = 250'000;
  static DenseVector const cells(parts * length, 1.0);
  double best = 0;
  for (int repeat = 0; repeat < 5; ++repeat) {
    std::vector<double> sums(parts, 0.0);
    auto const start = Clock::now();
    auto const done = parallel_for(parts, {.threads = threads}, "read", [&](std::size_t part) {
      double lane[8] = {};
      auto const* const first = cells.data() + part * length;
      for (std::size_t k = 0; k < length; k += 8) {
        for (std::size_t l = 0; l < 8; ++l) lane[l] += first[k + l];
      }
      for (double const sum : lane) sums[part] += sum;
    });
    double const taken = seconds_since(start);
    benchmark::DoNotOptimize(sums.data());
    if (done) best = std::max(best, sizeof(double) * double(cells.size()) / taken);
  }
  return best;
}

/// Cells of several orders of magnitude and the margins of a matrix some way off.
struct Problem {
  DenseMatrix seed{n, n};
  DenseVector rows = DenseVector(n, 0.0), columns = DenseVector(n, 0.0);

  Problem(double zero_share, double negative_share) {
    Rng rng(Seed{1}, 0);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        if (rng.uniform() < zero_share) continue;
        double const sign = rng.uniform() < negative_share ? -1 : 1;
        double const size = std::exp(4 * rng.uniform());
        double const goal = sign * size * (0.7 + 0.6 * rng.uniform());
        seed(i, j) = sign * size;
        rows[i] += goal;
        columns[j] += goal;
      }
    }
  }
};

template <class Matrix, class Scale>
void measure(benchmark::State& state, Matrix const& seed, Problem const& problem,
             double bytes_per_pass, Scale const& scale) {
  auto const threads = static_cast<unsigned>(state.range(0));
  double taken = 0;
  std::size_t iterations = 0;
  for (auto _ : state) {
    auto matrix = seed;
    auto const start = Clock::now();
    auto const report = scale(matrix, problem, RunControl{.threads = threads});
    double const each = seconds_since(start);
    state.SetIterationTime(each);
    if (!report) {
      state.SkipWithError(report.error().what.c_str());
      break;
    }
    taken += each;
    iterations += report->iterations;
  }
  double const rate = read_rate(threads);
  double const passes = 2.0 * static_cast<double>(iterations);
  state.counters["iterations"] = static_cast<double>(iterations) / double(state.iterations());
  state.counters["read_bytes_per_second"] = rate;
  state.counters["fraction_of_two_passes"] = passes * bytes_per_pass / taken / rate;
}

auto const run_ras = [](auto& matrix, Problem const& problem, RunControl const& control) {
  return ras(matrix, problem.rows, problem.columns, {}, control);
};
auto const run_gras = [](auto& matrix, Problem const& problem, RunControl const& control) {
  return gras(matrix, problem.rows, problem.columns, {}, control);
};

void ras_dense(benchmark::State& state) {
  static Problem const problem(0.0, 0.0);
  measure(state, problem.seed, problem, sizeof(double) * double(n * n), run_ras);
}

void gras_dense(benchmark::State& state) {
  static Problem const problem(0.0, 0.05);
  measure(state, problem.seed, problem, sizeof(double) * double(n * n), run_gras);
}

void ras_sparse(benchmark::State& state) {
  static Problem const problem(0.9, 0.0);
  static CsrMatrix const seed = test::sparse(problem.seed);
  measure(state, seed, problem, 12.0 * double(seed.cells()), run_ras);
}

BENCHMARK(ras_dense)->ArgName("threads")->Arg(1)->Arg(2)->UseManualTime()->Unit(
    benchmark::kMillisecond);
BENCHMARK(gras_dense)
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(ras_sparse)
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

/// A whole made-up world of 77 regions and 45 sectors, and its constrained balance.
void synthesise(benchmark::State& state) {
  for (auto _ : state) {
    auto const world = synthesise_world({.regions = 77, .sectors = 45, .seed = Seed{1}});
    if (!world) state.SkipWithError(world.error().what.c_str());
  }
}
BENCHMARK(synthesise)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1);

void constrained(benchmark::State& state) {
  auto const world = synthesise_world(
      {.regions = static_cast<std::size_t>(state.range(0)), .sectors = 35, .seed = Seed{1}});
  if (!world) return state.SkipWithError(world.error().what.c_str());
  auto broken = *world;
  Rng rng(Seed{2}, 0);
  for (double& flow : broken.Z.values()) flow *= std::exp(0.1 * rng.normal());
  for (auto _ : state) {
    auto const result = balance_table(broken, {.method = BalanceMethod::kras});
    if (!result) state.SkipWithError(result.error().what.c_str());
  }
}
BENCHMARK(constrained)
    ->ArgName("regions")
    ->Arg(20)
    ->Arg(41)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace linchpin

BENCHMARK_MAIN();
