// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "linchpin/core/run_control.h"
#include "linchpin/leverage/chokepoints.h"
#include "linchpin/leverage/price_world.h"

namespace linchpin::leverage {

enum class DenialUnit {
  link,     ///< one seller of one sector
  product,  ///< one sector, all foreign sellers together
};

/// What a sender loses by withholding, at fixed wages.
enum class SenderCost {
  prices,  ///< ln of its own final price index: its inputs from the target become dearer
  sales,   ///< sales given up over its total spending: what stops being earned, no welfare loss
};

struct PriceScreenOptions {
  DenialUnit unit = DenialUnit::link;
  std::size_t k = 5;                      ///< ceilings hold for sets of at most so many candidates
  std::vector<std::size_t> sectors = {};  ///< empty: all
  std::vector<std::size_t> sellers = {};  ///< empty: all but the target
  double cut = 1;  ///< part of each purchase that is denied, (0, 1]; the ceilings hold for any
};

/// Candidates and weights for a search by the fixed-wage price system of `world`, for one target.
///
/// The weights are those of the network at base shares. The ceilings dominate: after a denial,
/// ln P = d + (mean of the costs of the sellers left), at most (Jensen), with d = −ln(1 − ω)/θ in
/// the cells denied; so the loss is at most Σ_j λ_j d_j with the network weights λ_j of the shares
/// that remain, and λ_j is at most its largest value over all removals of k candidates in every
/// cell. That is a dynamic programme per sector (which sellers to take from whom so that most of
/// what happens passes through the cell), solved by value iteration with its error added. A mean
/// with parts taken away in part lies between those with all or nothing of them taken away, so the
/// same weights hold for partial cuts, with d of the shares cut.
/// \error not_converged  of a fixed point; cancelled
[[nodiscard]] Result<Screen> price_screen(PriceWorld const& world, std::size_t target,
                                          PriceScreenOptions const& options = {},
                                          RunControl const& control = {});

/// Links of the target that a set of candidates of `price_screen` stands for.
[[nodiscard]] std::vector<DeniedLink> denied_links(Screen const& screen, std::size_t target,
                                                   std::span<std::size_t const> set);

/// The full model of a search by prices: the target's loss is ln of its final price index at fixed
/// wages. Keeps references: `world` and `screen` must outlive it.
[[nodiscard]] DenialEvaluator price_evaluator(PriceWorld const& world, Screen const& screen,
                                              std::size_t target,
                                              SenderCost cost = SenderCost::sales);

}  // namespace linchpin::leverage
