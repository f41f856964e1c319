// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/scenario_file.h"

#include <algorithm>
#include <cmath>

#include "linchpin/study/labels.h"
#include "linchpin/study/scenario_reader.h"
#include "linchpin/study/toml_reader.h"
#include "linchpin/uncertainty/disrupt_parameters.h"

namespace linchpin::study {
namespace {

void apply_inventory(ModelSpec const& spec, IndustrySpace const& space,
                     disrupt::ModelOptions& options, ErrorList& errors) {
  auto& days = options.inventory_days;
  if (spec.inventory_days) days.assign(days.size(), spec.inventory_days->value);
  auto const& sectors = space.labels().sectors;
  auto const& by_product = spec.inventory_days_by_product;
  // Kinds first, so that a sector's own number wins wherever it stands in the table.
  for (auto const& [entry, where] : by_product) {
    for (std::size_t s = 0; s < sectors.size(); ++s) {
      bool const named = entry.first == (sectors[s].service ? "services" : "goods");
      if (named) days[s] = entry.second;
    }
  }
  for (auto const& [entry, where] : by_product) {
    if (entry.first == "goods" || entry.first == "services") continue;
    auto const sector = space.find_sector(entry.first, where);
    if (sector) {
      days[sector->index()] = entry.second;
    } else {
      errors.add(sector.error());
    }
  }
}

void apply_model(ModelSpec const& spec, IndustrySpace const& space, disrupt::ModelOptions& options,
                 ErrorList& errors) {
  auto const set = [](auto& target, auto const& source) {
    if (source) target = source->value;
  };
  set(options.psi, spec.psi);
  set(options.tau_inventory_days, spec.tau_inventory_days);
  set(options.overproduction_max, spec.overproduction_max);
  set(options.tau_overproduction_days, spec.tau_overproduction_days);
  set(options.order_rule, spec.order_rule);
  apply_inventory(spec, space, options, errors);
}

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

}  // namespace

ScenarioSpec parse_scenario(std::string_view text, std::string const& source, ErrorList& errors) {
  auto const document = parse_toml(text, source, errors);
  if (!document) return {};
  TomlReader reader(*document, source, "", errors);
  if (document->empty()) {
    reader.problem(ErrorCode::missing_value, "the scenario is empty", source,
                   "add a [[cut]] or a [[capacity_loss]]; for a run without any shock a [model] is "
                   "enough");
    return {};
  }
  return read_scenario_table(reader);
}

ResolvedScenario resolve_scenario(ScenarioSpec const& spec, IndustrySpace const& space,
                                  ModelSpec const& defaults, ErrorList& errors) {
  ResolvedScenario resolved;
  resolved.title = spec.title;
  resolved.scenario.name = spec.name;
  resolved.options.inventory_days = disrupt::default_inventory_days(space);
  apply_model(defaults, space, resolved.options, errors);
  apply_model(spec.model, space, resolved.options, errors);
  for (auto const& cut : spec.cuts) {
    Cut result;
    result.sellers = find_regions(cut.sellers, space, errors);
    auto regions = cut.buyers;
    auto const industries = std::stable_partition(
        regions.begin(), regions.end(), [](auto const& text) { return !is_industry(text); });
    result.buyer_industries = find_industries({industries, regions.end()}, space, errors);
    regions.erase(industries, regions.end());
    result.buyers = find_regions(regions, space, errors);
    result.sectors = find_sectors(cut.sectors, space, errors);
    result.intermediate = cut.intermediate;
    result.final_use = cut.final_use;
    result.course = cut.course;
    result.exemptions = find_exemptions(cut.exempt, space, errors);
    if (!resolved.first_buyer) resolved.first_buyer = first_buyer(cut, result, space);
    resolved.scenario.cuts.push_back(std::move(result));
  }
  for (auto const& loss : spec.capacity_losses) {
    resolved.scenario.capacity_losses.push_back(
        {find_industries(loss.industries, space, errors), loss.course});
  }
  resolved.uncertain = spec.uncertain;
  auto const known = uncertainty::find_parameters(resolved.uncertain, space, resolved.scenario,
                                                  resolved.options);
  if (!known) errors.add(known.error());
  return resolved;
}

Result<ResolvedScenario> read_scenario(std::string_view text, std::string const& source,
                                       IndustrySpace const& space) {
  ErrorList errors;
  auto const spec = parse_scenario(text, source, errors);
  auto resolved = resolve_scenario(spec, space, {}, errors);
  if (!errors.empty()) return fail(in_line_order(errors.joined()));
  return resolved;
}

std::vector<std::pair<std::string, OptionValue>> origin_options(
    disrupt::ModelOptions const& options, IndustrySpace const& space) {
  std::vector<std::pair<std::string, OptionValue>> result{
      {"days", std::int64_t{options.days}},
      {"order_rule", std::string{disrupt::to_string(options.order_rule)}},
      {"psi", options.psi},
      {"tau_inventory_days", options.tau_inventory_days},
      {"overproduction_max", options.overproduction_max},
      {"tau_overproduction_days", options.tau_overproduction_days},
      {"recovery_threshold", options.recovery_threshold}};
  auto const& sectors = space.labels().sectors;
  // JSON has no infinity: "inf" is how a study file writes it, too.
  auto const days = [](double value) -> OptionValue {
    return std::isfinite(value) ? OptionValue{value} : OptionValue{std::string{"inf"}};
  };
  for (bool const service : {false, true}) {
    std::vector<std::size_t> of_kind;
    for (std::size_t s = 0; s < sectors.size(); ++s) {
      if (sectors[s].service == service) of_kind.push_back(s);
    }
    if (of_kind.empty()) continue;
    double const first = options.inventory_days[of_kind.front()];
    bool const all_same = std::all_of(of_kind.begin(), of_kind.end(), [&](std::size_t s) {
      return options.inventory_days[s] == first;
    });
    if (all_same) {
      result.emplace_back(service ? "inventory_days.services" : "inventory_days.goods",
                          days(first));
      continue;
    }
    for (auto const s : of_kind) {
      result.emplace_back("inventory_days." + sectors[s].label, days(options.inventory_days[s]));
    }
  }
  return result;
}

}  // namespace linchpin::study
