// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "linchpin/table/rules/rule.h"

namespace linchpin::rules {

/// Industries that add nothing or less than nothing: published, but models that divide by value
/// added or need non-negative costs must treat them.
void check_value_added(Table const& table, Sums const& sums, CheckOptions const& options,
                       Findings& findings) {
  Collector negative("negative_value_added", Severity::warning, options.most_per_rule, findings);
  for (std::size_t j = 0; j < table.size(); ++j) {
    if (!(sums.value_added[j] < 0)) continue;
    negative.add(table.labels.industry_label(j), sums.value_added[j],
                 fmt::format("value added is {:.6g}: the industry buys for {:.6g} and makes {:.6g}",
                             sums.value_added[j], sums.column[j], table.output[j]),
                 "check subsidies and inputs; dynamic models scale the inputs down and report it");
  }
  Collector zero("zero_value_added", Severity::warning, options.most_per_rule, findings);
  for (std::size_t j = 0; j < table.size(); ++j) {
    if (!(sums.value_added[j] == 0 && table.output[j] > 0)) continue;
    zero.add(table.labels.industry_label(j), 0.0,
             fmt::format("the industry makes {:.6g} and adds no value", table.output[j]),
             "check the column for double counting");
  }
}

}  // namespace linchpin::rules
