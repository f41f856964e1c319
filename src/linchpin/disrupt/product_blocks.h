// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

#include "linchpin/core/dense.h"
#include "linchpin/economy/industry_space.h"

namespace linchpin::disrupt {

/// Sum of a(j) b(j) in an order that never changes: eight interleaved partial sums, then a tree.
/// With b = 1 it is "the row sum in kernel order" that defines baseline output.
[[nodiscard]] double dot(double const* a, double const* b, std::size_t count) noexcept;

/// A square matrix of flows whose rows (sellers) are stored product by product, so that one day of
/// the model reads each block of sellers once from memory and the rest of the work finds it in
/// the cache. Columns (buyers) keep the order of the IndustrySpace. Memory: 8 n² bytes.
class ProductBlocks {
 public:
  explicit ProductBlocks(IndustrySpace const& space);

  [[nodiscard]] std::size_t size() const noexcept { return industry_of_.size(); }
  [[nodiscard]] std::size_t products() const noexcept { return starts_.size() - 1; }
  /// Rows of one product: [first, last).
  [[nodiscard]] std::size_t first(std::size_t product) const noexcept { return starts_[product]; }
  [[nodiscard]] std::size_t last(std::size_t product) const noexcept {
    return starts_[product + 1];
  }
  [[nodiscard]] std::size_t industry_of(std::size_t row) const noexcept {
    return industry_of_[row];
  }
  [[nodiscard]] std::size_t row_of(std::size_t industry) const noexcept {
    return row_of_[industry];
  }
  [[nodiscard]] std::span<double> row(std::size_t row) noexcept { return flows_.row(row); }
  [[nodiscard]] std::span<double const> row(std::size_t row) const noexcept {
    return flows_.row(row);
  }

  /// sum(j) = Σ_k M(k, j) weight(k) over the rows k of `product`, in ascending order of k.
  /// `weight` has one entry per row of the whole matrix, `sum` one per buyer.
  void weighted_sum(std::size_t product, double const* weight, double* sum) const noexcept;
  /// The same for two weights in one reading of the block; each sum has the bits it would have
  /// alone.
  void weighted_sums(std::size_t product, double const* weight_a, double* sum_a,
                     double const* weight_b, double* sum_b) const noexcept;

 private:
  std::vector<std::size_t> starts_;
  std::vector<std::size_t> industry_of_;
  std::vector<std::size_t> row_of_;
  DenseMatrix flows_;
};

}  // namespace linchpin::disrupt
