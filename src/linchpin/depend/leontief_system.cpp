// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/leontief_system.h"

#include <cblas.h>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <new>
#include <optional>
#include <string>
#include <utility>

#include "linchpin/core/blas.h"
#include "linchpin/core/parallel.h"
#include "linchpin/depend/lu.h"
#include "linchpin/depend/region_sweeps.h"
#include "linchpin/depend/system_check.h"

namespace linchpin::depend {

struct LeontiefSystem::Data {
  explicit Data(Economy economy_)
      : economy(std::move(economy_)),
        inverse_output(economy.size(), 0.0),
        value_added_share(economy.size(), 1.0) {
    auto const output = economy.output().raw();
    auto const value_added = economy.value_added().raw();
    for (std::size_t j = 0; j < output.size(); ++j) {
      if (!(output[j] > 0)) continue;
      inverse_output[j] = 1.0 / output[j];
      value_added_share[j] = value_added[j] / output[j];
    }
    fill_final_use();
  }

  void fill_final_use() {
    auto const& space = economy.space();
    auto const n = economy.size(), G = space.regions();
    final_use = DenseMatrix(n, G);
    std::copy_n(economy.final_by_region().raw(), n * G, final_use.data());
    for (std::size_t j = 0; j < n; ++j) {
      if (inverse_output[j] > 0) continue;
      auto const region = space.region_of(IndustryId{j}).index();
      for (std::size_t i = 0; i < n; ++i) {
        final_use(i, region) += economy.flows()(IndustryId{i}, IndustryId{j});
      }
    }
  }

  Economy economy;
  DenseVector inverse_output;
  DenseVector value_added_share;
  DenseMatrix final_use;
  DenseMatrix factors;                  // direct
  std::optional<RegionSweeps> sweeps;   // iterative
  double largest_multiplier = 0;        // bound of row and column sums of L

  mutable std::atomic<double> residual{0};
  mutable std::mutex inverse_mutex;
  mutable std::shared_ptr<DenseMatrix const> inverse;

  void solve(DenseMatrix& right_hand_sides, unsigned threads) const {
    if (!sweeps) return solve_factorised(factors, right_hand_sides, threads);
    remember(sweeps->solve(right_hand_sides, threads));
  }
  void solve_left(DenseMatrix& right_hand_sides, unsigned threads) const {
    if (!sweeps) return solve_left_factorised(factors, right_hand_sides, threads);
    remember(sweeps->solve_left(right_hand_sides, threads));
  }
  void remember(double value) const {
    double known = residual.load();
    while (value > known && !residual.compare_exchange_weak(known, value)) {
    }
  }
};

namespace {

// Some BLAS builds compute wrong numbers on processors they do not know. A right factorisation of
// such a system leaves 1e-14 or less.
constexpr double largest_residual = 1e-8;
constexpr std::size_t small_system = 4000;
// Rounding of the check itself, far above what it leaves and far below what means anything.
constexpr double rounding = 1e-10;
double accepted(double tolerance) { return std::max(2 * tolerance, rounding); }
constexpr double sweep_cost = 40;  // n^2 operations of one iterative right-hand side: 20 sweeps

/// 1 - A_ii as (x - Z_ii) / x, which loses no digits where an industry buys most of its own output.
double one_minus_own_use(Economy const& economy, std::span<double const> inverse_output,
                         std::size_t i) {
  IndustryId const id{i};
  if (inverse_output[i] == 0) return 1.0;
  return (economy.output()[id] - economy.flows()(id, id)) * inverse_output[i];
}

DenseMatrix identity_minus(Economy const& economy, std::span<double const> inverse_output,
                           unsigned threads) {
  auto const n = economy.size();
  DenseMatrix result(n, n);
  constexpr std::size_t rows = 64;  // of one task
  auto const tasks = (n + rows - 1) / rows;
  [[maybe_unused]] auto const done =
      parallel_for(tasks, {.threads = threads}, "coefficients", [&](std::size_t task) {
        for (std::size_t i = task * rows; i < std::min(n, (task + 1) * rows); ++i) {
          auto const from = economy.flows().row(IndustryId{i});
          auto const to = result.row(i);
          for (std::size_t j = 0; j < n; ++j) to[j] = -from[j] * inverse_output[j];
          to[i] = one_minus_own_use(economy, inverse_output, i);
        }
      });
  LINCHPIN_ENSURES(done.has_value());
  return result;
}

Error broken_library(double residual) {
  return {ErrorCode::not_finite, fmt::format("the factors leave a residual of {:.3g}", residual),
          "factorisation of I - A",
          "the BLAS library computes wrong numbers on this processor: install another "
          "(libopenblas0-pthread), or set OPENBLAS_CORETYPE=Haswell"};
}

Error no_room(std::size_t n, char const* what) {
  return {ErrorCode::too_large,
          fmt::format("{} of {} industries takes {:.1f} GB, more than this machine gives", what, n,
                      static_cast<double>(n) * static_cast<double>(n) * sizeof(double) / 1e9),
          what, "solve iteratively (--method iterative), or aggregate the world"};
}

Error needs_factors() {
  return {ErrorCode::bad_value, "this question needs the factors of the whole system", "--method",
          "solve directly: --method direct, or leave the choice to the program"};
}

constexpr std::size_t tile = 256;  // rows or columns of one product

}  // namespace

SolveMethod cheaper_method(IndustrySpace const& space, std::size_t right_hand_sides) {
  auto const n = static_cast<double>(space.size());
  auto const k = static_cast<double>(right_hand_sides);
  if (space.size() <= small_system || space.regions() < 2) return SolveMethod::direct;
  double const direct = 2.0 / 3.0 * n * n * n + 2 * n * n * k;
  return sweep_cost * n * n * k < direct ? SolveMethod::iterative : SolveMethod::direct;
}

LeontiefSystem::LeontiefSystem(std::shared_ptr<Data const> data) noexcept
    : data_(std::move(data)) {}

Result<LeontiefSystem> LeontiefSystem::make(Economy economy, RunControl const& control) {
  return make(std::move(economy), {.method = SolveMethod::direct}, control);
}

Result<LeontiefSystem> LeontiefSystem::make(Economy economy, SystemOptions const& options,
                                            RunControl const& control) {
  auto data = std::make_shared<Data>(std::move(economy));
  auto const& made = data->economy;
  auto const method = options.method == SolveMethod::automatic
                          ? cheaper_method(made.space(), options.expected_right_hand_sides)
                          : options.method;
  auto bad_pivot = Result<std::optional<std::size_t>>{};
  if (method == SolveMethod::direct) {
    try {
      data->factors = identity_minus(made, data->inverse_output, control.threads);
    } catch (std::bad_alloc const&) {
      return fail(no_room(made.size(), "the factorisation"));
    }
    bad_pivot = factorise(data->factors, control);
  } else {
    data->sweeps.emplace(made, data->inverse_output, options.tolerance);
    bad_pivot = data->sweeps->factorise(control);
  }
  if (!bad_pivot) return fail(bad_pivot.error());
  if (bad_pivot->has_value()) return fail(unproductive(made, data->inverse_output, **bad_pivot));
  auto const probed = probe(
      made, data->inverse_output,
      [&](DenseMatrix& sides) { data->solve(sides, control.threads); },
      [&](DenseMatrix& sides) { data->solve_left(sides, control.threads); }, control.threads);
  if (method == SolveMethod::iterative && (probed.negative || !(probed.multiplier < HUGE_VAL))) {
    return fail(unproductive(made, data->inverse_output, probed.negative.value_or(0)));
  }
  if (method == SolveMethod::iterative && !(probed.residual <= accepted(options.tolerance))) {
    return fail(ErrorCode::not_converged,
                fmt::format("sweeps over regions leave a residual of {:.2g}, more than {:.2g}",
                            probed.residual, options.tolerance),
                "depend", "regions depend on each other too much: solve directly (--method direct)");
  }
  if (method == SolveMethod::direct && !(probed.backward_error <= largest_residual)) {
    return fail(broken_library(probed.backward_error));
  }
  data->residual = probed.residual;
  data->largest_multiplier = probed.multiplier;
  return LeontiefSystem{std::move(data)};
}

Economy const& LeontiefSystem::economy() const noexcept { return data_->economy; }
SolveMethod LeontiefSystem::method() const noexcept {
  return data_->sweeps ? SolveMethod::iterative : SolveMethod::direct;
}
std::span<double const> LeontiefSystem::inverse_output() const noexcept {
  return data_->inverse_output;
}
IndustryView LeontiefSystem::value_added_share() const noexcept {
  return IndustryView{data_->value_added_share};
}
MatrixView<IndustryId, RegionId, double const> LeontiefSystem::final_use() const noexcept {
  return {data_->final_use.data(), data_->final_use.rows(), data_->final_use.columns()};
}
double LeontiefSystem::residual() const noexcept { return data_->residual; }
double LeontiefSystem::error_bound() const noexcept {
  return data_->residual * data_->largest_multiplier;
}

DenseMatrix LeontiefSystem::block(RegionId seller, RegionId buyer) const {
  auto const row = space().first_of(seller).index(), column = space().first_of(buyer).index();
  DenseMatrix result(space().last_of(seller).index() - row, space().last_of(buyer).index() - column);
  for (std::size_t i = 0; i < result.rows(); ++i) {
    auto const flows = economy().flows().row(IndustryId{row + i});
    for (std::size_t j = 0; j < result.columns(); ++j) {
      result(i, j) = flows[column + j] * data_->inverse_output[column + j];
    }
  }
  return result;
}

DenseMatrix LeontiefSystem::multiply(DenseMatrix const& X, RunControl const& control) const {
  LINCHPIN_EXPECTS(X.rows() == size());
  use_single_threaded_blas();
  auto const n = size(), k = X.columns();
  DenseMatrix scaled = X, result(n, k);
  for (std::size_t i = 0; i < n; ++i) {
    for (double& value : scaled.row(i)) value *= data_->inverse_output[i];
  }
  auto const tiles = (n + tile - 1) / tile;
  [[maybe_unused]] auto const done = parallel_for(
      k == 0 ? 0 : tiles, {.threads = control.threads}, "multiply", [&](std::size_t t) {
        auto const start = t * n / tiles, rows = (t + 1) * n / tiles - start;
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, static_cast<int>(rows),
                    static_cast<int>(k), static_cast<int>(n), 1.0,
                    economy().flows().raw() + start * n, static_cast<int>(n), scaled.data(),
                    static_cast<int>(k), 0.0, result.row(start).data(), static_cast<int>(k));
      });
  LINCHPIN_ENSURES(done.has_value());
  return result;
}

DenseMatrix LeontiefSystem::multiply_left(DenseMatrix const& X, RunControl const& control) const {
  LINCHPIN_EXPECTS(X.columns() == size());
  use_single_threaded_blas();
  auto const n = size(), k = X.rows();
  DenseMatrix result(k, n);
  auto const tiles = (n + tile - 1) / tile;
  [[maybe_unused]] auto const done = parallel_for(
      k == 0 ? 0 : tiles, {.threads = control.threads}, "multiply", [&](std::size_t t) {
        auto const start = t * n / tiles, columns = (t + 1) * n / tiles - start;
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, static_cast<int>(k),
                    static_cast<int>(columns), static_cast<int>(n), 1.0, X.data(),
                    static_cast<int>(n), economy().flows().raw() + start, static_cast<int>(n), 0.0,
                    result.data() + start, static_cast<int>(n));
      });
  LINCHPIN_ENSURES(done.has_value());
  for (std::size_t c = 0; c < k; ++c) {
    auto const row = result.row(c);
    for (std::size_t j = 0; j < n; ++j) row[j] *= data_->inverse_output[j];
  }
  return result;
}

void LeontiefSystem::solve(DenseMatrix& right_hand_sides, RunControl const& control) const {
  data_->solve(right_hand_sides, control.threads);
}
void LeontiefSystem::solve_left(DenseMatrix& right_hand_sides, RunControl const& control) const {
  data_->solve_left(right_hand_sides, control.threads);
}

DenseMatrix LeontiefSystem::local_inverse(RegionId region) const {
  DenseMatrix factors = block(region, region);
  auto const size = factors.rows();
  for (std::size_t i = 0; i < size; ++i) {
    for (double& value : factors.row(i)) value = -value;
    factors(i, i) = one_minus_own_use(economy(), data_->inverse_output,
                                      space().first_of(region).index() + i);
  }
  [[maybe_unused]] auto const bad = factorise(factors, {.threads = 1});
  LINCHPIN_ENSURES(bad && !bad->has_value());  // a block of a productive table is productive
  DenseMatrix inverse(size, size);
  [[maybe_unused]] auto const done = invert_factorised(factors, inverse, {.threads = 1});
  LINCHPIN_ENSURES(done.has_value());
  return inverse;
}

Result<std::vector<DenseMatrix>> LeontiefSystem::diagonal_blocks(RunControl const& control) const {
  if (data_->sweeps) return fail(needs_factors());
  std::shared_ptr<DenseMatrix const> inverse;
  {
    std::scoped_lock const lock(data_->inverse_mutex);
    inverse = data_->inverse;
  }
  std::vector<DenseMatrix> blocks(space().regions());
  auto const done = parallel_for(blocks.size(), control, "diagonal blocks", [&](std::size_t r) {
    auto const first = space().first_of(RegionId{r}).index();
    auto const size = space().last_of(RegionId{r}).index() - first;
    if (!inverse) {
      blocks[r] = inverse_block(data_->factors, first, size);
      return;
    }
    blocks[r] = DenseMatrix(size, size);
    for (std::size_t i = 0; i < size; ++i) {
      std::copy_n(inverse->row(first + i).data() + first, size, blocks[r].row(i).data());
    }
  });
  if (!done) return fail(done.error());
  return blocks;
}

Result<std::shared_ptr<DenseMatrix const>> LeontiefSystem::inverse(
    RunControl const& control) const {
  if (data_->sweeps) return fail(needs_factors());
  std::scoped_lock const lock(data_->inverse_mutex);
  if (data_->inverse) return data_->inverse;
  try {
    auto made = std::make_shared<DenseMatrix>(size(), size());
    if (auto const done = invert_factorised(data_->factors, *made, control); !done) {
      return fail(done.error());
    }
    data_->inverse = std::move(made);
  } catch (std::bad_alloc const&) {
    return fail(no_room(size(), "the inverse"));
  }
  return data_->inverse;
}

}  // namespace linchpin::depend
