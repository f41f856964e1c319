// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "linchpin/depend/prices.h"
#include "linchpin/results/result_set.h"

namespace linchpin {

/// Dearer suppliers as tidy tables; names of tables and columns are a contract with machines.
///
///   prices          the `top` industries whose prices change most; suppliers whose price the
///                   question sets are left out
///   prices_baskets  one row per region: what its final use costs more
///   prices_categories  one row per region and category of final use
[[nodiscard]] ResultTable prices_table(Economy const& economy,
                                       depend::PriceQuestion const& question,
                                       depend::PriceEffect const& effect, std::size_t top);
[[nodiscard]] ResultTable prices_baskets_table(Economy const& economy,
                                               depend::PriceEffect const& effect);
[[nodiscard]] ResultTable prices_categories_table(Economy const& economy,
                                                  depend::PriceEffect const& effect);

}  // namespace linchpin
