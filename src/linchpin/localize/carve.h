// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/table/trade_accounts.h"

namespace linchpin::localize {

/// A technology that becomes a sector of its own.
struct CarveSpec {
  std::string host;  ///< label of the sector it is a part of
  std::string line;  ///< its label from now on
  /// What all users in a region buy of it: [importer][exporter], net of tariffs, at most what the
  /// host sells there [unit per year].
  DenseVector flows;
  double theta = 0;  ///< its trade elasticity; 0: the host's
  /// Final users alone buy it (a capital good: accelerators, robots); else all users of the host.
  bool final_use_only = false;
};

/// The accounts with the line as their last sector and the host as what is left.
///
/// Structure that is not named follows the host: the line is made as the host is, pays its tariffs,
/// and is the same share of every user's purchases of host and line in a region (final users
/// included), unless only final users buy it. merge_sectors() gives the accounts back to rounding;
/// with the host's theta and the host's origins in every region no other result of a trade model
/// with Cobb–Douglas nests moves.
///
/// \error unknown_label    no such host
/// \error duplicate_label  the line's label exists
/// \error size_mismatch    flows are not regions × regions
/// \error bad_value        flows below zero or above the host's, theta below zero, more
///                         sold to final users than they buy of the host; all of them
[[nodiscard]] Result<TradeAccounts> carve(TradeAccounts const& accounts, CarveSpec const& spec);

/// The accounts with sector `part` added back to `host`. The elasticity is the host's.
/// \error unknown_label  no such sectors, or the same twice
[[nodiscard]] Result<TradeAccounts> merge_sectors(TradeAccounts const& accounts,
                                                  std::string const& host, std::string const& part);

/// What is known about the market of a technology.
struct MarketOutline {
  double world_sales = 0;  ///< [unit per year]
  std::size_t home = 0;    ///< region asked about
  double home_buys = 0;    ///< its share of world_sales, (0, 1)
  double home_share = 0;   ///< of its purchases, made at home, [0, 1]
  /// Shares of makers in world supply by region, counted relative to each other; where `home` buys
  /// abroad, its own is left out.
  std::vector<double> suppliers;
};

/// Flows of a line that fit into the host's.
struct LineFlows {
  DenseVector flows;  ///< [importer][exporter] [unit per year]
  double moved = 0;   ///< share of sales that had to move to other suppliers of the same buyer
};

/// Purchases by region: the home region's as told, others' in proportion to what they buy of the
/// host; each divides among suppliers as told. No cell takes more than `most` of the host's: what
/// is too much moves to the buyer's other suppliers, in proportion to the room they have. Sales at
/// home are moved last: only foreign cells take up what foreign cells cannot, unless all are full.
/// \error unknown_label, size_mismatch, bad_value  all findings at once; a buyer whose purchases do
///                                                 not fit into the host's at all
[[nodiscard]] Result<LineFlows> line_flows(TradeAccounts const& accounts, std::string const& host,
                                           MarketOutline const& market, double most = 0.9);

}  // namespace linchpin::localize
