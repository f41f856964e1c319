// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/trade_resolver.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "linchpin/study/labels.h"
#include "linchpin/study/words.h"

namespace linchpin::study {
namespace {

using equilibrium::TradeBase;
using equilibrium::TradePolicy;
using Kind = TradeMeasureSpec::Kind;

// Each is one more unknown of the solver.
constexpr std::size_t most_quotas = 1000;

PlacedTexts const everything{{"*", ""}};

class Resolver {
 public:
  Resolver(TradeScenarioSpec const& spec, TradeBase const& base, IndustrySpace const& space,
           TradeScenario& out, ErrorList& errors)
      : spec_(spec), base_(base), grid_(base.grid), space_(space), out_(out), errors_(errors) {}

  std::vector<RegionId> regions(PlacedTexts const& texts) {
    if (texts.empty()) return find_regions(everything, space_, errors_);
    PlacedTexts members;
    for (auto const& text : texts) {
      auto const group = spec_.groups.find(text.value);
      if (group == spec_.groups.end()) {
        members.push_back(text);
      } else {
        members.insert(members.end(), group->second.begin(), group->second.end());
      }
    }
    return find_regions(members, space_, errors_);
  }

  void look_up() {
    for (auto const& [name, members] : spec_.groups) {
      static_cast<void>(find_regions(members, space_, errors_));
    }
    for (auto const& each : spec_.measures) {
      static_cast<void>(regions(each.sellers));
      static_cast<void>(regions(each.buyers));
      static_cast<void>(sectors_of(each.sectors));
    }
    for (auto const& each : spec_.industries) {
      static_cast<void>(find_industries(grouped(each.industries), space_, errors_));
    }
    for (auto const& each : spec_.detours) {
      static_cast<void>(regions(each.sellers));
      static_cast<void>(regions(each.buyers));
      static_cast<void>(regions(each.via));
      static_cast<void>(sectors_of(each.sectors));
    }
    for (auto const& [floor, where] : spec_.model.wage_floors) {
      auto const region = space_.find_region(floor.first, where);
      if (!region) errors_.add(region.error());
    }
  }

  void measure(TradeMeasureSpec const& spec) {
    auto const before = errors_.size();
    auto const sellers = regions(spec.sellers);
    auto const buyers = regions(spec.buyers);
    auto const sectors = sectors_of(spec.sectors);
    if (errors_.size() != before) return;
    auto const touched_before = out_.cells;
    for (auto const sector : sectors) {
      for (auto const buyer : buyers) {
        for (auto const seller : sellers) {
          if (seller == buyer) continue;
          touch(spec, sector.index(), buyer.index(), seller.index());
        }
      }
    }
    if (out_.cells == touched_before) {
      errors_.add(ErrorCode::bad_value, "this policy touches no trade between two regions",
                  spec.where, "name sellers and buyers that trade with each other");
    }
    if (out_.policy.quotas.size() > most_quotas) {
      errors_.add(ErrorCode::too_large,
                  fmt::format("{} quotas, one per sector, importer and exporter that trade",
                              out_.policy.quotas.size()),
                  spec.where, fmt::format("name fewer of them: at most {}", most_quotas));
    }
    out_.words.push_back(words_of(spec));
  }

  void industry(IndustryMeasureSpec const& spec) {
    using Industry = IndustryMeasureSpec::Kind;
    auto const found = find_industries(grouped(spec.industries), space_, errors_);
    auto& policy = out_.policy;
    for (auto const each : found) {
      auto const good = grid_.good(space_.sector_of(each).index(), space_.region_of(each).index());
      ++out_.cells;
      if (spec.kind == Industry::subsidy) {
        equilibrium::fill_goods(policy.subsidy, grid_, 0.0);
        policy.subsidy[good] = spec.number;
        continue;
      }
      auto& factors = spec.kind == Industry::quality ? policy.quality : policy.productivity;
      equilibrium::fill_goods(factors, grid_, 1.0);
      factors[good] *= spec.number;
    }
    char const* const name = spec.kind == Industry::subsidy ? "a subsidy of {} of cost for {}"
                             : spec.kind == Industry::productivity ? "productivity x {} of {}"
                                                                   : "quality x {} of {}";
    out_.words.push_back(
        fmt::format(fmt::runtime(name), spec.number, list_words(labels(spec.industries))));
  }

  void detour(DetourSpec const& spec) {
    auto const before = errors_.size();
    auto const sellers = regions(spec.sellers);
    auto const buyers = regions(spec.buyers);
    auto const via = regions(spec.via);
    auto const sectors = sectors_of(spec.sectors);
    if (errors_.size() != before) return;
    for (auto const sector : sectors) {
      for (auto const buyer : buyers) {
        for (auto const seller : sellers) {
          if (seller == buyer) continue;
          add_routes(spec, sector.index(), buyer.index(), seller.index(), via);
        }
      }
    }
    out_.words.push_back(fmt::format("{} of trade from {} to {} may go by way of {}", spec.share,
                                     list_words(labels(spec.sellers)),
                                     list_words(labels(spec.buyers)),
                                     list_words(labels(spec.via))));
  }

  /// Both ends of availability: a rate below -1 after several rises and the like.
  void check_tariffs() {
    auto const low = std::any_of(out_.policy.tariff.begin(), out_.policy.tariff.end(),
                                 [](double rate) { return rate <= -1; });
    if (!low) return;
    errors_.add(ErrorCode::bad_value, "tariffs fall to -100 % or below", "tariff.add",
                "make the cut smaller");
  }

 private:
  [[nodiscard]] std::vector<SectorId> sectors_of(PlacedTexts const& texts) {
    if (texts.empty()) return find_sectors(everything, space_, errors_);
    PlacedTexts members;
    auto const& all = space_.labels().sectors;
    for (auto const& text : texts) {
      bool const services = text.value == "services";
      bool const kind = services || text.value == "goods";
      bool const label = std::any_of(all.begin(), all.end(),
                                     [&](auto const& each) { return each.label == text.value; });
      if (!kind || label) {
        members.push_back(text);
        continue;
      }
      for (auto const& each : all) {
        if (each.service == services) members.push_back({each.label, text.where});
      }
    }
    return find_sectors(members, space_, errors_);
  }

  /// "WEST:C26" stands for the sector in every region of the group.
  [[nodiscard]] PlacedTexts grouped(PlacedTexts const& texts) const {
    PlacedTexts members;
    for (auto const& text : texts) {
      auto const colon = text.value.find(':');
      auto const group = spec_.groups.find(text.value.substr(0, colon));
      if (colon == std::string::npos || group == spec_.groups.end()) {
        members.push_back(text);
        continue;
      }
      for (auto const& region : group->second) {
        members.push_back({region.value + text.value.substr(colon), text.where});
      }
    }
    return members;
  }

  void touch(TradeMeasureSpec const& spec, std::size_t j, std::size_t n, std::size_t i) {
    auto& policy = out_.policy;
    auto const cell = grid_.pair(j, n, i);
    bool const trades = base_.share[cell] > 0;
    if (trades) ++out_.cells;
    switch (spec.kind) {
      case Kind::tariff:
      case Kind::tariff_add:
        equilibrium::fill_tariffs(policy, base_);
        policy.tariff[cell] =
            spec.number + (spec.kind == Kind::tariff_add ? policy.tariff[cell] : 0.0);
        break;
      case Kind::iceberg:
        equilibrium::fill_pairs(policy.iceberg, grid_, 1.0);
        policy.iceberg[cell] *= spec.number;
        break;
      case Kind::ban:
        equilibrium::fill_pairs(policy.availability, grid_, 1.0);
        policy.availability[cell] = spec.number;
        break;
      case Kind::export_tax:
        equilibrium::fill_pairs(policy.export_tax, grid_, 0.0);
        policy.export_tax[cell] = spec.number;
        break;
      case Kind::quota:
        if (trades) policy.quotas.push_back({j, n, i, spec.number, spec.rents});
        break;
    }
  }

  /// Several third countries share the detour equally.
  void add_routes(DetourSpec const& spec, std::size_t j, std::size_t n, std::size_t i,
                  std::vector<RegionId> const& via) {
    if (base_.share[grid_.pair(j, n, i)] <= 0) return;
    auto const ways = static_cast<double>(std::count_if(
        via.begin(), via.end(), [&](RegionId id) { return id.index() != n && id.index() != i; }));
    for (auto const id : via) {
      auto const third = id.index();
      if (third == n || third == i) continue;
      ++out_.cells;
      out_.policy.routes.push_back({j, n, i, third, spec.cost, spec.share / ways});
    }
  }

  [[nodiscard]] static std::vector<std::string> labels(PlacedTexts const& texts) {
    constexpr std::size_t most = 8;
    std::vector<std::string> list;
    for (auto const& text : texts) {
      if (list.size() == most) {
        list.push_back(fmt::format("{} more", texts.size() - most));
        break;
      }
      bool const all = text.value == "*" || text.value == "all";
      list.push_back(all ? "everyone" : text.value);
    }
    if (list.empty()) list.emplace_back("everyone");
    return list;
  }

  [[nodiscard]] static std::string words_of(TradeMeasureSpec const& spec) {
    auto const sellers = list_words(labels(spec.sellers));
    auto const buyers = list_words(labels(spec.buyers));
    auto const what = spec.sectors.empty() || names_everything(spec.sectors)
                          ? std::string{"everything"}
                          : list_words(labels(spec.sectors));
    switch (spec.kind) {
      case Kind::tariff:
        return fmt::format("{} levies {:g} % on {} from {}", buyers, 100 * spec.number, what,
                           sellers);
      case Kind::tariff_add:
        return fmt::format("{} levies {:g} percentage points more on {} from {}", buyers,
                           100 * spec.number, what, sellers);
      case Kind::iceberg:
        return fmt::format("trade costs of {} from {} to {} times {:g}", what, sellers, buyers,
                           spec.number);
      case Kind::ban:
        return fmt::format("no {} from {} to {}{}", what == "everything" ? "deliveries" : what,
                           sellers, buyers,
                           spec.number > 0 ? fmt::format(" (weight {:g} left)", spec.number) : "");
      case Kind::export_tax:
        return fmt::format("{} taxes exports of {} to {} at {:g} %", sellers, what, buyers,
                           100 * spec.number);
      case Kind::quota:
        return fmt::format("{} from {} to {} limited to {:g} of the base", what, sellers, buyers,
                           spec.number);
    }
    return {};
  }

  TradeScenarioSpec const& spec_;
  TradeBase const& base_;
  equilibrium::Grid const& grid_;
  IndustrySpace const& space_;
  TradeScenario& out_;
  ErrorList& errors_;
};

}  // namespace

Result<IndustrySpace> trade_space(std::vector<RegionLabel> regions,
                                  std::vector<SectorLabel> sectors) {
  TableLabels labels;
  labels.regions = std::move(regions);
  labels.sectors = std::move(sectors);
  for (std::size_t n = 0; n < labels.regions.size(); ++n) {
    for (std::size_t j = 0; j < labels.sectors.size(); ++j) {
      labels.industries.push_back({RegionId{n}, SectorId{j}});
    }
  }
  return IndustrySpace::make(std::move(labels));
}

equilibrium::DeficitRule deficit_rule(TradeModelSpec const& model) noexcept {
  return model.deficits.value_or(equilibrium::DeficitRule::zero);
}

equilibrium::Closure resolve_closure(TradeModelSpec const& model, TradeBase const& base,
                                     IndustrySpace const& space, ErrorList& errors) {
  equilibrium::Closure closure;
  if (model.model && model.model->value == "ces") closure.nests = ces_nests;
  auto& nests = closure.nests;
  nests.value_added = model.nest_value_added.value_or(nests.value_added);
  nests.materials = model.nest_materials.value_or(nests.materials);
  nests.final_use = model.nest_final_use.value_or(nests.final_use);
  closure.entrant_cost = model.entrant_cost.value_or(0.0);
  auto& factors = closure.factors;
  factors.all_specific = model.specific.value_or(false) || model.mobile_share == 0.0;
  if (!factors.all_specific && model.mobile_share && *model.mobile_share < 1) {
    factors.mobile.emplace_back(base.grid.industries(), *model.mobile_share);
  }
  if (model.wage_floor || !model.wage_floors.empty()) {
    factors.wage_floor.assign(base.grid.region_stride, model.wage_floor.value_or(0.0));
    for (auto const& [floor, where] : model.wage_floors) {
      auto const region = space.find_region(floor.first, where);
      if (region) {
        factors.wage_floor[region->index()] = floor.second;
      } else {
        errors.add(region.error());
      }
    }
  }
  return closure;
}

TradeScenario resolve_trade_scenario(TradeScenarioSpec const& spec, TradeBase const& base,
                                     IndustrySpace const& space, ErrorList& errors) {
  TradeScenario scenario;
  scenario.name = spec.name;
  scenario.title = spec.title;
  scenario.ces = spec.model.model && spec.model.model->value == "ces";
  scenario.closure = resolve_closure(spec.model, base, space, errors);
  scenario.policy.deficits = deficit_rule(spec.model);
  Resolver resolver(spec, base, space, scenario, errors);
  for (auto const& [name, members] : spec.groups) {
    static_cast<void>(find_regions(members, space, errors));
  }
  for (auto const& each : spec.measures) resolver.measure(each);
  for (auto const& each : spec.industries) resolver.industry(each);
  for (auto const& each : spec.detours) resolver.detour(each);
  resolver.check_tariffs();
  return scenario;
}

std::size_t set_tariffs(std::span<TariffCell const> cells, std::span<RegionId const> among,
                        TradeBase const& base, TradePolicy& policy) {
  std::vector<char> member(base.grid.regions, among.empty() ? 1 : 0);
  for (auto const each : among) member[each.index()] = 1;
  equilibrium::fill_tariffs(policy, base);
  std::size_t set = 0;
  for (auto const& cell : cells) {
    if (!cell.new_rate || cell.importer == cell.exporter) continue;
    if (member[cell.importer] == 0 || member[cell.exporter] == 0) continue;
    auto const place = base.grid.pair(cell.sector, cell.importer, cell.exporter);
    policy.tariff[place] = *cell.new_rate;
    if (base.share[place] > 0) ++set;
  }
  return set;
}

void check_trade_labels(TradeScenarioSpec const& spec, IndustrySpace const& space,
                        ErrorList& errors) {
  equilibrium::TradeBase const none;
  TradeScenario unused;
  Resolver(spec, none, space, unused, errors).look_up();
}

std::vector<RegionId> find_trade_regions(PlacedTexts const& texts, TradeScenarioSpec const& spec,
                                         IndustrySpace const& space, ErrorList& errors) {
  equilibrium::TradeBase const none;
  TradeScenario unused;
  return Resolver(spec, none, space, unused, errors).regions(texts);
}

}  // namespace linchpin::study
