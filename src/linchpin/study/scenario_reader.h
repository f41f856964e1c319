// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/study/scenario_file.h"
#include "linchpin/study/toml_reader.h"

namespace linchpin::study {

/// Reads name, title, [model], all events and [[uncertain]] of a scenario: a whole document, or one
/// [[scenario]] of a study. Asks `reader` to report unknown keys.
[[nodiscard]] ScenarioSpec read_scenario_table(TomlReader& reader);

}  // namespace linchpin::study
