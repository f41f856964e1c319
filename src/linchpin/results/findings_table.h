// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/results/result_set.h"
#include "linchpin/table/findings.h"

namespace linchpin {

/// What the checks of the table found, as the tidy table `findings`: one row per finding, errors
/// first, else in the order of the checks.
[[nodiscard]] ResultTable findings_table(Findings const& findings);

}  // namespace linchpin
