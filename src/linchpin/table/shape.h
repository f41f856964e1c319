// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/core/error.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// Checks that the arrays of `table` have the shapes its labels ask for, that industries name
/// existing regions and sectors, and that there is at least one industry.
/// \error invalid_table  they do not
[[nodiscard]] Result<void> check_shapes(Table const& table);

}  // namespace linchpin
