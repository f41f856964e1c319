// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "linchpin/core/random.h"

namespace linchpin::sampling {

/// Points of Sobol's sequence, each coordinate computed by itself: point k needs no other.
///
/// With a seed the points are scrambled by nested uniform scrambling (Owen 1995): binary digit i of
/// a coordinate is flipped or not by a random bit that belongs to the digits before it. The points
/// keep their balance (of 2^m points, one in each of 2^m equal intervals of every axis), are
/// uniform each, and none is left out. Digits after the 32nd are random.
///
/// Sources: direction numbers of Joe & Kuo (2008), as Boost.Random ships them; Owen (1995),
/// "Randomly permuted (t,m,s)-nets and (t,s)-sequences", doi:10.1007/978-1-4612-2552-2_19.
class SobolPoints {
 public:
  static constexpr std::size_t most_dimensions = 3667;  ///< direction numbers there are

  /// `seed` empty: not scrambled, in Gray-code order, the first point is 0.
  /// Precondition: 1 ≤ dimensions ≤ most_dimensions.
  SobolPoints(std::size_t dimensions, std::optional<Seed> seed);

  [[nodiscard]] std::size_t dimensions() const noexcept { return dimensions_; }
  /// Coordinate `dimension` of point `k`: in (0, 1) if scrambled, else in [0, 1).
  /// Precondition: k < 2^32.
  [[nodiscard]] double at(std::uint64_t k, std::size_t dimension) const noexcept;

 private:
  std::size_t dimensions_;
  std::optional<Seed> seed_;
  std::vector<std::uint32_t> directions_;  // dimensions x 32, most significant digit first
};

}  // namespace linchpin::sampling
