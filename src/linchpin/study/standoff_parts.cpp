// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/standoff_parts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <utility>

#include "linchpin/study/standoff_actions.h"
#include "linchpin/study/standoff_bands.h"
#include "linchpin/study/standoff_ladder.h"
#include "linchpin/study/words.h"

namespace linchpin::study {
namespace {

using leverage::Game;

/// Players and menus without payoffs.
Game empty_game(StandoffCase const& each) {
  Game game;
  for (std::size_t p = 0; p < each.players.size(); ++p) {
    leverage::Player player{each.spec->players[p].value, {"nothing"}};
    for (auto const a : each.menus[p]) player.actions.push_back(each.spec->actions[a].name.value);
    game.players.push_back(std::move(player));
  }
  return game;
}

unsigned mask_of_profile(StandoffCase const& each, std::vector<std::size_t> const& actions) {
  unsigned mask = 0;
  for (std::size_t p = 0; p < actions.size(); ++p) {
    if (actions[p] > 0) mask |= 1U << each.menus[p][actions[p] - 1];
  }
  return mask;
}

bool is_equilibrium(StandoffDraw const& draw, std::size_t profile) {
  return std::any_of(draw.nash.equilibria.begin(), draw.nash.equilibria.end(),
                     [&](auto const& found) {
                       if (!found.pure) return false;
                       auto const actions = draw.game.actions(profile);
                       for (std::size_t p = 0; p < actions.size(); ++p) {
                         if (found.strategies[p][actions[p]] != 1) return false;
                       }
                       return true;
                     });
}

void fill_profiles(StandoffCase const& each, StandoffDraw const& central,
                   std::span<StandoffDraw const> draws, StandoffAnswer& answer) {
  auto const& game = central.game;
  for (std::size_t profile = 0; profile < game.profiles(); ++profile) {
    StandoffProfile row;
    auto const actions = game.actions(profile);
    auto const mask = mask_of_profile(each, actions);
    for (std::size_t p = 0; p < actions.size(); ++p) {
      row.actions.push_back(game.players[p].actions[actions[p]]);
      row.loss.push_back(
          band_of(central, draws, [&](auto const& draw) { return draw.losses.at(mask)[p]; }));
      row.payoff.push_back(
          band_of(central, draws, [&](auto const& draw) { return draw.game.payoffs[p][profile]; }));
    }
    for (std::size_t o = 0; o < each.others.size(); ++o) {
      row.others_loss.push_back(band_of(central, draws, [&](auto const& draw) {
        return draw.losses.at(mask)[each.players.size() + o];
      }));
      if (!each.spec->member_limit_pct) continue;
      auto const within = [&](StandoffDraw const& draw) {
        return draw.losses.at(mask)[each.players.size() + o] <= *each.spec->member_limit_pct;
      };
      row.others_within.push_back(share_of(draws, within).value_or(within(central) ? 1 : 0));
    }
    row.equilibrium = is_equilibrium(central, profile);
    row.equilibrium_share = share_of(draws, [&](auto const& draw) {
                              return is_equilibrium(draw, profile);
                            }).value_or(row.equilibrium ? 1 : 0);
    answer.profiles.push_back(std::move(row));
  }
}

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

void fill_equilibria(StandoffDraw const& central, std::span<StandoffDraw const> draws,
                     StandoffAnswer& answer) {
  answer.complete = central.nash.complete;
  answer.continuum = central.nash.continuum;
  auto const& players = central.game.players;
  for (auto const& found : central.nash.equilibria) {
    StandoffEquilibrium row;
    row.residual = found.residual;
    std::optional<std::size_t> profile;
    if (found.pure) {
      std::vector<std::size_t> actions;
      for (auto const& chances : found.strategies) {
        actions.push_back(static_cast<std::size_t>(
            std::max_element(chances.begin(), chances.end()) - chances.begin()));
      }
      profile = central.game.profile(actions);
      row.share = share_of(draws, [&](auto const& draw) { return is_equilibrium(draw, *profile); });
    }
    for (std::size_t p = 0; p < players.size(); ++p) {
      row.strategies.push_back(strategy_words(players[p], found.strategies[p]));
      row.payoffs.push_back(profile ? answer.profiles[*profile].payoff[p]
                                    : Band{found.payoffs[p], {}, {}, {}});
    }
    answer.equilibria.push_back(std::move(row));
  }
  for (std::size_t p = 0; p < players.size(); ++p) {
    for (std::size_t a = 0; a < players[p].actions.size(); ++a) {
      auto const plays = [&](auto const& found) { return found.strategies[p][a] > 0; };
      auto const possible = [&](StandoffDraw const& draw) {
        auto const& list = draw.nash.equilibria;
        return std::any_of(list.begin(), list.end(), plays);
      };
      auto const certain = [&](StandoffDraw const& draw) {
        auto const& list = draw.nash.equilibria;
        return !list.empty() && std::all_of(list.begin(), list.end(), plays);
      };
      answer.odds.push_back({players[p].name, players[p].actions[a],
                             share_of(draws, possible).value_or(possible(central) ? 1 : 0),
                             share_of(draws, certain).value_or(certain(central) ? 1 : 0)});
    }
  }
}

}  // namespace

StandoffCase standoff_case(StandoffSpec const& spec, TradeGround const& ground) {
  StandoffCase each;
  each.spec = &spec;
  each.ground = &ground;
  auto const& regions = ground.accounts.regions;
  for (auto const& player : spec.players) {
    each.players.push_back(static_cast<std::size_t>(
        std::find(regions.begin(), regions.end(), player.value) - regions.begin()));
    auto& menu = each.menus.emplace_back();
    for (std::size_t a = 0; a < spec.actions.size(); ++a) {
      if (spec.actions[a].player.value == player.value) menu.push_back(a);
    }
  }
  for (std::size_t r = 0; r < regions.size(); ++r) {
    bool const plays = std::find(each.players.begin(), each.players.end(), r) != each.players.end();
    bool const joins =
        std::any_of(spec.actions.begin(), spec.actions.end(), [&](auto const& action) {
          auto const& members = members_of(action);
          return std::any_of(members.begin(), members.end(),
                             [&](auto const& name) { return name.value == regions[r]; });
        });
    if (joins && !plays) each.others.push_back(r);
  }
  auto game = empty_game(each);
  std::set<unsigned> masks{0};
  for (std::size_t profile = 0; profile < game.profiles(); ++profile) {
    masks.insert(mask_of_profile(each, game.actions(profile)));
  }
  for (auto const& rung : spec.rungs) {
    masks.insert(action_mask(spec, rung.in_force));
    for (auto const& move : rung.moves) masks.insert(action_mask(spec, move.in_force));
  }
  each.masks.assign(masks.begin(), masks.end());
  each.times = rung_times(spec);
  return each;
}

double payoff_of(StandoffCase const& each, StandoffDraw const& draw, unsigned mask,
                 std::size_t player) {
  // Never a zero with a sign.
  return 0.0 - draw.losses.at(mask)[player] + worth_of(each, draw, mask, player);
}

double worth_of(StandoffCase const& each, StandoffDraw const& draw, unsigned mask,
                std::size_t player) {
  double worth = 0;
  for (auto const a : each.menus[player]) {
    if ((mask >> a & 1U) != 0) worth += draw.worth[a];
  }
  return worth;
}

Game game_of(StandoffCase const& each, StandoffDraw const& draw) {
  auto game = empty_game(each);
  game.payoffs.assign(game.players.size(), std::vector<double>(game.profiles()));
  for (std::size_t profile = 0; profile < game.profiles(); ++profile) {
    auto const mask = mask_of_profile(each, game.actions(profile));
    for (std::size_t p = 0; p < game.players.size(); ++p) {
      game.payoffs[p][profile] = payoff_of(each, draw, mask, p);
    }
  }
  return game;
}

void fill_answer(StandoffCase const& each, StandoffDraw const& central,
                 std::span<StandoffDraw const> draws, StandoffAnswer& answer) {
  auto const& space = each.ground->space;
  for (std::size_t p = 0; p < each.players.size(); ++p) {
    answer.players.push_back(each.spec->players[p].value);
    answer.player_words.push_back(region_words(space, RegionId{each.players[p]}));
  }
  for (auto const other : each.others) {
    answer.others.push_back(each.ground->accounts.regions[other]);
    answer.other_words.push_back(region_words(space, RegionId{other}));
  }
  for (auto const& action : each.spec->actions) {
    answer.actions.push_back({action.player.value, action.name.value,
                              kind_words(action.instrument.kind), action_words(action)});
  }
  answer.member_limit_pct = each.spec->member_limit_pct;
  fill_profiles(each, central, draws, answer);
  fill_equilibria(central, draws, answer);
  if (central.ladder) fill_ladder(each, central, draws, answer);
}

}  // namespace linchpin::study
