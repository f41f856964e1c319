// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "linchpin/disrupt/bracket.h"
#include "linchpin/economy/industry_space.h"
#include "linchpin/results/result_set.h"

namespace linchpin {

/// The bracket of one scenario.
struct ScenarioBracket {
  std::string scenario;
  disrupt::BracketAnswer answer;
};

/// Table `bracket`: one row per scenario with the loss of final use in the best, central and worst
/// case; scenarios without a bracket have a row that says why.
[[nodiscard]] ResultTable bracket_table(IndustrySpace const& space,
                                        std::span<ScenarioBracket const> brackets);

}  // namespace linchpin
