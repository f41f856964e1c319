// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/study/event_spec.h"
#include "linchpin/study/toml_reader.h"

namespace linchpin::study {

/// Reads all events of a scenario: [[cut]], [[import_ban]], [[closure]], [[retaliation]],
/// [[capacity_loss]], [[labour_shock]], [[capital_loss]], [[demand_shift]], [[reserve]].
[[nodiscard]] EventSpecs read_events(TomlReader& reader);

}  // namespace linchpin::study
