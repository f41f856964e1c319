// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

namespace linchpin {

/// Seed of a random experiment. There is no default: leaving it out does not compile.
class Seed {
 public:
  constexpr explicit Seed(std::uint64_t value) noexcept : value_(value) {}
  [[nodiscard]] constexpr std::uint64_t value() const noexcept { return value_; }

 private:
  std::uint64_t value_;
};

/// Counter-based random numbers: the k-th number of stream s depends on (seed, s, k) alone, so
/// runs can be computed in any order on any number of threads with the same result.
///
/// Source: Philox 4x32-10, Salmon, Moraes, Dror & Shaw (2011), "Parallel random numbers: as easy
/// as 1, 2, 3", SC'11, doi:10.1145/2063384.2063405.
class Rng {
 public:
  constexpr Rng(Seed seed, std::uint64_t stream) noexcept : seed_(seed.value()), stream_(stream) {}

  [[nodiscard]] std::uint32_t bits32() noexcept;
  [[nodiscard]] std::uint64_t bits64() noexcept;
  /// Uniform on the open interval (0, 1), 52 bits.
  [[nodiscard]] double uniform() noexcept;
  /// Standard normal (Box-Muller; our own, because std distributions differ between libraries).
  [[nodiscard]] double normal() noexcept;
  /// Uniform integer in [0, bound), without bias. Precondition: bound > 0.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound) noexcept;

 private:
  std::uint64_t seed_;
  std::uint64_t stream_;
  std::uint64_t block_ = 0;
  std::array<std::uint32_t, 4> buffer_{};
  int used_ = 4;
};

/// One Philox 4x32-10 block (exposed for the known-answer test).
[[nodiscard]] std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                                      std::array<std::uint32_t, 2> key) noexcept;

}  // namespace linchpin
