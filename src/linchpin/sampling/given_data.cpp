// SPDX-License-Identifier: Apache-2.0
#include "linchpin/sampling/given_data.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "linchpin/core/contracts.h"
#include "linchpin/sampling/distribution.h"

namespace linchpin::sampling {
namespace {

/// Sums of one bin, from which its line follows.
struct Bin {
  double count = 0, x = 0, y = 0, xx = 0, xy = 0, yy = 0;

  void add(double weight, double at, double value) {
    count += weight;
    x += weight * at;
    y += weight * value;
    xx += weight * at * at;
    xy += weight * at * value;
    yy += weight * value * value;
  }
  /// Squares that the line leaves.
  [[nodiscard]] double left() const {
    if (!(count > 0)) return 0;
    double const own = xx - x * x / count;
    double const both = xy - x * y / count;
    double const all = yy - y * y / count;
    return std::max(all - (own > 0 ? both * both / own : 0), 0.0);
  }
};

/// 1 less the variance left over the variance there is. `order`: draws by the factor; `value`: less
/// the mean; `weight`: how often each draw counts.
double index_of(std::vector<std::size_t> const& order, std::span<double const> value,
                std::span<double const> weight, std::size_t bins) {
  auto const total = std::accumulate(weight.begin(), weight.end(), 0.0);
  std::vector<Bin> sums(bins);
  Bin whole;
  double before = 0;
  for (auto const k : order) {
    if (weight[k] == 0) continue;
    double const at = (before + 0.5 * weight[k]) / total;
    before += weight[k];
    auto const bin = std::min(static_cast<std::size_t>(at * static_cast<double>(bins)), bins - 1);
    sums[bin].add(weight[k], at, value[k]);
    whole.add(weight[k], at, value[k]);
  }
  double left = 0;
  for (auto const& bin : sums) left += bin.left();
  double const all = whole.yy - whole.y * whole.y / total;
  if (!(all > 0)) return 0;
  auto const parameters = 2 * static_cast<double>(bins);
  return 1 - left / (total - parameters) * (total - 1) / all;
}

}  // namespace

GivenDataIndices given_data_indices(DenseMatrix const& points, std::span<double const> values,
                                    std::vector<bool> const& usable, Seed seed,
                                    BootstrapOptions const& options) {
  LINCHPIN_EXPECTS(points.rows() == values.size() && usable.size() == values.size());
  std::vector<std::size_t> used;
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (usable[k]) used.push_back(k);
  }
  GivenDataIndices result;
  result.draws = used.size();
  if (used.size() < fewest_given_draws) return result;
  auto const count = static_cast<double>(used.size());
  result.bins = static_cast<std::size_t>(std::lround(std::cbrt(count)));
  double magnitude = 0;
  for (auto const k : used) {
    result.mean += values[k] / count;
    magnitude = std::max(magnitude, std::abs(values[k]));
  }
  std::vector<double> centred;
  for (auto const k : used) {
    centred.push_back(values[k] - result.mean);
    result.variance += centred.back() * centred.back() / (count - 1);
  }
  // Differences at the level of rounding are no variation.
  constexpr double rounding = 1e-14;
  if (!(std::sqrt(result.variance) > rounding * magnitude)) return result;

  auto const factors = points.columns();
  std::vector<std::vector<std::size_t>> orders(factors);
  for (std::size_t f = 0; f < factors; ++f) {
    auto& order = orders[f];
    order.resize(used.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return points(used[a], f) < points(used[b], f);
    });
  }
  std::vector<double> weight(used.size(), 1.0);
  for (auto const& order : orders) {
    result.first.push_back({index_of(order, centred, weight, result.bins), 0, 0, 0});
  }
  std::vector<double> sum(factors, 0.0), squares(factors, 0.0);
  for (std::size_t b = 0; b < options.resamples; ++b) {
    Rng random(seed, b);
    std::fill(weight.begin(), weight.end(), 0.0);
    for (std::size_t k = 0; k < used.size(); ++k) weight[random.below(used.size())] += 1;
    for (std::size_t f = 0; f < factors; ++f) {
      double const off = index_of(orders[f], centred, weight, result.bins) - result.first[f].value;
      sum[f] += off;
      squares[f] += off * off;
    }
  }
  Distribution const normal{DistributionKind::normal, -1, 1, std::nullopt};
  // That distribution has its 95 % quantile at 1.
  constexpr double at_95 = 1.6448536269514722;
  double const z = at_95 * normal.quantile(0.5 * (1 + options.confidence));
  auto const resamples = static_cast<double>(options.resamples);
  for (std::size_t f = 0; f < factors; ++f) {
    auto& index = result.first[f];
    if (options.resamples > 1) {
      index.standard_error =
          std::sqrt((squares[f] - sum[f] * sum[f] / resamples) / (resamples - 1));
    }
    index.low = index.value - z * index.standard_error;
    index.high = index.value + z * index.standard_error;
  }
  return result;
}

}  // namespace linchpin::sampling
