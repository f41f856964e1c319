// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/equilibrium/policy_search.h"

namespace linchpin::equilibrium {

/// A rate that was chosen.
struct ChosenRate {
  Instrument instrument;
  double rate = 0;   ///< ad valorem
  double slope = 0;  ///< of the target by ln(1 + rate); at a bound it points outwards
  bool at_bound = false;
};

/// The best policy of one player, or of several who act as one.
struct OptimalPolicy {
  TradePolicy policy;  ///< the given one with the chosen rates in it
  Equilibrium found;
  std::vector<ChosenRate> rates;
  std::vector<double> log_welfare;  ///< ln(Î/P̂) over the base, by region
  double gain = 0;                  ///< of the target over the given policy
  SearchReport report;
};

/// The rates that maximise ln welfare of one region while all others keep the given policy.
///
/// Several starts; the best end counts and must meet the first-order conditions. With tariffs and
/// export taxes on everything one rate is superfluous (Lerner symmetry): the welfare is unique, the
/// rates are not. A local optimum that no start avoids stays undetected.
///
/// \error bad_value, size_mismatch, unknown_label  of policy, closure, player; all at once
/// \error not_converged  no start ended, or the best end misses the first-order conditions
/// \error cancelled
[[nodiscard]] Result<OptimalPolicy> optimal_policy(TradeBase const& base, TradePolicy const& given,
                                                   Player const& player,
                                                   PolicyOptions const& options,
                                                   Closure const& closure = {},
                                                   RunControl const& control = {});

/// The rates of all players that maximise Σ weight · ln welfare of the players.
///
/// \param weights  one per player, > 0; empty: base final spending, over that of all players. With
///                 these a transfer is worth nothing at the base, so that what is gained is
///                 efficiency.
/// \error size_mismatch, bad_value  of the weights; the rest as optimal_policy
[[nodiscard]] Result<OptimalPolicy> cooperative_policy(
    TradeBase const& base, TradePolicy const& given, std::vector<Player> const& players,
    PolicyOptions const& options, std::vector<double> const& weights = {},
    Closure const& closure = {}, RunControl const& control = {});

/// Best end of several starts of copies of `prototype`, moving instruments [first, last) from
/// `rates`; adds to `report`. What the functions above and the check of Nash equilibria share.
/// \error as optimal_policy
[[nodiscard]] Result<SearchEnd> best_of_starts(
    PolicySearch const& prototype, Instruments const& instruments, PolicyOptions const& options,
    std::vector<double> const& rates, Target const& target, std::size_t first, std::size_t last,
    SearchReport& report, RunControl const& control);

/// Largest |slope| in [first, last) that no bound stops.
[[nodiscard]] double free_slope(Instruments const& instruments, std::vector<double> const& rates,
                                std::vector<double> const& slopes, std::size_t first,
                                std::size_t last);

/// The rates in words and numbers. \pre slopes as long as the rates
[[nodiscard]] std::vector<ChosenRate> chosen_rates(Instruments const& instruments,
                                                   std::vector<double> const& rates,
                                                   std::vector<double> const& slopes);

}  // namespace linchpin::equilibrium
