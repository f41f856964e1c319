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

}  // namespace linchpin::disrupt
