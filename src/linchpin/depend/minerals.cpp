// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/minerals.h"

#include <algorithm>

#include "linchpin/core/contracts.h"
#include "linchpin/depend/concentration.h"

namespace linchpin::depend {
namespace {

UsingSector size_of(Economy const& economy, SectorId sector) {
  auto const& space = economy.space();
  UsingSector result{.sector = sector};
  double largest = 0, world = 0;
  for (auto const industry : space.industries_of(sector)) {
    double const output = economy.output()[industry];
    result.output += output;
    result.value_added += economy.value_added()[industry];
    if (output > largest) {
      largest = output;
      result.largest_region = space.region_of(industry);
    }
  }
  for (std::size_t i = 0; i < economy.size(); ++i) world += economy.output()[IndustryId{i}];
  if (world > 0) result.output_share = result.output / world;
  if (result.output > 0) result.largest_region_share = largest / result.output;
  return result;
}

}  // namespace

MineralConcentration mineral_concentration(MineralProduction const& production) {
  LINCHPIN_EXPECTS(production.world > 0);
  MineralConcentration result;
  for (std::size_t k = 0; k < production.producers.size(); ++k) {
    double const share = production.producers[k].production / production.world;
    result.hhi += share * share;
    if (share <= result.largest_share) continue;
    result.largest_share = share;
    result.largest = k;
  }
  result.others_share = production.others / production.world;
  // Shares are rounded to ten digits: a monopoly must not exceed one.
  result.hhi = std::min(result.hhi, 1.0);
  result.hhi_most = std::min(result.hhi + result.others_share * result.others_share, 1.0);
  if (result.hhi > 0) result.effective_producers = effective_suppliers(result.hhi);
  return result;
}

std::vector<UsingSector> using_sectors(Economy const& economy, std::span<MineralUse const> uses,
                                       std::string const& commodity) {
  auto const& space = economy.space();
  std::vector<UsingSector> result;
  for (std::size_t u = 0; u < uses.size(); ++u) {
    if (uses[u].commodity != commodity) continue;
    for (std::size_t s = 0; s < space.sectors(); ++s) {
      auto const& labels = uses[u].sectors;
      if (std::find(labels.begin(), labels.end(), space.label(SectorId{s})) == labels.end()) {
        continue;
      }
      result.push_back(size_of(economy, SectorId{s}));
      result.back().use = u;
    }
  }
  return result;
}

}  // namespace linchpin::depend
