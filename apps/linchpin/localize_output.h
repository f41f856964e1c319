// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "linchpin/results/json.h"
#include "linchpin/study/autonomy_run.h"

namespace linchpin::app {

/// Tables and sentences for people.
void print_autonomy(std::vector<study::AutonomyAnswer> const& answers,
                    study::AutonomyStudy const& study);

/// The document of `linchpin localize --json` but for its origin (docs/formats/json.md).
/// \param regions  labels of the world, in the order of PathYear::welfare_abroad
[[nodiscard]] Json autonomy_to_json(std::vector<study::AutonomyAnswer> const& answers,
                                    study::AutonomyStudy const& study,
                                    std::vector<std::string> const& regions);

}  // namespace linchpin::app
