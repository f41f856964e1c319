// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "linchpin/depend/change.h"
#include "linchpin/depend/footprint.h"
#include "linchpin/depend/reliance.h"
#include "linchpin/depend/reliance_matrix.h"
#include "linchpin/results/result_set.h"

namespace linchpin {

/// Table `reliance` of all in `buyers` on all in `suppliers`, the rows of the matrix: a region as buyer
/// is the average of its industries weighted by output; buyers without output are left out.
[[nodiscard]] ResultTable reliance_matrix_table(depend::LeontiefSystem const& system,
                                                depend::RelianceMatrix const& reliance,
                                                std::span<depend::Buyer const> buyers,
                                                std::span<depend::Buyer const> suppliers);

/// Table `market_reliance`, one row per seller and market; sellers without output are left out.
[[nodiscard]] ResultTable market_reliance_table(depend::LeontiefSystem const& system,
                                                depend::MarketReliance const& reliance,
                                                std::span<depend::Buyer const> sellers,
                                                std::span<RegionId const> markets);

/// Tables `footprint`, one row per account and region, and with `detail` `footprint_flows`, one row
/// per account, one of `origins` and destination. Amounts are in the unit of the account, beside it.
[[nodiscard]] std::vector<ResultTable> footprint_tables(
    IndustrySpace const& space, std::span<depend::FootprintAccount const> accounts,
    std::span<RegionId const> regions, std::span<RegionId const> origins, bool detail);

/// One pair of years.
struct ChangeOfYears {
  std::string before, after;  ///< names of the worlds
  depend::StructuralChange change;
};

/// Table `change`, one row per pair of years, origin and destination of value added.
[[nodiscard]] ResultTable change_table(IndustrySpace const& space, std::string const& unit,
                                       std::span<ChangeOfYears const> changes,
                                       std::span<RegionId const> origins,
                                       std::span<RegionId const> destinations);

}  // namespace linchpin
