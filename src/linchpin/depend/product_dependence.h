// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/depend/concentration.h"
#include "linchpin/economy/economy.h"
#include "linchpin/table/trade/product_trade.h"

namespace linchpin::depend {

/// One product of one buyer in one year.
struct ProductDependence {
  std::size_t year = 0;     ///< place in ProductTrade::years; 0 on tables
  std::size_t product = 0;  ///< in ProductTrade::products, or sector of the table
  ProductIndicators indicators;
};

/// Purchases of every industry's product by every region, for intermediate and final use: n x G
/// [unit per year]. Negative sums (stocks run down) count as zero and are added to `clipped`.
[[nodiscard]] DenseMatrix region_purchases(Economy const& economy, double& clipped);

/// Indicators of every sector's product for `members` of the table taken as one buyer: one entry
/// per sector that the buyer purchases, ascending.
///
/// Imports are purchases from all other regions, by region; `purchases` are all of the buyer, those
/// at home included (a table shows them, unlike trade statistics); own supply is the members'
/// output. The world market is what regions outside the buyer sell to other regions outside it.
/// Regions of several countries, and rests of the world, count as such (see ProductSupply).
///
/// \param purchases  region_purchases(economy)
/// \error bad_value  thresholds out of range
/// Precondition: `members` are different regions, at least one.
[[nodiscard]] Result<std::vector<ProductDependence>> sector_dependence(
    Economy const& economy, DenseMatrix const& purchases, std::vector<RegionId> const& members,
    CriticalThresholds const& thresholds = {});

/// Indicators of every product for buyer `buyer` of `trade`: one entry per year and product that
/// the buyer imports, years and products ascending.
///
/// As the EU defines them: purchases are imports from outside and among members; own supply is
/// exports to outside, which stand in for production that trade statistics do not know. For a
/// single country CDI2 is 1. The world market is what others sell to anyone but the buyer.
///
/// \error bad_value  thresholds out of range
/// Precondition: `buyer` is a place in trade.buyers.
[[nodiscard]] Result<std::vector<ProductDependence>> trade_dependence(
    ProductTrade const& trade, std::size_t buyer, CriticalThresholds const& thresholds = {});

}  // namespace linchpin::depend
