// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/system_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "linchpin/core/parallel.h"

namespace linchpin::depend {

Probe probe(Economy const& economy, std::span<double const> inverse_output, Solve const& solve,
            Solve const& solve_left, unsigned threads) {
  auto const n = economy.size();
  DenseMatrix right(n, 1), left(1, n);
  for (std::size_t i = 0; i < n; ++i) {
    double const step = 0.6180339887498949 * static_cast<double>(i + 1);  // golden ratio
    right(i, 0) = left(0, i) = 1.0 + step - std::floor(step);
  }
  DenseVector const b(right.values().begin(), right.values().end());
  solve(right);
  solve_left(left);
  DenseVector scaled(n);
  for (std::size_t j = 0; j < n; ++j) scaled[j] = inverse_output[j] * right(j, 0);
  // Rows of Z in fixed chunks, whose sums are added in order: the same bits on any number of threads.
  constexpr std::size_t chunks = 16;
  DenseVector left_gap(n), right_gap(n);
  std::vector<DenseVector> partial(chunks, DenseVector(n, 0.0));
  [[maybe_unused]] auto const done =
      parallel_for(chunks, {.threads = threads}, "check", [&](std::size_t c) {
        for (std::size_t i = c * n / chunks; i < (c + 1) * n / chunks; ++i) {
          auto const row = economy.flows().row(IndustryId{i});
          double const weight = left(0, i);
          double sum = 0;
          for (std::size_t j = 0; j < n; ++j) {
            sum += row[j] * scaled[j];
            partial[c][j] += weight * row[j];
          }
          right_gap[i] = right(i, 0) - sum - b[i];
        }
      });
  LINCHPIN_ENSURES(done.has_value());
  for (auto const& part : partial) {
    for (std::size_t j = 0; j < n; ++j) left_gap[j] += part[j];
  }
  Probe result;
  double gap = 0, largest_b = 0, largest_x = 0;
  for (std::size_t i = 0; i < n; ++i) {
    double const left_rest = left(0, i) - left_gap[i] * inverse_output[i] - b[i];
    double const worst = std::max(std::abs(right_gap[i]), std::abs(left_rest));
    if (!std::isfinite(worst)) return {HUGE_VAL, HUGE_VAL, HUGE_VAL, i};
    if (right(i, 0) < 0 || left(0, i) < 0) result.negative = i;
    gap = std::max(gap, worst);
    largest_b = std::max(largest_b, b[i]);
    largest_x = std::max({largest_x, std::abs(right(i, 0)), std::abs(left(0, i))});
  }
  result.residual = n == 0 ? 0 : gap / largest_b;
  result.backward_error = n == 0 ? 0 : gap / std::max(largest_b, largest_x);
  result.multiplier = gap < 1 ? largest_x / (1 - gap) : HUGE_VAL;
  return result;
}

Error unproductive(Economy const& economy, std::span<double const> inverse_output,
                   std::size_t pivot) {
  auto const n = economy.size();
  DenseVector inputs(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    auto const row = economy.flows().row(IndustryId{i});
    for (std::size_t j = 0; j < n; ++j) inputs[j] += row[j] * inverse_output[j];
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

}  // namespace linchpin::depend
