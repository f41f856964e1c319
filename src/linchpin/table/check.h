// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "linchpin/table/findings.h"
#include "linchpin/table/table.h"

namespace linchpin {

struct CheckOptions {
  // An industry is off balance if its gap exceeds both bounds (the same as BalanceTolerance of an
  // Economy). The second is there because publishers round cells to whole units, which adds up over
  // a long row until it is large beside a tiny industry, but not beside the table.
  double relative_tolerance = 1e-3;    ///< share of the industry's own output
  double of_largest_tolerance = 5e-4;  ///< share of the largest output of the table
  /// Findings kept per rule; the last one then says how many more there are.
  std::size_t most_per_rule = 20;
};

/// Looks for everything that is wrong or odd in a table, all at once, rule by rule in a fixed
/// order. A table that holds no error can become an Economy.
///
/// Rules: table_shape, region_labels, sector_labels, category_labels, value_added_labels,
/// industry_labels, not_finite, negative_intermediate, negative_output, row_output_balance,
/// row_column_balance, rounding_imbalance, negative_value_added, zero_value_added,
/// zero_output_with_flows, empty_industries, negative_final_demand, empty_region, spectral_radius.
[[nodiscard]] Findings check_table(Table const& table, CheckOptions const& options = {});

/// True if any finding is an error.
[[nodiscard]] bool has_errors(Findings const& findings) noexcept;

/// The findings with every warning turned into an error.
[[nodiscard]] Findings strict(Findings findings);

}  // namespace linchpin
