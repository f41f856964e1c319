// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "linchpin/core/random.h"
#include "linchpin/core/run_control.h"
#include "linchpin/leverage/ladder.h"

namespace linchpin::leverage {

/// A ladder whose payoffs are known to lie between two numbers each, uniform and independent.
struct UncertainLadder {
  Ladder low;
  Ladder high;  ///< the same rungs and moves

  [[nodiscard]] Ladder middle() const;
};

/// How a ladder is played over draws of its payoffs.
struct LadderOdds {
  std::size_t draws = 0;
  /// [rung][move] share of draws in which the player would take the move if play came to the rung:
  /// the probability that it is credible, ties settled as by `climb_ladder`.
  std::vector<std::vector<double>> choice;
  /// [rung][move] share in which it is the only best move, and in which it is one of the best.
  std::vector<std::vector<double>> certain, possible;
  std::vector<std::vector<double>> path;       ///< [rung][move] share in which play goes there
  std::vector<std::array<double, 3>> payoffs;  ///< [player] 5 %, 50 %, 95 % quantile at the end
};

/// \error of climb_ladder; cancelled
/// \error bad_value      a lower payoff above the upper one, no draws
/// \error size_mismatch  bounds for different ladders
[[nodiscard]] Result<LadderOdds> ladder_odds(UncertainLadder const& ladder, Seed seed,
                                             std::size_t draws, RunControl const& control = {});

}  // namespace linchpin::leverage
