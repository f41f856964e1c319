// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin::leverage {

struct Player {
  std::string name;
  std::vector<std::string> actions;  ///< the menu, "nothing" included where that is one
};

/// A game of one simultaneous move for two or three players.
struct Game {
  std::vector<Player> players;
  /// [player][profile] payoff, any unit; profiles count with the last player's action fastest.
  std::vector<std::vector<double>> payoffs;

  [[nodiscard]] std::size_t profiles() const noexcept;
  /// Number of the profile in which each player takes the action given.
  [[nodiscard]] std::size_t profile(std::span<std::size_t const> actions) const noexcept;
  /// Action of each player in a profile.
  [[nodiscard]] std::vector<std::size_t> actions(std::size_t profile) const;
};

/// [player][action] probabilities.
using Strategies = std::vector<std::vector<double>>;

/// \error missing_value    a player without actions (an empty menu has no answer)
/// \error size_mismatch    payoffs for another number of profiles
/// \error bad_value        not two or three players, a payoff that is not finite
/// \error duplicate_label  two players, or two actions of one, with the same name
[[nodiscard]] Result<void> check_game(Game const& game);

/// [action] expected payoff of one player from each of its actions while the others play
/// `strategies`.
[[nodiscard]] std::vector<double> action_payoffs(Game const& game, Strategies const& strategies,
                                                 std::size_t player);

struct Equilibrium {
  Strategies strategies;
  std::vector<double> payoffs;  ///< [player] expected
  /// Most that a player gains by its best answer, in units of payoffs: 0 certifies the equilibrium,
  /// anything else says how far it is from one.
  double residual = 0;
  bool pure = false;
};

/// Payoffs, residual and purity of any strategies.
[[nodiscard]] Equilibrium certified(Game const& game, Strategies strategies);

struct NashOptions {
  std::size_t most_actions = 20;       ///< of two players together, dominated ones not counted
  std::size_t most_supports = 20'000;  ///< of three players, for mixed equilibria
  double tolerance = 1e-9;             ///< of residuals, as a share of the range of payoffs
};

struct NashAnswer {
  std::vector<Equilibrium> equilibria;  ///< pure ones first, in order of profiles
  /// All equilibria are here or mixtures of those here (see `continuum`). With three players only
  /// the pure ones are complete.
  bool complete = false;
  /// A degenerate game, as with identical payoffs. Two players: some equilibria share the strategy
  /// of one, and mixtures of the other's are equilibria, too. Three: a mixed one is not isolated.
  bool continuum = false;
  /// [player] actions that are never played: strictly worse than another whatever the others do,
  /// once such actions of the others are gone.
  std::vector<std::vector<std::size_t>> dominated;
};

/// Nash equilibria. Two players: all extreme equilibria, by enumerating the vertices of both
/// best-response polytopes and pairing those that together carry every label. Three players: all
/// pure ones, and the mixed ones that Newton's method finds on supports (certified, not all).
/// \error         of `check_game`
/// \error too_large  menus beyond `most_actions`
///
/// Source: Avis, Rosenberg, Savani & von Stengel (2010), "Enumeration of Nash equilibria for
/// two-player games", Economic Theory 42, 9–37.
[[nodiscard]] Result<NashAnswer> nash_equilibria(Game const& game, NashOptions const& options = {});

}  // namespace linchpin::leverage
