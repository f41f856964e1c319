// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "linchpin/table/rules/rule.h"

namespace linchpin::rules {

/// Negative final demand outside changes in inventories, where it is normal.
void check_final_demand(Table const& table, CheckOptions const& options, Findings& findings) {
  auto const& labels = table.labels;
  auto const categories = labels.categories.size();
  Collector found("negative_final_demand", Severity::warning, options.most_per_rule, findings);
  for (std::size_t i = 0; i < table.size(); ++i) {
    auto const row = table.Y.row(i);
    for (std::size_t j = 0; j < row.size(); ++j) {
      if (!(row[j] < 0) || labels.categories[j % categories].inventory_change) continue;
      if (!found.has_room()) {
        found.count_only();
        continue;
      }
      found.add(
          fmt::format("{} -> {}:{}", labels.industry_label(i), labels.regions[j / categories].label,
                      labels.categories[j % categories].label),
          row[j], fmt::format("final demand is {:.6g}, below zero", row[j]),
          "kept for accounting; dynamic models move it to a reported residual");
    }
  }
}

}  // namespace linchpin::rules
