// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/equilibrium/solve.h"
#include "linchpin/results/equilibrium_answer.h"
#include "linchpin/study/trade_run.h"

namespace linchpin::study {

/// Bands of welfare over the draws that `asked` wants, around the central `answer`.
/// \error as uncertainty::equilibrium_ensemble
[[nodiscard]] Result<EquilibriumBands> trade_bands(TradeQuestion const& question,
                                                   equilibrium::Equilibrium const& central,
                                                   TradeAsked const& asked,
                                                   EquilibriumAnswer const& answer,
                                                   RunControl const& control);

}  // namespace linchpin::study
