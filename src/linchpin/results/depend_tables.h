// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "linchpin/depend/position.h"
#include "linchpin/depend/reliance.h"
#include "linchpin/results/result_set.h"

namespace linchpin {

/// How a buyer is written: "CHN" for a region, "CHN:c14" for an industry.
[[nodiscard]] std::string buyer_label(IndustrySpace const& space, depend::Buyer const& buyer);

/// The answers of `depend` as tidy tables. Names of tables and columns are a contract with machines
/// and the report: fields may be added, never renamed.
///
///   reliance       one row per buyer and supplier region, in the order of the regions
///   suppliers      the largest supplying industries of each buyer, rank 1 first
///   concentration  two rows per buyer: measure `face_value` and `look_through`
///   position       one row per industry
/// Reliances are per unit of the buyer's gross output.
[[nodiscard]] std::vector<ResultTable> depend_tables(IndustrySpace const& space,
                                                     std::span<depend::BuyerAccount const> accounts,
                                                     depend::Position const& position);

/// Table `reliance` with its columns and no rows: buyer, supplier, face_value, look_through, hidden,
/// value_added_origin.
[[nodiscard]] ResultTable empty_reliance_table();

/// Table `position`, one row per industry of `industries`.
[[nodiscard]] ResultTable position_table(IndustrySpace const& space,
                                         depend::Position const& position,
                                         std::span<IndustryId const> industries);

}  // namespace linchpin
