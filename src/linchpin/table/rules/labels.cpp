// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <set>
#include <string>
#include <vector>

#include "linchpin/table/label_text.h"
#include "linchpin/table/rules/rule.h"

namespace linchpin::rules {
namespace {

void check_list(std::vector<std::string> const& labels, char const* kind, std::string_view rule,
                bool colon_allowed, CheckOptions const& options, Findings& findings) {
  Collector found(rule, Severity::error, options.most_per_rule, findings);
  std::set<std::string> seen;
  for (std::size_t k = 0; k < labels.size(); ++k) {
    auto const& label = labels[k];
    auto const where = label.empty() ? fmt::format("{} {}", kind, k + 1) : printable(label);
    auto const position = static_cast<double>(k + 1);
    if (auto const fault = label_fault(label); !fault.empty()) {
      found.add(where, position, fmt::format("the label of {} number {} {}", kind, k + 1, fault),
                "give it a short name");
    } else if (!colon_allowed && label.find(':') != std::string::npos) {
      found.add(where, position, fmt::format("the label of {} number {} holds a ':'", kind, k + 1),
                "industries are written REGION:SECTOR, so a region's label cannot hold a ':'");
    }
    if (!seen.insert(label).second) {
      found.add(where, position, fmt::format("the {} '{}' appears twice", kind, printable(label)),
                "rename or merge one of the two");
    }
  }
}

template <class Labels>
std::vector<std::string> codes(Labels const& labels) {
  std::vector<std::string> result;
  for (auto const& each : labels) result.push_back(each.label);
  return result;
}

}  // namespace

/// Labels that are missing, repeated or unfit, and industries that repeat or are not in blocks.
void check_labels(Table const& table, CheckOptions const& options, Findings& findings) {
  auto const& labels = table.labels;
  check_list(codes(labels.regions), "region", "region_labels", false, options, findings);
  check_list(codes(labels.sectors), "sector", "sector_labels", true, options, findings);
  check_list(codes(labels.categories), "kind of final demand", "category_labels", true, options,
             findings);
  check_list(labels.value_added_rows, "value-added row", "value_added_labels", true, options,
             findings);
  Collector found("industry_labels", Severity::error, options.most_per_rule, findings);
  std::set<IndustryKey> seen;
  for (std::size_t i = 0; i < table.size(); ++i) {
    auto const& key = labels.industries[i];
    auto const position = static_cast<double>(i + 1);
    if (!seen.insert(key).second) {
      found.add(printable(labels.industry_label(i)), position, "the industry appears twice",
                "merge the two rows and columns");
    }
    if (i > 0 && key.region < labels.industries[i - 1].region) {
      found.add(printable(labels.industry_label(i)), position,
                "the industries of a region do not stand together, in the order of the regions",
                "sort rows and columns by region");
    }
  }
}

}  // namespace linchpin::rules
