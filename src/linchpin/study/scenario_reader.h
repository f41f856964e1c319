// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/study/scenario_file.h"
#include "linchpin/study/toml_reader.h"

namespace linchpin::study {

/// Reads a [model] table.
[[nodiscard]] ModelSpec read_model(TomlReader reader);

/// Reads the keys of a [model] that may stand among others, which is all but inventory_days;
/// unknown keys are left to the caller.
[[nodiscard]] ModelSpec read_model_keys(TomlReader& reader);

/// Reads name, title, [model], [[cut]] and [[capacity_loss]] of a scenario: a whole document, or
/// one [[scenario]] of a study. Asks `reader` to report unknown keys.
[[nodiscard]] ScenarioSpec read_scenario_table(TomlReader& reader);

}  // namespace linchpin::study
