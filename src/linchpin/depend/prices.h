// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/depend/leontief_system.h"

namespace linchpin::depend {

/// What every user of the price model must be told.
inline constexpr char const* price_limits =
    "The Leontief price model passes every cost on in full, at once and along the whole chain; "
    "nobody substitutes, no quantity changes, wages and mark-ups stay what they are in money. It is on "
    "the high side where buyers can turn elsewhere, and no forecast of inflation.";

/// Change of all prices, dp' = dc' L, if the costs of industry j rise by `added_cost` (n entries)
/// per unit of output. Base prices are one, so 0.1 is 10 %. n entries.
///
/// Source: Miller & Blair (2009), section 2.6.
[[nodiscard]] DenseVector cost_push(LeontiefSystem const& system,
                                    std::span<double const> added_cost,
                                    RunControl const& control = {});

/// Change of all prices if the prices of the industries `fixed` change by `rise` (one entry each),
/// whatever their own costs, and all others follow their costs:
/// dp_E' = dp_K' A_KE (I - A_EE)^-1 = dp_K' L_KK^-1 L_KE, so |K| left solves and a system of size
/// |K|; nothing is factorised anew. n entries; those of K are `rise`.
///
/// Source: Miller & Blair (2009), section 2.6; the partition by the inverse of a block.
/// Precondition: each industry of `fixed` stands there once; as many as `rise` has entries.
[[nodiscard]] DenseVector fixed_price_push(LeontiefSystem const& system,
                                           std::vector<IndustryId> const& fixed,
                                           std::span<double const> rise,
                                           RunControl const& control = {});

/// What gets dearer, and for whom.
struct PriceQuestion {
  std::vector<IndustryId> suppliers;
  /// Regions at whose border it gets dearer, for industries and final use alike. Empty: everywhere,
  /// the suppliers' prices themselves are `rise` higher.
  std::vector<RegionId> buyers = {};
  double rise = 0.10;  ///< of the base price, above -1
};

/// What the basket of one region and category of final use costs more.
struct BasketCost {
  RegionId region;
  CategoryId category;
  double basket = 0;  ///< final use at base prices [unit per year]
  double direct = 0;  ///< its own purchases from the suppliers, dearer [unit per year]
  double total = 0;   ///< with all products whose costs rose [unit per year]
};

/// What a dearer supplier costs.
struct PriceEffect {
  DenseVector direct;  ///< n: rise of costs by own purchases from the suppliers, per unit of output
  DenseVector price;   ///< n: change of the producer's price
  std::vector<BasketCost> baskets;  ///< regions x categories, region-major
};

/// What each industry and each basket pays if the suppliers' products get dearer.
///
/// Everywhere: `fixed_price_push` of the suppliers. At the border of the buyers: their industries'
/// costs rise by rise * sum over suppliers of A, all prices follow by `cost_push` (the suppliers'
/// own too, where they buy from the buyers), and the buyers' final use of the suppliers' products
/// is dearer by `rise` on top. Linear in `rise`.
/// \error bad_value      rise not a number above -1; a supplier given twice; a supplier of a
///                       buying region
/// \error missing_value  no supplier, or none with output
[[nodiscard]] Result<PriceEffect> price_effect(LeontiefSystem const& system,
                                               PriceQuestion const& question,
                                               RunControl const& control = {});

}  // namespace linchpin::depend
