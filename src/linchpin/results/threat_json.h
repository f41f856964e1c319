// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/results/json.h"
#include "linchpin/results/threat_answer.h"

namespace linchpin {

/// Documents `linchpin.leverage-bargain`, `-signal` and `-frontier` (docs/formats/json.md): what
/// cannot be a number is null with a reason beside it.
[[nodiscard]] Json bargain_to_json(BargainAnswer const& answer, Json origin);
[[nodiscard]] Json signal_to_json(SignalAnswer const& answer, Json origin);
[[nodiscard]] Json frontier_to_json(FrontierAnswer const& answer, Json origin);

}  // namespace linchpin
