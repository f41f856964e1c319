// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "linchpin/results/result_set.h"
#include "linchpin/results/threat_answer.h"

namespace linchpin {

/// Table `bargains`. None without answers.
[[nodiscard]] std::vector<ResultTable> bargain_tables(std::span<BargainAnswer const> answers);

/// Tables `signals` and, where costs come from a world, `signal_costs`. None without answers.
[[nodiscard]] std::vector<ResultTable> signal_tables(std::span<SignalAnswer const> answers);

/// Tables `frontier` and `frontier_sectors`. None without answers.
[[nodiscard]] std::vector<ResultTable> frontier_tables(std::span<FrontierAnswer const> answers);

/// Tables `defence` and `defence_measures`. None without answers.
[[nodiscard]] std::vector<ResultTable> defence_tables(std::span<DefendAnswer const> answers);

}  // namespace linchpin
