// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/game_json.h"

#include <vector>

namespace linchpin {
namespace {

using leverage::Game;

/// One number per player, by name.
Json by_player(Game const& game, std::vector<double> const& values) {
  Json object = Json::object();
  for (std::size_t p = 0; p < values.size(); ++p) object[game.players[p].name] = values[p];
  return object;
}

/// Numbers of actions by name; zeros left out unless `all`.
Json by_action(Game const& game, std::vector<std::vector<double>> const& values, bool all) {
  Json object = Json::object();
  for (std::size_t p = 0; p < values.size(); ++p) {
    Json actions = Json::object();
    for (std::size_t a = 0; a < values[p].size(); ++a) {
      if (all || values[p][a] > 0) actions[game.players[p].actions[a]] = values[p][a];
    }
    object[game.players[p].name] = std::move(actions);
  }
  return object;
}

Json equilibria_of(GameAnswer const& answer) {
  Json list = Json::array();
  for (auto const& found : answer.nash.equilibria) {
    list.push_back({{"strategies", by_action(answer.game, found.strategies, false)},
                    {"payoffs", by_player(answer.game, found.payoffs)},
                    {"residual", found.residual},
                    {"pure", found.pure}});
  }
  return list;
}

Json dominated_of(GameAnswer const& answer) {
  Json object = Json::object();
  for (std::size_t p = 0; p < answer.nash.dominated.size(); ++p) {
    Json actions = Json::array();
    for (std::size_t const a : answer.nash.dominated[p]) {
      actions.push_back(answer.game.players[p].actions[a]);
    }
    object[answer.game.players[p].name] = std::move(actions);
  }
  return object;
}

Json odds_of(Game const& game, leverage::EquilibriumOdds const& odds) {
  Json profiles = Json::array();
  for (std::size_t profile = 0; profile < odds.profile.size(); ++profile) {
    if (odds.profile[profile] == 0) continue;
    Json play = Json::object();
    auto const actions = game.actions(profile);
    for (std::size_t p = 0; p < actions.size(); ++p) {
      play[game.players[p].name] = game.players[p].actions[actions[p]];
    }
    profiles.push_back({{"play", std::move(play)}, {"share", odds.profile[profile]}});
  }
  return {{"draws", odds.draws},
          {"failed_draws", odds.failed},
          {"pure_equilibria", std::move(profiles)},
          {"without_pure", odds.no_pure},
          {"with_several", odds.several},
          {"played_in_some", by_action(game, odds.possible, true)},
          {"played_in_all", by_action(game, odds.certain, true)}};
}

Json ladder_odds_of(leverage::Ladder const& ladder, leverage::LadderOdds const& odds) {
  Json moves = Json::array(), payoffs = Json::object();
  for (std::size_t r = 0; r < ladder.rungs.size(); ++r) {
    for (std::size_t m = 0; m < ladder.rungs[r].moves.size(); ++m) {
      moves.push_back({{"rung", ladder.rungs[r].name},
                       {"move", ladder.rungs[r].moves[m].name},
                       {"chosen_share", odds.choice[r][m]},
                       {"certain_share", odds.certain[r][m]},
                       {"possible_share", odds.possible[r][m]},
                       {"path_share", odds.path[r][m]}});
    }
  }
  for (std::size_t p = 0; p < ladder.players.size(); ++p) {
    payoffs[ladder.players[p]] = {
        {"p05", odds.payoffs[p][0]}, {"p50", odds.payoffs[p][1]}, {"p95", odds.payoffs[p][2]}};
  }
  return {{"draws", odds.draws}, {"moves", std::move(moves)}, {"payoffs", std::move(payoffs)}};
}

Json ladder_of(LadderPlay const& play) {
  auto const& [ladder, answer, odds] = play;
  auto const payoffs = [&ladder = ladder](std::vector<double> const& values) {
    Json object = Json::object();
    for (std::size_t p = 0; p < values.size(); ++p) object[ladder.players[p]] = values[p];
    return object;
  };
  Json path = Json::array(), rungs = Json::array(), ties = Json::array();
  for (auto const& [rung, move] : answer.path) {
    path.push_back({{"rung", ladder.rungs[rung].name},
                    {"player", ladder.players[ladder.rungs[rung].player]},
                    {"move", ladder.rungs[rung].moves[move].name}});
  }
  for (std::size_t r = 0; r < ladder.rungs.size(); ++r) {
    rungs.push_back({{"rung", ladder.rungs[r].name},
                     {"move", ladder.rungs[r].moves[answer.choice[r]].name},
                     {"payoffs", payoffs(answer.values[r])}});
  }
  for (std::size_t const rung : answer.ties) ties.push_back(ladder.rungs[rung].name);
  Json object = {{"path", std::move(path)},
                 {"payoffs", payoffs(answer.payoffs)},
                 {"rungs", std::move(rungs)},
                 {"ties", std::move(ties)}};
  if (odds) object["odds"] = ladder_odds_of(ladder, *odds);
  return object;
}

}  // namespace

Json game_to_json(std::string const& title, std::optional<GameAnswer> const& game,
                  std::optional<LadderPlay> const& ladder, Json origin) {
  Json document = {{"schema", json_schema("linchpin.leverage-game")}};
  document["title"] = title;
  document["equilibria"] = game ? equilibria_of(*game) : Json::array();
  document["complete"] = game ? Json(game->nash.complete) : Json(nullptr);
  document["continuum"] = game ? Json(game->nash.continuum) : Json(nullptr);
  document["dominated"] = game ? dominated_of(*game) : Json(nullptr);
  if (!game) {
    for (char const* member : {"complete", "continuum", "dominated"}) {
      document[std::string{member} + "_reason"] = "the file has no outcomes";
    }
  }
  bool const odds = game && game->odds;
  document["odds"] = odds ? odds_of(game->game, *game->odds) : Json(nullptr);
  if (!odds) document["odds_reason"] = "no payoff is a range";
  document["ladder"] = ladder ? ladder_of(*ladder) : Json(nullptr);
  if (!ladder) document["ladder_reason"] = "the file has no rungs";
  document["origin"] = std::move(origin);
  return document;
}

}  // namespace linchpin
