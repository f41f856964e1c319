// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/equilibrium/optimal_policy.h"

namespace linchpin::equilibrium {

struct NashOptions {
  explicit NashOptions(Seed seed) : search(seed) {}

  /// Of the certificate's searches; `tolerance` also bounds the first-order gap of the whole.
  PolicyOptions search;
  /// Part of the way to its best response that a player goes, in ln(1 + rate); 0…1.
  double damping = 0.8;
  std::size_t most_rounds = 50;
  /// More than this of ln welfare to be had by deviating is no equilibrium.
  double most_gain = 1e-9;
};

/// Rates from which no player wants to move, with what supports the claim.
struct NashPolicy {
  TradePolicy policy;
  Equilibrium found;
  std::vector<ChosenRate> rates;    ///< slopes: of the ln welfare of the rate's own player
  std::vector<double> log_welfare;  ///< ln(Î/P̂) over the base, by region

  /// First-order conditions of all players at once: largest step in ln(1 + rate) as in
  /// `SearchReport`, and largest slope that no bound stops.
  double gap = 0;
  double slope = 0;
  /// Best-response check: the most each player's ln welfare could rise, found by a search from
  /// several starts against the rates of the others; 0 or rounding at an equilibrium.
  std::vector<double> gains;
  SearchReport check;  ///< of those searches, all players

  std::size_t rounds = 0;       ///< of best responses
  std::vector<double> history;  ///< largest change of ln(1 + rate) in each round
  std::size_t evaluations = 0;  ///< equilibria, all parts
};

/// Nash equilibrium of players who set their rates at the same time, each for its own ln welfare.
///
/// Damped best responses, player after player, until changes are small; then the first-order
/// conditions of all players together; then the certificate. A deviation that pays is followed and
/// the search goes on. Bounds exclude the equilibrium without trade, which always exists. Whether
/// there are others is not known; the one that is reached starts from the given policy.
///
/// \error bad_value, size_mismatch, unknown_label  of policy, closure, players, options; all at
///                                                 once
/// \error not_converged  with the changes by round, or with the player who gains by deviating
/// \error cancelled
[[nodiscard]] Result<NashPolicy> nash_policy(TradeBase const& base, TradePolicy const& given,
                                             std::vector<Player> const& players,
                                             NashOptions const& options,
                                             Closure const& closure = {},
                                             RunControl const& control = {});

}  // namespace linchpin::equilibrium
