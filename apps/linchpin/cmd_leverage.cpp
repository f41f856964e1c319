// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "apps/linchpin/context.h"
#include "apps/linchpin/leverage_commands.h"
#include "apps/linchpin/origin.h"
#include "apps/linchpin/table_commands.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/results/game_json.h"
#include "linchpin/results/worldless_origin.h"
#include "linchpin/study/game_run.h"

namespace linchpin::app {
namespace {

/// "ban" if an action is certain, "ban 60 %, nothing 40 %" if not.
std::string strategy_words(leverage::Player const& player, std::vector<double> const& chances) {
  std::vector<std::string> words;
  for (std::size_t a = 0; a < chances.size(); ++a) {
    if (chances[a] == 1) return player.actions[a];
    if (chances[a] > 0) {
      words.push_back(fmt::format("{} {:.4g} %", player.actions[a], 100 * chances[a]));
    }
  }
  return fmt::format("{}", fmt::join(words, ", "));
}

void print_equilibria(GameAnswer const& answer) {
  auto const& players = answer.game.players;
  std::vector<std::string> header{"equilibrium"};
  for (auto const& player : players) header.push_back(player.name);
  for (auto const& player : players) header.push_back(player.name + " gets");
  header.emplace_back("residual");
  std::vector<std::vector<std::string>> rows;
  for (auto const& found : answer.nash.equilibria) {
    std::vector<std::string> row{fmt::format("{}", rows.size() + 1)};
    for (std::size_t p = 0; p < players.size(); ++p) {
      row.push_back(shortened(strategy_words(players[p], found.strategies[p]), 48));
    }
    for (double const payoff : found.payoffs) row.push_back(fmt::format("{:.4g}", payoff));
    row.push_back(fmt::format("{:.1e}", found.residual));
    rows.push_back(std::move(row));
  }
  print(text_table(header, rows));
  if (answer.nash.equilibria.empty()) print_line("No equilibrium was found.");
  std::vector<std::string> notes;
  if (answer.nash.continuum) {
    notes.emplace_back(
        "A degenerate game: mixtures of some of these, or strategies next to them, are equilibria, "
        "too.");
  }
  if (!answer.nash.complete) {
    notes.emplace_back("With three players all pure equilibria are here, but not all mixed ones.");
  }
  for (std::size_t p = 0; p < players.size(); ++p) {
    for (std::size_t const a : answer.nash.dominated[p]) {
      notes.push_back(
          fmt::format("{} never plays \"{}\": another action is better whatever happens.",
                      players[p].name, players[p].actions[a]));
    }
  }
  for (auto const& note : notes) print(wrap(dim(note)));
}

void print_odds(GameAnswer const& answer) {
  auto const& odds = *answer.odds;
  print_line();
  std::vector<std::vector<std::string>> rows;
  for (std::size_t p = 0; p < answer.game.players.size(); ++p) {
    auto const& player = answer.game.players[p];
    for (std::size_t a = 0; a < player.actions.size(); ++a) {
      rows.push_back({shortened(player.name + ": " + player.actions[a], 60),
                      fmt::format("{:.1f} %", 100 * odds.certain[p][a]),
                      fmt::format("{:.1f} %", 100 * odds.possible[p][a])});
    }
  }
  print(text_table({"played in", "all equilibria", "some equilibrium"}, rows));
  print(wrap(dim(fmt::format(
      "Over {} draws of the payoffs; {:.1f} % have several equilibria, {:.1f} % none that is "
      "pure.{}",
      odds.draws, 100 * odds.several, 100 * odds.no_pure,
      odds.failed > 0
          ? fmt::format(" {} draws without an equilibrium found are left out.", odds.failed)
          : ""))));
}

void print_ladder_odds(leverage::Ladder const& ladder, leverage::LadderOdds const& odds) {
  std::vector<std::vector<std::string>> rows;
  for (std::size_t r = 0; r < ladder.rungs.size(); ++r) {
    auto const& rung = ladder.rungs[r];
    for (std::size_t m = 0; m < rung.moves.size(); ++m) {
      rows.push_back({shortened(rung.name, 40), shortened(ladder.players[rung.player], 20),
                      shortened(rung.moves[m].name, 40),
                      odds.certain[r][m] == odds.possible[r][m]
                          ? fmt::format("{:.1f} %", 100 * odds.certain[r][m])
                          : fmt::format("{:.1f} to {:.1f} %", 100 * odds.certain[r][m],
                                        100 * odds.possible[r][m]),
                      fmt::format("{:.1f} %", 100 * odds.path[r][m])});
    }
  }
  print_line();
  print(text_table({"rung", "player", "move", "credible in", "played in"}, rows));
  std::vector<std::string> gets;
  for (std::size_t p = 0; p < ladder.players.size(); ++p) {
    gets.push_back(fmt::format("{} gets {:.4g} [{:.4g}, {:.4g}]", ladder.players[p],
                               odds.payoffs[p][1], odds.payoffs[p][0], odds.payoffs[p][2]));
  }
  print(wrap(fmt::format("Over {} draws: {}.", odds.draws, fmt::join(gets, ", "))));
}

void print_ladder(LadderPlay const& play) {
  auto const& [ladder, answer, odds] = play;
  std::vector<std::vector<std::string>> rows;
  for (auto const& [rung, move] : answer.path) {
    rows.push_back({shortened(ladder.rungs[rung].name, 40),
                    shortened(ladder.players[ladder.rungs[rung].player], 20),
                    shortened(ladder.rungs[rung].moves[move].name, 40)});
  }
  print(text_table({"rung", "player", "move"}, rows));
  if (odds) print_ladder_odds(ladder, *odds);
  std::vector<std::string> gets;
  for (std::size_t p = 0; p < ladder.players.size(); ++p) {
    gets.push_back(fmt::format("{} gets {:.4g}", ladder.players[p], answer.payoffs[p]));
  }
  print_line(fmt::format("{}", fmt::join(gets, ", ")));
  for (std::size_t const rung : answer.ties) {
    print(
        wrap(dim(fmt::format("At \"{}\" another move is worth as much to {}: other paths are "
                             "possible.",
                             ladder.rungs[rung].name, ladder.players[ladder.rungs[rung].player]))));
  }
}

struct GameCommand {
  std::string path;
  EnsembleOptions ensemble;
};

Result<void> run_game(GameCommand const& command, Context const& context) {
  RunClock const clock;
  auto const& path = command.path;
  if (auto const sound = check_ensemble_options(command.ensemble); !sound) return sound;
  auto const text = read_text(path);
  if (!text) return fail(text.error());
  auto file = study::read_game(*text, path);
  if (!file) return fail(file.error());
  if (command.ensemble.draws) {
    file->draws = *command.ensemble.draws;
    file->seed = *command.ensemble.seed;
  }
  auto const answer = study::answer_game(*file, run_control(context));
  if (!answer) return fail(answer.error());
  auto const& [game, ladder] = *answer;
  if (!context.json) {
    if (!file->title.empty()) print_line(bold(file->title));
    if (game) print_equilibria(*game);
    if (game && game->odds) print_odds(*game);
    if (game && ladder) print_line();
    if (ladder) print_ladder(*ladder);
    return {};
  }
  Origin origin;
  if (file->ranges) {
    origin.options = {{"draws", static_cast<std::int64_t>(file->draws)},
                      {"seed", static_cast<std::int64_t>(file->seed)}};
  }
  auto described = origin_without_world(clock, std::move(origin), {path});
  if (!described) return fail(described.error());
  print_line(to_text(game_to_json(file->title, game, ladder, *std::move(described))));
  return {};
}

}  // namespace

void add_leverage(CLI::App& app, Context& context, Action& action) {
  auto& leverage =
      *app.add_subcommand("leverage", "Who can hurt whom, and what is a threat worth?");
  leverage.require_subcommand(1);
  add_leverage_power(leverage, context, action);
  add_leverage_chokepoints(leverage, context, action);
  add_leverage_defend(leverage, context, action);
  add_leverage_flows(leverage, context, action);
  add_leverage_bargain(leverage, context, action);
  add_leverage_signal(leverage, context, action);
  add_leverage_frontier(leverage, context, action);
  auto const command = std::make_shared<GameCommand>();
  auto& game = add_table_command(
      leverage, context, action, "game", "Equilibria of a threat game and play of a ladder",
      [command](Context const& each) { return run_game(*command, each); });
  game.add_option("file", command->path, "Game file (TOML)")->required();
  game.add_option("--draws", command->ensemble.draws, "Draws of payoffs that are ranges")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1'000'000}));
  game.add_option("--seed", command->ensemble.seed, "Seed of the draws, a whole number");
}

}  // namespace linchpin::app
