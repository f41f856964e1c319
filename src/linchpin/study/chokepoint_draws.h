// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/leverage/chokepoints.h"
#include "linchpin/leverage/price_world.h"
#include "linchpin/results/leverage_answer.h"
#include "linchpin/study/chokepoint_run.h"
#include "linchpin/study/leverage_draws.h"
#include "linchpin/study/leverage_world.h"

namespace linchpin::study {

// Pieces of run_chokepoints: how its answer holds over draws.

/// Draws in which sets are solved in full at most: each costs as many equilibria as there are sets.
inline constexpr std::size_t most_set_draws = 200;

/// What was searched.
struct ChokepointSearch {
  leverage::Screen prices;                               ///< of the price system, central numbers
  std::vector<std::vector<leverage::DeniedLink>> links;  ///< [candidate]
  std::size_t target = 0;
  leverage::ChokepointAnswer found;  ///< once trade has settled
};

/// Bands of the losses of the sets found; per link the ranks alone and how often it belongs to the
/// best of the sets tried in a draw, which are those found and the ten best of the draw's own
/// screen, all solved in full. Draws without an answer are counted, not averaged away.
/// \error cancelled
[[nodiscard]] Result<void> add_chokepoint_draws(ChokepointSearch const& search,
                                                ChokepointRequest const& request,
                                                LeverageDraws const& draws,
                                                ChokepointsAnswer& answer,
                                                RunControl const& control);

}  // namespace linchpin::study
