// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "linchpin/results/leverage_answer.h"
#include "linchpin/results/result_set.h"
#include "linchpin/results/standoff_answer.h"

namespace linchpin {

/// Power on one world of a study.
struct PowerYear {
  std::string world;
  int year = 0;
  PowerAnswer answer;
};

/// Tables `power` and, where sets of elasticities were compared, `power_rank_stability`. None
/// without years.
[[nodiscard]] std::vector<ResultTable> power_tables(std::span<PowerYear const> years);

/// Tables `chokepoints` and, with draws, `chokepoint_links`. None without answers.
[[nodiscard]] std::vector<ResultTable> chokepoint_tables(
    std::span<ChokepointsAnswer const> answers);

/// Tables `payoffs`, `equilibria`, `action_odds`, and `ladder`, `ladder_ends` of those that have
/// one. None without answers.
[[nodiscard]] std::vector<ResultTable> standoff_tables(std::span<StandoffAnswer const> answers);

}  // namespace linchpin
