// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/model_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <initializer_list>

#include "linchpin/core/nearest.h"
#include "linchpin/study/cut_reader.h"
#include "linchpin/study/event_keys.h"

namespace linchpin::study {
namespace {

// One step of the model is one day.
constexpr Range at_least_a_day{.lowest = 1, .highest = 36500};
constexpr Range inventory_range{.lowest = 1, .highest = 36500, .infinity = true};
constexpr Range ceiling_range{
    .lowest = 1, .highest = 100, .hint = "1 means no overproduction, 1.25 a quarter more"};
constexpr Range elasticity_range{
    .lowest = 0, .highest = 100, .hint = "0 keeps base-year shares, 1 follows what suppliers make"};
constexpr Range speed_range{
    .lowest = 0,
    .infinity = true,
    .hint = "the share of its purchases a buyer can move in a day: 0.02 is 2 %, inf is overnight"};
constexpr Range part_range{
    .lowest = 0, .highest = 1, .hint = "shares are fractions between 0 and 1: write 0.3 for 30 %"};
constexpr Range delay_range{.lowest = 0, .highest = 365};
// A seed is a whole number that TOML and JSON carry without loss: below 2^53.
constexpr double largest_seed = 9007199254740992.0;

/// A text that stands for one of `values`, whose names are those of to_string.
template <class T>
std::optional<Placed<T>> choice(TomlReader& reader, char const* key, char const* what,
                                std::initializer_list<T> values) {
  auto const text = reader.text(key);
  if (!text) return std::nullopt;
  std::vector<std::string> names;
  for (auto const value : values) {
    if (text->value == disrupt::to_string(value)) return Placed<T>{value, text->where};
    names.emplace_back(disrupt::to_string(value));
  }
  reader.problem(
      ErrorCode::bad_value, fmt::format("'{}' is no {}", text->value, what), text->where,
      did_you_mean(text->value, names, fmt::format("use one of {}", fmt::join(names, ", "))));
  return std::nullopt;
}

void read_rationing(TomlReader& reader, ModelSpec& model) {
  using disrupt::Rationing;
  model.rationing =
      choice(reader, "rationing", "rule of rationing",
             {Rationing::proportional, Rationing::intermediate_first, Rationing::domestic_first,
              Rationing::government_first, Rationing::largest_first,
              Rationing::smallest_relative_first, Rationing::random});
  if (auto const seed = reader.number("rationing_seed", {.lowest = 0, .highest = largest_seed})) {
    if (seed->value != std::floor(seed->value)) {
      reader.problem(ErrorCode::bad_value, fmt::format("seed {} is no whole number", seed->value),
                     seed->where, "a seed is a whole number of your choice: rationing_seed = 1");
    }
    model.rationing_seed = {static_cast<std::uint64_t>(seed->value), seed->where};
  }
  bool const random = model.rationing && model.rationing->value == Rationing::random;
  if (random && !reader.has("rationing_seed")) {
    reader.problem(ErrorCode::missing_value,
                   fmt::format("'{}' is missing", reader.full_name("rationing_seed")),
                   model.rationing->where,
                   "random rationing needs a seed, so that the run can be repeated: "
                   "rationing_seed = 1");
  }
}

/// A number for all, or a table by goods, services and sector labels.
void read_by_product(TomlReader& reader, char const* key, Range const& range, char const* wanted,
                     std::optional<Placed<double>>& one, NumbersByProduct& each) {
  auto const* node = reader.node(key);
  if (node == nullptr) return;
  if (node->is_number()) {
    one = reader.number(key, range);
  } else if (node->is_table()) {
    each = reader.table(key)->all_numbers(range);
  } else {
    reader.wrong_type(key, *node, wanted);
  }
}

DelaySpec read_delay(TomlReader& reader) {
  DelaySpec delay;
  delay.where = reader.where();
  if (reader.has("between")) {
    if (auto const sides = read_sides(reader, "between")) {
      delay.from = sides->one;
      delay.to = sides->other;
    }
    delay.both_ways = true;
    if (reader.has("from") || reader.has("to")) {
      reader.problem(ErrorCode::bad_value, "a delay has 'between' and 'from' or 'to'", delay.where,
                     "use between for both ways, from and to for one");
    }
  } else {
    delay.from = required_texts(reader, "from", "\"CHN\"");
    delay.to = required_texts(reader, "to", "\"DEU\"");
  }
  if (!reader.has("days")) {
    reader.problem(ErrorCode::missing_value,
                   fmt::format("'{}' is missing", reader.full_name("days")), delay.where,
                   "add the days that deliveries are under way: days = 30");
  }
  if (auto const days = reader.whole("days", delay_range)) delay.days = days->value;
  reader.finish();
  return delay;
}

SubstitutionSpec read_substitution(TomlReader& reader) {
  SubstitutionSpec spec;
  if (!reader.has("product")) missing(reader, "product", "\"c8\"");
  if (!reader.has("by")) missing(reader, "by", "\"c17\"");
  if (auto const product = reader.text("product")) spec.product = *product;
  if (auto const by = reader.text("by")) spec.by = *by;
  spec.share = required_number(reader, "share", part_range, "0.3");
  reader.finish();
  return spec;
}

/// labour = true, or a table of its numbers.
template <class Options, class Read>
std::optional<Options> read_switch(TomlReader& reader, char const* key, char const* wanted,
                                   Read const& read) {
  auto const* node = reader.node(key);
  if (node == nullptr) return std::nullopt;
  Options options;
  options.active = true;
  if (node->is_boolean()) {
    options.active = reader.boolean(key)->value;
  } else if (node->is_table()) {
    auto table = *reader.table(key);
    read(table, options);
    table.finish();
  } else {
    reader.wrong_type(key, *node, wanted);
    return std::nullopt;
  }
  return options;
}

void read_households_and_labour(TomlReader& reader, ModelSpec& model) {
  auto const set = [](TomlReader& table, char const* key, Range const& range, double& target) {
    if (auto const value = table.number(key, range)) target = value->value;
  };
  model.labour = read_switch<disrupt::LabourOptions>(
      reader, "labour", "true, false or a table like {hire_days = 30, fire_days = 15}",
      [&](TomlReader& table, disrupt::LabourOptions& labour) {
        set(table, "hire_days", at_least_a_day, labour.hire_days);
        set(table, "fire_days", at_least_a_day, labour.fire_days);
      });
  model.consumption = read_switch<disrupt::ConsumptionOptions>(
      reader, "consumption", "true, false or a table like {persistence = 0.6, replacement = 0.8}",
      [&](TomlReader& table, disrupt::ConsumptionOptions& consumption) {
        set(table, "persistence", part_range, consumption.persistence);
        set(table, "replacement", part_range, consumption.replacement);
      });
}

}  // namespace

ModelSpec read_model_keys(TomlReader& reader) {
  using disrupt::OrderRule, disrupt::OrderBase, disrupt::Production;
  ModelSpec model;
  model.psi = reader.number("psi", {.lowest = 0, .highest = 1});
  model.tau_inventory_days = reader.number("tau_inventory_days", at_least_a_day);
  model.overproduction_max = reader.number("overproduction_max", ceiling_range);
  model.tau_overproduction_days = reader.number("tau_overproduction_days", at_least_a_day);
  model.order_rule = choice(reader, "order_rule", "order rule",
                            {OrderRule::fixed, OrderRule::reweighted, OrderRule::available});
  model.production =
      choice(reader, "production", "production function",
             {Production::ario, Production::leontief, Production::strongly_critical,
              Production::half_critical, Production::weakly_critical, Production::linear});
  model.orders =
      choice(reader, "orders", "base of orders", {OrderBase::production, OrderBase::demand});
  read_rationing(reader, model);
  return model;
}

ModelSpec read_model(TomlReader reader) {
  auto model = read_model_keys(reader);
  read_by_product(reader, "inventory_days", inventory_range,
                  "a number of days or a table like {goods = 90, services = 3}",
                  model.inventory_days, model.inventory_days_by_product);
  if (auto table = reader.table("overproduction")) {
    model.overproduction = table->all_numbers(ceiling_range);
  }
  read_by_product(reader, "resourcing_elasticity", elasticity_range,
                  "a number or a table like {goods = 1, services = 0.5}",
                  model.resourcing_elasticity, model.resourcing_elasticity_by_product);
  model.switching_speed = reader.number("switching_speed", speed_range);
  model.switching_cost = reader.number("switching_cost", part_range);
  for (auto& delay : reader.tables("delays")) model.delays.push_back(read_delay(delay));
  for (auto& each : reader.tables("substitutions")) {
    auto substitution = read_substitution(each);
    bool const whole = !substitution.product.value.empty() && !substitution.by.value.empty();
    if (whole) model.substitutions.push_back(std::move(substitution));
  }
  read_households_and_labour(reader, model);
  model.capital_per_value_added =
      reader.number("capital_per_value_added", {.lowest = 0, .highest = 1000, .above = true});
  model.parameters = reader.texts("parameters");
  model.criticality = reader.text("criticality");
  reader.finish();
  return model;
}

}  // namespace linchpin::study
