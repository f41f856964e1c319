// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/standoff_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "linchpin/core/nearest.h"

namespace linchpin::study {
namespace {

constexpr Range percent_range{.lowest = 0, .highest = 100};
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
                              known.empty() ? fmt::format("name a {} first", kind)
                                            : fmt::format("known: {}", fmt::join(known, ", "))));
}

StandoffActionSpec read_action(TomlReader& reader, std::vector<std::string> const& players) {
  StandoffActionSpec action;
  action.name = needed_name(reader, "name", "\"ban chips\"");
  action.player = needed_name(reader, "player", "\"USA\"");
  check_known(reader, action.player, players, "player");
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
  move.in_force = reader.texts("in_force");
  std::erase_if(move.in_force, [](auto const& each) { return each.value == "nothing"; });
  for (auto const& each : move.in_force) check_known(reader, each, actions, "action");
  if (auto const who = reader.name("gives_way")) {
    check_known(reader, *who, players, "player");
    move.gives_way = *who;
  }
  reader.finish();
  return move;
}

StandoffRungSpec read_rung(TomlReader& reader, std::vector<std::string> const& rungs,
                           std::vector<std::string> const& actions,
                           std::vector<std::string> const& players) {
  StandoffRungSpec rung;
  rung.name = needed_name(reader, "name", "\"answer\"");
  rung.player = needed_name(reader, "player", "\"CHN\"");
  check_known(reader, rung.player, players, "player");
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

}  // namespace

Placed<std::string> needed_name(TomlReader& reader, char const* key, char const* example) {
  if (!reader.has(key)) {
    reader.problem(ErrorCode::missing_value, fmt::format("'{}' is missing", reader.full_name(key)),
                   reader.where(), fmt::format("add a line like {} = {}", key, example));
  }
  return reader.name(key).value_or(Placed<std::string>{});
}

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

StandoffSpec read_standoff(TomlReader& reader) {
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
  for (auto& table : tables) spec.rungs.push_back(read_rung(table, rungs, actions, players));
  reader.finish();
  return spec;
}

}  // namespace linchpin::study
