// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "linchpin/results/disrupt_tables.h"

namespace linchpin {

/// The part of disrupt_tables() that goes down to single industries: shortages, all_shortages,
/// industry_over_time, final_use_over_time, inventories.
[[nodiscard]] std::vector<ResultTable> disrupt_detail_tables(
    Economy const& economy, std::span<DisruptAnswer const> answers);

}  // namespace linchpin
