// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/equilibrium/closure.h"
#include "linchpin/equilibrium/policy.h"
#include "linchpin/equilibrium/trade_base.h"

namespace linchpin::equilibrium {

/// Why the welfare of one region changes: parts of 100 ln(Î/P̂), summed along the path on which the
/// policy grows from nothing.
struct WelfareParts {
  double terms_of_trade = 0;   ///< prices of what it sells and buys at the border
  double volume_of_trade = 0;  ///< taxed imports and exports times the wedge of their taxes
  double trade_costs = 0;      ///< iceberg costs of what it buys
  double technology = 0;       ///< productivity of its industries, quality of what it buys
  double variety = 0;          ///< origins that bans take away
  double subsidies = 0;        ///< output moved by subsidies times their wedge
  double employment = 0;       ///< people in or out of work where wages have a floor
  double transfers = 0;        ///< change of the deficit
  double total = 0;            ///< 100 ln(Î/P̂) at the end of the path, exactly
  double rest = 0;  ///< total minus the parts: quadrature, and what detours and wasted quotas cost
};

/// The parts for every region. Along the path the first-order formula is exact: I d ln W is
///   Σ E d ln b − Σ M d ln b (border prices b, exports E, imports M at them), plus
///   Σ τ M (d ln M − d ln b) and the same for export taxes, less M d ln d, plus C d ln A + Xπ d ln q,
///   plus Xπ/θ d ln m, less s C (d ln C − d ln c), plus w d L, plus d D.
/// Trapezoids over `steps` and over half as many, extrapolated (Richardson).
///
/// \param steps  even, >= 2
/// \error as `solve`
/// Source: Caliendo & Parro (2015), equation 17, which is this formula at the base.
[[nodiscard]] Result<std::vector<WelfareParts>> decompose(TradeBase const& base,
                                                          TradePolicy const& policy,
                                                          Closure const& closure = {},
                                                          std::size_t steps = 16,
                                                          RunControl const& control = {});

}  // namespace linchpin::equilibrium
