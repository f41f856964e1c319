// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/results/game_json.h"
#include "linchpin/study/game_file.h"

namespace linchpin::study {

/// What came of a game file: of its matrix, of its ladder, of both.
struct GameFileAnswer {
  std::optional<GameAnswer> game;
  std::optional<LadderPlay> ladder;
};

/// Equilibria of the matrix, with their odds where payoffs are ranges, and the play of the ladder.
/// \error of nash_equilibria, equilibrium_odds and climb_ladder
[[nodiscard]] Result<GameFileAnswer> answer_game(GameFile const& file,
                                                 RunControl const& control = {});

}  // namespace linchpin::study
