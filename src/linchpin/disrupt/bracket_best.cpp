// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "linchpin/disrupt/bracket_horizon.h"

namespace linchpin::disrupt {
namespace {

constexpr double endless = std::numeric_limits<double>::infinity();
constexpr int not_cut = -1;

/// Buyers of one product that lie under the same cuts by the same sellers: industries of one
/// region, or its final users. All buyers that no cut touches are two units, whatever their region.
struct Unit {
  std::vector<int> groups;  ///< of the schedule, by seller; not_cut
  bool final_use = false;
  std::vector<std::size_t> members;  ///< industries, or regions
};

/// Writes the programme of free re-sourcing. Columns are shares of baseline output and of wished
/// final use, and deliveries from pools of sellers to units in multiples of the product's output.
class BestCase {
 public:
  explicit BestCase(Horizon const& h)
      : h_(h), space_(h.economy.space()), days_(static_cast<double>(h.days)) {
    for (std::size_t i = 0; i < space_.size(); ++i) {
      bool const alive = h.baseline.output[i] > 0;
      output_.push_back(programme_.add_column(alive ? h.capacity_days(i) / days_ : 0.0));
    }
    links_.resize(space_.sectors());
    for (auto const& link : h.schedule.links()) {
      links_[space_.sector_of(IndustryId{h.baseline.rows.industry_of(link.row)}).index()].push_back(
          link);
    }
    for (std::size_t p = 0; p < space_.sectors(); ++p) add_product(p);
  }

  [[nodiscard]] Result<FinalUseShares> solve(RegionId region) const {
    DenseVector of_region(programme_.most.size(), 0.0), of_world(programme_.most.size(), 0.0);
    double base = 0, base_world = 0;
    for (auto const& use : final_uses_) {
      base_world += use.base;
      if (use.region == region.index()) base += use.base;
    }
    for (auto const& use : final_uses_) {
      of_world[use.column] = use.wished / base_world;
      if (use.region == region.index()) of_region[use.column] = use.wished / base;
    }
    auto const values = maximise(programme_, {of_region, of_world});
    if (!values) return fail(values.error());
    FinalUseShares result;
    for (std::size_t c = 0; c < values->size(); ++c) {
      result.region += of_region[c] * (*values)[c];
      result.world += of_world[c] * (*values)[c];
    }
    return result;
  }

 private:
  struct FinalUse {
    std::size_t column, region;
    double wished, base;  ///< over the horizon [rate times days]
  };

  /// Cuts of the deliveries of product p, by seller and buyer.
  [[nodiscard]] std::vector<std::vector<int>> industry_groups(std::size_t p) const {
    auto const& rows = h_.baseline.rows;
    std::vector<std::vector<int>> groups(space_.size(),
                                         std::vector<int>(rows.last(p) - rows.first(p), not_cut));
    for (auto const& link : links_[p]) {
      for (auto j = link.first; j < link.last; ++j) {
        groups[j][link.row - rows.first(p)] = static_cast<int>(link.group);
      }
    }
    return groups;
  }

  [[nodiscard]] std::vector<Unit> units_of(std::size_t p) const {
    auto const& rows = h_.baseline.rows;
    auto const none = std::vector<int>(rows.last(p) - rows.first(p), not_cut);
    std::map<std::pair<std::size_t, std::vector<int>>, std::size_t> known;
    std::vector<Unit> units{{none, false, {}}, {none, true, {}}};
    auto const groups =
        links_[p].empty() ? std::vector<std::vector<int>>(space_.size(), none) : industry_groups(p);
    for (std::size_t j = 0; j < space_.size(); ++j) {
      if (groups[j] == none) {
        units[0].members.push_back(j);
        continue;
      }
      auto const key = std::pair(space_.region_of(IndustryId{j}).index(), groups[j]);
      auto const [place, is_new] = known.try_emplace(key, units.size());
      if (is_new) units.push_back({groups[j], false, {}});
      units[place->second].members.push_back(j);
    }
    std::vector<bool> cut_off(space_.regions(), false);
    for (auto const& pair : h_.schedule.final_pairs()) {
      if (pair.product != p) continue;
      Unit unit{none, true, {pair.region}};
      for (auto const& link : pair.links) {
        unit.groups[link.row - rows.first(p)] = static_cast<int>(link.group);
      }
      cut_off[pair.region] = true;
      units.push_back(std::move(unit));
    }
    for (std::size_t r = 0; r < space_.regions(); ++r) {
      if (!cut_off[r]) units[1].members.push_back(r);
    }
    return units;
  }

  /// Sellers that are cut off from the same units, as places among the sellers of p.
  [[nodiscard]] static std::vector<std::vector<std::size_t>> pools_of(
      std::vector<Unit> const& units) {
    std::map<std::vector<bool>, std::vector<std::size_t>> pools;
    for (std::size_t k = 0; k < units.front().groups.size(); ++k) {
      std::vector<bool> cut;
      for (auto const& unit : units) cut.push_back(unit.groups[k] != not_cut);
      pools[cut].push_back(k);
    }
    std::vector<std::vector<std::size_t>> result;
    for (auto& [cut, sellers] : pools) result.push_back(std::move(sellers));
    return result;
  }

  /// Most that seller `k` of product p may deliver to `unit`: the booked share of baseline
  /// deliveries on days with a cut; on days without, all it can make (at least its baseline
  /// deliveries).
  [[nodiscard]] double most_delivered(std::size_t p, std::size_t k, Unit const& unit) const {
    if (unit.groups[k] == not_cut) return endless;
    auto const row = h_.baseline.rows.first(p) + k;
    auto const seller = h_.baseline.rows.industry_of(row);
    auto const group = static_cast<std::size_t>(unit.groups[k]);
    if (unit.final_use) {
      auto const r = unit.members.front();
      return h_.baseline.final_use(row, r) * h_.wish_days(p, r, group);
    }
    double base = 0;
    for (auto const j : unit.members) base += h_.flow(seller, j);
    double under_cut = 0, free_days = 0, free_output = 0;
    for (std::size_t t = 0; t < h_.days; ++t) {
      double const share = h_.booked(group, t);
      if (share < 1) {
        under_cut += share;
      } else {
        free_days += 1;
        free_output += h_.capacity(seller, t) * h_.baseline.output[seller];
      }
    }
    return base * under_cut + std::max(base * free_days, free_output);
  }

  /// What a unit has before anybody delivers: stocks, reserves, and what is under way.
  [[nodiscard]] double at_hand(std::size_t p, Unit const& unit) const {
    double sum = 0;
    if (unit.final_use) {
      for (auto const r : unit.members) sum += h_.final_pipeline[p * space_.regions() + r];
      return sum;
    }
    std::vector<bool> here(space_.regions(), false);
    for (auto const j : unit.members) {
      here[space_.region_of(IndustryId{j}).index()] = true;
      if (!needs(p, j)) continue;
      sum += h_.use(p, j) * h_.options.inventory_days[p] + h_.pipeline[p * space_.size() + j];
    }
    for (auto const& reserve : h_.scenario.reserves) {
      if (reserve.sector.index() != p || !here[reserve.region.index()]) continue;
      for (auto j = space_.first_of(reserve.region).index();
           j < space_.last_of(reserve.region).index(); ++j) {
        sum += h_.use(p, j) * reserve.days;
      }
    }
    return sum;
  }

  [[nodiscard]] bool needs(std::size_t p, std::size_t buyer) const {
    return binds(h_.options, p, space_.sector_of(IndustryId{buyer}).index(), false);
  }

  void add_product(std::size_t p) {
    auto const& rows = h_.baseline.rows;
    double total = 0;
    for (auto row = rows.first(p); row < rows.last(p); ++row) {
      total += h_.baseline.output[rows.industry_of(row)] * days_;
    }
    if (total <= 0) return;  // nobody makes it, so nobody uses it
    auto const units = units_of(p);
    std::vector<std::size_t> unit_rows;
    for (auto const& unit : units) unit_rows.push_back(add_unit(p, unit, total));
    for (auto const& pool : pools_of(units)) {
      auto const supply = programme_.add_row(0, endless);
      for (auto const k : pool) {
        auto const seller = rows.industry_of(rows.first(p) + k);
        programme_.set(supply, output_[seller], h_.baseline.output[seller] * days_ / total);
      }
      for (std::size_t u = 0; u < units.size(); ++u) {
        if (units[u].members.empty()) continue;
        double most = 0;
        for (auto const k : pool) most += most_delivered(p, k, units[u]);
        if (most <= 0) continue;
        auto const delivered = programme_.add_column(most / total);
        programme_.set(supply, delivered, -1);
        programme_.set(unit_rows[u], delivered, -1);
      }
    }
  }

  /// Row: what the unit uses - what it is delivered <= what it has.
  std::size_t add_unit(std::size_t p, Unit const& unit, double total) {
    auto const row = programme_.add_row(-endless, at_hand(p, unit) / total);
    if (!unit.final_use) {
      for (auto const j : unit.members) {
        if (needs(p, j)) programme_.set(row, output_[j], h_.use(p, j) * days_ / total);
      }
      return row;
    }
    for (auto const r : unit.members) {
      double base = 0;
      for (auto k = h_.baseline.rows.first(p); k < h_.baseline.rows.last(p); ++k) {
        base += h_.baseline.final_use(k, r);
      }
      if (base <= 0) continue;
      double const wished = base * h_.wish_days(p, r);
      auto const column = programme_.add_column(1);
      programme_.set(row, column, wished / total);
      final_uses_.push_back({column, r, wished, base * days_});
    }
    return row;
  }

  Horizon const& h_;
  IndustrySpace const& space_;
  double days_;
  LinearProgramme programme_;
  std::vector<std::size_t> output_;
  std::vector<FinalUse> final_uses_;
  std::vector<std::vector<CutSchedule::Link>> links_;
};

}  // namespace

Result<FinalUseShares> best_case(Horizon const& horizon, RegionId region) {
  return BestCase(horizon).solve(region);
}

}  // namespace linchpin::disrupt
