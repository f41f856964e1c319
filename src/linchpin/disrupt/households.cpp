// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/households.h"

#include <algorithm>
#include <cmath>

#include "linchpin/core/lowercase.h"

namespace linchpin::disrupt {
namespace {

/// Categories of households' consumption by their names; if none is known, all final use counts.
std::vector<bool> household_categories(TableLabels const& labels) {
  std::vector<bool> result;
  for (auto const& category : labels.categories) {
    auto const name = lowercase(category.name);
    bool const serving =
        name.find("non-profit") != std::string::npos || name.find("serving") != std::string::npos;
    result.push_back(name.find("household") != std::string::npos && !serving);
  }
  if (std::none_of(result.begin(), result.end(), [](bool each) { return each; })) {
    result.assign(result.size(), true);
  }
  return result;
}

}  // namespace

Households::Households(Economy const& economy, std::span<Run const> lanes, Baseline const& baseline)
    : space_(&economy.space()),
      baseline_(&baseline),
      lanes_(lanes.size()),
      active_(lanes.front().options->consumption.active) {
  if (!active_) return;
  auto const& labels = economy.table().labels;
  auto const of_households = household_categories(labels);
  auto const regions = space_->regions();
  for (auto const& lane : lanes) {
    persistence_.push_back(1 - (1 - lane.options->consumption.persistence) / 90);
    replacement_.push_back(lane.options->consumption.replacement);
  }
  share_ = DenseMatrix(baseline.rows.size(), regions);
  for (std::size_t row = 0; row < baseline.rows.size(); ++row) {
    auto const cells = economy.final_demand().row(IndustryId{baseline.rows.industry_of(row)});
    for (std::size_t r = 0; r < regions; ++r) {
      double bought = 0;
      for (std::size_t c = 0; c < labels.categories.size(); ++c) {
        double const cell = cells[r * labels.categories.size() + c];
        bool const kept = cell > 0 && !labels.categories[c].inventory_change;
        if (kept && of_households[c]) bought += cell;
      }
      double const all = baseline.final_use(row, r);
      share_(row, r) = all > 0 ? std::min(1.0, bought / all) : 0.0;
    }
  }
  consumption_.assign(regions * lanes_, 1.0);
  income_.assign(regions, 0.0);
  for (std::size_t i = 0; i < space_->size(); ++i) {
    income_[space_->region_of(IndustryId{i}).index()] += baseline.value_added[i];
  }
}

void Households::adjust(DenseVector const& output) {
  if (!active_) return;
  for (std::size_t r = 0; r < income_.size(); ++r) {
    if (income_[r] <= 0) continue;
    RegionId const region{r};
    for (std::size_t s = 0; s < lanes_; ++s) {
      double earned = 0;
      for (auto i = space_->first_of(region).index(); i < space_->last_of(region).index(); ++i) {
        earned += baseline_->value_added[i] * (1 - output[i * lanes_ + s]);
      }
      double const labour = std::max(0.0, 1 - earned / income_[r]);
      // A floor, so that a region without any income still has a finite logarithm.
      double const kept = std::max(1e-6, labour + replacement_[s] * (1 - labour));
      double const expected = (1 + kept) / 2;
      double const rho = persistence_[s];
      double& c = consumption_[r * lanes_ + s];
      c = std::exp(rho * std::log(c) + 0.5 * (1 - rho) * (std::log(kept) + std::log(expected)));
    }
  }
}

}  // namespace linchpin::disrupt
