// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/survival.h"

#include <algorithm>

namespace linchpin::disrupt {
namespace {

/// First day on which an industry of `region` falls short of `product`.
Result<std::optional<int>> first_day(Economy const& economy, Scenario const& scenario,
                                     ModelOptions const& options, RegionId region,
                                     SectorId product, RunControl const& control) {
  auto const path = simulate(economy, scenario, options, control);
  if (!path) return fail(path.error());
  for (auto const& each : path->shortages) {  // by first_day
    bool const here = economy.space().region_of(each.industry) == region;
    if (here && each.product == product) return std::optional<int>{each.first_day};
  }
  return std::optional<int>{};
}

}  // namespace

Result<std::vector<Survival>> survival(Economy const& economy, Scenario const& scenario,
                                       ModelOptions const& options, RegionId region,
                                       std::vector<SectorId> const& products,
                                       RunControl const& control) {
  std::vector<Survival> result;
  for (auto const product : products) {
    auto const given = first_day(economy, scenario, options, region, product, control);
    if (!given) return fail(given.error());
    Survival answer{product, *given, std::nullopt};
    auto tried = options;
    int short_with = 0, enough = most_survival_days + 1;
    // Most answers are short: look from below, doubling, then halve the gap.
    for (int days = 1; enough - short_with > 1;) {
      tried.inventory_days[product.index()] = days;
      auto const day = first_day(economy, scenario, tried, region, product, control);
      if (!day) return fail(day.error());
      (day->has_value() ? short_with : enough) = days;
      bool const found = enough <= most_survival_days;
      days = found ? (short_with + enough) / 2 : std::min(2 * days, most_survival_days);
    }
    if (enough <= most_survival_days) answer.days_needed = enough;
    result.push_back(answer);
  }
  return result;
}

}  // namespace linchpin::disrupt
