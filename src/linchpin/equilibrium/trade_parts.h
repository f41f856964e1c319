// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "linchpin/equilibrium/trade_base.h"
#include "linchpin/equilibrium/wedges.h"

namespace linchpin::equilibrium {

/// Regions that still trade with each other. Bans can split the world; relative prices between
/// parts mean nothing, so that each part has a numeraire of its own (its factor income unchanged).
struct TradeParts {
  std::vector<std::size_t> of;  ///< region: number of its part
  std::size_t count = 0;
  /// Pairs "USA > CHN" across which goods flow but none flow back, not even by way of others: only
  /// a transfer of just that size balances that trade. Empty: trade flows both ways everywhere.
  std::vector<std::string> one_way;
};

[[nodiscard]] TradeParts parts_of(TradeBase const& base, Wedges const& wedges);

}  // namespace linchpin::equilibrium
