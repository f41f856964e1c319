// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/households.h"

#include <algorithm>
#include <cmath>

#include "linchpin/disrupt/final_use_shares.h"

namespace linchpin::disrupt {
Households::Households(Economy const& economy, std::span<Run const> lanes, Baseline const& baseline)
    : space_(&economy.space()),
      baseline_(&baseline),
      lanes_(lanes.size()),
      active_(lanes.front().options->consumption.active) {
  if (!active_) return;
  auto const regions = space_->regions();
  for (auto const& lane : lanes) {
    persistence_.push_back(1 - (1 - lane.options->consumption.persistence) / 90);
    replacement_.push_back(lane.options->consumption.replacement);
  }
  share_ = category_shares(economy, baseline, household_categories(economy.table().labels));
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
