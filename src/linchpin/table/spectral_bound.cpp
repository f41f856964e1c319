// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/spectral_bound.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "linchpin/core/contracts.h"

namespace linchpin {
namespace {

/// next = (A' w), one pass over the rows of Z.
void multiply(FlowMatrix const& Z, std::span<double const> output, DenseVector const& w,
              DenseVector& next) {
  std::fill(next.begin(), next.end(), 0.0);
  for (std::size_t i = 0; i < Z.rows(); ++i) {
    double const weight = w[i];
    if (weight == 0) continue;
    if (Z.is_dense()) {  // without a branch per cell
      auto const row = Z.row(i);
      for (std::size_t j = 0; j < row.size(); ++j) next[j] += weight * std::abs(row[j]);
    } else {
      Z.for_each(i, [&](std::size_t j, double flow) { next[j] += weight * std::abs(flow); });
    }
  }
  for (std::size_t j = 0; j < next.size(); ++j) {
    next[j] = output[j] > 0 ? next[j] / output[j] : 0.0;
  }
}

/// Least growth over the entries of w that are not negligible. It bounds the radius from below only
/// if those entries grow by themselves, so the others are taken as zero in the product.
double least_growth(FlowMatrix const& Z, std::span<double const> output, DenseVector w) {
  constexpr double negligible = 1e-6;
  double const largest = *std::max_element(w.begin(), w.end());
  if (!(largest > 0)) return 0;
  for (double& entry : w) entry = entry < negligible * largest ? 0.0 : entry;
  DenseVector next(w.size(), 0.0);
  multiply(Z, output, w, next);
  double least = HUGE_VAL;
  for (std::size_t j = 0; j < w.size(); ++j) {
    if (w[j] > 0) least = std::min(least, next[j] / w[j]);
  }
  return least;
}

}  // namespace

SpectralBound bound_spectral_radius(FlowMatrix const& Z, std::span<double const> output,
                                    std::size_t most_steps) {
  LINCHPIN_EXPECTS(Z.rows() == Z.columns() && output.size() == Z.rows());
  LINCHPIN_EXPECTS(most_steps > 0);
  SpectralBound bound;
  if (output.empty()) return bound;
  DenseVector w(output.size(), 1.0), next(output.size(), 0.0);
  double log_norm = 0;  // of A^k; w is rescaled so that nothing overflows
  for (std::size_t k = 1; k <= most_steps; ++k) {
    multiply(Z, output, w, next);
    bound.steps = k;
    double const norm = *std::max_element(next.begin(), next.end());
    if (!(norm > 0)) return {0, 0, k};  // A^k = 0: nilpotent
    log_norm += std::log(norm);
    double const upper = std::exp(log_norm / static_cast<double>(k));
    bound.upper = k == 1 ? upper : std::min(bound.upper, upper);
    for (double& entry : next) entry /= norm;
    w.swap(next);
    if (bound.productive()) break;
  }
  bound.lower = std::min(bound.upper, least_growth(Z, output, w));
  return bound;
}

}  // namespace linchpin
