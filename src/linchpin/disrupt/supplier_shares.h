// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/core/dense.h"
#include "linchpin/disrupt/baseline.h"
#include "linchpin/disrupt/model.h"
#include "linchpin/economy/economy.h"

namespace linchpin::disrupt {

/// Buyers who cannot move their orders overnight: one share per pair of industries. Of the way from
/// the shares in force to those the order rule wants, a buyer goes at most so far that a share
/// `switching_speed` of its purchases of the product changes hands in a day. Memory: 8 n² bytes.
class SupplierShares {
 public:
  SupplierShares(Economy const& economy, ModelOptions const& options, Baseline const& baseline);

  [[nodiscard]] bool active() const noexcept { return shares_.rows() > 0; }
  /// Shares, seller x buyer; they add up to one over the sellers of a product.
  [[nodiscard]] DenseMatrix const& values() const noexcept { return shares_; }
  /// Moves the shares of `product` towards Z · wanted(seller row, buyer), where `wanted` is filled
  /// for the rows of the product, buyers side by side; costs are added by buyer's region.
  void move(std::size_t product, DenseMatrix& wanted, double const* orders);
  [[nodiscard]] DenseVector const& cost() const noexcept { return cost_; }
  void start_day();
  /// What the day's moves cost, added up over products in their order.
  void end_day();
  [[nodiscard]] static double bytes(IndustrySpace const& space) {
    return 8.0 * static_cast<double>(space.size()) * static_cast<double>(space.size());
  }

 private:
  Economy economy_;
  Baseline const* baseline_;
  double speed_, cost_share_;
  DenseMatrix shares_;
  DenseMatrix moved_;  ///< products x regions: purchases moved today [unit per year]
  DenseVector cost_;   ///< by region
};

}  // namespace linchpin::disrupt
