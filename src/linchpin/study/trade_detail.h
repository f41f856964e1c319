// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "linchpin/core/error.h"
#include "linchpin/equilibrium/solve.h"
#include "linchpin/results/equilibrium_answer.h"
#include "linchpin/study/trade_world.h"

namespace linchpin::study {

/// Adds industries, trade of every pair of regions and the `top` flows by sector that change most.
void add_trade_detail(TradeQuestion const& question, equilibrium::Equilibrium const& found,
                      std::size_t top, EquilibriumAnswer& answer);

/// What the welfare of a region reacts to most, at the solution.
/// \error not_converged  of the adjoint search
[[nodiscard]] Result<WelfareGradient> trade_gradient(TradeQuestion const& question,
                                                     equilibrium::Equilibrium const& found,
                                                     RegionId region, std::size_t top);

}  // namespace linchpin::study
