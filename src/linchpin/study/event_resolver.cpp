// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/event_resolver.h"

#include <fmt/format.h>

#include <algorithm>

#include "linchpin/study/labels.h"
#include "linchpin/study/retaliation.h"

namespace linchpin::study {
namespace {

bool is_industry(Placed<std::string> const& text) {
  return text.value.find(':') != std::string::npos;
}

std::optional<RegionId> first_buyer(CutSpec const& spec, Cut const& cut,
                                    IndustrySpace const& space) {
  bool const industry_first = !spec.buyers.empty() && is_industry(spec.buyers.front());
  bool const industry = !cut.buyer_industries.empty() && (industry_first || cut.buyers.empty());
  if (industry) return space.region_of(cut.buyer_industries.front());
  return cut.buyers.empty() ? std::nullopt : std::optional{cut.buyers.front()};
}

Cut resolve_cut(CutSpec const& spec, IndustrySpace const& space, ErrorList& errors) {
  Cut cut;
  cut.kind = spec.kind;
  cut.sellers = find_regions(spec.sellers, space, errors);
  auto regions = spec.buyers;
  auto const industries = std::stable_partition(
      regions.begin(), regions.end(), [](auto const& text) { return !is_industry(text); });
  cut.buyer_industries = find_industries({industries, regions.end()}, space, errors);
  regions.erase(industries, regions.end());
  cut.buyers = find_regions(regions, space, errors);
  cut.sectors = find_sectors(spec.sectors, space, errors);
  cut.intermediate = spec.intermediate;
  cut.final_use = spec.final_use;
  cut.course = spec.course;
  cut.exemptions = find_exemptions(spec.exempt, space, errors);
  for (auto const& licence : spec.licences) {
    for (auto& exemption : find_exemptions({licence.target}, space, errors)) {
      exemption.share = licence.share;
      cut.exemptions.push_back(std::move(exemption));
    }
  }
  return cut;
}

struct NamedCut {
  Cut cut;
  CutName name;
};

/// One cut per phase; days without any cut are left out, unless there is nothing else.
std::vector<NamedCut> in_phases(CutSpec const& spec, Cut const& cut, std::string const& event) {
  if (spec.phases.empty()) return {{cut, {event, ""}}};
  std::vector<NamedCut> result;
  for (std::size_t k = 0; k < spec.phases.size(); ++k) {
    auto phase = cut;
    bool const last = k + 1 == spec.phases.size();
    phase.course.from_day = spec.phases[k].day;
    phase.course.share = spec.phases[k].share;
    if (!last) {
      phase.course.to_day = spec.phases[k + 1].day;
      phase.course.recovery_days = 0;
    }
    if (phase.course.share > 0) {
      result.push_back({std::move(phase), {event, fmt::format(", phase {}", k + 1)}});
    }
  }
  if (result.empty()) {
    auto nothing = cut;
    nothing.course.share = 0;
    result.push_back({std::move(nothing), {event, ""}});
  }
  return result;
}

void add_cuts(std::vector<CutSpec> const& specs, IndustrySpace const& space,
              ResolvedScenario& resolved, ErrorList& errors) {
  std::vector<NamedCut> later;
  auto const add = [&](NamedCut each) {
    resolved.scenario.cuts.push_back(std::move(each.cut));
    resolved.cut_names.push_back(std::move(each.name));
  };
  std::size_t numbers[2] = {0, 0};
  for (auto const& spec : specs) {
    bool const ban = spec.kind == CutKind::import_ban;
    auto const number = ++numbers[ban ? 1 : 0];
    auto const event = fmt::format("{} {}", ban ? "Import ban" : "Cut", number);
    auto cut = resolve_cut(spec, space, errors);
    cut.event = fmt::format("{}.{}", ban ? "import_ban" : "cut", number);
    if (!resolved.first_buyer) resolved.first_buyer = first_buyer(spec, cut, space);
    auto phases = in_phases(spec, cut, event);
    add(std::move(phases.front()));
    std::move(phases.begin() + 1, phases.end(), std::back_inserter(later));
  }
  for (auto& each : later) add(std::move(each));
}

/// Marks the pair as closed; a problem if it goes nowhere or was closed before. Against "*" a
/// region's own deliveries are simply not meant.
void close_pair(RegionId one, RegionId other, RouteSpec const& route, IndustrySpace const& space,
                std::vector<bool>& closed, ErrorList& errors) {
  auto const& where = route.where;
  if (one == other) {
    if (names_everything(route.one) || names_everything(route.other)) return;
    errors.add(ErrorCode::bad_value,
               fmt::format("a closure between {} and itself", space.label(one)), where,
               "name a region on one side only: deliveries at home go on");
    return;
  }
  auto const place =
      std::min(one.index(), other.index()) * space.regions() + std::max(one.index(), other.index());
  if (closed[place]) {
    errors.add(ErrorCode::duplicate_label,
               fmt::format("{} and {} are closed off twice", space.label(one), space.label(other)),
               where, "a closure stops both ways: name each pair once");
  }
  closed[place] = true;
}

void add_closures(std::vector<ClosureSpec> const& specs, IndustrySpace const& space,
                  ResolvedScenario& resolved, ErrorList& errors) {
  for (std::size_t k = 0; k < specs.size(); ++k) {
    Cut common;
    common.kind = CutKind::closure;
    common.event = fmt::format("closure.{}", k + 1);
    common.sectors = find_sectors(specs[k].sectors, space, errors);
    common.exemptions = find_exemptions(specs[k].exempt, space, errors);
    common.course = specs[k].course;
    std::vector<bool> closed(space.regions() * space.regions(), false);
    for (auto const& route : specs[k].routes) {
      auto const one = find_regions(route.one, space, errors);
      auto const other = find_regions(route.other, space, errors);
      for (auto const a : one) {
        for (auto const b : other) close_pair(a, b, route, space, closed, errors);
      }
      for (bool const back : {false, true}) {
        auto cut = common;
        cut.sellers = back ? other : one;
        cut.buyers = back ? one : other;
        resolved.scenario.cuts.push_back(std::move(cut));
        resolved.cut_names.push_back({fmt::format("Closure {}", k + 1), ""});
      }
      if (!resolved.first_buyer && !other.empty()) resolved.first_buyer = other.front();
    }
  }
}

std::optional<RetaliationRule> resolve_rule(RetaliationSpec const& spec, IndustrySpace const& space,
                                            ErrorList& errors) {
  auto const& [text, where] = spec.when;
  if (text.empty()) return std::nullopt;  // reported while reading
  auto const arrow = text.find('>');
  auto const side = [&](std::string label) -> std::optional<RegionId> {
    while (!label.empty() && label.back() == ' ') label.pop_back();
    label.erase(0, label.find_first_not_of(' '));
    auto const region = space.find_region(label, where);
    if (!region) errors.add(region.error());
    return region ? std::optional{*region} : std::nullopt;
  };
  if (arrow == std::string::npos || text.find('>', arrow + 1) != std::string::npos) {
    errors.add(
        ErrorCode::bad_format, fmt::format("'{}' is no trigger", text), where,
        "write when = \"USA>CHN\": once the USA cuts China, China answers; one rule per pair");
    return std::nullopt;
  }
  auto const attacker = side(text.substr(0, arrow));
  auto const victim = side(text.substr(arrow + 1));
  RetaliationRule rule;
  auto const sectors = find_sectors(spec.sectors, space, errors);
  auto const exemptions = find_exemptions(spec.exempt, space, errors);
  if (!attacker || !victim) return std::nullopt;
  if (*attacker == *victim) {
    errors.add(ErrorCode::bad_value,
               fmt::format("{} retaliates against itself", space.label(*victim)), where,
               "name two regions");
    return std::nullopt;
  }
  rule.attacker = *attacker;
  rule.victim = *victim;
  rule.after_days = spec.after_days;
  rule.until_lifted = spec.until_lifted;
  rule.where = spec.where;
  rule.answer.kind = spec.bans ? CutKind::import_ban : CutKind::retaliation;
  rule.answer.sellers = {spec.bans ? *attacker : *victim};
  rule.answer.buyers = {spec.bans ? *victim : *attacker};
  rule.answer.sectors = sectors;
  rule.answer.exemptions = exemptions;
  rule.answer.course = spec.course;
  return rule;
}

void add_retaliations(std::vector<RetaliationSpec> const& specs, IndustrySpace const& space,
                      ResolvedScenario& resolved, ErrorList& errors) {
  if (specs.empty()) return;
  constexpr std::size_t most_rules = 1000;  // each looks at all cuts, as often as one fires
  if (specs.size() > most_rules) {
    errors.add(ErrorCode::too_large, fmt::format("{} rules of retaliation", specs.size()),
               specs[most_rules].where, "a scenario takes at most 1000 of them");
    return;
  }
  std::vector<RetaliationRule> rules;
  std::vector<std::string> names;
  for (std::size_t k = 0; k < specs.size(); ++k) {
    auto rule = resolve_rule(specs[k], space, errors);
    if (!rule) continue;
    rule->answer.event = fmt::format("retaliation.{}", k + 1);
    rules.push_back(std::move(*rule));
    names.push_back(fmt::format("Retaliation {} ({})", k + 1, specs[k].when.value));
  }
  auto result = retaliate(rules, resolved.scenario.cuts, space);
  for (auto& each : result.fired) {
    resolved.scenario.cuts.push_back(std::move(each.cut));
    resolved.cut_names.push_back({names[each.rule], ""});
  }
  for (auto const k : result.idle) {
    resolved.warnings.push_back(
        fmt::format("{} is never triggered: no cut by {} against {} leaves time to answer.",
                    names[k], space.label(rules[k].attacker), space.label(rules[k].victim)));
  }
  for (auto const k : result.silenced) {
    resolved.warnings.push_back(
        fmt::format("{} is part of a loop of retaliation: it answers once, to its first trigger, "
                    "and not again.",
                    names[k]));
  }
}

void add_reserves(std::vector<ReserveSpec> const& specs, IndustrySpace const& space,
                  ResolvedScenario& resolved, ErrorList& errors) {
  for (std::size_t k = 0; k < specs.size(); ++k) {
    auto const& spec = specs[k];
    auto const regions = find_regions(spec.regions, space, errors);
    auto const products = find_sectors(spec.products, space, errors);
    for (auto const region : regions) {
      for (auto const product : products) {
        resolved.scenario.reserves.push_back({region, product, spec.days, spec.release_per_day,
                                              spec.from_day, fmt::format("reserve.{}", k + 1)});
      }
    }
  }
}

}  // namespace

void resolve_events(EventSpecs const& specs, IndustrySpace const& space, ResolvedScenario& resolved,
                    ErrorList& errors) {
  add_cuts(specs.cuts, space, resolved, errors);
  add_closures(specs.closures, space, resolved, errors);
  add_retaliations(specs.retaliations, space, resolved, errors);
  auto& scenario = resolved.scenario;
  for (auto const& loss : specs.capacity_losses) {
    scenario.capacity_losses.push_back(
        {find_industries(loss.industries, space, errors), loss.course});
  }
  for (auto const& shock : specs.labour_shocks) {
    scenario.labour_shocks.push_back(
        {find_industries(shock.industries, space, errors), shock.course});
  }
  for (auto const& loss : specs.capital_losses) {
    scenario.capital_losses.push_back({find_industries(loss.industries, space, errors), loss.share,
                                       loss.day, loss.rebuild_days,
                                       find_sectors(loss.rebuilding_sectors, space, errors),
                                       find_regions(loss.rebuilding_regions, space, errors)});
  }
  for (auto const& shift : specs.demand_shifts) {
    scenario.demand_shifts.push_back({find_regions(shift.regions, space, errors),
                                      find_sectors(shift.sectors, space, errors), shift.rises,
                                      shift.course});
  }
  add_reserves(specs.reserves, space, resolved, errors);
}

}  // namespace linchpin::study
