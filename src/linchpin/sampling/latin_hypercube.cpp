// SPDX-License-Identifier: Apache-2.0
#include "linchpin/sampling/latin_hypercube.h"

#include <algorithm>

#include "linchpin/core/contracts.h"

namespace linchpin::sampling {
namespace {

constexpr int rounds = 8;
constexpr std::uint64_t jitter_stream = 1ULL << 63U;

}  // namespace

LatinHypercube::LatinHypercube(std::uint64_t draws, Seed seed) : draws_(draws), seed_(seed) {
  LINCHPIN_EXPECTS(draws >= 1 && draws >> 32U == 0);
  while ((1ULL << (2 * half_bits_)) < draws) ++half_bits_;
}

std::uint64_t LatinHypercube::interval(std::uint64_t k, std::size_t dimension) const noexcept {
  LINCHPIN_EXPECTS(k < draws_);
  auto const mask = (1ULL << half_bits_) - 1;
  auto const key = static_cast<std::uint64_t>(dimension) << 32U;
  do {
    auto left = k >> half_bits_;
    auto right = k & mask;
    for (int round = 0; round < rounds; ++round) {
      auto const stream = key | (static_cast<std::uint64_t>(round) << 16U) | right;
      auto const next = left ^ (Rng(seed_, stream).bits32() & mask);
      left = right;
      right = next;
    }
    k = (left << half_bits_) | right;
  } while (k >= draws_);  // a permutation of the larger range always comes back
  return k;
}

double LatinHypercube::at(std::uint64_t k, std::size_t dimension) const noexcept {
  auto const cell = interval(k, dimension);
  auto const stream = jitter_stream | (static_cast<std::uint64_t>(dimension) << 32U) | cell;
  double const inside = Rng(seed_, stream).uniform();
  double const count = static_cast<double>(draws_);
  // The last interval of many may round up to its end.
  return std::min((static_cast<double>(cell) + inside) / count, 1 - 0x1.0p-53);
}

}  // namespace linchpin::sampling
