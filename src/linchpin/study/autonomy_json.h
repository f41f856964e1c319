// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "linchpin/results/json.h"
#include "linchpin/study/autonomy_run.h"

namespace linchpin::study {

/// The document "linchpin.localize", version 1, but for its origin (docs/formats/json.md).
/// \param regions  labels of the world, in the order of PathYear::welfare_abroad
[[nodiscard]] Json autonomy_to_json(std::vector<AutonomyAnswer> const& answers,
                                    AutonomyStudy const& study,
                                    std::vector<std::string> const& regions);

/// "40 % of the numbers behind Lamps are assumptions."
[[nodiscard]] std::string assumption_note(AutonomyAnswer const& answer);

}  // namespace linchpin::study
