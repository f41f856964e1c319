// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "linchpin/core/dense.h"

namespace linchpin::sampling {

/// Stroud's 2n points of degree 3 for n symmetric, independent, standardised parameters, equally
/// weighted: their mean is 0, their covariance the identity, their third moments 0, exactly.
///
///   Γ(k, 2r−1) = √2 cos((2r−1) k π / n),  Γ(k, 2r) = √2 sin((2r−1) k π / n),  r = 1 … ⌊n/2⌋,
///   and for odd n  Γ(k, n) = (−1)^k,  k = 1 … 2n
///
/// \return 2n x n, in standard deviations
/// Source: Stroud (1957), doi:10.1090/S0025-5718-1957-0093911-9; used for systematic sensitivity
/// analysis by Arndt (1996), GTAP Technical Paper 2.
[[nodiscard]] DenseMatrix stroud_points(std::size_t parameters);

/// One coordinate of them: `k` counts from 0.
[[nodiscard]] double stroud_at(std::size_t parameters, std::size_t k, std::size_t dimension);

}  // namespace linchpin::sampling
