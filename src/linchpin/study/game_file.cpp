// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/game_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "linchpin/core/nearest.h"
#include "linchpin/study/required_keys.h"
#include "linchpin/study/toml_reader.h"
#include "linchpin/study/uncertain_reader.h"

namespace linchpin::study {
namespace {

constexpr std::size_t most_actions = 50;  // of a player: 125,000 profiles with three
constexpr std::size_t most_reported = 10;

/// A payoff, or the two numbers it lies between.
struct Payoff {
  double low = NAN;
  double high = NAN;
};

/// Names of what was read, to look others up in.
std::optional<std::size_t> find(TomlReader& reader, Placed<std::string> const& name,
                                std::vector<std::string> const& known, char const* kind) {
  auto const found = std::find(known.begin(), known.end(), name.value);
  if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
  reader.problem(ErrorCode::unknown_label, fmt::format("there is no {} '{}'", kind, name.value),
                 name.where,
                 did_you_mean(name.value, known,
                              known.empty() ? std::string{"none has a name so far"}
                                            : fmt::format("known: {}", fmt::join(known, ", "))));
  return std::nullopt;
}

std::optional<Placed<std::string>> required_name(TomlReader& reader, char const* key,
                                                 char const* example) {
  if (!reader.has(key)) missing(reader, key, example);
  return reader.name(key);
}

class GameReader {
 public:
  explicit GameReader(TomlReader& reader) : reader_(reader) {}

  GameFile read() {
    if (auto const title = reader_.name("title")) file_.title = title->value;
    for (auto& player : reader_.tables("player")) read_player(player);
    if (players_.empty()) {
      reader_.problem(ErrorCode::missing_value, "no players", reader_.where(),
                      "add a [[player]] with a name and actions for each");
    }
    auto outcomes = reader_.tables("outcome");
    auto rungs = reader_.tables("rung");
    if (outcomes.empty() && rungs.empty()) {
      reader_.problem(ErrorCode::missing_value, "neither a game nor a ladder", reader_.where(),
                      "add [[outcome]] tables (payoffs of actions) or [[rung]] tables (a ladder)");
    }
    if (!outcomes.empty()) read_outcomes(outcomes);
    if (!rungs.empty()) read_ladder(rungs);
    read_draws();
    reader_.finish();
    return std::move(file_);
  }

 private:
  void read_player(TomlReader& reader) {
    leverage::Player player;
    if (auto const name = required_name(reader, "name", "\"USA\"")) {
      player.name = name->value;
      bool const twice = std::any_of(players_.begin(), players_.end(), [&](auto const& other) {
        return same_name(other.name, player.name);
      });
      if (twice) {
        reader.problem(ErrorCode::duplicate_label, fmt::format("a second '{}'", player.name),
                       name->where, "give each player a name of its own");
      }
    }
    for (auto& action : reader.texts("actions")) player.actions.push_back(std::move(action.value));
    if (player.actions.size() > most_actions) {
      reader.problem(ErrorCode::too_large, fmt::format("{} actions", player.actions.size()),
                     reader.place_of("actions"), fmt::format("at most {}", most_actions));
    }
    places_.push_back(reader.where());
    names_.push_back(player.name);
    players_.push_back(std::move(player));
    reader.finish();
  }

  std::optional<Payoff> read_payoff(TomlReader& payoffs, std::string const& player) {
    auto const* node = payoffs.node(player);
    if (node == nullptr) {
      payoffs.problem(ErrorCode::missing_value, fmt::format("no payoff of {}", player),
                      payoffs.where(), "one number, or [low, high], per player");
      return std::nullopt;
    }
    auto const* range = node->as_array();
    if (range == nullptr) {
      auto const value = payoffs.number(player);
      if (!value) return std::nullopt;
      return Payoff{value->value, value->value};
    }
    if (range->size() != 2) {
      payoffs.problem(ErrorCode::bad_format, fmt::format("a range of {} numbers", range->size()),
                      payoffs.place_of(player), "write [low, high]");
      return std::nullopt;
    }
    auto const low = payoffs.number_of(player, (*range)[0], {});
    auto const high = payoffs.number_of(player, (*range)[1], {});
    if (!low || !high) return std::nullopt;
    if (low->value > high->value) {
      payoffs.problem(ErrorCode::bad_value, fmt::format("[{}, {}]", low->value, high->value),
                      low->where, "write the smaller number first");
      return std::nullopt;
    }
    file_.ranges = file_.ranges || low->value < high->value;
    return Payoff{low->value, high->value};
  }

  /// One payoff per player; NaN where a problem was reported.
  std::vector<Payoff> read_payoffs(TomlReader& reader) {
    std::vector<Payoff> values(players_.size());
    auto payoffs = reader.table("payoffs");
    if (!payoffs) return values;
    for (std::size_t p = 0; p < players_.size(); ++p) {
      if (auto const value = read_payoff(*payoffs, names_[p])) values[p] = *value;
    }
    payoffs->finish();
    return values;
  }

  void read_outcomes(std::vector<TomlReader>& outcomes) {
    for (std::size_t p = 0; p < players_.size(); ++p) {
      if (!players_[p].actions.empty()) continue;
      reader_.problem(ErrorCode::missing_value, fmt::format("{} has no actions", names_[p]),
                      places_[p], "doing nothing is an action, too: actions = [\"nothing\"]");
    }
    if (players_.size() < 2 || players_.size() > 3) {
      reader_.problem(ErrorCode::bad_value, fmt::format("{} players", players_.size()),
                      reader_.where(), "a payoff matrix is for two or three");
    }
    leverage::Game game{players_, {}};
    std::size_t profiles = 1;
    for (auto const& player : players_) {
      profiles *= std::min(player.actions.size(), most_actions);
    }
    if (players_.size() > 3 || profiles == 0) profiles = 0;
    game.payoffs.assign(players_.size(), std::vector<double>(profiles, NAN));
    leverage::UncertainGame both{game, game};
    std::vector<std::string> given(profiles);  // where each profile was written
    for (auto& outcome : outcomes) {
      auto const profile = read_play(outcome, game, profiles);
      if (!outcome.has("payoffs")) {
        outcome.problem(ErrorCode::missing_value, "an outcome without payoffs", outcome.where(),
                        "add payoffs = {player = number, …}");
      }
      auto const payoffs = read_payoffs(outcome);
      outcome.finish();
      if (!profile) continue;
      if (!given[*profile].empty()) {
        outcome.problem(ErrorCode::duplicate_label, "the same actions as an outcome before",
                        outcome.where(), fmt::format("the first is at {}", given[*profile]));
      }
      given[*profile] = outcome.where();
      for (std::size_t p = 0; p < players_.size(); ++p) {
        both.low.payoffs[p][*profile] = payoffs[p].low;
        both.high.payoffs[p][*profile] = payoffs[p].high;
      }
    }
    report_missing(game, given);
    file_.matrix_ranges = file_.ranges;  // outcomes are read before rungs
    file_.game = std::move(both);
  }

  std::optional<std::size_t> read_play(TomlReader& outcome, leverage::Game const& game,
                                       std::size_t profiles) {
    if (!outcome.has("play")) {
      outcome.problem(ErrorCode::missing_value, "an outcome without actions", outcome.where(),
                      "add play = {player = \"action\", …}");
    }
    auto play = outcome.table("play");
    if (!play) return std::nullopt;
    std::vector<std::size_t> actions;
    for (auto const& player : players_) {
      if (!play->has(player.name)) {
        play->problem(ErrorCode::missing_value, fmt::format("no action of {}", player.name),
                      play->where(), "one action per player");
      }
      auto const action = play->text(player.name);
      if (!action) continue;
      if (auto const found = find(*play, *action, player.actions, "action")) {
        actions.push_back(*found);
      }
    }
    play->finish();
    if (actions.size() < players_.size() || profiles == 0) return std::nullopt;
    std::size_t const profile = game.profile(actions);
    return profile < profiles ? std::optional(profile) : std::nullopt;
  }

  void report_missing(leverage::Game const& game, std::vector<std::string> const& given) {
    std::size_t missing = 0;
    for (std::size_t profile = 0; profile < given.size(); ++profile) {
      if (!given[profile].empty() || ++missing > most_reported) continue;
      std::vector<std::string> words;
      auto const actions = game.actions(profile);
      for (std::size_t p = 0; p < actions.size(); ++p) {
        words.push_back(fmt::format("{} = \"{}\"", names_[p], game.players[p].actions[actions[p]]));
      }
      reader_.problem(ErrorCode::missing_value, "no outcome for these actions", reader_.where(),
                      fmt::format("add an [[outcome]] with play = {{{}}}", fmt::join(words, ", ")));
    }
    if (missing > most_reported) {
      reader_.problem(ErrorCode::missing_value,
                      fmt::format("{} more combinations of actions without an outcome",
                                  missing - most_reported),
                      reader_.where(), "every combination needs its payoffs");
    }
  }

  void read_ladder(std::vector<TomlReader>& rungs) {
    leverage::UncertainLadder both{{names_, {}}, {names_, {}}};
    std::vector<std::string> known;
    for (auto& rung : rungs) {
      auto const name = required_name(rung, "name", "\"first strike\"");
      known.push_back(name ? name->value : "");
      if (name && std::count(known.begin(), known.end(), name->value) > 1) {
        rung.problem(ErrorCode::duplicate_label, fmt::format("a second '{}'", name->value),
                     name->where, "give each rung a name of its own");
      }
    }
    for (std::size_t r = 0; r < rungs.size(); ++r) {
      leverage::LadderRung rung{known[r], 0, {}};
      if (auto const player = required_name(rungs[r], "player", "\"USA\"")) {
        rung.player = find(rungs[r], *player, names_, "player").value_or(0);
      }
      auto moves = rungs[r].tables("move");
      if (moves.empty()) {
        rungs[r].problem(ErrorCode::missing_value, "a rung without moves", rungs[r].where(),
                         "add [[rung.move]] tables; doing nothing is a move, too");
      }
      auto upper = rung;
      for (auto& move : moves) {
        std::vector<double> high;
        rung.moves.push_back(read_move(move, known, high));
        upper.moves.push_back(rung.moves.back());
        upper.moves.back().payoffs = std::move(high);
      }
      rungs[r].finish();
      both.low.rungs.push_back(std::move(rung));
      both.high.rungs.push_back(std::move(upper));
    }
    file_.ladder = both.middle();
    if (ladder_ranges_) file_.ladder_range = std::move(both);
  }

  leverage::LadderMove read_move(TomlReader& reader, std::vector<std::string> const& rungs,
                                 std::vector<double>& high) {
    leverage::LadderMove move;
    if (auto const name = required_name(reader, "name", "\"ban chips\"")) move.name = name->value;
    if (reader.has("next") == reader.has("payoffs")) {
      reader.problem(ErrorCode::bad_value, "a move goes on or ends the game", reader.where(),
                     "give either next = \"rung\" or payoffs = {player = number, …}");
    }
    if (auto const next = reader.name("next")) move.next = find(reader, *next, rungs, "rung");
    bool const ranges = std::exchange(file_.ranges, false);
    for (Payoff const& payoff : read_payoffs(reader)) {
      if (move.next) continue;
      move.payoffs.push_back(payoff.low);
      high.push_back(payoff.high);
    }
    ladder_ranges_ = ladder_ranges_ || file_.ranges;
    file_.ranges = ranges || file_.ranges;
    reader.finish();
    return move;
  }

  void read_draws() {
    auto const ensemble = read_ensemble(reader_);
    if (!ensemble) {
      if (file_.ranges) {
        reader_.problem(ErrorCode::missing_value, "ranges of payoffs without [ensemble]",
                        reader_.where(), "add [ensemble] with draws = 1000 and seed = 1");
      }
      return;
    }
    if (ensemble->design) {
      reader_.problem(ErrorCode::bad_value, "a design for a game", reader_.place_of("ensemble"),
                      "games are drawn at random: leave design out");
    }
    file_.draws = ensemble->draws;
    file_.seed = ensemble->seed;
  }

  TomlReader& reader_;
  GameFile file_;
  bool ladder_ranges_ = false;
  std::vector<leverage::Player> players_;
  std::vector<std::string> names_;
  std::vector<std::string> places_;
};

}  // namespace

Result<GameFile> read_game(std::string_view text, std::string const& source) {
  ErrorList errors;
  auto const document = parse_toml(text, source, errors);
  if (!document) return fail(errors.joined());
  TomlReader reader(*document, source, "", errors);
  GameFile file = GameReader(reader).read();
  if (!errors.empty()) return fail(in_line_order(errors.joined()));
  // What the reader cannot see: circles of rungs.
  if (file.ladder) {
    if (auto const played = leverage::climb_ladder(*file.ladder); !played) {
      Error error = played.error();
      error.where = fmt::format("{}: {}", source, error.where);
      for (Error& more : error.further) more.where = fmt::format("{}: {}", source, more.where);
      return fail(std::move(error));
    }
  }
  return file;
}

}  // namespace linchpin::study
