// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/economy/economy.h"
#include "linchpin/table/trade_accounts.h"

namespace linchpin {

struct TradeAccountsOptions {
  /// Ad valorem rates, [sector][importer][exporter] in the order of the economy's labels, shares of
  /// the value; empty: none. Read by read_tariff_file (table/trade/tariff_file.h).
  std::span<double const> tariffs = {};
};

/// The trade accounts of a world: what a multi-sector trade model is calibrated from.
///
/// With Z, Y, x of `economy`, industry (i, j) the sector j of region i:
///   trade[j][n][i]      = sum over k of Z[(i, j), (n, k)] + final demand of n for (i, j), all its
///                         categories; below zero (stocks run down) it becomes 0
///   output of (n, k)    = sum over importers m of trade[k][m][n], which is x but for clipped cells
///   materials of (n, k) = sum over i, j of Z[(i, j), (n, k)] (1 + tariffs[j][n][i])
///   value_added_share   = (output - materials) / output, cut to 0…1
///   input_shares        = share of product j, from all origins, in the materials of (n, k)
/// Flows of a table are net of tariffs. With tariffs an industry pays more for the same materials
/// and sells for the same, so that its value added, the residual, falls by what it pays at the
/// border.
///
/// An industry that sells nothing, or that the region does not have, gets the value-added share 1
/// and no materials. Every such case is counted in `adjustments`.
///
/// Z is read once, in parallel over sectors of the seller; sums are added in the same order
/// whatever the number of threads. Memory: N²J + 2NJ² numbers, N regions, J sectors.
///
/// Precondition: `tariffs` is empty or has N²J numbers.
/// \error bad_value  a tariff that is negative, not finite, or of a region on its own goods
/// \error cancelled  `control` asked to stop
[[nodiscard]] Result<TradeAccounts> trade_accounts_of(Economy const& economy,
                                                      TradeAccountsOptions const& options = {},
                                                      RunControl const& control = {});

}  // namespace linchpin
