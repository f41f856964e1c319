// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/cut_schedule.h"

#include <algorithm>
#include <map>

namespace linchpin::disrupt {
namespace {

using CutSet = std::vector<std::size_t>;

template <class T>
std::vector<bool> members(std::vector<T> const& ids, std::size_t count, bool all_if_empty) {
  std::vector<bool> result(count, all_if_empty && ids.empty());
  for (auto const id : ids) result[id.index()] = true;
  return result;
}

/// One cut as look-up tables.
struct CutMembers {
  explicit CutMembers(Cut const& cut_, IndustrySpace const& space)
      : cut(&cut_),
        sellers(members(cut_.sellers, space.regions(), false)),
        buyers(members(cut_.buyers, space.regions(), false)),
        buyer_industries(members(cut_.buyer_industries, space.size(), false)),
        partly(members(cut_.buyers, space.regions(), false)),
        sectors(members(cut_.sectors, space.sectors(), true)) {
    for (auto const industry : cut_.buyer_industries) {
      partly[space.region_of(industry).index()] = true;
    }
  }

  /// Deliveries at home are never cut.
  [[nodiscard]] bool sells(RegionId seller, SectorId product, RegionId buyer) const {
    return seller != buyer && sellers[seller.index()] && sectors[product.index()];
  }
  [[nodiscard]] bool buys(IndustrySpace const& space, IndustryId buyer) const {
    return buyers[space.region_of(buyer).index()] || buyer_industries[buyer.index()];
  }
  [[nodiscard]] bool buys(IndustrySpace const& /*space*/, RegionId buyer) const {
    return buyers[buyer.index()];
  }

  template <class Buyer>
  [[nodiscard]] bool exempt(IndustrySpace const& space, IndustryId seller, Buyer buyer) const {
    return std::any_of(cut->exemptions.begin(), cut->exemptions.end(),
                       [&](auto const& each) { return covers(each, space, seller, buyer); });
  }

  Cut const* cut;
  std::vector<bool> sellers, buyers, buyer_industries;
  std::vector<bool> partly;  ///< regions of which at least one industry is cut off
  std::vector<bool> sectors;
};

/// Numbers the sets of cuts in the order in which they are met.
class Groups {
 public:
  std::size_t number(CutSet const& cuts) {
    auto const [place, is_new] = numbers_.try_emplace(cuts, sets_.size());
    if (is_new) sets_.push_back(cuts);
    return place->second;
  }
  [[nodiscard]] std::vector<CutSet> take() { return std::move(sets_); }

 private:
  std::map<CutSet, std::size_t> numbers_;
  std::vector<CutSet> sets_;
};

/// Cuts that can touch what `seller` delivers to some buyer in `buyer`, exemptions aside.
CutSet candidates(std::vector<CutMembers> const& cuts, IndustrySpace const& space,
                  IndustryId seller, RegionId buyer, bool Cut::* use) {
  CutSet result;
  for (std::size_t e = 0; e < cuts.size(); ++e) {
    bool const sells = cuts[e].sells(space.region_of(seller), space.sector_of(seller), buyer);
    if (cuts[e].cut->*use && sells && cuts[e].partly[buyer.index()]) result.push_back(e);
  }
  return result;
}

/// `cuts` without those that do not name this buyer or exempt the delivery.
template <class Buyer>
CutSet in_force(CutSet cuts, std::vector<CutMembers> const& all, IndustrySpace const& space,
                IndustryId seller, Buyer buyer) {
  std::erase_if(cuts, [&](std::size_t e) {
    return !all[e].buys(space, buyer) || all[e].exempt(space, seller, buyer);
  });
  return cuts;
}

void link_row(std::size_t row, IndustryId seller, std::vector<CutMembers> const& cuts,
              IndustrySpace const& space, Groups& groups, std::vector<CutSchedule::Link>& links) {
  for (std::size_t r = 0; r < space.regions(); ++r) {
    RegionId const region{r};
    auto const possible = candidates(cuts, space, seller, region, &Cut::intermediate);
    if (possible.empty()) continue;
    auto const last = space.last_of(region).index();
    for (auto buyer = space.first_of(region).index(); buyer < last; ++buyer) {
      auto const forced = in_force(possible, cuts, space, seller, IndustryId{buyer});
      if (forced.empty()) continue;
      auto const group = groups.number(forced);
      bool const extends = !links.empty() && links.back().row == row &&
                           links.back().last == buyer && links.back().group == group;
      if (extends) {
        links.back().last = buyer + 1;
      } else {
        links.push_back({row, buyer, buyer + 1, group});
      }
    }
  }
}

}  // namespace

CutSchedule::CutSchedule(Economy const& economy, Scenario const& scenario,
                         Baseline const& baseline) {
  auto const& space = economy.space();
  auto const& blocks = baseline.flows;
  std::vector<CutMembers> cuts;
  for (auto const& cut : scenario.cuts) {
    cuts.emplace_back(cut, space);
    courses_.push_back(cut.course);
  }
  Groups groups;
  for (std::size_t row = 0; row < blocks.size() && !cuts.empty(); ++row) {
    link_row(row, IndustryId{blocks.industry_of(row)}, cuts, space, groups, links_);
  }
  for (std::size_t p = 0; p < blocks.products() && !cuts.empty(); ++p) {
    for (std::size_t r = 0; r < space.regions(); ++r) {
      FinalPair pair{p, r, {}};
      for (auto row = blocks.first(p); row < blocks.last(p); ++row) {
        if (baseline.final_use(row, r) <= 0) continue;
        IndustryId const seller{blocks.industry_of(row)};
        auto const forced = in_force(candidates(cuts, space, seller, RegionId{r}, &Cut::final_use),
                                     cuts, space, seller, RegionId{r});
        if (!forced.empty()) pair.links.push_back({row, r, groups.number(forced)});
      }
      if (!pair.links.empty()) pairs_.push_back(std::move(pair));
    }
  }
  groups_ = groups.take();
  booked_.assign(groups_.size(), 1.0);
  changed_.assign(groups_.size(), false);
}

DenseVector CutSchedule::reach(Economy const& economy, Baseline const& baseline) const {
  DenseVector result(courses_.size(), 0.0);
  auto const add = [&](std::size_t group, double flow) {
    for (auto const cut : groups_[group]) result[cut] += flow;
  };
  for (auto const& link : links_) {
    IndustryId const seller{baseline.flows.industry_of(link.row)};
    auto const row = economy.flows().row(seller);
    double flow = 0;
    for (auto j = link.first; j < link.last; ++j) flow += row[j] * baseline.input_scale[j];
    add(link.group, flow);
  }
  for (auto const& pair : pairs_) {
    for (auto const& link : pair.links) {
      add(link.group, baseline.final_use(link.row, link.region));
    }
  }
  return result;
}

void CutSchedule::set_day(int day) {
  any_change_ = false;
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    double booked = 1;
    for (auto const cut : groups_[g]) booked *= 1 - courses_[cut].at(day);
    changed_[g] = booked != booked_[g];
    any_change_ = any_change_ || changed_[g];
    booked_[g] = booked;
  }
}

}  // namespace linchpin::disrupt
