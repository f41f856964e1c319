// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "linchpin/core/run_control.h"
#include "linchpin/disrupt/bracket.h"
#include "linchpin/economy/economy.h"
#include "linchpin/study/scenario_file.h"

namespace linchpin::study {

/// The bracket of the region that the headline of a scenario is about (headline_region), around its
/// central path; a scenario that is about no region has none. Errors as disrupt::static_bounds().
[[nodiscard]] Result<disrupt::BracketAnswer> scenario_bracket(
    Economy const& economy, ResolvedScenario const& scenario, disrupt::Path const& path,
    std::optional<RegionId> focus, RunControl const& control = {});

}  // namespace linchpin::study
