// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/scenario_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "linchpin/study/event_resolver.h"
#include "linchpin/study/model_resolver.h"
#include "linchpin/study/scenario_reader.h"
#include "linchpin/study/toml_reader.h"
#include "linchpin/uncertainty/disrupt_parameters.h"

namespace linchpin::study {

namespace {

/// Who asks how critical inputs are, for messages; empty: nobody.
std::string ratings_for(ScenarioSpec const& spec, ModelSpec const& defaults,
                        std::vector<disrupt::Production> const& variants) {
  auto const& production = spec.model.production ? spec.model.production : defaults.production;
  if (production && needs_ratings(production->value)) return production->where;
  return std::any_of(variants.begin(), variants.end(), needs_ratings) ? "disrupt.variants" : "";
}

}  // namespace

CutName cut_name(ResolvedScenario const& scenario, std::size_t k) {
  if (k < scenario.cut_names.size()) return scenario.cut_names[k];
  return {fmt::format("Cut {}", k + 1), ""};
}

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
                                  ModelSpec const& defaults, ErrorList& errors,
                                  ParameterSource const& source,
                                  std::vector<disrupt::Production> const& variants) {
  ResolvedScenario resolved;
  resolved.title = spec.title;
  resolved.scenario.name = spec.name;
  resolved.options.inventory_days = disrupt::default_inventory_days(space);
  resolved.stocks_from_files =
      apply_parameters({&defaults, &spec.model}, source, ratings_for(spec, defaults, variants),
                       space, resolved.options, resolved.warnings, errors);
  apply_model(defaults, space, resolved.options, errors);
  apply_model(spec.model, space, resolved.options, errors);
  resolved.orders_given = defaults.orders.has_value() || spec.model.orders.has_value();
  if (!resolved.orders_given) {
    resolved.options.order_base = usual_orders(resolved.options.production);
  }
  if (resolved.options.production == disrupt::Production::linear &&
      !resolved.options.substitutions.empty()) {
    resolved.warnings.emplace_back(
        "Substitutions do nothing under linear production, where inputs replace each other anyway.");
  }
  resolve_events(spec.events, space, resolved, errors);
  resolved.uncertain = spec.uncertain;
  auto const known = uncertainty::find_parameters(resolved.uncertain, space, resolved.scenario,
                                                  resolved.options);
  if (!known) errors.add(known.error());
  return resolved;
}

Result<ResolvedScenario> read_scenario(std::string_view text, std::string const& source,
                                       IndustrySpace const& space,
                                       ParameterSource const& parameters) {
  ErrorList errors;
  auto const spec = parse_scenario(text, source, errors);
  auto resolved = resolve_scenario(spec, space, {}, errors, parameters);
  if (!errors.empty()) return fail(in_line_order(errors.joined()));
  return resolved;
}

}  // namespace linchpin::study
