// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/depend/extraction_all.h"
#include "linchpin/depend/leontief_system.h"

/// What the extractions of all pairs and all industries share.
namespace linchpin::depend {

/// Columns of L summed over the industries of each region, plain and weighted by value added:
/// what one unit of orders for an industry's product means for a region.
struct Multipliers {
  DenseMatrix output;       // n x regions
  DenseMatrix value_added;  // n x regions
};

/// \error cancelled  `control.cancel` was set
[[nodiscard]] Result<Multipliers> multipliers(LeontiefSystem const& system, DenseMatrix const& L,
                                              RunControl const& control);

/// Orders of `sigma` units for the products of `suppliers` less: what the regions lose.
[[nodiscard]] PartyLoss party_loss(DenseMatrix const& multiplier,
                                   std::span<std::size_t const> suppliers,
                                   std::span<double const> sigma, std::size_t home,
                                   std::optional<std::size_t> buyer);

}  // namespace linchpin::depend
