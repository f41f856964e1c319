// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "linchpin/leverage/ladder.h"

namespace linchpin::leverage {

/// A ladder in which what is at stake for one player is not settled yet.
struct StakedLadder {
  Ladder ladder;           ///< payoffs at a stake of zero
  std::size_t player = 0;  ///< whose stake it is
  /// [rung][move] what a unit of the stake adds to the player's payoff where the move ends: −1
  /// where it gives way, 1 where another one does, 0 where nobody does.
  std::vector<std::vector<double>> slope;
};

/// The smallest stake of the player, zero or more, above which it no longer makes `move` at `rung`:
/// from there on it holds out. Every stake is played out anew, for with it the player's later moves
/// change and so do the answers to them. Payoffs are linear in the stake, so the choice can change
/// only where two ends are worth the same to the player: exact, up to the tolerance of ties.
/// Empty: it makes the move at any stake.
/// \pre sizes agree; rung and move exist
/// \error of climb_ladder
[[nodiscard]] Result<std::optional<double>> break_even_stake(StakedLadder const& staked,
                                                             std::size_t rung, std::size_t move);

}  // namespace linchpin::leverage
