// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "linchpin/economy/economy.h"
#include "linchpin/results/result_set.h"
#include "linchpin/study/autonomy_run.h"

namespace linchpin::study {

/// The answers of an autonomy study with words around them, ready for files and a report; each
/// headline is of the technology in the place of its scenario. Inputs, host, start and duration of
/// the Origin are left to the caller.
[[nodiscard]] ResultSet autonomy_results(AutonomyStudy const& study, Economy const& economy,
                                         std::vector<AutonomyAnswer> const& answers);

}  // namespace linchpin::study
