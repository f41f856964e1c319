// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/random.h"

namespace linchpin::sampling {

/// One estimate with what the bootstrap says about it.
struct Estimate {
  double value = 0;
  double standard_error = 0;
  double low = 0, high = 0;  ///< percentile interval
};

/// Shares of the variance of an output: by one factor alone, and by it with all interactions.
struct FactorIndices {
  Estimate first;
  Estimate total;
};

struct Indices {
  std::vector<FactorIndices> factors;  ///< empty if the output does not vary
  double mean = 0;                     ///< of A and B
  double variance = 0;
  std::size_t groups = 0;   ///< used
  std::size_t dropped = 0;  ///< with a failed draw in them
};

struct BootstrapOptions {
  std::size_t resamples = 1000;
  double confidence = 0.95;
};

/// Sensitivity indices from Saltelli groups. With f_A, f_B, f_ABi the values of a group:
///
///   first  S_i  = mean( (f_B − m) (f_ABi − f_A) ) / V          (Saltelli et al. 2010)
///   total  S_Ti = mean( (f_A − f_ABi)² ) / (2 V)               (Jansen 1999)
///
/// m and V are mean and variance over A and B together; taking m off f_B changes no expectation and
/// lowers the error. Intervals: percentiles of a bootstrap over whole groups.
///
/// \param values    groups x (factors + 2): f_A, f_B, f_AB1 …
/// \param complete  one per group; a group with a failed draw is left out as a whole and counted
[[nodiscard]] Indices sensitivity_indices(DenseMatrix const& values,
                                          std::vector<bool> const& complete, Seed seed,
                                          BootstrapOptions const& options = {});

}  // namespace linchpin::sampling
