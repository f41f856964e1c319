// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/cut_schedule.h"

#include <algorithm>
#include <map>

namespace linchpin::disrupt {
namespace {

/// Cuts by number, each with the share a licence lets through.
using CutSet = std::vector<std::pair<std::size_t, double>>;

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

  /// Share of the delivery that goes on: the largest of the exemptions that cover it.
  template <class Buyer>
  [[nodiscard]] double let_through(IndustrySpace const& space, IndustryId seller,
                                   Buyer buyer) const {
    double share = 0;
    for (auto const& each : cut->exemptions) {
      if (covers(each, space, seller, buyer)) share = std::max(share, each.share);
    }
    return share;
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
    if (cuts[e].cut->*use && sells && cuts[e].partly[buyer.index()]) result.emplace_back(e, 0.0);
  }
  return result;
}

/// `cuts` without those that do not name this buyer or exempt the delivery.
template <class Buyer>
CutSet without_spared(CutSet cuts, std::vector<CutMembers> const& all, IndustrySpace const& space,
                      IndustryId seller, Buyer buyer) {
  std::erase_if(cuts, [&](auto& member) {
    auto const& cut = all[member.first];
    if (!cut.buys(space, buyer)) return true;
    member.second = cut.let_through(space, seller, buyer);
    return member.second >= 1;
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
      auto const forced = without_spared(possible, cuts, space, seller, IndustryId{buyer});
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

bool same_cells(Exemption const& a, Exemption const& b) {
  return a.seller_industries == b.seller_industries && a.seller_regions == b.seller_regions &&
         a.buyer_industries == b.buyer_industries && a.buyer_regions == b.buyer_regions &&
         a.share == b.share;
}

/// True if two cuts touch the same deliveries, whenever and however strongly.
bool same_cells(Cut const& a, Cut const& b) {
  return a.sellers == b.sellers && a.buyers == b.buyers &&
         a.buyer_industries == b.buyer_industries && a.sectors == b.sectors &&
         a.intermediate == b.intermediate && a.final_use == b.final_use &&
         std::equal(a.exemptions.begin(), a.exemptions.end(), b.exemptions.begin(),
                    b.exemptions.end(),
                    [](auto const& x, auto const& y) { return same_cells(x, y); });
}

}  // namespace

CutSchedule::CutSchedule(Economy const& economy, std::span<Scenario const* const> lanes,
                         Baseline const& baseline)
    : lanes_(lanes.size()) {
  auto const& space = economy.space();
  auto const& rows = baseline.rows;
  std::vector<Cut const*> distinct;
  for (std::size_t s = 0; s < lanes.size(); ++s) {
    for (auto const& cut : lanes[s]->cuts) {
      auto const known = std::find_if(distinct.begin(), distinct.end(),
                                      [&](Cut const* each) { return same_cells(*each, cut); });
      auto const number = static_cast<std::size_t>(known - distinct.begin());
      if (known == distinct.end()) {
        distinct.push_back(&cut);
        courses_.emplace_back();
      }
      courses_[number].push_back({s, cut.course});
      if (s == 0) cuts_of_first_lane_.push_back(number);
    }
  }
  std::vector<CutMembers> cuts;
  for (auto const* cut : distinct) cuts.emplace_back(*cut, space);
  Groups groups;
  for (std::size_t row = 0; row < rows.size() && !cuts.empty(); ++row) {
    link_row(row, IndustryId{rows.industry_of(row)}, cuts, space, groups, links_);
  }
  for (std::size_t p = 0; p < rows.products() && !cuts.empty(); ++p) {
    for (std::size_t r = 0; r < space.regions(); ++r) {
      FinalPair pair{p, r, {}};
      for (auto row = rows.first(p); row < rows.last(p); ++row) {
        if (baseline.final_use(row, r) <= 0) continue;
        IndustryId const seller{rows.industry_of(row)};
        auto const forced =
            without_spared(candidates(cuts, space, seller, RegionId{r}, &Cut::final_use), cuts,
                           space, seller, RegionId{r});
        if (!forced.empty()) pair.links.push_back({row, r, groups.number(forced)});
      }
      if (!pair.links.empty()) pairs_.push_back(std::move(pair));
    }
  }
  groups_ = groups.take();
  booked_.assign(groups_.size() * lanes_, 1.0);
  changed_.assign(groups_.size(), false);
  in_force_.assign(groups_.size(), false);
}

DenseVector CutSchedule::reach(Economy const& economy, Baseline const& baseline) const {
  DenseVector of_distinct(courses_.size(), 0.0);
  auto const add = [&](std::size_t group, double flow) {
    for (auto const& [cut, spared] : groups_[group]) of_distinct[cut] += flow * (1 - spared);
  };
  for (auto const& link : links_) {
    IndustryId const seller{baseline.rows.industry_of(link.row)};
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
  DenseVector result;
  for (auto const cut : cuts_of_first_lane_) result.push_back(of_distinct[cut]);
  return result;
}

void CutSchedule::set_day(int day) {
  any_change_ = false;
  DenseVector now(lanes_);
  std::vector<std::vector<double>> factors(lanes_);
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    for (auto& each : factors) each.clear();
    for (auto const& [cut, spared] : groups_[g]) {
      for (auto const& each : courses_[cut]) {
        double const share = each.course.at(day) * (1 - spared);
        if (share > 0) factors[each.lane].push_back(1 - share);
      }
    }
    for (std::size_t s = 0; s < lanes_; ++s) {
      // In the order of their size, so that a lane has the bits it would have alone.
      std::sort(factors[s].begin(), factors[s].end());
      now[s] = 1;
      for (double const factor : factors[s]) now[s] *= factor;
    }
    auto* const before = booked_.data() + g * lanes_;
    changed_[g] = !std::equal(now.begin(), now.end(), before);
    in_force_[g] = std::any_of(now.begin(), now.end(), [](double share) { return share < 1; });
    any_change_ = any_change_ || changed_[g];
    std::copy(now.begin(), now.end(), before);
  }
}

}  // namespace linchpin::disrupt
