// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/disrupt/model.h"
#include "linchpin/economy/industry_space.h"

namespace linchpin::disrupt {

/// Deliveries under way. Days of delay are grouped by their distinct values, and what arrives on a
/// day is added up in a ring of (longest delay + 1) arrays of products x buyers, so that no cell of
/// the matrix of flows is kept.
class Transport {
 public:
  Transport(IndustrySpace const& space, ModelOptions const& options, std::size_t lanes);

  [[nodiscard]] bool active() const noexcept { return longest_ > 0; }
  [[nodiscard]] std::vector<int> const& delays() const noexcept { return values_; }
  [[nodiscard]] int between(std::size_t seller_region, std::size_t buyer_region) const noexcept {
    return days_[seller_region * regions_ + buyer_region];
  }
  /// Arrivals of `product` with its buyers on the day that is `delay` days after `day`.
  [[nodiscard]] double* arrivals(int day, int delay, std::size_t product) noexcept {
    return industry_ring_[slot(day, delay)].row(product).data();
  }
  /// The same with final users, regions x lanes.
  [[nodiscard]] double* final_arrivals(int day, int delay, std::size_t product) noexcept {
    return final_ring_[slot(day, delay)].row(product).data();
  }
  /// Memory of the ring [bytes].
  [[nodiscard]] static double bytes(IndustrySpace const& space, int longest, std::size_t lanes);

 private:
  [[nodiscard]] std::size_t slot(int day, int delay) const noexcept {
    return static_cast<std::size_t>((day + delay) % (longest_ + 1));
  }

  std::size_t regions_;
  int longest_ = 0;
  std::vector<int> days_;    ///< regions x regions
  std::vector<int> values_;  ///< distinct, ascending
  std::vector<DenseMatrix> industry_ring_, final_ring_;
};

}  // namespace linchpin::disrupt
