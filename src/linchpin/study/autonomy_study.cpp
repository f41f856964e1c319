// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "linchpin/core/nearest.h"
#include "linchpin/study/autonomy_asks.h"
#include "linchpin/study/required_keys.h"
#include "linchpin/study/toml_reader.h"

namespace linchpin::study {
namespace {

constexpr Range years_range{.lowest = 1, .highest = 60};
constexpr Range share_range{.lowest = 0, .highest = 1};
constexpr Range threshold_range{.lowest = 0, .highest = 100};
constexpr double most_draws = 100000;

std::optional<ThresholdOf> read_threshold_of(TomlReader& reader) {
  auto const given = reader.text("threshold_of");
  if (!given) return std::nullopt;
  for (auto const of : {ThresholdOf::income, ThresholdOf::market}) {
    if (given->value == to_string(of)) return of;
  }
  reader.problem(ErrorCode::bad_value, fmt::format("threshold_of is \"{}\"", given->value),
                 given->where, "\"income\" or \"market\"");
  return std::nullopt;
}

double number_or(TomlReader& reader, std::string_view key, Range const& range, double otherwise) {
  auto const found = reader.number(key, range);
  return found ? found->value : otherwise;
}

parameters::Side read_side(TomlReader& reader) {
  auto const side = reader.name("sceptic");
  if (!side || side->value == "none") return parameters::Side::none;
  if (side->value == "low") return parameters::Side::low;
  if (side->value == "high") return parameters::Side::high;
  reader.problem(ErrorCode::bad_value, fmt::format("'{}' is no end of a range", side->value),
                 side->where, R"("low", "high" or "none")");
  return parameters::Side::none;
}

/// A number of the study; the market of the technology fills what is not there.
AutonomyNumber read_number(TomlReader& reader, AutonomyNumberKind const& kind) {
  AutonomyNumber number;
  auto table = reader.table(kind.name);
  if (!table) return number;
  number.given = true;
  Range const range{.lowest = kind.lowest, .highest = kind.highest};
  if (!table->has("value")) missing(*table, "value", "1");
  bool readable = true;  // what is no number in range has its own finding, and no place in an order
  auto const take = [&](char const* key, double otherwise) {
    auto const found = table->number(key, range);
    if (!found && (table->has(key) || std::string_view{key} == "value")) readable = false;
    return found ? found->value : otherwise;
  };
  number.value = take("value", kind.lowest);
  number.low = take("low", number.value);
  number.high = take("high", number.value);
  number.sceptic = read_side(*table);
  if (auto const note = table->name("note")) number.note = note->value;
  if (!table->has("note")) missing(*table, "note", "\"where the number is from, or why\"");
  if (readable && (number.low > number.value || number.value > number.high)) {
    table->problem(ErrorCode::bad_value,
                   fmt::format("{} of {:g} is not between {:g} and {:g}", kind.name, number.value,
                               number.low, number.high),
                   table->where(), "give low <= value <= high");
  }
  table->finish();
  return number;
}

/// A number of [financing]: a table as elsewhere, or the number alone.
AutonomyNumber read_plain_number(TomlReader& reader, AutonomyNumberKind const& kind) {
  auto const* node = reader.node(kind.name);
  if (node == nullptr || node->is_table()) return read_number(reader, kind);
  AutonomyNumber number{.note = "of the study", .given = true};
  Range const range{.lowest = kind.lowest, .highest = kind.highest};
  number.value = number_or(reader, kind.name, range, kind.lowest);
  number.low = number.high = number.value;
  return number;
}

/// [financing] holds for every technology that says nothing else.
void read_financing(TomlReader& reader, AutonomyStudy& study) {
  auto table = reader.table("financing");
  if (!table) return;
  if (auto const rate = table->number("discount_rate", share_range)) {
    study.investor_rate = rate->value;
  }
  for (std::size_t k = 0; k < autonomy_number_kinds.size(); ++k) {
    auto const& kind = autonomy_number_kinds[k];
    if (std::find(financing_names.begin(), financing_names.end(), kind.name) ==
        financing_names.end()) {
      continue;
    }
    auto const number = read_plain_number(*table, kind);
    if (!number.given) continue;
    for (auto& technology : study.technologies) {
      if (!technology.numbers[k].given) technology.numbers[k] = number;
    }
  }
  table->finish();
}

std::vector<AutonomyTool> read_tools(TomlReader& reader) {
  std::vector<AutonomyTool> tools;
  for (auto const& name : reader.keys()) {
    auto table = reader.table(name);
    if (!table) continue;
    AutonomyTool tool;
    tool.name = {name, table->where()};
    for (std::size_t k = 0; k < tool_number_kinds.size(); ++k) {
      tool.numbers[k] = read_number(*table, tool_number_kinds[k]);
    }
    table->finish();
    tools.push_back(std::move(tool));
  }
  reader.finish();
  return tools;
}

AutonomyDiffusion read_diffusion(TomlReader& reader) {
  AutonomyDiffusion diffusion;
  for (std::size_t k = 0; k < diffusion_number_kinds.size(); ++k) {
    auto const& kind = diffusion_number_kinds[k];
    if (!reader.has(kind.name)) {
      missing(reader, kind.name, R"({value = 1, low = 0.5, high = 2, note = "why"})");
    }
    diffusion.numbers[k] = read_number(reader, kind);
  }
  if (reader.has("exposed")) diffusion.exposed = reader.texts("exposed");
  reader.finish();
  return diffusion;
}

AutonomyTechnology read_technology(TomlReader& reader) {
  AutonomyTechnology technology;
  technology.name = needed_name(reader, "name", "\"ai-chips\"");
  if (auto const final = reader.boolean("final_good")) {
    technology.final_good = final->value;
    technology.capital_good = !final->value;
  }
  if (auto const capital = reader.boolean("capital_good")) {
    technology.capital_good = capital->value;
    if (technology.capital_good && technology.final_good) {
      reader.problem(ErrorCode::bad_value, "a capital good and a good of all final users at once",
                     technology.name.where, "capital_good = true or final_good = true");
    }
  }
  if (auto diffusion = reader.table("diffusion")) {
    technology.diffusion = read_diffusion(*diffusion);
    if (!technology.capital_good) {
      reader.problem(ErrorCode::bad_value, "diffusion of what is no capital good",
                     technology.name.where, "only capital has a stock: capital_good = true");
    }
  }
  if (auto const threshold = reader.number("threshold_pct", threshold_range)) {
    technology.threshold_pct = threshold->value;
  }
  technology.threshold_of = read_threshold_of(reader);
  if (auto const note = reader.text("threshold_note")) technology.threshold_note = note->value;
  if (auto tools = reader.table("tools")) technology.tools = read_tools(*tools);
  if (auto numbers = reader.table("numbers")) {
    for (std::size_t k = 0; k < autonomy_number_kinds.size(); ++k) {
      technology.numbers[k] = read_number(*numbers, autonomy_number_kinds[k]);
    }
    numbers->finish();
  }
  reader.finish();
  return technology;
}

AutonomyPolicy read_policy(TomlReader& reader) {
  AutonomyPolicy policy;
  policy.where = reader.where();
  auto const kind = needed_name(reader, "kind", "\"production-subsidy\"");
  if (auto const known = localize::instrument_kind(kind.value)) {
    policy.instrument.kind = *known;
  } else if (!kind.value.empty()) {
    reader.problem(ErrorCode::bad_value, fmt::format("'{}' is no instrument", kind.value),
                   kind.where, "see docs/formats/autonomy-study.md for the list");
  }
  auto& instrument = policy.instrument;
  instrument.from = number_or(reader, "from", {}, instrument.from);
  instrument.to = number_or(reader, "to", {}, instrument.to);
  if (!reader.has("amount")) missing(reader, "amount", "0.2");
  instrument.amount = number_or(reader, "amount", {}, 0);
  instrument.leakage = number_or(reader, "leakage", share_range, 0);
  if (auto const part = reader.boolean("programme")) policy.programme = part->value;
  if (auto const technology = reader.name("technology")) policy.technology = technology->value;
  (void)reader.name("note");
  reader.finish();
  // Of what kind the amount is, nobody knows.
  if (!localize::instrument_kind(kind.value)) return policy;
  if (auto const fine = localize::check(instrument, policy.where); !fine) {
    reader.problem(fine.error().code, fine.error().what, policy.where, fine.error().hint);
    for (auto const& more : fine.error().further) {
      reader.problem(more.code, more.what, policy.where, more.hint);
    }
  }
  return policy;
}

void read_cut_off(TomlReader& reader, localize::CutOff& cut) {
  auto table = reader.table("cut_off");
  if (!table) return;
  if (auto const years = table->whole("years", {.lowest = 1, .highest = 10})) {
    cut.years = years->value;
  }
  cut.leakage = number_or(*table, "leakage", share_range, cut.leakage);
  cut.tool_control = number_or(*table, "tool_control", share_range, cut.tool_control);
  cut.discount = number_or(*table, "discount", {.lowest = 0.01, .highest = 1}, cut.discount);
  table->finish();
}

void check_names(AutonomyStudy const& study, ErrorList& errors) {
  std::vector<std::string> names;
  for (auto const& each : study.technologies) {
    auto const& name = each.name;
    if (name.value.empty()) continue;  // said to be missing already
    if (std::find(names.begin(), names.end(), name.value) != names.end()) {
      errors.add(ErrorCode::duplicate_label, fmt::format("'{}' is there twice", name.value),
                 name.where, "one [[technology]] for each");
    }
    names.push_back(name.value);
  }
  for (auto const& policy : study.policies) {
    auto const& name = policy.technology;
    if (name.empty() || std::find(names.begin(), names.end(), name) != names.end()) continue;
    errors.add(ErrorCode::unknown_label, fmt::format("no technology here is called '{}'", name),
               policy.where, did_you_mean(name, names, "name one of this study"));
  }
}

}  // namespace

void fill_numbers(AutonomyTechnology& technology,
                  std::vector<parameters::SourcedNumber> const& market, ErrorList& errors) {
  for (std::size_t k = 0; k < autonomy_number_kinds.size(); ++k) {
    auto const& kind = autonomy_number_kinds[k];
    auto& number = technology.numbers[k];
    if (number.given) continue;
    auto const* found = parameters::find_number(market, kind.name);
    if (found == nullptr && kind.otherwise) {
      number = {.value = *kind.otherwise,
                .low = *kind.otherwise,
                .high = *kind.otherwise,
                .note = "usual value"};
      continue;
    }
    if (found == nullptr) {
      errors.add(
          ErrorCode::missing_value,
          fmt::format("nothing says {} of {} ({})", kind.name, technology.name.value, kind.words),
          technology.name.where,
          fmt::format("add a row {} to market.csv of the technology, or {} = {{value = …, "
                      "low = …, high = …, note = \"…\"}} to [technology.numbers]",
                      kind.name, kind.name));
      continue;
    }
    if (found->low < kind.lowest || found->high > kind.highest) {
      errors.add(ErrorCode::bad_value,
                 fmt::format("{} goes from {:g} to {:g}", kind.name, found->low, found->high),
                 found->where,
                 fmt::format("between {:g} and {:g}: {}", kind.lowest, kind.highest, kind.words));
    }
    number = {found->value,
              found->low,
              found->high,
              found->note,
              found->sceptic,
              true,
              found->status == parameters::Status::assumption};
  }
}

Result<AutonomyStudy> read_autonomy_study(std::string_view text, std::string const& source) {
  ErrorList errors;
  auto const document = parse_toml(text, source, errors);
  if (!document) return fail(errors.joined());
  AutonomyStudy study;
  TomlReader reader(*document, source, "", errors);
  study.title = needed_name(reader, "title", "\"Chips\"").value;
  if (auto const question = reader.text("question")) study.question = question->value;
  study.world = needed_name(reader, "world", "\"world-2022e\"");
  study.region = needed_name(reader, "region", "\"CHN\"");
  if (auto const year = reader.whole("first_year", {.lowest = 1900, .highest = 2200})) {
    study.first_year = year->value;
  }
  if (auto const years = reader.whole("years", years_range)) study.years = years->value;
  study.threshold_pct = number_or(reader, "threshold_pct", threshold_range, study.threshold_pct);
  study.threshold_of = read_threshold_of(reader).value_or(study.threshold_of);
  if (auto const note = reader.text("threshold_note")) study.threshold_note = note->value;
  read_cut_off(reader, study.cut_off);
  if (auto ensemble = reader.table("ensemble")) {
    if (auto const draws = ensemble->whole("draws", {.lowest = 0, .highest = most_draws})) {
      study.draws = static_cast<std::size_t>(draws->value);
    }
    if (auto const seed = ensemble->whole("seed", {.lowest = 0, .highest = 1e9})) {
      study.seed = static_cast<std::uint64_t>(seed->value);
    }
    ensemble->finish();
  }
  for (auto& table : reader.tables("policy")) study.policies.push_back(read_policy(table));
  for (auto& table : reader.tables("technology")) {
    study.technologies.push_back(read_technology(table));
  }
  if (study.technologies.empty() && !reader.has("technology")) {
    reader.problem(ErrorCode::missing_value, "the study names no technology", reader.where(),
                   "add a [[technology]] with name and numbers");
  }
  read_financing(reader, study);
  read_asks(reader, study);
  reader.finish();
  check_names(study, errors);
  if (!errors.empty()) return fail(in_line_order(errors.joined()));
  return study;
}

}  // namespace linchpin::study
