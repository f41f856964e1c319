// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/disrupt/model.h"
#include "linchpin/economy/economy.h"
#include "linchpin/results/swings.h"
#include "linchpin/uncertainty/ensemble.h"

namespace linchpin::uncertainty {

/// Industries up to which swings are run, and where runs cannot share a pass over the matrix.
inline constexpr std::size_t most_swing_industries = 2'500;
inline constexpr std::size_t most_swing_industries_alone = 600;
/// Numbers, or correlation groups, up to which they are.
inline constexpr std::size_t most_swing_factors = 32;

/// What each number of `uncertain` (default_uncertain if there is none) does to the loss of final
/// use of `focus` when it alone is set to the ends of its range: two runs a number, all in blocks.
/// Numbers of a correlation group go together. Worlds that are too large, and a scenario about
/// nobody, have a reason instead.
///
/// \error as find_parameters and disrupt::simulate_block
[[nodiscard]] Result<SwingSummary> disrupt_swings(Economy const& economy, Scenario const& scenario,
                                                  disrupt::ModelOptions const& options,
                                                  std::vector<Uncertain> const& uncertain,
                                                  std::optional<RegionId> focus,
                                                  disrupt::Path const& central,
                                                  RunControl const& control = {});

}  // namespace linchpin::uncertainty
