// SPDX-License-Identifier: Apache-2.0
#include "linchpin/sampling/sobol.h"

#include <boost/random/sobol.hpp>

#include "linchpin/core/contracts.h"

namespace linchpin::sampling {
namespace {

constexpr unsigned digits = 32;

/// A random bit or word for one node of the tree of leading digits of one dimension.
Rng node_stream(Seed seed, std::size_t dimension, std::uint64_t node) {
  return Rng(seed, (static_cast<std::uint64_t>(dimension) << digits) | node);
}

/// Flips each digit by the bit of its node. The node of the digits before digit i is written as
/// they are, after a leading one, so that no two of them are the same.
std::uint32_t scrambled(std::uint32_t value, Seed seed, std::size_t dimension) {
  std::uint32_t flips = 0;
  for (unsigned i = 0; i < digits; ++i) {
    auto const before = i == 0 ? 0ULL : static_cast<std::uint64_t>(value) >> (digits - i);
    auto const node = (1ULL << i) | before;
    flips = (flips << 1U) | (node_stream(seed, dimension, node).bits32() & 1U);
  }
  return value ^ flips;
}

}  // namespace

SobolPoints::SobolPoints(std::size_t dimensions, std::optional<Seed> seed)
    : dimensions_(dimensions), seed_(seed), directions_(dimensions * digits) {
  LINCHPIN_EXPECTS(dimensions >= 1 && dimensions <= most_dimensions);
  boost::random::sobol_engine<std::uint32_t, digits> engine(dimensions);
  for (unsigned digit = 0; digit < digits; ++digit) {
    // The point whose Gray code has this digit alone; the engine's count begins after the origin.
    auto const gray_index = (std::uint64_t{2} << digit) - 1;
    engine.seed(static_cast<std::uint32_t>(gray_index - 1));
    for (std::size_t d = 0; d < dimensions; ++d) directions_[d * digits + digit] = engine();
  }
}

double SobolPoints::at(std::uint64_t k, std::size_t dimension) const noexcept {
  LINCHPIN_EXPECTS(dimension < dimensions_ && k >> digits == 0);
  std::uint32_t value = 0;
  auto gray = k ^ (k >> 1U);
  for (auto const* direction = &directions_[dimension * digits]; gray != 0; gray >>= 1U) {
    if ((gray & 1U) != 0) value ^= *direction;
    ++direction;
  }
  if (!seed_) return static_cast<double>(value) * 0x1.0p-32;
  auto const flipped = scrambled(value, *seed_, dimension);
  // Points that share all 32 digits do not exist, so what follows them is free of the others.
  auto const tail = Rng(*seed_, ((static_cast<std::uint64_t>(dimension) | 0x80000000U) << digits) |
                                    flipped)
                        .bits32() >>
                    12U;
  return static_cast<double>(flipped) * 0x1.0p-32 +
         (static_cast<double>(tail) + 0.5) * 0x1.0p-52;
}

}  // namespace linchpin::sampling
