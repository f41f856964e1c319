// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/study/event_spec.h"
#include "linchpin/study/toml_reader.h"

namespace linchpin::study {

/// Reads all events of a scenario: [[cut]], [[import_ban]], [[closure]], [[retaliation]],
/// [[capacity_loss]], [[labour_shock]], [[capital_loss]], [[demand_shift]], [[reserve]].
[[nodiscard]] EventSpecs read_events(TomlReader& reader);

/// The texts of a key that must be there.
[[nodiscard]] std::vector<Placed<std::string>> required_texts(TomlReader& reader,
                                                              std::string_view key,
                                                              std::string_view example);

/// Two sides: ["CHN", "DEU"], or [["CHN"], ["DEU", "NLD"]] where a side has several regions. Empty
/// after a problem.
[[nodiscard]] std::optional<RouteSpec> read_sides(TomlReader& reader, std::string_view key);

}  // namespace linchpin::study
