// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "linchpin/core/dense.h"
#include "linchpin/disrupt/baseline.h"
#include "linchpin/disrupt/model.h"
#include "linchpin/economy/economy.h"

namespace linchpin::disrupt {

/// Households that adjust consumption to income (Muellbauer 2020, as in Pichler et al. 2022):
///   c(t) = exp(ρ ln c(t−1) + ½ (1−ρ) ln l* + ½ (1−ρ) ln l^p),  ρ = 1 − (1 − persistence) / 90,
/// l* = l + b (1 − l) with l the labour income of the region against baseline, and l^p = (1 + l*) /
/// 2: half of a loss of income is expected to last (our reading).
class Households {
 public:
  Households(Economy const& economy, std::span<Run const> lanes, Baseline const& baseline);

  [[nodiscard]] bool active() const noexcept { return active_; }
  /// Moves consumption by one day, with the output (industries x lanes) of the day before.
  void adjust(DenseVector const& output);
  /// Factor on the final use of `row` by `region`: 1 − households' share · (1 − c).
  [[nodiscard]] double factor(std::size_t row, std::size_t region,
                              std::size_t lane) const noexcept {
    return 1 - share_(row, region) * (1 - consumption_[region * lanes_ + lane]);
  }

 private:
  IndustrySpace const* space_;
  Baseline const* baseline_;
  std::size_t lanes_;
  bool active_ = false;
  DenseVector persistence_, replacement_;
  DenseMatrix share_;        ///< rows x regions: households' part of final use
  DenseVector consumption_;  ///< regions x lanes
  DenseVector income_;       ///< regions: value added of the baseline
};

}  // namespace linchpin::disrupt
