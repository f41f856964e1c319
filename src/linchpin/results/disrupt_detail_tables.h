// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "linchpin/results/disrupt_tables.h"

namespace linchpin {

inline constexpr char const* unmet_demand_words =
    "Orders, final use and rebuilding booked with the industry and not delivered, day by day: what "
    "is ordered again the next day counts again. What a cut stops is not booked.";

/// First day on which `industry` ran short of an input; empty if it never did.
[[nodiscard]] std::optional<std::int64_t> first_shortage(disrupt::Path const& path,
                                                         std::size_t industry);

/// The part of disrupt_tables() that goes down to single industries: shortages, all_shortages,
/// industry_over_time, final_use_over_time, inventories.
[[nodiscard]] std::vector<ResultTable> disrupt_detail_tables(
    Economy const& economy, std::span<DisruptAnswer const> answers);

}  // namespace linchpin
