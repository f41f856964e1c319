// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "linchpin/study/autonomy_run.h"

namespace linchpin::app {

/// Tables and sentences for people.
void print_autonomy(std::vector<study::AutonomyAnswer> const& answers,
                    study::AutonomyStudy const& study);

}  // namespace linchpin::app
