// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "linchpin/results/json.h"
#include "linchpin/results/result_set.h"
#include "linchpin/table/trade/product_trade.h"

namespace linchpin {

/// What was read, besides the sums.
struct ProductTradeFindings {
  bool by_sector = false;              ///< products were added up to sectors
  std::vector<std::string> unmatched;  ///< products without a sector
  std::vector<std::string> warnings;
};

/// The document "linchpin.depend-products", version 1 (docs/formats/json.md): what was read, the
/// tables of concentration_tables as lists of objects, and `origin`, which has no world.
[[nodiscard]] Json product_trade_to_json(ProductTrade const& trade,
                                         ProductTradeFindings const& findings,
                                         std::span<ResultTable const> tables, Origin const& origin);

}  // namespace linchpin
