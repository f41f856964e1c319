// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/economy/economy.h"
#include "linchpin/results/equilibrium_answer.h"
#include "linchpin/results/result_set.h"
#include "linchpin/study/parameter_source.h"
#include "linchpin/study/trade_spec.h"

namespace linchpin::study {

/// Problems of labels and uncertain numbers of all scenarios, before anything is computed.
void check_equilibrium(EquilibriumSpec const& spec, IndustrySpace const& space, ErrorList& errors);

/// Answers all scenarios of an [equilibrium] table on one world without tariffs in its base.
/// \error of open_trade_question and run_trade_question, with the scenario it happened in
[[nodiscard]] Result<std::vector<EquilibriumAnswer>> run_equilibrium(
    EquilibriumSpec const& spec, Economy const& economy, std::string const& world_name,
    ParameterSource const& parameters, RunControl const& control);

/// Headlines, tables, notes, warnings and options of the answers, added to `results`.
void add_equilibrium(ResultSet& results, std::vector<EquilibriumAnswer> const& answers,
                     EquilibriumSpec const& spec);

}  // namespace linchpin::study
