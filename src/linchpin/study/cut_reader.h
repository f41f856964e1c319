// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "linchpin/study/event_spec.h"
#include "linchpin/study/toml_reader.h"

namespace linchpin::study {

/// One [[cut]] or [[import_ban]].
[[nodiscard]] CutSpec read_cut(TomlReader& reader, CutKind kind);
/// One [[closure]].
[[nodiscard]] ClosureSpec read_closure(TomlReader& reader);
/// One [[retaliation]].
[[nodiscard]] RetaliationSpec read_retaliation(TomlReader& reader);

/// Two sides: ["CHN", "DEU"], or [["CHN"], ["DEU", "NLD"]] where a side has several regions. Empty
/// after a problem.
[[nodiscard]] std::optional<RouteSpec> read_sides(TomlReader& reader, std::string_view key);

}  // namespace linchpin::study
