// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/study/leverage_spec.h"
#include "linchpin/study/toml_reader.h"

namespace linchpin::study {

/// A name that has to be there; empty after a problem.
[[nodiscard]] Placed<std::string> needed_name(TomlReader& reader, char const* key,
                                              char const* example);

/// {value = …, low = …, high = …, note = "…"}: all but low and high are needed.
[[nodiscard]] RangedNumber read_ranged(TomlReader& reader, char const* key, Range const& range);

/// Reads one [[leverage.standoff]]: players, stakes, actions, rungs. Names of players, actions and
/// rungs are looked up here, labels of the world are not.
[[nodiscard]] StandoffSpec read_standoff(TomlReader& reader);

}  // namespace linchpin::study
