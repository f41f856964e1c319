// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/core/error.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// Rounds flows and final use to `bits` significant bits (20: about six digits), which an estimate
/// does not have anyway and which take most of the room in a file. Output becomes the sum of the
/// row and the first row of value added what is left after inputs, so that the table balances as
/// before.
/// Preconditions: 1 <= bits <= 53; Z is dense; the table has one row of value added.
[[nodiscard]] Table rounded_flows(Table table, int bits);

/// Output becomes the sum of the row, value added what is left after inputs, flows stay: for tables
/// whose publisher rounded cells, once adding up regions has added up the gaps too. Added to
/// info.history.
/// \error invalid_table  the arrays do not fit the labels
/// \error bad_value      there is more than one row of value added, which could not all be
/// residuals
[[nodiscard]] Result<Table> resummed(Table table);

}  // namespace linchpin
