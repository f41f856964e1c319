// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/results/json.h"
#include "linchpin/results/leverage_answer.h"

namespace linchpin {

// Documents of `linchpin leverage`, version 1 each (docs/formats/json.md). What is not a number is
// null, with the reason beside it.

[[nodiscard]] Json power_to_json(PowerAnswer const& answer, Json origin);
[[nodiscard]] Json chokepoints_to_json(ChokepointsAnswer const& answer, Json origin);
[[nodiscard]] Json flows_to_json(FlowsAnswer const& answer, Json origin);
[[nodiscard]] Json defend_to_json(DefendAnswer const& answer, Json origin);

}  // namespace linchpin
