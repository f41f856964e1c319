// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/mapping.h"
#include "linchpin/table/nowcast/nowcast.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// Error of one buying region's look-through reliance, the part of L - I bought abroad per unit of
/// its output.
struct RelianceError {
  std::string region;
  double by_region = 0;    ///< over supplying regions
  double by_industry = 0;  ///< over supplying industries
};

/// Weighted absolute percentage errors: sum |estimate - truth| / sum |truth|.
struct BackcastErrors {
  std::string method;
  double cells = 0;         ///< of Z
  double import_cells = 0;  ///< of Z, seller and buyer in different regions
  double multipliers = 0;   ///< column sums of L, weighted by the true output
  std::vector<RelianceError> reliance;
  double mean_reliance_by_region = 0;
  double mean_reliance_by_industry = 0;
};

struct BackcastReport {
  int base_year = 0;
  int truth_year = 0;
  std::size_t regions = 0;
  std::size_t sectors = 0;
  double clipped = 0;      ///< negative bilateral totals of the truth, set to zero [unit per year]
  BackcastErrors nowcast;  ///< the method as it is used
  BackcastErrors true_shares;  ///< … given the true value-added shares
  BackcastErrors unchanged;    ///< coefficients of the base year, true output
};

struct BackcastOptions {
  std::vector<std::string> regions = {"CHN", "USA", "DEU"};  ///< whose reliance is compared
  NowcastOptions nowcast = {};
};

/// Estimates the year of `truth` from `base`, giving the method only what a trade cube gives: of
/// the truth, bilateral totals by sector, nothing on value added or on who used what. Compares
/// flows, multipliers and reliance with the truth.
///
/// \param sectors  merges sectors of both tables first, to those that the cube would tell apart
/// \error size_mismatch  the tables have different regions or sectors
/// \error unknown_label  a region that is not there
/// \error those of nowcast() and aggregate()
/// \error not_converged  a table is not productive
[[nodiscard]] Result<BackcastReport> backcast(Table const& base, Table const& truth,
                                              Mapping const& sectors,
                                              BackcastOptions const& options = {},
                                              RunControl const& control = {});

}  // namespace linchpin
