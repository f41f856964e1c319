// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/results/equilibrium_answer.h"
#include "linchpin/results/json.h"

namespace linchpin {

/// The document "linchpin.equilibrium", version 1 (docs/formats/json.md). `answer` is "solved", or
/// "essential input lost" with the goods in `lost` and no regions. An undefined entry is null
/// beside a text `<name>_reason`. `origin` as given; its duration stands there as `duration_s`,
/// too.
[[nodiscard]] Json equilibrium_to_json(EquilibriumAnswer const& answer, Json origin);

}  // namespace linchpin
