// SPDX-License-Identifier: Apache-2.0
#include "linchpin/sampling/sensitivity.h"

#include <algorithm>
#include <cmath>

#include "linchpin/core/contracts.h"
#include "linchpin/sampling/quantiles.h"

namespace linchpin::sampling {
namespace {

/// First and total indices of all factors, one after the other; empty if nothing varies.
struct Point {
  std::vector<double> first, total;
  double mean = 0, variance = 0;
};

Point indices_of(DenseMatrix const& values, std::vector<std::size_t> const& groups) {
  auto const factors = values.columns() - 2;
  double const count = static_cast<double>(groups.size());
  Point point;
  for (auto const g : groups) point.mean += values(g, 0) + values(g, 1);
  point.mean /= 2 * count;
  double magnitude = 0;
  for (auto const g : groups) {
    for (std::size_t c : {0U, 1U}) {
      double const off = values(g, c) - point.mean;
      point.variance += off * off;
      magnitude = std::max(magnitude, std::abs(values(g, c)));
    }
  }
  point.variance /= 2 * count - 1;
  // Differences at the level of rounding are no variation.
  constexpr double rounding = 1e-14;
  if (!(std::sqrt(point.variance) > rounding * magnitude)) return point;
  for (std::size_t i = 0; i < factors; ++i) {
    double product = 0;
    double square = 0;
    for (auto const g : groups) {
      double const step = values(g, 2 + i) - values(g, 0);
      product += (values(g, 1) - point.mean) * step;
      square += step * step;
    }
    point.first.push_back(product / count / point.variance);
    point.total.push_back(square / (2 * count) / point.variance);
  }
  return point;
}

Estimate estimate(double value, std::vector<double>& resampled, double confidence) {
  Estimate result{value, 0, value, value};
  if (resampled.size() < 2) return result;
  double mean = 0;
  for (double const each : resampled) mean += each;
  mean /= static_cast<double>(resampled.size());
  double squares = 0;
  for (double const each : resampled) squares += (each - mean) * (each - mean);
  result.standard_error = std::sqrt(squares / static_cast<double>(resampled.size() - 1));
  std::sort(resampled.begin(), resampled.end());
  result.low = sorted_quantile(resampled, 0.5 * (1 - confidence));
  result.high = sorted_quantile(resampled, 0.5 * (1 + confidence));
  return result;
}

}  // namespace

Indices sensitivity_indices(DenseMatrix const& values, std::vector<bool> const& complete, Seed seed,
                            BootstrapOptions const& options) {
  LINCHPIN_EXPECTS(values.columns() > 2 && complete.size() == values.rows());
  auto const factors = values.columns() - 2;
  std::vector<std::size_t> used;
  for (std::size_t g = 0; g < values.rows(); ++g) {
    if (complete[g]) used.push_back(g);
  }
  Indices result;
  result.groups = used.size();
  result.dropped = values.rows() - used.size();
  if (used.size() < 2) return result;
  auto const point = indices_of(values, used);
  result.mean = point.mean;
  result.variance = point.variance;
  if (point.first.empty()) return result;

  std::vector<std::vector<double>> first(factors), total(factors);
  std::vector<std::size_t> drawn(used.size());
  for (std::size_t b = 0; b < options.resamples; ++b) {
    Rng random(seed, b);
    for (auto& g : drawn) g = used[random.below(used.size())];
    auto const again = indices_of(values, drawn);
    if (again.first.empty()) continue;  // all groups of the resample are alike
    for (std::size_t i = 0; i < factors; ++i) {
      first[i].push_back(again.first[i]);
      total[i].push_back(again.total[i]);
    }
  }
  for (std::size_t i = 0; i < factors; ++i) {
    result.factors.push_back({estimate(point.first[i], first[i], options.confidence),
                              estimate(point.total[i], total[i], options.confidence)});
  }
  return result;
}

}  // namespace linchpin::sampling
