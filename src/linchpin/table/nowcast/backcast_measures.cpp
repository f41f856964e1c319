// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/nowcast/backcast_measures.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace linchpin::backcasting {
namespace {

constexpr double smallest_change = 1e-13;  // relative: far below the errors that are measured
constexpr std::size_t most_steps = 5000;

/// Repeats `step` on `sum` until what it adds no longer counts: a sum over rounds of production.
template <class Step>
Result<void> add_rounds(DenseVector& sum, DenseVector round, Step step) {
  for (std::size_t k = 0; k < most_steps; ++k) {
    round = step(round);
    double size = 0, total = 0;
    for (std::size_t i = 0; i < sum.size(); ++i) {
      sum[i] += round[i];
      size += std::abs(round[i]);
      total += std::abs(sum[i]);
    }
    if (!std::isfinite(size)) break;
    if (size <= smallest_change * total) return {};
  }
  return fail(ErrorCode::not_converged, "an industry needs more inputs than it makes",
              "multipliers", "run `linchpin table check` on both tables");
}

}  // namespace

Result<Measures> measure(TableLabels const& labels, DenseMatrix Z, DenseVector const& output,
                         std::vector<std::size_t> const& regions) {
  auto const n = output.size();
  DenseMatrix A(n, n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) A(i, j) = output[j] > 0 ? Z(i, j) / output[j] : 0;
  }
  auto const forward = [&](DenseVector const& x) {
    DenseVector y(n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
      auto const row = A.row(i);
      for (std::size_t j = 0; j < n; ++j) y[i] += row[j] * x[j];
    }
    return y;
  };
  auto const backward = [&](DenseVector const& x) {
    DenseVector y(n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
      auto const row = A.row(i);
      for (std::size_t j = 0; j < n; ++j) y[j] += row[j] * x[i];
    }
    return y;
  };
  Measures result;
  result.multipliers.assign(n, 1.0);
  if (auto const done = add_rounds(result.multipliers, DenseVector(n, 1.0), backward); !done) {
    return fail(done.error());
  }
  for (auto const region : regions) {
    DenseVector weights(n, 0.0);
    double total = 0;
    for (std::size_t i = 0; i < n; ++i) {
      if (labels.industries[i].region.index() != region) continue;
      weights[i] = output[i];
      total += output[i];
    }
    for (auto& weight : weights) weight = total > 0 ? weight / total : 0;
    DenseVector reliance(n, 0.0);
    if (auto const done = add_rounds(reliance, std::move(weights), forward); !done) {
      return fail(done.error());
    }
    result.reliance.push_back(std::move(reliance));
  }
  result.Z = std::move(Z);
  return result;
}

double percentage_error(std::span<double const> estimate, std::span<double const> truth) noexcept {
  double difference = 0, total = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    difference += std::abs(estimate[i] - truth[i]);
    total += std::abs(truth[i]);
  }
  return total > 0 ? difference / total : 0;
}

}  // namespace linchpin::backcasting
