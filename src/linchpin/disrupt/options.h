// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/core/error.h"
#include "linchpin/disrupt/model.h"

namespace linchpin::disrupt {

/// All faults of the options and of the scenario's events at once.
/// \error bad_value      a number is out of its range
/// \error size_mismatch  inventory_days is not as long as the list of sectors
[[nodiscard]] Result<void> check_request(IndustrySpace const& space, Scenario const& scenario,
                                         ModelOptions const& options);

/// Most memory that paths may take, a single one and all runs of a study together [bytes].
inline constexpr double most_path_bytes = 8.0 * (1U << 30U);

/// Memory of one Path: it keeps every industry and every final use on every day [bytes].
[[nodiscard]] double path_bytes(IndustrySpace const& space, int days);

/// Memory of what options keep by pair of seller and buyer: deliveries under way by distinct delay,
/// and shares that move slowly [bytes].
[[nodiscard]] double pair_bytes(IndustrySpace const& space, ModelOptions const& options,
                                std::size_t lanes);

}  // namespace linchpin::disrupt
