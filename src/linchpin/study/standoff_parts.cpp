// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/standoff_parts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>
#include <utility>

#include "linchpin/leverage/break_even.h"
#include "linchpin/sampling/quantiles.h"
#include "linchpin/study/words.h"

namespace linchpin::study {
namespace {

using leverage::Game;
using leverage::Ladder;

std::size_t place(std::vector<Placed<std::string>> const& list, std::string const& name) {
  return static_cast<std::size_t>(
      std::find_if(list.begin(), list.end(), [&](auto const& each) { return each.value == name; }) -
      list.begin());
}

unsigned mask_of(StandoffSpec const& spec, std::vector<Placed<std::string>> const& in_force) {
  unsigned mask = 0;
  for (std::size_t a = 0; a < spec.actions.size(); ++a) {
    for (auto const& each : in_force) {
      if (each.value == spec.actions[a].name.value) mask |= 1U << a;
    }
  }
  return mask;
}

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

double payoff_of(StandoffCase const& each, StandoffDraw const& draw, unsigned mask,
                 std::size_t player) {
  double payoff = 0.0 - draw.losses.at(mask)[player];  // never a zero with a sign
  for (auto const a : each.menus[player]) {
    if ((mask >> a & 1U) != 0) payoff += draw.worth[a];
  }
  return payoff;
}

/// Who gives way at the end of a move; none: nobody.
std::optional<std::size_t> gives_way(StandoffSpec const& spec, StandoffMoveSpec const& move) {
  if (!move.gives_way) return std::nullopt;
  return place(spec.players, move.gives_way->value);
}

double end_payoff(StandoffCase const& each, StandoffDraw const& draw, StandoffMoveSpec const& move,
                  std::size_t player) {
  double payoff = payoff_of(each, draw, mask_of(*each.spec, move.in_force), player);
  if (auto const who = gives_way(*each.spec, move)) {
    payoff += *who == player ? -draw.stakes[player] : draw.stakes[player];
  }
  return payoff;
}

template <typename Value>
Band band_of(StandoffDraw const& central, std::span<StandoffDraw const> draws, Value&& value) {
  Band band;
  band.central = value(central);
  if (draws.empty()) return band;
  std::vector<double> all;
  for (auto const& draw : draws) all.push_back(value(draw));
  std::sort(all.begin(), all.end());
  band.p05 = sampling::sorted_quantile(all, 0.05);
  band.p50 = sampling::sorted_quantile(all, 0.5);
  band.p95 = sampling::sorted_quantile(all, 0.95);
  return band;
}

template <typename Holds>
std::optional<double> share_of(std::span<StandoffDraw const> draws, Holds&& holds) {
  if (draws.empty()) return std::nullopt;
  auto const count = std::count_if(draws.begin(), draws.end(), holds);
  return static_cast<double>(count) / static_cast<double>(draws.size());
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

bool passes(leverage::LadderAnswer const& answer, std::size_t rung, std::size_t move) {
  return std::find(answer.path.begin(), answer.path.end(), std::pair{rung, move}) !=
         answer.path.end();
}

/// Quantiles of numbers some draws lack: there they are beyond any bound.
std::optional<Band> open_band(std::optional<double> central, std::span<StandoffDraw const> draws,
                              std::size_t r, std::size_t m) {
  if (!central) return std::nullopt;
  constexpr double beyond = 1e300;
  Band band{*central, {}, {}, {}};
  if (draws.empty()) return band;
  std::vector<double> all;
  for (auto const& draw : draws) all.push_back(draw.break_even[r][m].value_or(beyond));
  std::sort(all.begin(), all.end());
  auto const at = [&](double chance) -> std::optional<double> {
    double const value = sampling::sorted_quantile(all, chance);
    return value < 1e200 ? std::optional{value} : std::nullopt;
  };
  band.p05 = at(0.05);
  band.p50 = at(0.5);
  band.p95 = at(0.95);
  return band;
}

bool gives_way_itself(StandoffRungSpec const& rung, StandoffMoveSpec const& move) {
  return !move.next && move.gives_way && move.gives_way->value == rung.player.value &&
         rung.moves.size() > 1;
}

bool is_possible(StandoffDraw const& draw, std::size_t r, std::size_t m) {
  auto const& moves = draw.ladder->possible[r];
  return std::find(moves.begin(), moves.end(), m) != moves.end();
}

bool is_certain(StandoffDraw const& draw, std::size_t r, std::size_t m) {
  return draw.ladder->possible[r].size() == 1 && draw.ladder->possible[r].front() == m;
}

StandoffMove move_of(StandoffCase const& each, StandoffDraw const& central,
                     std::span<StandoffDraw const> draws, std::size_t r, std::size_t m) {
  auto const& rung = each.spec->rungs[r];
  auto const& move = rung.moves[m];
  StandoffMove row;
  row.rung = rung.name.value;
  row.player = rung.player.value;
  row.move = move.name.value;
  row.ends = !move.next;
  row.chosen = central.ladder->choice[r] == m;
  row.on_path = passes(*central.ladder, r, m);
  row.tied = is_possible(central, r, m) && !is_certain(central, r, m);
  row.credible_share = share_of(draws, [&](auto const& draw) { return is_certain(draw, r, m); });
  row.possible_share = share_of(draws, [&](auto const& draw) { return is_possible(draw, r, m); });
  row.path_share = share_of(draws, [&](auto const& draw) { return passes(*draw.ladder, r, m); });
  if (move.next) {
    row.leads_to = move.next->value;
    return row;
  }
  std::vector<std::string> names;
  for (auto const& action : move.in_force) names.push_back(action.value);
  if (gives_way_itself(rung, move)) {
    row.break_even = open_band(central.break_even[r][m], draws, r, m);
    row.always = !row.break_even;
  }
  row.leads_to = names.empty() ? "nothing in force" : list_words(names);
  if (move.gives_way) row.gives_way = move.gives_way->value;
  auto const mask = mask_of(*each.spec, move.in_force);
  for (std::size_t p = 0; p < each.players.size(); ++p) {
    row.loss.push_back(
        band_of(central, draws, [&](auto const& draw) { return draw.losses.at(mask)[p]; }));
    row.payoff.push_back(
        band_of(central, draws, [&](auto const& draw) { return end_payoff(each, draw, move, p); }));
  }
  return row;
}

void fill_ladder(StandoffCase const& each, StandoffDraw const& central,
                 std::span<StandoffDraw const> draws, StandoffAnswer& answer) {
  auto const& rungs = each.spec->rungs;
  for (std::size_t r = 0; r < rungs.size(); ++r) {
    for (std::size_t m = 0; m < rungs[r].moves.size(); ++m) {
      answer.moves.push_back(move_of(each, central, draws, r, m));
    }
  }
  auto const nobody = each.players.size();
  // Whether `p` gives way where play may end: in all such plays, and in some.
  auto const yields = [&](StandoffDraw const& draw, std::size_t p) {
    bool all = true, some = false;
    for (auto const& [rung, move] : draw.ladder->ends[0]) {
      bool const does = gives_way(*each.spec, rungs[rung].moves[move]).value_or(nobody) == p;
      all = all && does;
      some = some || does;
    }
    return std::pair{all, some};
  };
  auto const shares = [&](std::size_t p) {
    auto const [all, some] = yields(central, p);
    return std::pair{share_of(draws, [&](auto const& draw) { return yields(draw, p).first; })
                         .value_or(all ? 1 : 0),
                     share_of(draws, [&](auto const& draw) {
                       return yields(draw, p).second;
                     }).value_or(some ? 1 : 0)};
  };
  for (std::size_t p = 0; p < nobody; ++p) {
    auto const [certain, possible] = shares(p);
    answer.gives_way.push_back(certain);
    answer.may_give_way.push_back(possible);
    answer.path_payoff.push_back(
        band_of(central, draws, [&](auto const& draw) { return draw.ladder->payoffs[p]; }));
  }
  std::tie(answer.nobody_gives_way, answer.nobody_may_give_way) = shares(nobody);
}

}  // namespace

Result<void> add_break_even(StandoffCase const& each, StandoffDraw& draw) {
  auto const& rungs = each.spec->rungs;
  draw.break_even.clear();
  for (auto const& rung : rungs) draw.break_even.emplace_back(rung.moves.size());
  for (std::size_t r = 0; r < rungs.size(); ++r) {
    for (std::size_t m = 0; m < rungs[r].moves.size(); ++m) {
      if (!gives_way_itself(rungs[r], rungs[r].moves[m])) continue;
      auto const player = place(each.spec->players, rungs[r].player.value);
      auto unsettled = draw;
      unsettled.stakes[player] = 0;
      leverage::StakedLadder staked{ladder_of(each, unsettled), player, {}};
      for (auto const& rung : rungs) {
        auto& slopes = staked.slope.emplace_back();
        for (auto const& move : rung.moves) {
          auto const who = gives_way(*each.spec, move);
          slopes.push_back(move.next || !who ? 0 : *who == player ? -1 : 1);
        }
      }
      auto const found = leverage::break_even_stake(staked, r, m);
      if (!found) return fail(found.error());
      draw.break_even[r][m] = *found;
    }
  }
  return {};
}

StandoffCase standoff_case(StandoffSpec const& spec, TradeGround const& ground) {
  StandoffCase each{&spec, &ground, {}, {}, {}, {}};
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
    bool const sells =
        std::any_of(spec.actions.begin(), spec.actions.end(), [&](auto const& action) {
          return std::any_of(action.sellers.begin(), action.sellers.end(),
                             [&](auto const& name) { return name.value == regions[r]; });
        });
    if (sells && !plays) each.others.push_back(r);
  }
  auto game = empty_game(each);
  std::set<unsigned> masks{0};
  for (std::size_t profile = 0; profile < game.profiles(); ++profile) {
    masks.insert(mask_of_profile(each, game.actions(profile)));
  }
  for (auto const& rung : spec.rungs) {
    for (auto const& move : rung.moves) masks.insert(mask_of(spec, move.in_force));
  }
  each.masks.assign(masks.begin(), masks.end());
  return each;
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

Ladder ladder_of(StandoffCase const& each, StandoffDraw const& draw) {
  auto const& spec = *each.spec;
  Ladder ladder;
  for (auto const& player : spec.players) ladder.players.push_back(player.value);
  std::vector<Placed<std::string>> rungs;
  for (auto const& rung : spec.rungs) rungs.push_back(rung.name);
  for (auto const& rung : spec.rungs) {
    leverage::LadderRung next{rung.name.value, place(spec.players, rung.player.value), {}};
    for (auto const& move : rung.moves) {
      leverage::LadderMove step;
      step.name = move.name.value;
      if (move.next) {
        step.next = place(rungs, move.next->value);
      } else {
        for (std::size_t p = 0; p < each.players.size(); ++p) {
          step.payoffs.push_back(end_payoff(each, draw, move, p));
        }
      }
      next.moves.push_back(std::move(step));
    }
    ladder.rungs.push_back(std::move(next));
  }
  return ladder;
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
  fill_profiles(each, central, draws, answer);
  fill_equilibria(central, draws, answer);
  if (central.ladder) fill_ladder(each, central, draws, answer);
}

}  // namespace linchpin::study
