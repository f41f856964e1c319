// SPDX-License-Identifier: Apache-2.0
#include "linchpin/sampling/quantiles.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "linchpin/core/contracts.h"

namespace linchpin::sampling {

double sorted_quantile(std::span<double const> sorted, double p) {
  LINCHPIN_EXPECTS(!sorted.empty() && p >= 0 && p <= 1);
  double const place = p * static_cast<double>(sorted.size() - 1);
  auto const below = std::min(static_cast<std::size_t>(place), sorted.size() - 1);
  auto const above = std::min(below + 1, sorted.size() - 1);
  double const part = place - static_cast<double>(below);
  return sorted[below] + part * (sorted[above] - sorted[below]);
}

std::uint32_t& Histogram::place(std::int32_t bin) {
  if (counts_.empty()) first_ = bin;
  if (bin < first_) {
    counts_.insert(counts_.begin(), static_cast<std::size_t>(first_ - bin), 0U);
    first_ = bin;
  }
  auto const index = static_cast<std::size_t>(bin - first_);
  if (index >= counts_.size()) counts_.resize(index + 1, 0U);
  return counts_[index];
}

void Histogram::add(double value) {
  LINCHPIN_EXPECTS(std::isfinite(value));
  double const bin = std::clamp(std::floor(value / width), double{lowest_bin}, double{highest_bin});
  ++place(static_cast<std::int32_t>(bin));
}

void Histogram::add(Histogram const& other) {
  for (std::size_t i = 0; i < other.counts_.size(); ++i) {
    if (other.counts_[i] == 0) continue;
    place(other.first_ + static_cast<std::int32_t>(i)) += other.counts_[i];
  }
}

std::uint64_t Histogram::total() const noexcept {
  return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

double Histogram::quantile(double p) const {
  auto const all = total();
  LINCHPIN_EXPECTS(all > 0 && p >= 0 && p <= 1);
  auto const rank = static_cast<std::uint64_t>(p * static_cast<double>(all - 1) + 0.5);
  std::uint64_t seen = 0;
  std::size_t i = 0;
  while ((seen += counts_[i]) <= rank) ++i;
  return (static_cast<double>(first_) + static_cast<double>(i) + 0.5) * width;
}

}  // namespace linchpin::sampling
