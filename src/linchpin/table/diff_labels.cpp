// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/diff_labels.h"

#include <unordered_map>
#include <utility>

namespace linchpin::diffing {
namespace {

using Labels = std::vector<std::string>;

template <class Entries>
Labels codes(Entries const& entries) {
  Labels result;
  for (auto const& each : entries) result.push_back(each.label);
  return result;
}

Labels industries(TableLabels const& labels) {
  Labels result;
  for (std::size_t i = 0; i < labels.industries.size(); ++i) {
    result.push_back(labels.industry_label(i));
  }
  return result;
}

Matches compare(std::string kind, Labels const& a, Labels const& b,
                std::vector<LabelDiff>& labels) {
  LabelDiff diff;
  diff.kind = std::move(kind);
  std::unordered_map<std::string, std::size_t> place;
  for (std::size_t k = 0; k < b.size(); ++k) place.emplace(b[k], k);
  Matches matches(a.size());
  std::vector<char> met(b.size(), 0);
  std::size_t last = 0;
  for (std::size_t k = 0; k < a.size(); ++k) {
    auto const known = place.find(a[k]);
    if (known == place.end() || met[known->second]) {
      diff.only_in_a.push_back(a[k]);
      continue;
    }
    matches[k] = known->second;
    met[known->second] = 1;
    diff.reordered = diff.reordered || known->second < last;
    last = known->second;
    ++diff.common;
  }
  for (std::size_t k = 0; k < b.size(); ++k) {
    if (!met[k]) diff.only_in_b.push_back(b[k]);
  }
  labels.push_back(std::move(diff));
  return matches;
}

}  // namespace

Matching match(Table const& a, Table const& b, std::vector<LabelDiff>& labels) {
  Matching matching;
  matching.regions = compare("region", codes(a.labels.regions), codes(b.labels.regions), labels);
  static_cast<void>(compare("sector", codes(a.labels.sectors), codes(b.labels.sectors), labels));
  matching.industries = compare("industry", industries(a.labels), industries(b.labels), labels);
  auto const categories =
      compare("category", codes(a.labels.categories), codes(b.labels.categories), labels);
  matching.value_added_rows =
      compare("value added", a.labels.value_added_rows, b.labels.value_added_rows, labels);
  for (auto const& region : matching.regions) {
    for (auto const& category : categories) {
      matching.final_columns.emplace_back();
      if (region && category) {
        matching.final_columns.back() = *region * b.labels.categories.size() + *category;
      }
    }
  }
  return matching;
}

}  // namespace linchpin::diffing
