// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/scenario_reader.h"

#include <fmt/format.h>

#include "linchpin/core/nearest.h"
#include "linchpin/study/uncertain_reader.h"

namespace linchpin::study {
namespace {

constexpr Range share_range{
    .lowest = 0, .highest = 1, .hint = "shares are fractions between 0 and 1: write 0.3 for 30 %"};
// One step of the model is one day.
constexpr Range at_least_a_day{.lowest = 1, .highest = 36500};
constexpr Range inventory_range{.lowest = 1, .highest = 36500, .infinity = true};

Course read_course(TomlReader& reader) {
  Course course;
  if (auto const share = reader.number("share", share_range)) course.share = share->value;
  if (auto const from = reader.whole("from_day", days_range)) course.from_day = from->value;
  if (auto const ramp = reader.whole("ramp_days", days_range)) course.ramp_days = ramp->value;
  if (auto const to = reader.whole("to_day", days_range)) {
    course.to_day = to->value;
    if (to->value <= course.from_day) {
      reader.problem(ErrorCode::bad_value,
                     fmt::format("end before start: to_day {} is not after from_day {}", to->value,
                                 course.from_day),
                     to->where, "to_day is the first day without effect again");
    }
  }
  return course;
}

void read_uses(TomlReader& reader, CutSpec& cut) {
  if (!reader.has("uses")) return;
  cut.intermediate = false;
  cut.final_use = false;
  std::vector<std::string> const known{"intermediate", "final"};
  for (auto const& use : reader.texts("uses")) {
    if (use.value == "intermediate") {
      cut.intermediate = true;
    } else if (use.value == "final") {
      cut.final_use = true;
    } else {
      reader.problem(ErrorCode::bad_value, fmt::format("'{}' is no kind of use", use.value),
                     use.where,
                     did_you_mean(use.value, known, "use \"intermediate\", \"final\" or both"));
    }
  }
}

std::vector<Placed<std::string>> required_texts(TomlReader& reader, std::string_view key,
                                                std::string_view example) {
  if (!reader.has(key)) {
    reader.problem(ErrorCode::missing_value, fmt::format("'{}' is missing", reader.full_name(key)),
                   reader.where(), fmt::format("add a line like {} = {}", key, example));
  }
  return reader.texts(key);
}

CutSpec read_cut(TomlReader& reader) {
  CutSpec cut;
  cut.where = reader.where();
  cut.sellers = required_texts(reader, "sellers", "[\"USA\", \"JPN\"]");
  cut.buyers = required_texts(reader, "buyers", "[\"CHN\"]");
  cut.sectors = reader.texts("sectors");
  cut.exempt = reader.texts("exempt");
  read_uses(reader, cut);
  cut.course = read_course(reader);
  reader.finish();
  return cut;
}

CapacityLossSpec read_capacity_loss(TomlReader& reader) {
  CapacityLossSpec loss;
  loss.where = reader.where();
  loss.industries = required_texts(reader, "industries", "[\"CHN:c14\"]");
  loss.course = read_course(reader);
  reader.finish();
  return loss;
}

void read_inventory_days(TomlReader& reader, ModelSpec& model) {
  auto const* node = reader.node("inventory_days");
  if (node == nullptr) return;
  if (node->is_number()) {
    model.inventory_days = reader.number("inventory_days", inventory_range);
  } else if (node->is_table()) {
    model.inventory_days_by_product = reader.table("inventory_days")->all_numbers(inventory_range);
  } else {
    reader.wrong_type("inventory_days", *node,
                      "a number of days or a table like {goods = 90, services = 3}");
  }
}

}  // namespace

ModelSpec read_model(TomlReader reader) {
  auto model = read_model_keys(reader);
  read_inventory_days(reader, model);
  reader.finish();
  return model;
}

ModelSpec read_model_keys(TomlReader& reader) {
  ModelSpec model;
  model.psi = reader.number("psi", {.lowest = 0, .highest = 1});
  model.tau_inventory_days = reader.number("tau_inventory_days", at_least_a_day);
  model.overproduction_max = reader.number(
      "overproduction_max",
      {.lowest = 1, .highest = 100, .hint = "1 means no overproduction, 1.25 a quarter more"});
  model.tau_overproduction_days = reader.number("tau_overproduction_days", at_least_a_day);
  if (auto const rule = reader.text("order_rule")) {
    std::vector<std::string> const known{"fixed", "reweighted"};
    if (rule->value == "fixed") {
      model.order_rule = {disrupt::OrderRule::fixed, rule->where};
    } else if (rule->value == "reweighted") {
      model.order_rule = {disrupt::OrderRule::reweighted, rule->where};
    } else {
      reader.problem(ErrorCode::bad_value, fmt::format("'{}' is no order rule", rule->value),
                     rule->where,
                     did_you_mean(rule->value, known, "use \"fixed\" or \"reweighted\""));
    }
  }
  return model;
}

ScenarioSpec read_scenario_table(TomlReader& reader) {
  ScenarioSpec spec;
  if (auto const name = reader.name("name")) spec.name = name->value;
  if (auto const title = reader.text("title")) spec.title = title->value;
  if (auto model = reader.table("model")) spec.model = read_model(std::move(*model));
  for (auto& cut : reader.tables("cut")) spec.cuts.push_back(read_cut(cut));
  for (auto& loss : reader.tables("capacity_loss")) {
    spec.capacity_losses.push_back(read_capacity_loss(loss));
  }
  spec.uncertain = read_uncertain(reader);
  reader.finish();
  return spec;
}

}  // namespace linchpin::study
