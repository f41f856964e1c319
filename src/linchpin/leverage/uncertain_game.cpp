// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/uncertain_game.h"

#include <optional>

#include "linchpin/core/parallel.h"

namespace linchpin::leverage {
namespace {

Result<void> check(UncertainGame const& game, std::size_t draws) {
  ErrorList errors;
  for (Game const* bound : {&game.low, &game.high}) {
    if (auto const checked = check_game(*bound); !checked) errors.add(checked.error());
  }
  if (!errors.empty()) return fail(errors.joined());
  bool same = game.low.players.size() == game.high.players.size();
  for (std::size_t p = 0; same && p < game.low.players.size(); ++p) {
    same = game.low.players[p].actions == game.high.players[p].actions;
  }
  if (!same) {
    return fail(ErrorCode::size_mismatch, "bounds of two different games", "payoffs",
                "the same players and actions in both");
  }
  bool ordered = true;
  for (std::size_t p = 0; p < game.low.payoffs.size(); ++p) {
    for (std::size_t i = 0; i < game.low.payoffs[p].size(); ++i) {
      ordered = ordered && game.low.payoffs[p][i] <= game.high.payoffs[p][i];
    }
  }
  if (!ordered) {
    errors.add(ErrorCode::bad_value, "a lower payoff above the upper one", "payoffs",
               "write the smaller number first");
  }
  if (draws == 0) {
    errors.add(ErrorCode::bad_value, "no draws", "draws", "1000 are plenty for most games");
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

Game drawn(UncertainGame const& game, Rng rng) {
  Game one = game.low;
  for (std::size_t p = 0; p < one.payoffs.size(); ++p) {
    for (std::size_t i = 0; i < one.payoffs[p].size(); ++i) {
      double const width = game.high.payoffs[p][i] - game.low.payoffs[p][i];
      one.payoffs[p][i] += rng.uniform() * width;
    }
  }
  return one;
}

/// Adds what one draw shows; the shares are counts until the end.
void count(Game const& game, NashAnswer const& answer, EquilibriumOdds& odds) {
  bool pure = false;
  for (Equilibrium const& found : answer.equilibria) {
    if (!found.pure) continue;
    pure = true;
    std::vector<std::size_t> actions;
    for (auto const& strategy : found.strategies) {
      std::size_t action = 0;
      while (strategy[action] == 0) ++action;
      actions.push_back(action);
    }
    ++odds.profile[game.profile(actions)];
  }
  odds.no_pure += pure ? 0 : 1;
  odds.several += answer.equilibria.size() > 1 ? 1 : 0;
  for (std::size_t p = 0; p < game.players.size(); ++p) {
    for (std::size_t a = 0; a < game.players[p].actions.size(); ++a) {
      std::size_t playing = 0;
      for (Equilibrium const& found : answer.equilibria) {
        playing += found.strategies[p][a] > 0 ? 1 : 0;
      }
      odds.possible[p][a] += playing > 0 ? 1 : 0;
      odds.certain[p][a] += playing == answer.equilibria.size() ? 1 : 0;
    }
  }
}

}  // namespace

Game UncertainGame::middle() const {
  Game middle = low;
  for (std::size_t p = 0; p < middle.payoffs.size(); ++p) {
    for (std::size_t i = 0; i < middle.payoffs[p].size(); ++i) {
      middle.payoffs[p][i] += (high.payoffs[p][i] - low.payoffs[p][i]) / 2;
    }
  }
  return middle;
}

Result<EquilibriumOdds> equilibrium_odds(UncertainGame const& game, Seed seed, std::size_t draws,
                                         RunControl const& control) {
  if (auto const checked = check(game, draws); !checked) return fail(checked.error());
  std::vector<std::optional<Result<NashAnswer>>> answers(draws);
  auto const run = parallel_for(draws, control, "games", [&](std::size_t d) {
    answers[d] = nash_equilibria(drawn(game, Rng(seed, d)));
  });
  if (!run) return fail(run.error());
  EquilibriumOdds odds;
  odds.draws = draws;
  odds.profile.assign(game.low.profiles(), 0.0);
  for (Player const& player : game.low.players) {
    odds.possible.emplace_back(player.actions.size(), 0.0);
    odds.certain.emplace_back(player.actions.size(), 0.0);
  }
  for (auto const& answer : answers) {
    if (!*answer) return fail(answer->error());
    if ((*answer)->equilibria.empty()) {
      ++odds.failed;
    } else {
      count(game.low, **answer, odds);
    }
  }
  double const counted = static_cast<double>(draws - odds.failed);
  if (counted == 0) return odds;
  for (double& share : odds.profile) share /= counted;
  odds.no_pure /= counted;
  odds.several /= counted;
  for (auto* list : {&odds.possible, &odds.certain}) {
    for (auto& shares : *list) {
      for (double& share : shares) share /= counted;
    }
  }
  return odds;
}

}  // namespace linchpin::leverage
