// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/random.h"
#include "linchpin/sampling/sensitivity.h"

namespace linchpin::sampling {

/// First-order indices from draws that are there anyway.
struct GivenDataIndices {
  std::vector<Estimate> first;  ///< one per factor; empty if the output does not vary
  double mean = 0, variance = 0;
  std::size_t draws = 0;  ///< used
  std::size_t bins = 0;   ///< of each factor
};

/// Fewest draws for which indices are given.
inline constexpr std::size_t fewest_given_draws = 40;

/// True where the interval of an index lies above zero.
[[nodiscard]] inline bool distinguishable(Estimate const& index) noexcept { return index.low > 0; }

/// The share of the variance of an output that each factor explains by itself,
/// S_i = V(E(Y | X_i)) / V(Y), from any independent draws: no draws are made for it.
///
/// E(Y | X_i) is read off a line in each of ⌊n^{1/3}⌉ bins of equally many draws, with the rank of
/// X_i as the abscissa; of what these lines explain is taken what they would explain of noise:
///
///   S_i = 1 − [SSE_i / (n − 2 bins)] / [SST / (n − 1)] .
///
/// Intervals: value ± z standard errors of a bootstrap over draws (its percentiles would be too
/// high: draws that are there twice look like less noise). Estimates may lie below zero.
/// Interactions are not in these indices: what is missing to one is theirs, and the error's.
/// Source: given-data estimation as in Plischke, Borgonovo & Smith (2013), Eur. J. Oper. Res. 226,
/// doi:10.1016/j.ejor.2012.11.047, with lines in the place of means; correction as the adjusted R².
///
/// \param points  draws x factors, \param values  one per draw
/// \param usable  one per draw; false: it failed and is left out
[[nodiscard]] GivenDataIndices given_data_indices(
    DenseMatrix const& points, std::span<double const> values, std::vector<bool> const& usable,
    Seed seed, BootstrapOptions const& options = {.resamples = 200, .confidence = 0.99});

}  // namespace linchpin::sampling
