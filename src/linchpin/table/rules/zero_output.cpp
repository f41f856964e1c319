// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "linchpin/table/rules/rule.h"

namespace linchpin::rules {
namespace {

bool any_non_zero(std::span<double const> values) {
  return std::any_of(values.begin(), values.end(), [](double value) { return value != 0; });
}

}  // namespace

/// Industries without output: odd if they still sell, buy or add value, otherwise only noted.
void check_zero_output(Table const& table, Sums const& sums, CheckOptions const& options,
                       Findings& findings) {
  Collector odd("zero_output_with_flows", Severity::warning, options.most_per_rule, findings);
  std::vector<std::string> empty;
  DenseVector scratch;
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table.output[i] != 0) continue;
    bool const sells = any_non_zero(table.Z.row(i, scratch)) || any_non_zero(table.Y.row(i));
    // Only an odd industry costs a pass down its column.
    bool buys = sums.column[i] != 0;
    for (std::size_t k = 0; k < table.size() && !buys; ++k) buys = table.Z(k, i) != 0;
    bool const adds = sums.has_value_added && sums.value_added[i] != 0;
    if (!sells && !buys && !adds) {
      empty.push_back(table.labels.industry_label(i));
      continue;
    }
    odd.add(table.labels.industry_label(i),
            std::max(std::abs(sums.row[i]), std::abs(sums.column[i])),
            fmt::format("published output is zero, but the industry sells {:.6g} and buys {:.6g}",
                        sums.row[i], sums.column[i]),
            "its inputs have no output to be a share of; models take them as zero");
  }
  if (empty.empty()) return;
  auto const shown = std::min(empty.size(), options.most_per_rule);
  std::vector<std::string> const first(empty.begin(), empty.begin() + static_cast<long>(shown));
  auto const more = empty.size() - shown;
  findings.push_back({"empty_industries", Severity::warning, "whole table",
                      static_cast<double>(empty.size()),
                      fmt::format("{} industries have no output and no flows: {}{}", empty.size(),
                                  fmt::join(first, ", "),
                                  more > 0 ? fmt::format(" and {} more", more) : std::string{}),
                      "usual in published tables: the region does not have these sectors"});
}

}  // namespace linchpin::rules
