// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "linchpin/core/dense.h"

namespace linchpin::sampling {

/// Kendall's rank correlation of two lists of values, −1 (opposite orders) … 1 (the same).
struct KendallTau {
  /// (concordant − discordant pairs) / all pairs: pairs that tie in either list count as neither.
  double a = 0;
  /// The same over √(pairs without ties in x × pairs without ties in y): 1 where both lists tie in
  /// the same pairs and agree else. 0 if one list is a single tie.
  double b = 0;
};

/// Values of the same things in two lists, any scale. Fewer than two: 0. Counts every pair.
/// Preconditions: equally long, no NaN.
///
/// Source: Kendall (1938), "A new measure of rank correlation", Biometrika 30; ties as in Kendall
/// (1945), "The treatment of ties in ranking problems", Biometrika 33.
[[nodiscard]] KendallTau kendall_tau(std::span<double const> x, std::span<double const> y);

/// τ_b of every pair of rankings, each a row of `values` ([ranking][item]); ones on the diagonal.
[[nodiscard]] DenseMatrix kendall_matrix(DenseMatrix const& values);

/// Place of each value, 1 the largest; equal values share the mean of their places.
[[nodiscard]] std::vector<double> ranks(std::span<double const> values);

/// How ranks of the same items spread over draws.
struct RankStatistics {
  /// [item] share of draws in which the item is among the k largest. Where a tie straddles place k,
  /// each of the tied counts in proportion, so that these sum to k.
  std::vector<double> top_share;
  DenseMatrix quantiles;  ///< [item][probability] of its ranks (Hyndman & Fan 1996, definition 7)
};

/// Statistics over draws, the rows of `values` ([draw][item]). k beyond the items: all are in it.
/// Preconditions: at least one draw, no NaN, probabilities 0…1.
[[nodiscard]] RankStatistics rank_statistics(DenseMatrix const& values, std::size_t k,
                                             std::span<double const> probabilities);

}  // namespace linchpin::sampling
