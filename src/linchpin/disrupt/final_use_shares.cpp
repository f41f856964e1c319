// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/final_use_shares.h"

#include <algorithm>
#include <string>

#include "linchpin/core/lowercase.h"

namespace linchpin::disrupt {
namespace {

bool says(std::string const& name, char const* word) {
  return name.find(word) != std::string::npos;
}

}  // namespace

std::vector<bool> household_categories(TableLabels const& labels) {
  std::vector<bool> result;
  for (auto const& category : labels.categories) {
    auto const name = lowercase(category.name);
    bool const serving = says(name, "non-profit") || says(name, "serving");
    result.push_back(says(name, "household") && !serving);
  }
  if (std::none_of(result.begin(), result.end(), [](bool each) { return each; })) {
    result.assign(result.size(), true);
  }
  return result;
}

std::vector<bool> government_categories(TableLabels const& labels) {
  std::vector<bool> result;
  for (auto const& category : labels.categories) {
    auto const name = lowercase(category.name);
    result.push_back(says(name, "government") && !says(name, "non-government"));
  }
  return result;
}

DenseMatrix category_shares(Economy const& economy, Baseline const& baseline,
                            std::vector<bool> const& chosen) {
  auto const& categories = economy.table().labels.categories;
  auto const regions = economy.space().regions();
  DenseMatrix shares(baseline.rows.size(), regions);
  for (std::size_t row = 0; row < baseline.rows.size(); ++row) {
    auto const cells = economy.final_demand().row(IndustryId{baseline.rows.industry_of(row)});
    for (std::size_t r = 0; r < regions; ++r) {
      double bought = 0;
      for (std::size_t c = 0; c < categories.size(); ++c) {
        double const cell = cells[r * categories.size() + c];
        bool const kept = cell > 0 && !categories[c].inventory_change;
        if (kept && chosen[c]) bought += cell;
      }
      double const all = baseline.final_use(row, r);
      shares(row, r) = all > 0 ? std::min(1.0, bought / all) : 0.0;
    }
  }
  return shares;
}

}  // namespace linchpin::disrupt
