// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "linchpin/core/error.h"
#include "linchpin/study/toml_reader.h"
#include "linchpin/study/trade_spec.h"

namespace linchpin::study {

/// Reads a scenario of trade policies: a whole document, or one [[equilibrium.scenario]] of a
/// study. Asks `reader` to report unknown keys.
[[nodiscard]] TradeScenarioSpec read_trade_scenario_table(TomlReader& reader);

/// Reads the [equilibrium] table of a study: keys of the model, [[equilibrium.scenario]],
/// [equilibrium.groups], [[equilibrium.uncertain]], [equilibrium.ensemble], top. Scenarios get what
/// they do not say themselves from the table.
[[nodiscard]] EquilibriumSpec read_equilibrium(TomlReader& reader);

/// Reads the keys of the model alone: theta, horizon_years, entrant_cost, model, [deficits],
/// [nests], [factors].
[[nodiscard]] TradeModelSpec read_trade_model(TomlReader& reader);

}  // namespace linchpin::study
