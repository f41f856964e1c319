// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/core/error.h"
#include "linchpin/economy/industry_space.h"
#include "linchpin/study/leverage_spec.h"
#include "linchpin/study/toml_reader.h"

namespace linchpin::study {

/// Reads the [leverage] table of a study (docs/formats/study.md): keys of the model, [[carve]],
/// [power], [[chokepoints]], [[standoff]], [ensemble].
[[nodiscard]] LeverageSpec read_leverage(TomlReader& reader);

/// Labels of regions and sectors that `space` does not have; lines that are carved count as
/// sectors. Other worlds of [leverage.power] are looked at when they are opened.
void check_leverage(LeverageSpec const& spec, IndustrySpace const& space, ErrorList& errors);

}  // namespace linchpin::study
