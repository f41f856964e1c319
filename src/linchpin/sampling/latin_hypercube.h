// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "linchpin/core/random.h"

namespace linchpin::sampling {

/// A Latin hypercube of `draws` points: on every axis exactly one point lies in each of `draws`
/// equal intervals, at a random place in it. Draw k is computed without the others, because the
/// order of the intervals is a keyed permutation (a Feistel network that is walked until it comes
/// back into the range), not a shuffled list.
///
/// Sources: McKay, Beckman & Conover (1979), doi:10.2307/1268522; Black & Rogaway (2002), "Ciphers
/// with arbitrary finite domains", doi:10.1007/3-540-45760-7_9.
class LatinHypercube {
 public:
  /// Precondition: 1 ≤ draws < 2^32.
  LatinHypercube(std::uint64_t draws, Seed seed);

  /// Coordinate of draw `k` on axis `dimension`, in (0, 1). Precondition: k < draws.
  [[nodiscard]] double at(std::uint64_t k, std::size_t dimension) const noexcept;
  /// The interval of draw `k` on an axis: a permutation of 0 … draws - 1.
  [[nodiscard]] std::uint64_t interval(std::uint64_t k, std::size_t dimension) const noexcept;

 private:
  std::uint64_t draws_;
  Seed seed_;
  unsigned half_bits_ = 1;
};

}  // namespace linchpin::sampling
