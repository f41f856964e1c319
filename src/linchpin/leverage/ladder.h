// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin::leverage {

/// What a player can do at one rung: go on to another, or end the game.
struct LadderMove {
  std::string name;
  std::optional<std::size_t> next;  ///< rung that follows; none: the game ends
  std::vector<double> payoffs;      ///< [player] where it ends
};

struct LadderRung {
  std::string name;
  std::size_t player = 0;  ///< whose turn it is
  std::vector<LadderMove> moves;
};

/// An escalation ladder: a finite game with perfect information that starts at the first rung. Each
/// side sees what the other did; retaliation is a rung of its own.
struct Ladder {
  std::vector<std::string> players;
  std::vector<LadderRung> rungs;
};

struct LadderAnswer {
  std::vector<std::size_t> choice;          ///< [rung] move of the player whose turn it is
  std::vector<std::vector<double>> values;  ///< [rung][player] payoff if play starts there
  std::vector<std::pair<std::size_t, std::size_t>> path;  ///< (rung, move) from the first rung on
  std::vector<double> payoffs;                            ///< [player] at the end of the path
  /// Rungs where another move is worth as much to the player: other paths are subgame perfect, too.
  std::vector<std::size_t> ties;
  /// [rung] moves, ascending, that some subgame-perfect play makes there; one: the move is certain.
  std::vector<std::vector<std::size_t>> possible;
  /// [rung] (rung, move) where such play may end if it starts there, ascending.
  std::vector<std::vector<std::pair<std::size_t, std::size_t>>> ends;
};

/// Subgame-perfect play by backward induction: at every rung, also those never reached, the player
/// takes what is best for it from there on. A threat that would not be carried out is not one.
/// Moves that are worth the same up to 1e-9 of the largest payoff are ties: `choice` then ends the
/// game rather than going on, and takes the first name in alphabetical order among those, so that
/// it does not hang on the order in which moves are listed. `possible` follows every tie; where two
/// moves lead to the same rung it may name a play too many, never one too few.
/// \error missing_value  no rungs, no players, a rung without moves
/// \error bad_value      a player or rung that does not exist, payoffs that are not one finite
/// number
///                       per player, payoffs on a move that goes on, rungs in a circle or never
///                       reached
[[nodiscard]] Result<LadderAnswer> climb_ladder(Ladder const& ladder);

}  // namespace linchpin::leverage
