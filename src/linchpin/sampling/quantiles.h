// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace linchpin::sampling {

/// The value below which a share `p` of sorted values lies, between two of them in proportion
/// (Hyndman & Fan 1996, definition 7). Preconditions: not empty, ascending, 0 ≤ p ≤ 1.
[[nodiscard]] double sorted_quantile(std::span<double const> sorted, double p);

/// Counts of values in bins of one width. What it holds depends on the values alone, not on their
/// order, and its size on their range, not on their number. Bins are only kept between the lowest
/// and the highest value seen; what lies beyond `lowest_bin` … `highest_bin` is counted there.
class Histogram {
 public:
  static constexpr double width = 1e-4;  ///< of a bin, a ten-thousandth of the baseline
  static constexpr std::int32_t lowest_bin = -10'000;
  static constexpr std::int32_t highest_bin = 29'999;

  Histogram() = default;
  /// One with these counts, from `first_bin` on, as `first_bin()` and `counts()` gave them.
  Histogram(std::int32_t first_bin, std::vector<std::uint32_t> counts)
      : first_(first_bin), counts_(std::move(counts)) {}

  void add(double value);  ///< precondition: finite
  void add(Histogram const& other);
  [[nodiscard]] std::uint64_t total() const noexcept;
  /// Middle of the bin that holds the value at share `p`: off by at most half a width while nothing
  /// lies beyond the ends. Precondition: not empty.
  [[nodiscard]] double quantile(double p) const;
  [[nodiscard]] std::int32_t first_bin() const noexcept { return first_; }
  [[nodiscard]] std::vector<std::uint32_t> const& counts() const noexcept { return counts_; }
  friend bool operator==(Histogram const&, Histogram const&) = default;

 private:
  std::uint32_t& place(std::int32_t bin);

  std::int32_t first_ = 0;
  std::vector<std::uint32_t> counts_;
};

}  // namespace linchpin::sampling
