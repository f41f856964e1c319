// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/equilibrium/closure.h"
#include "linchpin/equilibrium/trade_base.h"
#include "linchpin/leverage/chokepoints.h"
#include "linchpin/leverage/price_world.h"

namespace linchpin::leverage {

/// A screen of partial cuts by first-order effects in general equilibrium: candidate c cuts
/// `links[c]`, and what that costs the target is, to first order,
///
///   −Σ_links (1 − kept) ∂ ln(Î/P̂) / ∂m   at the base, m the weight of the seller,
///
/// from one search with the transposed equations, whatever the number of candidates. Wages, incomes
/// and sources adjust, so it can be negative: a cut that the target gains from weighs nothing here.
/// Every candidate is a group of its own with θ = 1 and share ½, so the additive loss of a set is
/// the sum of its members'. First order sees no two sellers together and no near-monopolies: for
/// small cuts only, never a bound (no ceilings).
///
/// \pre    `base` is in equilibrium without a policy under `closure`; one list of links each
/// \error  of the solver and of its adjoint
[[nodiscard]] Result<Screen> adjoint_screen(equilibrium::TradeBase const& base,
                                            std::span<Candidate const> candidates,
                                            std::span<std::vector<DeniedLink> const> links,
                                            std::size_t target,
                                            equilibrium::Closure const& closure = {});

}  // namespace linchpin::leverage
