// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/table/nowcast/concordance.h"
#include "linchpin/table/nowcast/trade_cube.h"
#include "linchpin/table/trade_accounts.h"

namespace linchpin {

/// What a cube of trade lacks: how industries make what they sell.
struct ProductionShares {
  DenseVector value_added_share;  ///< [region][sector], as in TradeAccounts
  DenseVector input_shares;       ///< [region][using sector][input sector], as in TradeAccounts
  std::string source;
  std::vector<std::string> adjustments;
};

/// Reads shares: a CSV with the columns `region`, `sector`, `input`, `share`, one line per input
/// share of output, and one with the input `value_added`. The region `*` stands for all regions
/// that have no line for this sector. Shares of one industry sum to 1, within 0.001; they are then
/// scaled to it.
///
/// \error file_not_found, unreadable_file
/// \error bad_format       columns missing or unknown, ragged lines, text in a number
/// \error bad_value        a share outside 0…1, or shares that do not sum to 1
/// \error unknown_label    a region, sector or input that is not among `regions`, `sectors`
/// \error duplicate_label  the same share twice
/// \error missing_value    an industry without shares
[[nodiscard]] Result<ProductionShares> read_production_shares(
    std::filesystem::path const& path, std::vector<std::string> const& regions,
    std::vector<std::string> const& sectors);

/// Shares for the regions and sectors of `cube` from another world, the donor.
///
/// A sector of the cube takes after all sectors of the donor that `concordance` gives it, weighted
/// by their output (divided equally where the cube has several sectors for one of the donor).
/// Inputs are the donor's, added up; an input that is several products of the cube is divided as
/// the region of the cube buys these. A region that the donor does not have, or a sector the
/// donor's region does not make, takes the mean of the donor's world.
///
/// \param concordance  from sectors of the cube to those of the donor (ConcordanceFolder finds it)
/// \error unknown_label  the concordance leads to a sector the donor does not have
/// \error missing_value  a sector of the cube without a sector of the donor
[[nodiscard]] Result<ProductionShares> production_shares_of(TradeAccounts const& donor,
                                                            TradeCube const& cube,
                                                            Concordance const& concordance);

/// A cube of trade and shares of production make trade accounts. The tariffs of the cube are taken
/// if it was read with them.
///
/// Precondition: `shares` has the sizes of the cube.
/// \error those of check_accounts
[[nodiscard]] Result<TradeAccounts> trade_accounts_of(TradeCube const& cube,
                                                      ProductionShares const& shares);

}  // namespace linchpin
