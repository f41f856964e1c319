// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "linchpin/core/random.h"
#include "linchpin/core/run_control.h"
#include "linchpin/leverage/game.h"

namespace linchpin::leverage {

/// A game whose payoffs are known to lie between two numbers each, uniform and independent.
struct UncertainGame {
  Game low;
  Game high;  ///< the same players and actions

  [[nodiscard]] Game middle() const;
};

/// How often what is an equilibrium, over draws of the payoffs.
struct EquilibriumOdds {
  std::size_t draws = 0;
  std::vector<double> profile;  ///< [profile] share of draws in which it is a pure equilibrium
  double no_pure = 0;           ///< share of draws without any
  double several = 0;           ///< share with more than one equilibrium: which is played is open
  /// [player][action] share of draws in which some equilibrium found plays the action, and in which
  /// all do: between the two lies the probability that a threat is credible.
  std::vector<std::vector<double>> possible;
  std::vector<std::vector<double>> certain;
  std::size_t failed = 0;  ///< draws in which no equilibrium was found (three players); not counted
};

/// \error                of `check_game` or `nash_equilibria`; cancelled
/// \error bad_value      a lower payoff above the upper one, no draws
/// \error size_mismatch  bounds for different games
[[nodiscard]] Result<EquilibriumOdds> equilibrium_odds(UncertainGame const& game, Seed seed,
                                                       std::size_t draws,
                                                       RunControl const& control = {});

}  // namespace linchpin::leverage
