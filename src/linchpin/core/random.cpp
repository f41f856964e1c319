// SPDX-License-Identifier: Apache-2.0
#include "linchpin/core/random.h"

#include <cmath>
#include <numbers>

#include "linchpin/core/contracts.h"

namespace linchpin {

std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                        std::array<std::uint32_t, 2> key) noexcept {
  constexpr std::uint64_t multiplier0 = 0xD2511F53U;
  constexpr std::uint64_t multiplier1 = 0xCD9E8D57U;
  constexpr std::uint32_t weyl0 = 0x9E3779B9U;
  constexpr std::uint32_t weyl1 = 0xBB67AE85U;
  constexpr int rounds = 10;
  for (int round = 0; round < rounds; ++round) {
    std::uint64_t const product0 = multiplier0 * counter[0];
    std::uint64_t const product1 = multiplier1 * counter[2];
    counter = {static_cast<std::uint32_t>(product1 >> 32) ^ counter[1] ^ key[0],
               static_cast<std::uint32_t>(product1),
               static_cast<std::uint32_t>(product0 >> 32) ^ counter[3] ^ key[1],
               static_cast<std::uint32_t>(product0)};
    key[0] += weyl0;
    key[1] += weyl1;
  }
  return counter;
}

std::uint32_t Rng::bits32() noexcept {
  if (used_ == 4) {
    buffer_ = philox4x32({static_cast<std::uint32_t>(block_),
                          static_cast<std::uint32_t>(block_ >> 32),
                          static_cast<std::uint32_t>(stream_),
                          static_cast<std::uint32_t>(stream_ >> 32)},
                         {static_cast<std::uint32_t>(seed_),
                          static_cast<std::uint32_t>(seed_ >> 32)});
    ++block_;
    used_ = 0;
  }
  return buffer_[static_cast<std::size_t>(used_++)];
}

std::uint64_t Rng::bits64() noexcept {
  std::uint64_t const high = bits32();
  return (high << 32) | bits32();
}

double Rng::uniform() noexcept {
  // Half a step above a multiple of 2^-52 keeps both ends out.
  return (static_cast<double>(bits64() >> 12) + 0.5) * 0x1.0p-52;
}

double Rng::normal() noexcept {
  double const radius = std::sqrt(-2.0 * std::log(uniform()));
  return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

std::uint64_t Rng::below(std::uint64_t bound) noexcept {
  LINCHPIN_EXPECTS(bound > 0);
  std::uint64_t const rejected = (~bound + 1) % bound;  // 2^64 mod bound
  while (true) {
    std::uint64_t const value = bits64();
    if (value >= rejected) return value % bound;
  }
}

}  // namespace linchpin
