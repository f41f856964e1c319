// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/study_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "linchpin/core/nearest.h"
#include "linchpin/study/answers.h"
#include "linchpin/study/labels.h"
#include "linchpin/study/leverage_reader.h"
#include "linchpin/study/measures/selection.h"
#include "linchpin/study/model_reader.h"
#include "linchpin/study/output_reader.h"
#include "linchpin/study/scenario_reader.h"
#include "linchpin/study/toml_reader.h"
#include "linchpin/study/trade_reader.h"
#include "linchpin/study/trade_study.h"
#include "linchpin/study/uncertain_reader.h"

namespace linchpin::study {
namespace {

constexpr Range run_days{.lowest = 1, .highest = 36500};
constexpr Range factor_range{.lowest = 0, .highest = 1000, .above = true};

std::string factor_words(double factor) {
  if (factor == 0.5) return "half the inventories";
  if (factor == 1.0) return "inventories as given";
  if (factor == 2.0) return "double inventories";
  return fmt::format("{} times the inventories", factor);
}

std::string rule_words(disrupt::OrderRule rule) {
  return std::string{disrupt::to_string(rule)} + " orders";
}

Variant read_variant(TomlReader& reader) {
  Variant variant;
  if (auto const factor = reader.number("inventory_factor", factor_range)) {
    variant.inventory_factor = factor->value;
  }
  auto const name = reader.name("name");
  auto const model = read_model_keys(reader);
  if (reader.has("inventory_days")) {
    reader.problem(ErrorCode::unknown_key,
                   fmt::format("unknown key '{}'", reader.full_name("inventory_days")),
                   reader.place_of("inventory_days"),
                   "a variant changes the inventories of goods by a factor: use inventory_factor, "
                   "like inventory_factor = 0.5");
  }
  if (model.order_rule) variant.order_rule = model.order_rule->value;
  if (model.production) variant.production = model.production->value;
  if (model.rationing) variant.rationing = model.rationing->value;
  if (model.rationing_seed) variant.rationing_seed = model.rationing_seed->value;
  if (model.orders) variant.orders = model.orders->value;
  auto const copy = [](auto& target, auto const& source) {
    if (source) target = source->value;
  };
  copy(variant.psi, model.psi);
  copy(variant.tau_inventory_days, model.tau_inventory_days);
  copy(variant.overproduction_max, model.overproduction_max);
  copy(variant.tau_overproduction_days, model.tau_overproduction_days);
  reader.finish();
  std::string words = variant.order_rule ? rule_words(*variant.order_rule) + ", " : "";
  words += factor_words(variant.inventory_factor);
  if (variant.production) {
    words += fmt::format(", production {}", disrupt::to_string(*variant.production));
  }
  if (variant.rationing) {
    words += fmt::format(", rationing {}", disrupt::to_string(*variant.rationing));
  }
  if (variant.orders) words += fmt::format(", orders by {}", disrupt::to_string(*variant.orders));
  auto const add = [&](char const* key, std::optional<double> value) {
    if (value) words += fmt::format(", {} {}", key, *value);
  };
  add("psi", variant.psi);
  add("tau_inventory_days", variant.tau_inventory_days);
  add("overproduction_max", variant.overproduction_max);
  add("tau_overproduction_days", variant.tau_overproduction_days);
  variant.name = name ? name->value : words;
  return variant;
}

void add_variant(TomlReader& reader, Study& spec) {
  auto const where = reader.has("name") ? reader.place_of("name") : reader.where();
  auto variant = read_variant(reader);
  bool const twice = std::any_of(spec.variants.begin(), spec.variants.end(), [&](auto const& each) {
    return same_name(each.name, variant.name);
  });
  if (twice || same_name(variant.name, central_name)) {
    reader.problem(ErrorCode::duplicate_label,
                   fmt::format("two variants are called '{}'", variant.name), where,
                   twice ? "give each its own name, or leave out one of two equal variants"
                         : "'central' is the run without any variant: choose another name");
  }
  spec.variants.push_back(std::move(variant));
}

void read_variants(TomlReader& reader, Study& spec) {
  auto const* node = reader.node("variants");
  if (node == nullptr) return;
  if (node->is_array()) {
    for (auto& entry : reader.tables("variants")) add_variant(entry, spec);
  } else if (node->is_boolean()) {
    if (reader.boolean("variants")->value) spec.variants = standard_variants();
  } else {
    reader.wrong_type("variants", *node, "true, false or a list of tables");
  }
}

void read_depend(TomlReader reader, Study& spec) {
  spec.asks_depend = true;
  spec.buyers = reader.texts("buyers");
  if (!reader.has("buyers")) {
    reader.problem(ErrorCode::missing_value, "'depend.buyers' is missing", reader.where(),
                   "name regions or industries: buyers = [\"CHN\", \"CHN:c14\"]");
  }
  if (auto const top = reader.whole("top", {.lowest = 1, .highest = 1000})) spec.top = top->value;
  for (auto& measure : reader.tables("measure")) {
    spec.measures.push_back(read_measure(std::move(measure)));
  }
  reader.finish();
}

void read_disrupt(TomlReader reader, Study& spec) {
  if (auto const days = reader.whole("days", run_days)) spec.days = days->value;
  spec.focus = reader.text("focus");
  read_variants(reader, spec);
  reader.finish();
}

void read_scenarios(TomlReader& reader, Study& spec) {
  for (auto& table : reader.tables("scenario")) {
    auto const where = table.has("name") ? table.place_of("name") : table.where();
    auto scenario = read_scenario_table(table);
    bool const twice =
        std::any_of(spec.scenarios.begin(), spec.scenarios.end(),
                    [&](auto const& each) { return same_name(each.name, scenario.name); });
    if (scenario.name.empty()) {
      table.problem(ErrorCode::missing_value, "a scenario has no name", where,
                    "add name = \"cutoff\" below [[scenario]]");
    } else if (twice) {
      table.problem(ErrorCode::duplicate_label,
                    fmt::format("two scenarios are called '{}'", scenario.name), where,
                    "give each its own name");
    }
    spec.scenarios.push_back(std::move(scenario));
  }
}

}  // namespace

std::vector<Variant> standard_variants() {
  std::vector<Variant> variants;
  for (auto const rule : {disrupt::OrderRule::fixed, disrupt::OrderRule::reweighted}) {
    for (double const factor : {0.5, 1.0, 2.0}) {
      Variant variant;
      variant.order_rule = rule;
      variant.inventory_factor = factor;
      variant.name = rule_words(rule) + ", " + factor_words(factor);
      variants.push_back(std::move(variant));
    }
  }
  return variants;
}

Result<Study> parse_study(std::string_view text, std::string const& source) {
  Study study;
  study.source = source;
  auto& errors = study.problems;
  auto const document = parse_toml(text, source, errors);
  if (!document) return fail(errors.joined());
  TomlReader reader(*document, source, "", errors);
  if (document->empty()) {
    return fail(ErrorCode::missing_value, "the study is empty", source,
                "name a world and add [depend] or a [[scenario]]; studies/01-chip-cutoff.toml is "
                "an example");
  }
  if (auto const title = reader.text("title")) study.title = title->value;
  if (auto const question = reader.text("question")) study.question = question->value;
  if (auto const world = reader.text("world")) study.world = world->value;
  if (auto model = reader.table("model")) study.model = read_model(std::move(*model));
  for (auto& each : reader.texts("parameters")) study.model.parameters.push_back(std::move(each));
  read_scenarios(reader, study);
  if (auto table = reader.table("depend")) read_depend(std::move(*table), study);
  if (auto table = reader.table("disrupt")) read_disrupt(std::move(*table), study);
  if (auto table = reader.table("equilibrium")) study.equilibrium = read_equilibrium(*table);
  if (auto table = reader.table("leverage")) study.leverage = read_leverage(*table);
  if (auto table = reader.table("output")) study.formats = read_formats(*std::move(table));
  study.uncertain = read_uncertain(reader);
  study.ensemble = read_ensemble(reader);
  if (study.ensemble && !reader.has("scenario")) {
    reader.problem(ErrorCode::missing_value, "an ensemble of no scenario",
                   reader.place_of("ensemble"), "add a [[scenario]], or leave out [ensemble]");
  }
  if (!reader.has("depend") && !reader.has("scenario") && !reader.has("equilibrium") &&
      !reader.has("leverage")) {
    reader.problem(ErrorCode::missing_value, "the study asks nothing", source,
                   "add [depend], a [[scenario]], [equilibrium] or [leverage]");
  }
  if (!reader.has("world")) {
    reader.problem(ErrorCode::missing_value, "'world' is missing", source,
                   "add world = \"world-2011\", or a path to a .nc file");
  }
  reader.finish();
  if (study.world.empty() && errors.empty()) {
    reader.problem(ErrorCode::missing_value, "'world' is empty", reader.place_of("world"),
                   "name a built-in world or a .nc file");
  }
  if (study.world.empty()) return fail(in_line_order(errors.joined()));
  return study;
}

Result<ResolvedStudy> resolve_study(Study const& study, IndustrySpace const& space,
                                    ParameterSource const& source) {
  ErrorList errors = study.problems;
  ResolvedStudy resolved;
  if (study.asks_depend) {
    DependQuestion question;
    question.options.top = static_cast<std::size_t>(study.top);
    for (auto const& buyer : study.buyers) {
      if (auto const party = find_party(space, buyer.value, buyer.where); party) {
        question.buyers.push_back(*party);
      } else {
        errors.add(party.error());
      }
    }
    for (auto const& measure : study.measures) {
      question.measures.push_back(resolve_measure(measure, space, errors));
    }
    resolved.depend = std::move(question);
  }
  resolved.ensemble = study.ensemble;
  resolved.disrupt.days = study.days;
  resolved.disrupt.variants = study.variants;
  if (study.focus) {
    auto const region = space.find_region(study.focus->value, study.focus->where);
    if (region) {
      resolved.disrupt.focus = *region;
    } else {
      errors.add(region.error());
    }
  }
  std::vector<disrupt::Production> productions;
  for (auto const& variant : study.variants) {
    if (variant.production) productions.push_back(*variant.production);
  }
  for (auto const& scenario : study.scenarios) {
    auto whole = scenario;
    whole.uncertain = merged(scenario.uncertain, study.uncertain);
    resolved.scenarios.push_back(
        resolve_scenario(whole, space, study.model, errors, source, productions));
    resolved.scenarios.back().options.days = study.days;
  }
  if (study.equilibrium) check_equilibrium(*study.equilibrium, space, errors);
  if (study.leverage) check_leverage(*study.leverage, space, errors);
  if (!errors.empty()) return fail(in_line_order(errors.joined()));
  return resolved;
}

}  // namespace linchpin::study
