// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "linchpin/leverage/ladder.h"
#include "linchpin/leverage/uncertain_game.h"
#include "linchpin/leverage/uncertain_ladder.h"
#include "linchpin/results/json.h"

namespace linchpin {

/// A payoff matrix and what came of it.
struct GameAnswer {
  leverage::Game game;  ///< the middle of the ranges
  leverage::NashAnswer nash;
  std::optional<leverage::EquilibriumOdds> odds;  ///< where payoffs are ranges
};

/// An escalation ladder and how it is played.
struct LadderPlay {
  leverage::Ladder ladder;
  leverage::LadderAnswer answer;
  std::optional<leverage::LadderOdds> odds = {};  ///< where payoffs are ranges
};

/// The document "linchpin.leverage-game", version 1 (docs/formats/json.md): `equilibria` (empty
/// without a matrix), `odds` and `ladder` (null where there is none, with the reason), `origin` as
/// given. Strategies are objects from player to action to probability, without actions never
/// played.
[[nodiscard]] Json game_to_json(std::string const& title, std::optional<GameAnswer> const& game,
                                std::optional<LadderPlay> const& ladder, Json origin);

}  // namespace linchpin
