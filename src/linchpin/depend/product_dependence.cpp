// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/product_dependence.h"

#include <algorithm>

#include "linchpin/core/contracts.h"

namespace linchpin::depend {
namespace {

/// Regions that hold several countries: members are listed, or it is a rest of the world, which has
/// a name and no list. A label that nobody knows counts as one country.
std::vector<bool> of_several_countries(Economy const& economy) {
  std::vector<bool> result;
  for (auto const& region : economy.table().labels.regions) {
    bool const rest = region.members.empty() && region.name != region.label;
    result.push_back(rest || region.members.size() > 1);
  }
  return result;
}

}  // namespace

DenseMatrix region_purchases(Economy const& economy, double& clipped) {
  auto const& space = economy.space();
  auto const flows = economy.flows();
  auto const final_use = economy.final_by_region();
  DenseMatrix result(economy.size(), space.regions());
  for (std::size_t i = 0; i < economy.size(); ++i) {
    auto const row = flows.row(IndustryId{i});
    for (std::size_t r = 0; r < space.regions(); ++r) {
      double sum = final_use(IndustryId{i}, RegionId{r});
      auto const last = space.last_of(RegionId{r}).index();
      for (auto j = space.first_of(RegionId{r}).index(); j < last; ++j) sum += row[j];
      if (sum < 0) clipped -= sum;
      result(i, r) = std::max(sum, 0.0);
    }
  }
  return result;
}

Result<std::vector<ProductDependence>> sector_dependence(Economy const& economy,
                                                         DenseMatrix const& purchases,
                                                         std::vector<RegionId> const& members,
                                                         CriticalThresholds const& thresholds) {
  auto const& space = economy.space();
  LINCHPIN_EXPECTS(!members.empty() && purchases.rows() == economy.size() &&
                   purchases.columns() == space.regions());
  if (auto const fine = check(thresholds); !fine) return fail(fine.error());
  std::vector<bool> inside(space.regions(), false);
  for (auto const member : members) inside[member.index()] = true;
  auto const several = of_several_countries(economy);
  std::vector<ProductDependence> result;
  std::vector<double> imports(space.regions()), world(space.regions());
  for (std::size_t s = 0; s < space.sectors(); ++s) {
    std::fill(imports.begin(), imports.end(), 0.0);
    std::fill(world.begin(), world.end(), 0.0);
    double home = 0, output = 0;
    for (auto const industry : space.industries_of(SectorId{s})) {
      auto const seller = space.region_of(industry).index();
      if (inside[seller]) output += std::max(economy.output()[industry], 0.0);
      for (std::size_t r = 0; r < space.regions(); ++r) {
        double const sold = purchases(industry.index(), r);
        if (inside[r]) {
          (inside[seller] ? home : imports[seller]) += sold;
        } else if (!inside[seller] && r != seller) {
          world[seller] += sold;
        }
      }
    }
    double bought = home;
    for (double const amount : imports) bought += amount;
    if (bought <= 0) continue;
    result.push_back(
        {0, s, product_indicators({imports, bought, output, world, &several}, thresholds)});
  }
  return result;
}

Result<std::vector<ProductDependence>> trade_dependence(ProductTrade const& trade,
                                                        std::size_t buyer,
                                                        CriticalThresholds const& thresholds) {
  LINCHPIN_EXPECTS(buyer < trade.buyers.size());
  if (auto const fine = check(thresholds); !fine) return fail(fine.error());
  auto const inside = trade.members_of(buyer);
  auto const countries = trade.countries.size();
  std::vector<double> imports(countries), world(countries);
  std::vector<ProductDependence> result;
  for (std::size_t y = 0; y < trade.years.size(); ++y) {
    auto const& year = trade.years[y];
    auto const& own = year.buyers[buyer];
    for (std::size_t p = 0; p < trade.products.size(); ++p) {
      double total = 0;
      for (std::size_t c = 0; c < countries; ++c) {
        imports[c] = own.imports.at(c, p);
        total += imports[c];
        // Both are sums of the same amounts in the same order, so nothing negative but rounding.
        world[c] = inside[c] ? 0.0 : std::max(0.0, year.exports.at(c, p) - imports[c]);
      }
      if (total <= 0) continue;
      result.push_back(
          {y, p,
           product_indicators({imports, total + own.inside.at(0, p), own.exports.at(0, p), world},
                              thresholds)});
    }
  }
  return result;
}

}  // namespace linchpin::depend
