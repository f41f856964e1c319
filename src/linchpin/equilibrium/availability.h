// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "linchpin/equilibrium/closure.h"
#include "linchpin/equilibrium/trade_base.h"
#include "linchpin/equilibrium/wedges.h"

namespace linchpin::equilibrium {

/// What can still be had and made once bans have taken origins away.
struct Availability {
  std::vector<char> good;      ///< good (j, n): someone who can make j may sell to n
  std::vector<char> industry;  ///< good (j, n): n can make j: inputs it cannot do without are there
  std::vector<char> materials;  ///< good (j, n): there are materials to make j with, as nests need
  /// Goods without a seller that final users cannot do without, and the goods banned at the start
  /// of the chain that leads there ("CHN:C26"); empty: every region gets what it must have.
  std::vector<std::string> lost;
};

/// Follows bans through the chain: an industry stops when an input it cannot replace (σ <= 1) has
/// no seller, its buyers lose its product, and so on. Sellers who stopped are taken out of the
/// wedges. With an entrant (`closure.entrant_cost`) goods without a seller are made at home
/// instead.
[[nodiscard]] Availability settle_availability(TradeBase const& base, Closure const& closure,
                                               Wedges& wedges);

}  // namespace linchpin::equilibrium
