// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/economy/economy.h"
#include "linchpin/results/leverage_answer.h"
#include "linchpin/study/leverage_draws.h"
#include "linchpin/study/power_parts.h"

namespace linchpin::study {

/// How the answer holds over draws, a piece of run_power. Of every pair: cost index and first
/// order, in all draws. Of the strongest pairs, in some of them: losses once trade has settled,
/// and, where there are flows, losses of the first months over draws of what the daily model takes
/// to be uncertain (they know no elasticity of trade). A draw without an answer is counted and left
/// out.
/// \error cancelled
[[nodiscard]] Result<void> add_power_draws(Economy const* economy, PowerQuestion const& question,
                                           PowerRequest const& request,
                                           ParameterSource const& source,
                                           LeverageDraws const& draws, PowerAnswer& answer,
                                           RunControl const& control);

}  // namespace linchpin::study
