// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/equilibrium/closure.h"
#include "linchpin/equilibrium/flows.h"
#include "linchpin/equilibrium/solve.h"
#include "linchpin/equilibrium/trade_base.h"

namespace linchpin::equilibrium {

/// Final spending by region and sector, α I [unit per year]. Layout: industry.
[[nodiscard]] DenseVector final_demand_of(TradeBase const& base);

/// A world whose final users spend what they are told to.
struct DemandResponse {
  /// The base with the new final shares and deficits: shares of origins, costs and values are those
  /// of before. Welfare against it means nothing; flows and prices do.
  TradeBase base;
  Equilibrium found;
  std::size_t rounds = 0;  ///< searches until spending was met
  double gap = 0;  ///< largest difference of final spending from what was told, over world income
};

/// The equilibrium in which regions spend in the proportions of `demand`: final shares are taken
/// from it, and deficits are what lets each region spend its part of the world's final spending.
/// Only proportions count; results are in the numeraire (world factor income unchanged).
///
/// \param demand  final spending by region and sector, any unit. Layout: industry
/// \error size_mismatch, bad_value  an array that does not fit; negative or non-finite numbers; a
///                                  region that spends nothing
/// \error not_converged, cancelled, and those of `solve`
[[nodiscard]] Result<DemandResponse> respond_to_demand(TradeBase const& base,
                                                       DenseVector const& demand,
                                                       Closure const& closure = {},
                                                       SolveOptions const& options = {},
                                                       RunControl const& control = {});

/// The same without any price: shares of origins and inputs in cost stay as they are (Leontief's
/// demand model in values). What the equilibrium adds to this is its own part of a prediction.
/// \error size_mismatch, bad_value  as above
/// \error not_converged
[[nodiscard]] Result<Flows> flows_at_base_prices(TradeBase const& base, DenseVector const& demand);

}  // namespace linchpin::equilibrium
