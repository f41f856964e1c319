// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

#include "linchpin/core/flow_matrix.h"

namespace linchpin {

/// Bounds on the spectral radius of the input shares A(i,j) = Z(i,j) / output(j).
struct SpectralBound {
  double upper = 0;  ///< the radius is at most this
  double lower = 0;  ///< and at least this
  std::size_t steps = 0;

  /// I - A can be inverted and its inverse is non-negative: every final demand can be met.
  [[nodiscard]] bool productive() const noexcept { return upper < 1; }
};

/// Bounds the spectral radius of A, where columns without output count as zero and flows by their
/// size. Stops as soon as the radius is proven to be below one.
///
/// Upper bound: radius <= |A^k|^(1/k) in the column-sum norm, which for a non-negative matrix is
/// the largest entry of u'A^k; k = 1 is the familiar "column sums below one". It tends to the
/// radius and holds for reducible matrices and zero columns too. Lower bound: the largest growth
/// that every entry of a non-negative vector shares (Collatz-Wielandt), on the entries that matter.
///
/// \param Z       n x n, finite
/// \param output  n, finite
/// Source: Horn & Johnson (2013), Matrix Analysis, 2nd ed., corollary 5.6.14 and theorem 8.3.2.
[[nodiscard]] SpectralBound bound_spectral_radius(FlowMatrix const& Z,
                                                  std::span<double const> output,
                                                  std::size_t most_steps = 300);

}  // namespace linchpin
