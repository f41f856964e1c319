// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "linchpin/table/table.h"

namespace linchpin {

/// Totals of one region [unit of the table per year].
struct RegionTotals {
  std::string label;
  double gross_output = 0;  ///< as published
  double value_added = 0;   ///< of its industries
  double final_demand = 0;  ///< of its final users, from all sellers
};

/// Totals of a table [unit of the table per year].
struct Totals {
  double gross_output = 0;
  double value_added = 0;  ///< sum of all published rows; output less inputs where there are none
  double final_demand = 0;
  std::vector<RegionTotals> regions;  ///< in the order of the table
  std::size_t zero_output_industries = 0;
  std::size_t negative_final_cells = 0;
};

/// Precondition: the arrays of `table` fit its labels (check_shapes).
[[nodiscard]] Totals totals_of(Table const& table);

}  // namespace linchpin
