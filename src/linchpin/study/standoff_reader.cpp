// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/standoff_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "linchpin/core/nearest.h"
#include "linchpin/study/required_keys.h"
#include "linchpin/study/standoff_actions.h"
#include "linchpin/study/standoff_time.h"

namespace linchpin::study {
namespace {

constexpr Range share_range{.lowest = 0, .highest = 1};
constexpr Range percent_range{.lowest = 0, .highest = 100};
constexpr Range part_range{
    .lowest = 0, .highest = 1, .above = true, .hint = "a share above 0, at most 1"};
constexpr Range rate_range{.lowest = 0,
                           .highest = 100,
                           .above = true,
                           .hint = "rates are shares of the value: write 0.25 for 25 %"};
constexpr Range months_range{.lowest = 0, .highest = 1200};
constexpr Range discount_range{.lowest = 0, .highest = 1};
constexpr std::size_t most_actions = 6;  // of one player; every combination is solved in every draw

std::vector<std::string> values_of(std::vector<Placed<std::string>> const& names) {
  std::vector<std::string> values;
  for (auto const& each : names) values.push_back(each.value);
  return values;
}

void check_known(TomlReader& reader, Placed<std::string> const& name,
                 std::vector<std::string> const& known, char const* kind) {
  if (name.value.empty() || std::find(known.begin(), known.end(), name.value) != known.end()) {
    return;
  }
  reader.problem(ErrorCode::unknown_label, fmt::format("there is no {} '{}'", kind, name.value),
                 name.where,
                 did_you_mean(name.value, known,
                              known.empty() ? std::string{"none has a name so far"}
                                            : fmt::format("known: {}", fmt::join(known, ", "))));
}

/// One of a few words; empty after a problem.
std::optional<std::size_t> read_choice(TomlReader& reader, char const* key,
                                       std::vector<std::string> const& known) {
  auto const text = reader.text(key);
  if (!text) return std::nullopt;
  auto const found = std::find(known.begin(), known.end(), text->value);
  if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
  reader.problem(ErrorCode::bad_value,
                 fmt::format("'{}' is no {}", text->value, reader.full_name(key)), text->where,
                 did_you_mean(text->value, known, fmt::format("use {}", fmt::join(known, ", "))));
  return std::nullopt;
}

/// A number that only some kinds of actions have, and those must.
void read_amount(TomlReader& reader, char const* key, Range const& range, bool wanted,
                 bool required, StandoffInstrument& instrument) {
  if (!wanted) {
    if (!reader.has(key)) return;
    reader.problem(ErrorCode::bad_value,
                   fmt::format("'{}' does not go with kind {}", reader.full_name(key),
                               kind_words(instrument.kind)),
                   reader.place_of(key),
                   "share is for a ban, rate for a tariff or export-tax, limit and rents for "
                   "licences");
    return;
  }
  if (required && !reader.has(key)) {
    reader.problem(ErrorCode::missing_value, fmt::format("'{}' is missing", reader.full_name(key)),
                   reader.where(), fmt::format("add a line like {} = 0.25", key));
  }
  if (auto const number = reader.number(key, range)) instrument.number = number->value;
}

StandoffInstrument read_instrument(TomlReader& reader) {
  using Kind = StandoffInstrument::Kind;
  StandoffInstrument instrument;
  auto const kind = read_choice(reader, "kind", {"ban", "tariff", "export-tax", "licences"});
  if (reader.has("kind") && !kind) {
    // What an unknown kind needs is unknown, too.
    for (auto const* key : {"share", "rate", "limit", "rents"}) (void)reader.has(key);
    return instrument;
  }
  instrument.kind = static_cast<Kind>(kind.value_or(0));
  bool const rate = is_rate(instrument), licences = instrument.kind == Kind::licences;
  read_amount(reader, "share", part_range, instrument.kind == Kind::ban, false, instrument);
  read_amount(reader, "rate", rate_range, rate, true, instrument);
  read_amount(reader, "limit", part_range, licences, true, instrument);
  if (!licences) {
    read_amount(reader, "rents", part_range, false, false, instrument);
  } else if (auto const rents = read_choice(reader, "rents", {"exporter", "importer", "nobody"})) {
    instrument.rents = static_cast<equilibrium::QuotaRents>(*rents);
  }
  return instrument;
}

StandoffActionSpec read_action(TomlReader& reader, std::vector<std::string> const& players) {
  StandoffActionSpec action;
  action.name = needed_name(reader, "name", "\"ban chips\"");
  action.player = needed_name(reader, "player", "\"USA\"");
  check_known(reader, action.player, players, "player");
  action.instrument = read_instrument(reader);
  action.sellers = reader.texts("sellers");
  action.buyers = reader.texts("buyers");
  action.sectors = reader.texts("sectors");
  for (auto const* key : {"sellers", "buyers", "sectors"}) {
    if (reader.has(key)) continue;
    reader.problem(ErrorCode::missing_value, fmt::format("'{}' is missing", reader.full_name(key)),
                   reader.where(), "name labels, or \"*\" for all");
  }
  if (reader.has("worth")) action.worth = read_ranged(reader, "worth", percent_range);
  reader.finish();
  return action;
}

/// Actions, "nothing" left out.
std::vector<Placed<std::string>> read_in_force(TomlReader& reader,
                                               std::vector<std::string> const& actions) {
  auto names = reader.texts("in_force");
  std::erase_if(names, [](auto const& each) { return each.value == "nothing"; });
  for (auto const& each : names) check_known(reader, each, actions, "action");
  return names;
}

/// Share of the horizon, from a share or from months.
double read_duration(TomlReader& reader, std::optional<double> horizon_years) {
  auto const share = reader.number("duration", share_range);
  auto const months = reader.number("months", months_range);
  if (reader.has("duration") && reader.has("months")) {
    reader.problem(ErrorCode::bad_value, "both 'rung.duration' and 'rung.months'",
                   reader.place_of("months"),
                   "duration is a share of the horizon, months are months: use one");
  }
  if (months && !horizon_years) {
    reader.problem(ErrorCode::bad_value, "months of the long run", months->where,
                   "set leverage.horizon_years, or give duration, a share of the horizon");
    return 0;
  }
  if (months) return months->value / (12 * *horizon_years);
  return share ? share->value : 0;
}

StandoffMoveSpec read_move(TomlReader& reader, std::vector<std::string> const& rungs,
                           std::vector<std::string> const& actions,
                           std::vector<std::string> const& players) {
  StandoffMoveSpec move;
  move.name = needed_name(reader, "name", "\"hold\"");
  if (auto const next = reader.name("next")) {
    check_known(reader, *next, rungs, "rung");
    move.next = *next;
  }
  if (reader.has("next") == reader.has("in_force")) {
    reader.problem(ErrorCode::bad_value, "a move goes on or ends the game", reader.where(),
                   "give either next = \"rung\" or in_force = [\"action\"]; in_force = \"nothing\" "
                   "where it ends with nothing in force");
  }
  move.in_force = read_in_force(reader, actions);
  if (auto const who = reader.name("gives_way")) {
    check_known(reader, *who, players, "player");
    move.gives_way = *who;
  }
  reader.finish();
  return move;
}

StandoffRungSpec read_rung(TomlReader& reader, std::vector<std::string> const& rungs,
                           std::vector<std::string> const& actions,
                           std::vector<std::string> const& players,
                           std::optional<double> horizon_years) {
  StandoffRungSpec rung;
  rung.name = needed_name(reader, "name", "\"answer\"");
  rung.player = needed_name(reader, "player", "\"CHN\"");
  check_known(reader, rung.player, players, "player");
  rung.in_force = read_in_force(reader, actions);
  rung.duration = read_duration(reader, horizon_years);
  for (auto& move : reader.tables("move")) {
    rung.moves.push_back(read_move(move, rungs, actions, players));
  }
  if (rung.moves.empty()) {
    reader.problem(ErrorCode::missing_value, "a rung without moves", reader.where(),
                   "add [[leverage.standoff.rung.move]] tables");
  }
  reader.finish();
  return rung;
}

void read_actions(TomlReader& reader, StandoffSpec& spec, std::vector<std::string> const& players) {
  std::vector<std::string> names;
  for (auto& table : reader.tables("action")) {
    auto action = read_action(table, players);
    if (std::find(names.begin(), names.end(), action.name.value) != names.end() ||
        action.name.value == "nothing") {
      table.problem(ErrorCode::duplicate_label,
                    fmt::format("a second action '{}'", action.name.value), action.name.where,
                    "give each action a name of its own; \"nothing\" is always there");
    }
    names.push_back(action.name.value);
    spec.actions.push_back(std::move(action));
  }
  for (auto const& player : players) {
    auto const own = std::count_if(spec.actions.begin(), spec.actions.end(),
                                   [&](auto const& each) { return each.player.value == player; });
    if (own > 0 && own <= static_cast<std::ptrdiff_t>(most_actions)) continue;
    reader.problem(ErrorCode::bad_value, fmt::format("{} has {} actions", player, own),
                   reader.where(), fmt::format("1 to {} besides doing nothing", most_actions));
  }
}

/// How losses are taken and weighed over time.
void read_setting(TomlReader& reader, StandoffSpec& spec, std::optional<double> horizon_years) {
  spec.horizon_years = horizon_years;
  if (auto const discount = reader.number("discount", discount_range)) {
    spec.discount = discount->value;
  }
  if (auto const limit = reader.number("member_limit_pct", percent_range)) {
    spec.member_limit_pct = limit->value;
  }
  if (auto const losses = read_choice(reader, "losses", {"settled", "daily", "both"})) {
    spec.losses = static_cast<StandoffLosses>(*losses);
  }
  if (spec.losses == StandoffLosses::daily) {
    if (horizon_years.value_or(100) > 1) {
      reader.problem(ErrorCode::bad_value, "daily losses beyond a year", reader.place_of("losses"),
                     "set leverage.horizon_years = 1 or less, or use \"settled\" or \"both\"");
    }
    if (spec.discount > 0) {
      reader.problem(ErrorCode::bad_value, "discounted daily losses", reader.place_of("discount"),
                     "the daily model gives the loss of all days together: leave discount out");
    }
    for (auto const& action : spec.actions) {
      if (!is_rate(action.instrument)) continue;
      reader.problem(ErrorCode::bad_value,
                     fmt::format("daily losses of '{1}', which is of kind {0}",
                                 kind_words(action.instrument.kind), action.name.value),
                     action.name.where,
                     "the daily model has no prices: use losses = \"settled\" or \"both\"");
    }
  }
  for (auto& each : time_problems(spec)) {
    reader.problem(each.code, std::move(each.what), std::move(each.where), std::move(each.hint));
  }
}

}  // namespace

RangedNumber read_ranged(TomlReader& reader, char const* key, Range const& range) {
  RangedNumber number;
  auto table = reader.table(key);
  if (!table) {
    if (!reader.has(key)) {
      reader.problem(ErrorCode::missing_value,
                     fmt::format("'{}' is missing", reader.full_name(key)), reader.where(),
                     fmt::format("add {} = {{value = …, low = …, high = …, note = \"…\"}}", key));
    }
    return number;
  }
  auto const value = table->number("value", range);
  if (!table->has("value")) {
    table->problem(ErrorCode::missing_value, fmt::format("'{}' has no value", key), table->where(),
                   "add value = …");
  }
  number.value = value ? value->value : range.lowest;
  auto const low = table->number("low", range), high = table->number("high", range);
  number.low = low ? low->value : number.value;
  number.high = high ? high->value : number.value;
  if (auto const note = table->name("note")) number.note = note->value;
  if (!table->has("note")) {
    table->problem(ErrorCode::missing_value, fmt::format("'{}' has no note", key), table->where(),
                   "say where the number is from, or why: note = \"…\"");
  }
  if (number.low > number.value || number.value > number.high) {
    table->problem(
        ErrorCode::bad_value,
        fmt::format("{:g} is not between {:g} and {:g}", number.value, number.low, number.high),
        table->where(), "give low <= value <= high");
  }
  table->finish();
  return number;
}

StandoffSpec read_standoff(TomlReader& reader, std::optional<double> horizon_years) {
  StandoffSpec spec;
  spec.where = reader.where();
  spec.name = needed_name(reader, "name", "\"chips-and-minerals\"").value;
  if (auto const title = reader.name("title")) spec.title = title->value;
  spec.players = reader.texts("players");
  auto const players = values_of(spec.players);
  if (players.size() < 2 || players.size() > 3) {
    reader.problem(ErrorCode::bad_value, fmt::format("{} players", players.size()),
                   reader.has("players") ? reader.place_of("players") : reader.where(),
                   "name two or three regions: players = [\"USA\", \"CHN\"]");
  }
  spec.stakes.resize(players.size());
  if (auto stakes = reader.table("stakes")) {
    for (std::size_t p = 0; p < players.size(); ++p) {
      spec.stakes[p] = read_ranged(*stakes, players[p].c_str(), percent_range);
    }
    stakes->finish();
  }
  read_actions(reader, spec, players);
  std::vector<std::string> actions, rungs;
  for (auto const& each : spec.actions) actions.push_back(each.name.value);
  auto tables = reader.tables("rung");
  for (auto& table : tables) {
    rungs.push_back(needed_name(table, "name", "\"answer\"").value);
    if (std::count(rungs.begin(), rungs.end(), rungs.back()) > 1) {
      table.problem(ErrorCode::duplicate_label, fmt::format("a second rung '{}'", rungs.back()),
                    table.place_of("name"), "give each rung a name of its own");
    }
  }
  for (auto& table : tables) {
    spec.rungs.push_back(read_rung(table, rungs, actions, players, horizon_years));
  }
  read_setting(reader, spec, horizon_years);
  reader.finish();
  return spec;
}

}  // namespace linchpin::study
