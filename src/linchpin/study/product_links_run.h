// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>

#include "linchpin/core/error.h"
#include "linchpin/parameters/product_elasticities.h"
#include "linchpin/results/product_links.h"
#include "linchpin/table/trade/product_trade.h"

namespace linchpin::study {

struct ProductLinksRequest {
  std::size_t k = 5;
  std::size_t top = 10;            ///< links, sets and products listed
  std::optional<double> spending;  ///< of the target, in the unit of the file; empty: its imports
};

/// Sellers of products whose denial makes what the first buyer of `trade` imports dearest, in its
/// last year: a set costs Σ_k λ_k [−ln(1 − s_k)]/θ_k, λ_k the product's share in imports, s_k what
/// the denied sellers hold of the target's imports of it. Within a product sellers join in order of
/// share, across products a knapsack: exact. Products that have at most k sellers have no loss that
/// is a number if all deny them; they stand apart, and their smallest seller is no candidate.
/// \error missing_value  the buyer imports nothing in that year
/// \error bad_value      spending below what is imported, or not finite
/// \pre   `trade` has a buyer
[[nodiscard]] Result<ProductLinksAnswer> product_links(
    ProductTrade const& trade, parameters::ProductElasticities const& elasticities,
    ProductLinksRequest const& request);

}  // namespace linchpin::study
