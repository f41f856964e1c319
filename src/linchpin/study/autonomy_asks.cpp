// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_asks.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "linchpin/core/nearest.h"
#include "linchpin/parameters/technology.h"
#include "linchpin/study/output_reader.h"

namespace linchpin::study {
namespace {

using localize::InstrumentKind;

constexpr Range any_amount{};
constexpr double most_driver_draws = 1e6;

void read_preset(TomlReader& reader, AutonomyAsks& asks) {
  if (auto const all = reader.boolean("presets")) asks.presets = all->value;
  auto const preset = reader.name("preset");
  if (!preset) return;
  std::vector<std::string> const known(std::begin(parameters::needed_presets),
                                       std::end(parameters::needed_presets));
  asks.preset = preset->value;
  if (std::find(known.begin(), known.end(), preset->value) != known.end()) return;
  reader.problem(ErrorCode::unknown_label, fmt::format("no preset is called '{}'", preset->value),
                 preset->where, did_you_mean(preset->value, known, "sceptic, central or optimist"));
}

void read_subsidies(TomlReader& reader, AutonomyStudy& study) {
  auto table = reader.table("subsidies");
  if (!table) return;
  auto const* node = table->node("end_after");
  auto const* list = node != nullptr ? node->as_array() : nullptr;
  if (node != nullptr && list == nullptr) {
    table->wrong_type("end_after", *node, "a list of years after the first");
  }
  if (list != nullptr) {
    study.asks.subsidies_until.clear();
    for (auto const& each : *list) {
      auto const years = table->number_of("end_after", each, {.lowest = 1, .highest = 60});
      if (years) study.asks.subsidies_until.push_back(static_cast<int>(years->value));
    }
  }
  table->finish();
}

void read_drivers(TomlReader& reader, AutonomyAsks& asks) {
  auto table = reader.table("drivers");
  if (!table) return;
  if (auto const draws = table->whole("draws", {.lowest = 0, .highest = most_driver_draws})) {
    asks.driver_draws = static_cast<std::size_t>(draws->value);
  } else if (!table->has("draws")) {
    table->problem(ErrorCode::missing_value, "'drivers.draws' is missing", table->where(),
                   "add a line like draws = 3500");
  }
  asks.driver_numbers = table->texts("numbers");
  table->finish();
}

void read_compute(TomlReader& reader, AutonomyStudy& study) {
  auto& asks = study.asks;
  auto table = reader.table("compute");
  if (!table) return;
  constexpr std::size_t usual_draws = 4096;
  asks.compute_draws = usual_draws;
  if (auto const draws = table->whole("draws", {.lowest = 1, .highest = most_driver_draws})) {
    asks.compute_draws = static_cast<std::size_t>(draws->value);
  }
  if (auto const name = table->name("technology")) {
    asks.compute_technology = *name;
    std::vector<std::string> known;
    for (auto const& each : study.technologies) known.push_back(each.name.value);
    if (std::find(known.begin(), known.end(), name->value) == known.end()) {
      table->problem(ErrorCode::unknown_label,
                     fmt::format("no technology here is called '{}'", name->value), name->where,
                     did_you_mean(name->value, known, "name one of this study"));
    }
  }
  table->finish();
}

/// An instrument that the region itself may choose.
std::optional<OptimalAsk::Bound> own_instrument(TomlReader& reader, std::string const& name,
                                                std::string const& where) {
  auto const kind = localize::instrument_kind(name);
  auto const bound = kind ? usual_bound(*kind) : std::nullopt;
  if (!bound) {
    reader.problem(ErrorCode::bad_value,
                   kind ? fmt::format("'{}' is for others to choose", name)
                        : fmt::format("'{}' is no instrument", name),
                   where, "see docs/formats/autonomy-study.md for the list");
  }
  return bound;
}

void read_bounds(TomlReader& reader, OptimalAsk& ask) {
  auto table = reader.table("bounds");
  if (!table) return;
  for (auto const& name : table->keys()) {
    auto const* node = table->node(name);
    auto const where = table->place_of(name);
    auto bound = own_instrument(*table, name, where);
    auto const* pair = node->as_array();
    if (pair == nullptr || pair->size() != 2) {
      table->wrong_type(name, *node, "a list of two numbers, the least and the most");
      continue;
    }
    auto const low = table->number_of(name, (*pair)[0], any_amount);
    auto const high = table->number_of(name, (*pair)[1], any_amount);
    if (!bound || !low || !high) continue;
    for (double const end : {low->value, high->value}) {
      if (auto const fine = localize::check({.kind = bound->kind, .amount = end}, where); !fine) {
        table->problem(fine.error().code, fine.error().what, where, fine.error().hint);
      }
    }
    if (low->value >= high->value) {
      table->problem(ErrorCode::bad_value,
                     fmt::format("{} goes from {:g} to {:g}", name, low->value, high->value), where,
                     "give the least first, then something above it");
    }
    auto const same = std::find_if(ask.instruments.begin(), ask.instruments.end(),
                                   [&](auto const& each) { return each.kind == bound->kind; });
    if (same == ask.instruments.end()) {
      table->problem(ErrorCode::unknown_label,
                     fmt::format("bounds of {}, which the search leaves alone", name), where,
                     "add it to optimal.instruments");
    } else {
      same->lowest = low->value;
      same->highest = high->value;
    }
  }
  table->finish();
}

void read_optimal(TomlReader& reader, AutonomyStudy& study) {
  auto table = reader.table("optimal");
  if (!table) return;
  OptimalAsk ask;
  ask.where = table->where();
  if (auto const budget = table->number("budget", {.lowest = 0, .highest = 1e6, .above = true})) {
    ask.budget = budget->value;
  }
  if (auto const hazard = table->number("hazard", {.lowest = 0, .highest = 1})) {
    ask.hazard = hazard->value;
  }
  if (auto const phases = table->whole("phases", {.lowest = 1, .highest = 10})) {
    ask.phases = phases->value;
  }
  if (auto const starts = table->whole("starts", {.lowest = 1, .highest = 100})) {
    ask.starts = starts->value;
  }
  if (auto const count = table->whole("evaluations", {.lowest = 10, .highest = 100000})) {
    ask.evaluations = count->value;
  }
  for (auto const& name : table->texts("instruments")) {
    if (auto const bound = own_instrument(*table, name.value, name.where)) {
      ask.instruments.push_back(*bound);
    }
  }
  ask.chosen = table->has("instruments");
  if (!ask.chosen) ask.instruments = programme_instruments(study);
  read_bounds(*table, ask);
  if (ask.phases > study.years) {
    table->problem(ErrorCode::bad_value,
                   fmt::format("{} phases in {} years", ask.phases, study.years), ask.where,
                   "fewer phases, or more years");
  }
  if (ask.instruments.empty()) {
    table->problem(ErrorCode::missing_value, "nothing to choose: the study has no programme",
                   ask.where, R"(add instruments = ["production-subsidy", …])");
  }
  table->finish();
  study.asks.optimal = std::move(ask);
}

}  // namespace

std::optional<OptimalAsk::Bound> usual_bound(InstrumentKind kind) noexcept {
  switch (kind) {
    case InstrumentKind::production_subsidy:
    case InstrumentKind::purchase_subsidy:
    case InstrumentKind::public_purchase:
    case InstrumentKind::public_capacity:
    case InstrumentKind::stockpile:
      return OptimalAsk::Bound{kind, 0, 0.5};
    case InstrumentKind::investment_subsidy:
    case InstrumentKind::mandate:
      return OptimalAsk::Bound{kind, 0, 0.9};
    case InstrumentKind::research_subsidy:
    case InstrumentKind::discouragement:
      return OptimalAsk::Bound{kind, 0, 2};
    case InstrumentKind::entry_subsidy:
      return OptimalAsk::Bound{kind, 0, 3};
    case InstrumentKind::tariff:
    case InstrumentKind::talent_access:
    case InstrumentKind::licence_access:
      return OptimalAsk::Bound{kind, 0, 1};
    case InstrumentKind::product_control:
    case InstrumentKind::tool_control:
      break;
  }
  return std::nullopt;
}

std::vector<OptimalAsk::Bound> programme_instruments(AutonomyStudy const& study) {
  std::vector<OptimalAsk::Bound> result;
  for (auto const& policy : study.policies) {
    auto const bound = usual_bound(policy.instrument.kind);
    bool const there = std::any_of(result.begin(), result.end(), [&](auto const& each) {
      return each.kind == policy.instrument.kind;
    });
    if (policy.programme && bound && !there) result.push_back(*bound);
  }
  return result;
}

void read_asks(TomlReader& reader, AutonomyStudy& study) {
  read_preset(reader, study.asks);
  read_subsidies(reader, study);
  read_drivers(reader, study.asks);
  read_optimal(reader, study);
  read_compute(reader, study);
  if (auto output = reader.table("output")) study.formats = read_formats(*std::move(output));
}

bool is_autonomy_study(std::string_view text) {
  ErrorList errors;
  auto const document = parse_toml(text, "study", errors);
  if (!document) return false;
  return document->contains("technology") || document->contains("cut_off");
}

}  // namespace linchpin::study
