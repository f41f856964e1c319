// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/leverage_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "linchpin/study/required_keys.h"
#include "linchpin/study/standoff_reader.h"
#include "linchpin/study/supply_tree_study.h"
#include "linchpin/study/threat_reader.h"
#include "linchpin/study/trade_reader.h"
#include "linchpin/study/uncertain_reader.h"

namespace linchpin::study {
namespace {

constexpr Range share_range{.lowest = 0, .highest = 1};
constexpr Range part_range{.lowest = 1e-4, .highest = 0.99};
constexpr Range sales_range{.lowest = 0, .above = true};
constexpr Range theta_range{.lowest = 0, .highest = 100, .above = true};
constexpr Range outer_range{.lowest = 0, .highest = 100};
constexpr Range draws_range{.lowest = 0, .highest = 100'000};
constexpr Range top_range{.lowest = 1, .highest = 1000};

CarveLineSpec read_line(TomlReader& reader) {
  CarveLineSpec line;
  line.where = reader.where();
  line.line = needed_name(reader, "line", "\"CHIPS\"");
  line.host = needed_name(reader, "host", "\"C26\"");
  line.minerals = reader.texts("minerals");
  if (line.minerals.empty() == !reader.has("world_sales")) {
    reader.problem(ErrorCode::bad_value, "sales of a line are named once", reader.where(),
                   "give either world_sales = {value = …, low = …, high = …, note = \"…\"} or "
                   "minerals = [\"Gallium\"]");
  }
  if (reader.has("world_sales")) line.world_sales = read_ranged(reader, "world_sales", sales_range);
  line.home = needed_name(reader, "home", "\"CHN\"");
  line.home_buys = read_ranged(reader, "home_buys", part_range);
  line.home_share = read_ranged(reader, "home_share", share_range);
  if (reader.has("theta")) line.theta = read_ranged(reader, "theta", theta_range);
  if (auto suppliers = reader.table("suppliers")) {
    line.suppliers = suppliers->all_numbers({.lowest = 0});
  } else if (line.minerals.empty()) {
    reader.problem(ErrorCode::missing_value, "nobody supplies the line", reader.where(),
                   "add suppliers = {TWN = 0.4, KOR = 0.2, …}, shares of makers");
  }
  reader.finish();
  return line;
}

PowerSpec read_power(TomlReader reader) {
  PowerSpec power;
  power.worlds = reader.texts("worlds");
  power.senders = reader.texts("senders");
  power.targets = reader.texts("targets");
  power.sectors = reader.texts("sectors");
  power.short_run = reader.texts("short_run");
  power.compare = reader.texts("compare");
  take(reader.boolean("full_break"), power.full_break);
  take(reader.boolean("short_run_range"), power.short_run_range);
  take(reader.number("outer_elasticity", outer_range), power.outer);
  take(reader.whole("days", {.lowest = 1, .highest = 3650}), power.days);
  take(reader.whole("top", top_range), power.top);
  take(reader.whole("settled_draws", draws_range), power.settled_draws);
  take(reader.whole("short_run_draws", draws_range), power.short_run_draws);
  reader.finish();
  return power;
}

ChokepointSpec read_chokepoints(TomlReader& reader) {
  ChokepointSpec spec;
  spec.target = needed_name(reader, "target", "\"CHN\"");
  spec.senders = reader.texts("senders");
  spec.sectors = reader.texts("sectors");
  take(reader.boolean("services"), spec.services);
  take(reader.whole("k", {.lowest = 1, .highest = 20}), spec.k);
  take(reader.whole("top", top_range), spec.top);
  take(reader.number("sender_limit_pct", {.lowest = -100, .highest = 100}), spec.sender_limit_pct);
  take(reader.number("cut", {.lowest = 1e-6, .highest = 1}), spec.cut);
  take(reader.boolean("products"), spec.products);
  take(reader.number("reach_pct", {.lowest = 1e-9, .highest = 100}), spec.reach_pct);
  reader.finish();
  return spec;
}

/// Keys of a path that an autonomy study computes.
void read_after_path(TomlReader& reader, AfterSpec& after) {
  if (auto const name = reader.name("autonomy")) after.autonomy = *name;
  if (auto const name = reader.name("technology")) after.technology = *name;
  take(reader.boolean("programme"), after.programme);
  if (auto const* node = reader.node("years")) {
    auto const* list = node->as_array();
    if (list == nullptr || list->empty()) reader.wrong_type("years", *node, "a list of years");
    for (std::size_t k = 0; list != nullptr && k < list->size(); ++k) {
      auto const year = reader.number_of("years", (*list)[k], {.lowest = 1900, .highest = 2200});
      if (!year) continue;
      if (year->value != std::floor(year->value)) {
        reader.problem(ErrorCode::bad_value, fmt::format("{:g} is no year", year->value),
                       year->where, "write whole years");
      } else {
        after.years.push_back(static_cast<int>(year->value));
      }
    }
  }
  for (auto const* key : {"technology", "years", "programme"}) {
    if (after.autonomy || !reader.has(key)) continue;
    reader.problem(ErrorCode::bad_value,
                   fmt::format("'{}' without autonomy", reader.full_name(key)),
                   reader.place_of(key), "name an autonomy study: autonomy = \"study.toml\"");
  }
}

AfterSpec read_after(TomlReader& reader, std::vector<CarveLineSpec> const& lines) {
  AfterSpec after;
  after.line = needed_name(reader, "line", "\"CHIPS\"");
  bool const known = std::any_of(lines.begin(), lines.end(), [&](auto const& each) {
    return each.line.value == after.line.value;
  });
  if (!known && !after.line.value.empty()) {
    reader.problem(ErrorCode::unknown_label,
                   fmt::format("no line here is called '{}'", after.line.value), after.line.where,
                   "name the line of a [[leverage.carve]]");
  }
  read_after_path(reader, after);
  for (auto& table : reader.tables("point")) {
    AfterPoint point;
    for (auto const* key : {"year", "home_share"}) {
      if (table.has(key)) continue;
      table.problem(ErrorCode::missing_value, fmt::format("a point without {}", key), table.where(),
                    "give year and home_share");
    }
    take(table.whole("year", {.lowest = 1900, .highest = 2200}), point.year);
    take(table.number("home_share", {.lowest = 0, .highest = 0.999}), point.home_share);
    take(table.number("cost_pct"), point.cost_pct);
    table.finish();
    after.points.push_back(point);
  }
  if (after.points.empty() == !after.autonomy) {
    reader.problem(ErrorCode::missing_value,
                   after.autonomy ? "a path given twice" : "a path without points", reader.where(),
                   "add [[leverage.after.point]] tables with year and home_share, or name an "
                   "autonomy study: autonomy = \"02-chip-autonomy.toml\"");
  }
  reader.finish();
  return after;
}

/// Labels of a world with its lines.
class LabelCheck {
 public:
  LabelCheck(LeverageSpec const& spec, IndustrySpace const& space, ErrorList& errors)
      : spec_(spec), space_(space), errors_(errors) {}

  void region(Placed<std::string> const& label) {
    if (label.value == "*" || label.value.empty()) return;
    if (auto const found = space_.find_region(label.value, label.where); !found) {
      errors_.add(found.error());
    }
  }
  void sector(Placed<std::string> const& label) {
    if (label.value == "*" || label.value == "goods" || label.value == "services") return;
    for (auto const& line : spec_.carve) {
      if (line.line.value == label.value) return;
    }
    if (auto const found = space_.find_sector(label.value, label.where); !found) {
      errors_.add(found.error());
    }
  }
  void regions(std::vector<Placed<std::string>> const& labels) {
    for (auto const& each : labels) region(each);
  }
  void sectors(std::vector<Placed<std::string>> const& labels) {
    for (auto const& each : labels) sector(each);
  }

 private:
  LeverageSpec const& spec_;
  IndustrySpace const& space_;
  ErrorList& errors_;
};

}  // namespace

LeverageSpec read_leverage(TomlReader& reader) {
  LeverageSpec spec;
  spec.model = read_trade_model(reader);
  for (auto& line : reader.tables("carve")) spec.carve.push_back(read_line(line));
  if (auto power = reader.table("power")) spec.power = read_power(std::move(*power));
  for (auto& each : reader.tables("chokepoints")) {
    spec.chokepoints.push_back(read_chokepoints(each));
  }
  for (auto& each : reader.tables("supply_tree")) {
    spec.supply_trees.push_back(read_supply_tree(each));
  }
  for (auto& each : reader.tables("standoff")) {
    spec.standoffs.push_back(read_standoff(each, spec.model.horizon_years));
  }
  for (auto& each : reader.tables("after")) spec.after.push_back(read_after(each, spec.carve));
  spec.threats = read_threats(reader);
  spec.ensemble = read_ensemble(reader);
  if (!spec.power && spec.chokepoints.empty() && spec.standoffs.empty() && spec.after.empty() &&
      spec.threats.empty() && spec.supply_trees.empty()) {
    reader.problem(ErrorCode::missing_value, "[leverage] asks nothing", reader.where(),
                   "add [leverage.power], [[leverage.chokepoints]], [[leverage.supply_tree]], "
                   "[[leverage.standoff]], "
                   "[[leverage.after]], [[leverage.bargain]], [[leverage.signal]], "
                   "[[leverage.frontier]] or [leverage.defend]");
  }
  reader.finish();
  return spec;
}

void check_leverage(LeverageSpec const& spec, IndustrySpace const& space, ErrorList& errors) {
  LabelCheck check(spec, space, errors);
  for (auto const& line : spec.carve) {
    if (auto const host = space.find_sector(line.host.value, line.host.where); !host) {
      errors.add(host.error());
    }
    if (space.find_sector(line.line.value, line.line.where)) {
      errors.add(ErrorCode::duplicate_label,
                 fmt::format("'{}' is a sector of the world already", line.line.value),
                 line.line.where, "give the line a label of its own");
    }
    check.region(line.home);
    for (auto const& each : line.suppliers) check.region({each.value.first, each.where});
  }
  if (spec.power && spec.power->worlds.empty()) {
    check.regions(spec.power->senders);
    check.regions(spec.power->targets);
    check.sectors(spec.power->sectors);
  }
  for (auto const& each : spec.chokepoints) {
    check.region(each.target);
    check.regions(each.senders);
    check.sectors(each.sectors);
  }
  for (auto const& each : spec.threats.bargains) {
    check.regions(each.first);
    check.regions(each.second);
    check.sectors(each.sectors);
  }
  for (auto const& each : spec.threats.signals) {
    check.region(each.target);
    check.regions(each.senders);
    check.sectors(each.sectors);
  }
  for (auto const& each : spec.threats.frontiers) {
    check.region(each.buyer);
    check.regions(each.rivals);
    check.sectors(each.sectors);
  }
  for (auto const& each : spec.threats.defences) {
    check.region(each.target);
    check.sectors(each.sectors);
  }
  for (auto const& standoff : spec.standoffs) {
    check.regions(standoff.players);
    for (auto const& action : standoff.actions) {
      check.regions(action.sellers);
      check.regions(action.buyers);
      check.sectors(action.sectors);
    }
  }
}

}  // namespace linchpin::study
