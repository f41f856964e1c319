// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "linchpin/results/json.h"
#include "linchpin/table/repair/balance.h"
#include "linchpin/table/diff.h"

namespace linchpin {

/// The document "linchpin.table-balance": what balancing a table did, and the file it went to.
[[nodiscard]] Json table_balance_to_json(BalancedTable const& balanced, std::string const& output);

/// The document "linchpin.table-diff": what differs between two tables.
[[nodiscard]] Json table_diff_to_json(TableDiff const& diff);

}  // namespace linchpin
