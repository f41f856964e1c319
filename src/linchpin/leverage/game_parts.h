// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "linchpin/leverage/game.h"

// Parts of `nash_equilibria`; not installed.
namespace linchpin::leverage::detail {

/// [player] actions left once strictly dominated ones are taken out, again and again.
[[nodiscard]] std::vector<std::vector<std::size_t>> undominated(Game const& game);

/// The game with only these actions.
[[nodiscard]] Game restricted(Game const& game, std::vector<std::vector<std::size_t>> const& kept);

/// Extreme equilibria of a game of two players.
[[nodiscard]] std::vector<Strategies> extreme_equilibria(Game const& game);

struct MixedEquilibria {
  std::vector<Strategies> found;
  bool continuum = false;  ///< one of them is no isolated solution: others lie next to it
};

/// Mixed equilibria of three players that Newton's method finds, residual at most `tolerance`. Of a
/// continuum on one support one point is kept.
[[nodiscard]] MixedEquilibria mixed_by_newton(Game const& game, double tolerance,
                                              std::size_t most_supports);

/// Highest less lowest payoff of any player, at least 1e-300.
[[nodiscard]] double payoff_range(Game const& game);

/// Largest difference of two probabilities.
[[nodiscard]] double distance(std::vector<double> const& a, std::vector<double> const& b);

}  // namespace linchpin::leverage::detail
