// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include "linchpin/table/rules/rule.h"

namespace linchpin::rules {

/// Regions without industries, or whose industries make nothing.
void check_empty_regions(Table const& table, Sums const& sums, CheckOptions const& options,
                         Findings& findings) {
  auto const& labels = table.labels;
  std::vector<std::size_t> industries(labels.regions.size(), 0);
  std::vector<double> output(labels.regions.size(), 0.0);
  for (std::size_t i = 0; i < table.size(); ++i) {
    auto const region = labels.industries[i].region.index();
    ++industries[region];
    output[region] += sums.row[i];
  }
  Collector found("empty_region", Severity::warning, options.most_per_rule, findings);
  for (std::size_t r = 0; r < labels.regions.size(); ++r) {
    if (industries[r] == 0) {
      found.add(labels.regions[r].label, 0.0, "the region has no industry, it only buys",
                "add its industries, or merge it with another region");
    } else if (output[r] == 0) {
      found.add(labels.regions[r].label, 0.0, "no industry of the region has any sales",
                "check the rows of the region, or merge it with another one");
    }
  }
}

}  // namespace linchpin::rules
