// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/trade_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "linchpin/core/nearest.h"
#include "linchpin/study/event_keys.h"
#include "linchpin/study/uncertain_reader.h"

namespace linchpin::study {
namespace {

using equilibrium::DeficitRule;
using equilibrium::QuotaRents;
using Kind = TradeMeasureSpec::Kind;

constexpr Range rate_range{.lowest = -1,
                           .highest = 100,
                           .above = true,
                           .hint = "rates are shares of the value: write 0.25 for 25 %"};
constexpr Range factor_range{.lowest = 0, .highest = 1e6, .above = true};
constexpr Range cost_range{.lowest = 1, .highest = 1e6, .hint = "a factor of 1 or more"};
constexpr Range subsidy_range{.lowest = -10,
                              .highest = 0.99,
                              .hint = "shares of cost: write 0.1 for 10 %, below 0 for a tax"};
constexpr Range nest_range{
    .lowest = 0, .highest = 100, .hint = "0 is Leontief, 1 Cobb-Douglas, at most 100"};
constexpr Range years_range{.lowest = 0, .highest = 1000};
constexpr Range entrant_range{
    .lowest = 1, .highest = 1e6, .hint = "a multiple of the region's own cost, 1 or more"};

/// One of two names of a list: traders write exporters and importers, embargoes sellers and buyers.
std::vector<Placed<std::string>> one_side(TomlReader& reader, char const* first, char const* second,
                                          bool required) {
  bool const has_second = reader.has(second);
  if (reader.has(first) && has_second) {
    reader.problem(
        ErrorCode::bad_value,
        fmt::format("both '{}' and '{}'", reader.full_name(first), reader.full_name(second)),
        reader.place_of(second), "they are the same: use one of the two");
  }
  if (required && !has_second) return required_texts(reader, first, "[\"CHN\"]");
  return reader.texts(has_second ? second : first);
}

/// Whose policy it is stands in the list that must be there.
TradeMeasureSpec read_pairs(TomlReader& reader, Kind kind) {
  TradeMeasureSpec measure;
  measure.kind = kind;
  measure.where = reader.where();
  bool const sellers_decide = kind == Kind::export_tax || kind == Kind::ban || kind == Kind::quota;
  bool const buyers_decide = kind != Kind::export_tax;
  bool const by_trade = kind != Kind::ban;
  measure.sellers = one_side(reader, by_trade ? "exporters" : "sellers",
                             by_trade ? "sellers" : "exporters", sellers_decide);
  measure.buyers = one_side(reader, by_trade ? "importers" : "buyers",
                            by_trade ? "buyers" : "importers", buyers_decide);
  measure.sectors = reader.texts("sectors");
  return measure;
}

TradeMeasureSpec read_tariff(TomlReader& reader) {
  auto measure = read_pairs(reader, Kind::tariff);
  if (reader.has("rate") && reader.has("add")) {
    reader.problem(ErrorCode::bad_value, "both 'tariff.rate' and 'tariff.add'",
                   reader.place_of("add"),
                   "rate is the new tariff, add what comes on top: use one");
  }
  if (reader.has("add")) {
    measure.kind = Kind::tariff_add;
    measure.number = required_number(reader, "add", rate_range, "0.25");
    static_cast<void>(reader.has("rate"));
  } else {
    measure.number = required_number(reader, "rate", rate_range, "0.25");
  }
  reader.finish();
  return measure;
}

TradeMeasureSpec read_ban(TomlReader& reader) {
  auto measure = read_pairs(reader, Kind::ban);
  if (auto const left = reader.number("left", share_range)) measure.number = left->value;
  if (reader.has("share")) {
    reader.problem(ErrorCode::unknown_key, "unknown key 'ban.share'", reader.place_of("share"),
                   "a [[ban]] stops everything; left = 0.3 keeps 0.3 of the sellers' weight");
  }
  reader.finish();
  return measure;
}

TradeMeasureSpec read_numbered(TomlReader& reader, Kind kind, char const* key, Range const& range,
                               char const* example) {
  auto measure = read_pairs(reader, kind);
  measure.number = required_number(reader, key, range, example);
  reader.finish();
  return measure;
}

TradeMeasureSpec read_quota(TomlReader& reader) {
  auto measure = read_pairs(reader, Kind::quota);
  measure.number = required_number(reader, "limit", factor_range, "0.5");
  if (auto const rents = reader.text("rents")) {
    std::vector<std::string> const known{"exporter", "importer", "nobody"};
    auto const found = std::find(known.begin(), known.end(), rents->value);
    if (found == known.end()) {
      reader.problem(
          ErrorCode::bad_value, fmt::format("'{}' receives no rents", rents->value), rents->where,
          did_you_mean(rents->value, known, "use \"exporter\", \"importer\" or \"nobody\""));
    } else {
      measure.rents = static_cast<QuotaRents>(found - known.begin());
    }
  }
  reader.finish();
  return measure;
}

IndustryMeasureSpec read_industry_measure(TomlReader& reader, IndustryMeasureSpec::Kind kind,
                                          char const* key, Range const& range,
                                          char const* example) {
  IndustryMeasureSpec measure;
  measure.kind = kind;
  measure.where = reader.where();
  measure.industries = required_texts(reader, "industries", "[\"CHN:C26\"]");
  measure.number = required_number(reader, key, range, example);
  reader.finish();
  return measure;
}

DetourSpec read_detour(TomlReader& reader) {
  DetourSpec detour;
  detour.where = reader.where();
  detour.sellers = one_side(reader, "sellers", "exporters", true);
  detour.buyers = one_side(reader, "buyers", "importers", true);
  detour.via = required_texts(reader, "via", "[\"VNM\"]");
  detour.sectors = reader.texts("sectors");
  if (auto const cost = reader.number("cost", cost_range)) detour.cost = cost->value;
  detour.share = required_number(reader, "share", share_range, "0.1");
  reader.finish();
  return detour;
}

void read_deficits(TomlReader& reader, TradeModelSpec& model) {
  auto table = reader.table("deficits");
  if (!table) return;
  if (!table->has("rule")) missing(*table, "rule", "\"zero\"");
  if (auto const rule = table->text("rule")) {
    std::vector<std::string> const known{"keep", "scale_to_world_income", "zero"};
    auto const found = std::find(known.begin(), known.end(), rule->value);
    if (found == known.end()) {
      table->problem(
          ErrorCode::bad_value, fmt::format("'{}' is no rule for deficits", rule->value),
          rule->where,
          did_you_mean(rule->value, known, "use \"keep\", \"scale_to_world_income\" or \"zero\""));
    } else {
      model.deficits = static_cast<DeficitRule>(found - known.begin());
    }
  }
  table->finish();
}

void read_nests(TomlReader& reader, TradeModelSpec& model) {
  auto table = reader.table("nests");
  if (!table) return;
  auto const read = [&](char const* key, std::optional<double>& target) {
    if (auto const sigma = table->number(key, nest_range)) target = sigma->value;
  };
  read("value_added", model.nest_value_added);
  read("materials", model.nest_materials);
  read("final_use", model.nest_final_use);
  table->finish();
}

void read_wage_floor(TomlReader& table, TradeModelSpec& model) {
  constexpr Range range{
      .lowest = 0, .highest = 1.5, .hint = "over the wage of the base: 1 keeps it"};
  auto const* node = table.node("wage_floor");
  if (node == nullptr) return;
  if (node->is_table()) {
    model.wage_floors = table.table("wage_floor")->all_numbers(range);
  } else if (auto const floor = table.number("wage_floor", range)) {
    model.wage_floor = floor->value;
  }
}

void read_factors(TomlReader& reader, TradeModelSpec& model) {
  auto table = reader.table("factors");
  if (!table) return;
  if (auto const kind = table->text("kind")) {
    std::vector<std::string> const known{"mobile", "specific"};
    if (kind->value == known[0] || kind->value == known[1]) {
      model.specific = kind->value == known[1];
    } else {
      table->problem(ErrorCode::bad_value, fmt::format("'{}' is no kind of factor", kind->value),
                     kind->where,
                     did_you_mean(kind->value, known, "use \"mobile\" or \"specific\""));
    }
  }
  if (auto const share = table->number("mobile_share", share_range)) {
    model.mobile_share = share->value;
  }
  read_wage_floor(*table, model);
  bool const all_specific = model.specific.value_or(false);
  for (char const* const key : {"mobile_share", "wage_floor"}) {
    if (!all_specific || !table->has(key)) continue;
    table->problem(ErrorCode::bad_value,
                   fmt::format("'{}' with kind = \"specific\"", table->full_name(key)),
                   table->place_of(key), "it is about a factor that moves: leave one of them out");
  }
  table->finish();
}

using Groups = std::map<std::string, std::vector<Placed<std::string>>>;

Groups read_groups(TomlReader& reader) {
  Groups groups;
  auto table = reader.table("groups");
  if (!table) return groups;
  for (auto const& name : table->keys()) groups[name] = table->texts(name);
  table->finish();
  return groups;
}

/// What `own` does not say is as in `common`.
void complete(TradeModelSpec& own, TradeModelSpec const& common) {
  auto const take = [](auto& target, auto const& source) {
    if (!target) target = source;
  };
  take(own.model, common.model);
  take(own.theta, common.theta);
  take(own.horizon_years, common.horizon_years);
  take(own.deficits, common.deficits);
  take(own.nest_value_added, common.nest_value_added);
  take(own.nest_materials, common.nest_materials);
  take(own.nest_final_use, common.nest_final_use);
  take(own.specific, common.specific);
  take(own.mobile_share, common.mobile_share);
  take(own.wage_floor, common.wage_floor);
  take(own.entrant_cost, common.entrant_cost);
  if (own.wage_floors.empty()) own.wage_floors = common.wage_floors;
}

/// A name for files and tables: there, and used once.
void check_name(TomlReader& reader, TradeScenarioSpec const& scenario, std::string const& where,
                std::vector<TradeScenarioSpec> const& before) {
  bool const twice = std::any_of(before.begin(), before.end(), [&](auto const& each) {
    return same_name(each.name, scenario.name);
  });
  if (scenario.name.empty()) {
    reader.problem(ErrorCode::missing_value, "a scenario has no name", where,
                   "add name = \"decoupling\" below [[equilibrium.scenario]]");
  } else if (twice) {
    reader.problem(ErrorCode::duplicate_label,
                   fmt::format("two scenarios are called '{}'", scenario.name), where,
                   "give each its own name");
  }
}

}  // namespace

TradeModelSpec read_trade_model(TomlReader& reader) {
  TradeModelSpec model;
  model.theta = reader.text("theta");
  model.model = reader.text("model");
  std::vector<std::string> const known{"cp", "ces"};
  if (model.model && model.model->value != known[0] && model.model->value != known[1]) {
    reader.problem(ErrorCode::bad_value, fmt::format("'{}' is no model", model.model->value),
                   model.model->where,
                   did_you_mean(model.model->value, known, "use \"cp\" or \"ces\""));
  }
  if (auto const years = reader.number("horizon_years", years_range)) {
    model.horizon_years = years->value;
  }
  if (auto const cost = reader.number("entrant_cost", entrant_range)) {
    model.entrant_cost = cost->value;
  }
  read_deficits(reader, model);
  read_nests(reader, model);
  read_factors(reader, model);
  return model;
}

TradeScenarioSpec read_trade_scenario_table(TomlReader& reader) {
  TradeScenarioSpec spec;
  if (auto const name = reader.name("name")) spec.name = name->value;
  if (auto const title = reader.text("title")) spec.title = title->value;
  spec.groups = read_groups(reader);
  spec.model = read_trade_model(reader);
  auto& measures = spec.measures;
  for (auto& each : reader.tables("tariff")) measures.push_back(read_tariff(each));
  for (auto& each : reader.tables("iceberg")) {
    measures.push_back(read_numbered(each, Kind::iceberg, "factor", factor_range, "1.2"));
  }
  for (auto& each : reader.tables("ban")) measures.push_back(read_ban(each));
  for (auto& each : reader.tables("export_tax")) {
    measures.push_back(read_numbered(each, Kind::export_tax, "rate", rate_range, "0.1"));
  }
  for (auto& each : reader.tables("quota")) measures.push_back(read_quota(each));
  using Industry = IndustryMeasureSpec::Kind;
  for (auto& each : reader.tables("subsidy")) {
    spec.industries.push_back(
        read_industry_measure(each, Industry::subsidy, "rate", subsidy_range, "0.1"));
  }
  for (auto& each : reader.tables("productivity")) {
    spec.industries.push_back(
        read_industry_measure(each, Industry::productivity, "factor", factor_range, "0.9"));
  }
  for (auto& each : reader.tables("quality")) {
    spec.industries.push_back(
        read_industry_measure(each, Industry::quality, "factor", factor_range, "1.1"));
  }
  for (auto& each : reader.tables("transshipment")) spec.detours.push_back(read_detour(each));
  spec.uncertain = read_uncertain(reader);
  reader.finish();
  return spec;
}

EquilibriumSpec read_equilibrium(TomlReader& reader) {
  EquilibriumSpec spec;
  spec.model = read_trade_model(reader);
  spec.groups = read_groups(reader);
  spec.uncertain = read_uncertain(reader);
  spec.ensemble = read_ensemble(reader);
  if (auto const top = reader.whole("top", {.lowest = 1, .highest = 1000})) spec.top = top->value;
  if (!reader.has("scenario")) missing(reader, "scenario", "a table [[equilibrium.scenario]]");
  for (auto& table : reader.tables("scenario")) {
    auto const where = table.has("name") ? table.place_of("name") : table.where();
    auto scenario = read_trade_scenario_table(table);
    check_name(table, scenario, where, spec.scenarios);
    complete(scenario.model, spec.model);
    scenario.groups.insert(spec.groups.begin(), spec.groups.end());
    scenario.uncertain = merged(scenario.uncertain, spec.uncertain);
    spec.scenarios.push_back(std::move(scenario));
  }
  reader.finish();
  return spec;
}

}  // namespace linchpin::study
