// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "linchpin/core/dense.h"

namespace linchpin {

/// The fixed product-sales assumption (model D): whoever uses a product takes it from its makers in
/// the same proportions, whatever the use.
///
///   D = V q̂⁻¹     industries x products, columns sum to 1 (V: what each industry makes, q: its
///                  column sums)
///   Z = D U        industry by industry, from U: products x buyers
///
/// No negative flow can arise from non-negative supply and use.
///
/// Source: Eurostat (2008), Manual of Supply, Use and Input-Output Tables, model D; Miller & Blair
/// (2009), Input-Output Analysis, 2nd ed., section 5.3 (industry-based technology).
class MarketShares {
 public:
  /// \param supply  V, industries x products  [unit of the table per year], finite
  explicit MarketShares(DenseMatrix const& supply);

  [[nodiscard]] DenseMatrix const& shares() const noexcept { return shares_; }
  /// x, row sums of the supply: gross output of each industry.
  [[nodiscard]] DenseVector const& industry_output() const noexcept { return industry_output_; }
  /// q, column sums of the supply: what is made of each product.
  [[nodiscard]] DenseVector const& product_output() const noexcept { return product_output_; }
  /// Products nobody makes (q = 0): their column of D is zero, and so what is used of them is lost.
  [[nodiscard]] std::vector<std::size_t> const& unmade_products() const noexcept {
    return unmade_products_;
  }

  /// D times `by_product` (products x columns): the same flows, by the industry they come from.
  [[nodiscard]] DenseMatrix transform(DenseMatrix const& by_product) const;
  /// Sum of the rows of `by_product` that belong to products nobody makes: what `transform` loses.
  [[nodiscard]] double lost(DenseMatrix const& by_product) const;

 private:
  DenseMatrix shares_;
  DenseVector industry_output_;
  DenseVector product_output_;
  std::vector<std::size_t> unmade_products_;
};

}  // namespace linchpin
