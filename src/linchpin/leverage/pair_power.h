// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/leverage/cost_power.h"
#include "linchpin/leverage/price_world.h"

namespace linchpin::leverage {

struct PowerOptions {
  std::vector<std::size_t> sectors = {};  ///< that are withheld; empty: all
  double outer = 1;     ///< elasticity between sectors of final demand, direct and network
  bool network = true;  ///< solve the price system, too
};

/// Who could hurt whom, at the shares of one year. Fractions, not per cent.
struct PairPower {
  std::vector<std::size_t> senders;  ///< one, or the members of a coalition
  std::size_t target = 0;
  bool same = false;   ///< the target is among the senders: all numbers are 0, nothing is asked
  bool trade = false;  ///< the target buys something of what is withheld
  /// Final demand of the target alone: its own purchases at fixed costs.
  Power direct;
  std::vector<double> by_sector;  ///< [sector] terms of `direct` with Cobb-Douglas between sectors
  /// ln of the target's final price index with inputs of inputs, at fixed wages; `monopoly` lists
  /// the sectors lost, also those that only industries buy.
  Power network;
  std::vector<double> sender_network;  ///< the same for each sender: what withholding costs it
  /// Purchases over all spending, final and intermediate, weighted by 1/θ; both directions.
  LiuYang first_order;
};

/// Power of `senders` together over `target`: they withhold all their sales of the sectors (one-way
/// denial) and go on buying. Their own purchases from each other are untouched.
/// Preconditions: ids below the world's sizes, senders not empty and each once.
/// \error not_converged  of the price system
[[nodiscard]] Result<PairPower> power_over(PriceWorld const& world,
                                           std::span<std::size_t const> senders, std::size_t target,
                                           PowerOptions const& options = {});

/// The same for every ordered pair of regions, sender-major (N × N entries).
[[nodiscard]] Result<std::vector<PairPower>> all_pairs(PriceWorld const& world,
                                                       PowerOptions const& options = {},
                                                       RunControl const& control = {});

/// What the target would not get: every sale of `senders` to it in `sectors` (empty: all).
[[nodiscard]] std::vector<DeniedLink> denial_by(PriceWorld const& world,
                                                std::span<std::size_t const> senders,
                                                std::size_t target,
                                                std::span<std::size_t const> sectors = {});

}  // namespace linchpin::leverage
