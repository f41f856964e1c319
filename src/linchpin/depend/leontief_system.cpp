// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/leontief_system.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "linchpin/depend/lu.h"

namespace linchpin::depend {

struct LeontiefSystem::Data {
  Economy economy;
  DenseMatrix A;
  DenseVector value_added_share;
  DenseMatrix factors;
  double residual = 0;
};

namespace {

// Some BLAS builds compute wrong numbers on processors they do not know. A right factorisation of
// such a system leaves 1e-14 or less.
constexpr double largest_residual = 1e-8;

/// A = Z x^-1 and v x^-1; nothing where there is no output to divide by.
void fill_coefficients(Economy const& economy, DenseMatrix& A, DenseVector& value_added_share) {
  auto const n = economy.size();
  auto const output = economy.output().raw();
  auto const value_added = economy.value_added().raw();
  for (std::size_t j = 0; j < n; ++j) {
    value_added_share[j] = output[j] > 0 ? value_added[j] / output[j] : 0.0;
  }
  for (std::size_t i = 0; i < n; ++i) {
    auto const flows = economy.flows().row(IndustryId{i});
    auto const row = A.row(i);
    for (std::size_t j = 0; j < n; ++j) row[j] = output[j] > 0 ? flows[j] / output[j] : 0.0;
  }
}

DenseMatrix identity_minus(DenseMatrix const& A) {
  DenseMatrix result(A.rows(), A.columns());
  for (std::size_t i = 0; i < A.rows(); ++i) {
    auto const from = A.row(i);
    auto const to = result.row(i);
    for (std::size_t j = 0; j < A.columns(); ++j) to[j] = -from[j];
    to[i] = 1.0 - from[i];
  }
  return result;
}

/// The complaint about a system that needs more than it makes, with the likeliest culprit.
Error unproductive(Economy const& economy, DenseMatrix const& A, std::size_t pivot) {
  DenseVector inputs(A.columns(), 0.0);
  for (std::size_t i = 0; i < A.rows(); ++i) {
    auto const row = A.row(i);
    for (std::size_t j = 0; j < A.columns(); ++j) inputs[j] += row[j];
  }
  auto const worst =
      static_cast<std::size_t>(std::max_element(inputs.begin(), inputs.end()) - inputs.begin());
  auto const& space = economy.space();
  return {ErrorCode::unproductive_table,
          "the industry and those before it in the table use up their whole output (the spectral "
          "radius of A is not below one)",
          space.label(IndustryId{pivot}),
          fmt::format("look for negative value added; {} buys {:.6g} per unit of output",
                      space.label(IndustryId{worst}), inputs[worst])};
}

/// Backward error max |(I - A) x - b| / max(|b|, |x|) of one probe from each side. Plain loops on
/// purpose: the check must not trust the library it checks.
double probe_residual(DenseMatrix const& A, DenseMatrix const& factors) {
  auto const n = A.rows();
  DenseMatrix right(n, 1), left(1, n);
  for (std::size_t i = 0; i < n; ++i) {
    double const step = 0.6180339887498949 * static_cast<double>(i + 1);  // golden ratio
    right(i, 0) = left(0, i) = 1.0 + step - std::floor(step);
  }
  DenseVector const probe(right.values().begin(), right.values().end());
  solve_factorised(factors, right, 1);
  solve_left_factorised(factors, left, 1);
  DenseVector right_gap(n), left_gap(n);
  for (std::size_t j = 0; j < n; ++j) left_gap[j] = left(0, j) - probe[j];
  for (std::size_t i = 0; i < n; ++i) {
    auto const row = A.row(i);
    double const weight = left(0, i);
    double sum = right(i, 0) - probe[i];
    for (std::size_t j = 0; j < n; ++j) {
      sum -= row[j] * right(j, 0);
      left_gap[j] -= weight * row[j];
    }
    right_gap[i] = sum;
  }
  double gap = 0, scale = 0;
  for (std::size_t i = 0; i < n; ++i) {
    double const both = std::abs(right_gap[i]) + std::abs(left_gap[i]);
    if (!std::isfinite(both)) return HUGE_VAL;
    gap = std::max(gap, both);
    scale = std::max({scale, probe[i], std::abs(right(i, 0)), std::abs(left(0, i))});
  }
  return gap / scale;
}

}  // namespace

LeontiefSystem::LeontiefSystem(std::shared_ptr<Data const> data) noexcept
    : data_(std::move(data)) {}

Result<LeontiefSystem> LeontiefSystem::make(Economy economy, RunControl const& control) {
  auto const n = economy.size();
  auto data = std::make_shared<Data>(
      Data{std::move(economy), DenseMatrix(n, n), DenseVector(n), DenseMatrix{}, 0.0});
  fill_coefficients(data->economy, data->A, data->value_added_share);
  data->factors = identity_minus(data->A);
  auto const bad_pivot = factorise(data->factors, control);
  if (!bad_pivot) return fail(bad_pivot.error());
  if (bad_pivot->has_value()) return fail(unproductive(data->economy, data->A, **bad_pivot));
  data->residual = probe_residual(data->A, data->factors);
  if (!(data->residual <= largest_residual)) {
    return fail(ErrorCode::not_finite,
                fmt::format("the factors leave a residual of {:.3g}", data->residual),
                "factorisation of I - A",
                "the BLAS library computes wrong numbers on this processor: install another "
                "(libopenblas0-pthread), or set OPENBLAS_CORETYPE=Haswell");
  }
  return LeontiefSystem{std::move(data)};
}

Economy const& LeontiefSystem::economy() const noexcept { return data_->economy; }
FlowView LeontiefSystem::coefficients() const noexcept {
  return {data_->A.data(), data_->A.rows(), data_->A.columns()};
}
IndustryView LeontiefSystem::value_added_share() const noexcept {
  return IndustryView{data_->value_added_share};
}
void LeontiefSystem::solve(DenseMatrix& right_hand_sides, RunControl const& control) const {
  solve_factorised(data_->factors, right_hand_sides, control.threads);
}
void LeontiefSystem::solve_left(DenseMatrix& right_hand_sides, RunControl const& control) const {
  solve_left_factorised(data_->factors, right_hand_sides, control.threads);
}
double LeontiefSystem::residual() const noexcept { return data_->residual; }

}  // namespace linchpin::depend
