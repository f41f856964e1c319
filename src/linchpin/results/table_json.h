// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "linchpin/results/json.h"
#include "linchpin/table/findings.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// A world that comes with the program, opened to see what it holds.
struct ListedWorld {
  std::string name;
  Table table;
};

/// The document "linchpin.table-list": name, year, size, unit, source and licence of each world.
[[nodiscard]] Json table_list_to_json(std::span<ListedWorld const> worlds);

/// The document "linchpin.table-info": labels, provenance and totals of one table.
/// Precondition: the arrays of `table` fit its labels.
[[nodiscard]] Json table_info_to_json(Table const& table);

/// The document "linchpin.table-check": findings and totals. A total that is not finite, because a
/// cell is not, is null beside a text `<name>_reason`.
[[nodiscard]] Json table_check_to_json(Table const& table, Findings const& findings);

}  // namespace linchpin
