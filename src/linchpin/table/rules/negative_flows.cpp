// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "linchpin/table/rules/rule.h"

namespace linchpin::rules {

/// Intermediate flows below zero: no model can read them.
void check_negative_flows(Table const& table, CheckOptions const& options, Findings& findings) {
  auto const& labels = table.labels;
  Collector found("negative_intermediate", Severity::error, options.most_per_rule, findings);
  DenseVector scratch;
  for (std::size_t i = 0; i < table.size(); ++i) {
    auto const row = table.Z.row(i, scratch);
    auto const negative = [](double flow) { return flow < 0; };
    if (std::none_of(row.begin(), row.end(), negative)) continue;
    for (std::size_t j = 0; j < row.size(); ++j) {
      if (!negative(row[j])) continue;
      if (!found.has_room()) {
        found.count_only();
        continue;
      }
      found.add(labels.industry_label(i) + " -> " + labels.industry_label(j), row[j],
                fmt::format("the intermediate flow is {:.6g}, below zero", row[j]),
                "move negative entries (scrap, by-products) to final demand or balance the table");
    }
  }
}

}  // namespace linchpin::rules
