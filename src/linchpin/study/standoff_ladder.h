// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "linchpin/core/error.h"
#include "linchpin/leverage/ladder.h"
#include "linchpin/study/standoff_parts.h"

namespace linchpin::study {

/// The ladder with payoffs where it ends: losses and worths over the whole horizon, rungs on the
/// way there for the time they take, then the stakes.
[[nodiscard]] leverage::Ladder ladder_of(StandoffCase const& each, StandoffDraw const& draw);

/// From which stakes on players hold out, into `draw`. Precondition: the ladder was climbed.
/// \error of climb_ladder
[[nodiscard]] Result<void> add_break_even(StandoffCase const& each, StandoffDraw& draw);

/// Rungs, moves and who gives way. Precondition: the ladder was climbed in all draws.
void fill_ladder(StandoffCase const& each, StandoffDraw const& central,
                 std::span<StandoffDraw const> draws, StandoffAnswer& answer);

}  // namespace linchpin::study
