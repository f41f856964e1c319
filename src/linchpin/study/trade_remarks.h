// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "linchpin/equilibrium/policy.h"
#include "linchpin/results/equilibrium_answer.h"

namespace linchpin::study {

/// How to read numbers of a solved `answer` that look odd, a sentence each: first-order welfare of
/// the other sign than the exact change (outliers, and what rounds to nothing, left out), and trade
/// that goes by detours of `policy` but is counted as direct.
[[nodiscard]] std::vector<std::string> trade_remarks(EquilibriumAnswer const& answer,
                                                     equilibrium::TradePolicy const& policy);

}  // namespace linchpin::study
