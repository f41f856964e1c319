// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/game_run.h"

#include <utility>

namespace linchpin::study {
namespace {

Result<GameAnswer> solve_matrix(GameFile const& file, RunControl const& control) {
  GameAnswer answer{file.game->middle(), {}, {}};
  auto nash = leverage::nash_equilibria(answer.game);
  if (!nash) return fail(nash.error());
  answer.nash = *std::move(nash);
  if (!file.matrix_ranges) return answer;
  auto odds = leverage::equilibrium_odds(*file.game, Seed{file.seed}, file.draws, control);
  if (!odds) return fail(odds.error());
  answer.odds = *std::move(odds);
  return answer;
}

}  // namespace

Result<GameFileAnswer> answer_game(GameFile const& file, RunControl const& control) {
  GameFileAnswer answer;
  if (file.game) {
    auto solved = solve_matrix(file, control);
    if (!solved) return fail(solved.error());
    answer.game = *std::move(solved);
  }
  if (file.ladder) {
    auto played = leverage::climb_ladder(*file.ladder);
    if (!played) return fail(played.error());
    answer.ladder = LadderPlay{*file.ladder, *std::move(played), {}};
  }
  if (file.ladder_range) {
    auto odds = leverage::ladder_odds(*file.ladder_range, Seed{file.seed}, file.draws, control);
    if (!odds) return fail(odds.error());
    answer.ladder->odds = *std::move(odds);
  }
  return answer;
}

}  // namespace linchpin::study
