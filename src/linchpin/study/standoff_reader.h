// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "linchpin/study/leverage_spec.h"
#include "linchpin/study/toml_reader.h"

namespace linchpin::study {

/// {value = …, low = …, high = …, note = "…"}: all but low and high are needed.
[[nodiscard]] RangedNumber read_ranged(TomlReader& reader, char const* key, Range const& range);

/// Reads one [[leverage.standoff]]: players, stakes, actions, rungs. Names of players, actions and
/// rungs are looked up here, labels of the world are not.
/// \param horizon_years  of the [leverage] table: what months of a rung are a part of
[[nodiscard]] StandoffSpec read_standoff(TomlReader& reader, std::optional<double> horizon_years);

}  // namespace linchpin::study
