// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/game.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "linchpin/core/contracts.h"
#include "linchpin/leverage/game_parts.h"

namespace linchpin::leverage {

std::size_t Game::profiles() const noexcept {
  std::size_t count = 1;
  for (Player const& player : players) count *= player.actions.size();
  return count;
}

std::size_t Game::profile(std::span<std::size_t const> actions) const noexcept {
  LINCHPIN_EXPECTS(actions.size() == players.size());
  std::size_t number = 0;
  for (std::size_t p = 0; p < players.size(); ++p) {
    number = number * players[p].actions.size() + actions[p];
  }
  return number;
}

std::vector<std::size_t> Game::actions(std::size_t profile) const {
  std::vector<std::size_t> actions(players.size());
  for (std::size_t p = players.size(); p-- > 0;) {
    actions[p] = profile % players[p].actions.size();
    profile /= players[p].actions.size();
  }
  return actions;
}

Result<void> check_game(Game const& game) {
  ErrorList errors;
  if (game.players.size() < 2 || game.players.size() > 3) {
    errors.add(ErrorCode::bad_value, fmt::format("{} players", game.players.size()), "players",
               "two or three");
  }
  std::set<std::string> names;
  for (Player const& player : game.players) {
    if (!names.insert(player.name).second) {
      errors.add(ErrorCode::duplicate_label, "the same name twice", player.name,
                 "give each player a name of its own");
    }
    if (player.actions.empty()) {
      errors.add(ErrorCode::missing_value, "a player without actions", player.name,
                 "doing nothing is an action, too: name it");
    }
    std::set<std::string> actions(player.actions.begin(), player.actions.end());
    if (actions.size() < player.actions.size()) {
      errors.add(ErrorCode::duplicate_label, "an action twice", player.name,
                 "name each action once");
    }
  }
  if (game.payoffs.size() != game.players.size()) {
    errors.add(ErrorCode::size_mismatch, fmt::format("payoffs of {} players", game.payoffs.size()),
               "payoffs", "one list per player");
  }
  for (auto const& list : game.payoffs) {
    if (list.size() != game.profiles()) {
      errors.add(ErrorCode::size_mismatch,
                 fmt::format("{} payoffs for {} profiles", list.size(), game.profiles()), "payoffs",
                 "one per combination of actions");
    }
    if (!std::all_of(list.begin(), list.end(), [](double v) { return std::isfinite(v); })) {
      errors.add(ErrorCode::bad_value, "a payoff that is no finite number", "payoffs",
                 "use a large finite loss instead of infinity");
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

std::vector<double> action_payoffs(Game const& game, Strategies const& strategies,
                                   std::size_t player) {
  std::vector<double> payoffs(game.players[player].actions.size(), 0.0);
  for (std::size_t profile = 0; profile < game.profiles(); ++profile) {
    auto const actions = game.actions(profile);
    double chance = 1;
    for (std::size_t other = 0; other < actions.size(); ++other) {
      if (other != player) chance *= strategies[other][actions[other]];
    }
    if (chance != 0) payoffs[actions[player]] += chance * game.payoffs[player][profile];
  }
  return payoffs;
}

Equilibrium certified(Game const& game, Strategies strategies) {
  Equilibrium found;
  found.pure = true;
  for (std::size_t p = 0; p < game.players.size(); ++p) {
    auto const payoffs = action_payoffs(game, strategies, p);
    double own = 0;
    for (std::size_t a = 0; a < payoffs.size(); ++a) own += strategies[p][a] * payoffs[a];
    double const best = *std::max_element(payoffs.begin(), payoffs.end());
    found.payoffs.push_back(own);
    found.residual = std::max(found.residual, best - own);
    for (double const chance : strategies[p]) {
      found.pure = found.pure && (chance == 0 || chance == 1);
    }
  }
  found.strategies = std::move(strategies);
  return found;
}

namespace {

/// Puts probabilities of a restricted game back among all actions.
Strategies widened(Game const& game, std::vector<std::vector<std::size_t>> const& kept,
                   Strategies const& small) {
  Strategies wide;
  for (std::size_t p = 0; p < kept.size(); ++p) {
    wide.emplace_back(game.players[p].actions.size(), 0.0);
    for (std::size_t a = 0; a < kept[p].size(); ++a) wide[p][kept[p][a]] = small[p][a];
  }
  return wide;
}

void add_pure(Game const& game, double tolerance, NashAnswer& answer) {
  for (std::size_t profile = 0; profile < game.profiles(); ++profile) {
    Strategies strategies;
    auto const actions = game.actions(profile);
    for (std::size_t p = 0; p < actions.size(); ++p) {
      strategies.emplace_back(game.players[p].actions.size(), 0.0);
      strategies[p][actions[p]] = 1;
    }
    auto found = certified(game, std::move(strategies));
    if (found.residual <= tolerance) answer.equilibria.push_back(std::move(found));
  }
}

bool known(NashAnswer const& answer, Strategies const& strategies) {
  for (Equilibrium const& other : answer.equilibria) {
    double apart = 0;
    for (std::size_t p = 0; p < strategies.size(); ++p) {
      apart = std::max(apart, detail::distance(other.strategies[p], strategies[p]));
    }
    if (apart < 1e-7) return true;
  }
  return false;
}

/// Two players: two extreme equilibria with one strategy in common span a line of them.
bool has_continuum(std::vector<Equilibrium> const& equilibria) {
  for (std::size_t a = 0; a < equilibria.size(); ++a) {
    for (std::size_t b = a + 1; b < equilibria.size(); ++b) {
      std::size_t shared = 0;
      for (std::size_t p = 0; p < equilibria[a].strategies.size(); ++p) {
        auto const& one = equilibria[a].strategies[p];
        shared += detail::distance(one, equilibria[b].strategies[p]) < 1e-7 ? 1 : 0;
      }
      if (shared + 1 == equilibria[a].strategies.size()) return true;
    }
  }
  return false;
}

}  // namespace

Result<NashAnswer> nash_equilibria(Game const& game, NashOptions const& options) {
  if (auto const checked = check_game(game); !checked) return fail(checked.error());
  NashAnswer answer;
  double const tolerance = options.tolerance * detail::payoff_range(game);
  auto const kept = detail::undominated(game);
  for (std::size_t p = 0; p < kept.size(); ++p) {
    answer.dominated.emplace_back();
    for (std::size_t a = 0; a < game.players[p].actions.size(); ++a) {
      if (std::find(kept[p].begin(), kept[p].end(), a) == kept[p].end()) {
        answer.dominated[p].push_back(a);
      }
    }
  }
  Game const small = detail::restricted(game, kept);
  bool const two = game.players.size() == 2;
  if (two && kept[0].size() + kept[1].size() > options.most_actions) {
    return fail(ErrorCode::too_large,
                fmt::format("{} and {} actions after dominated ones are gone", kept[0].size(),
                            kept[1].size()),
                "game", fmt::format("at most {} together", options.most_actions));
  }
  add_pure(game, tolerance, answer);
  auto const mixed = two ? detail::MixedEquilibria{detail::extreme_equilibria(small), false}
                         : detail::mixed_by_newton(small, tolerance, options.most_supports);
  for (Strategies const& strategies : mixed.found) {
    Strategies wide = widened(game, kept, strategies);
    if (known(answer, wide)) continue;
    auto found = certified(game, std::move(wide));
    if (found.residual <= tolerance) answer.equilibria.push_back(std::move(found));
  }
  answer.complete = two;
  answer.continuum = mixed.continuum || (two && has_continuum(answer.equilibria));
  return answer;
}

}  // namespace linchpin::leverage
