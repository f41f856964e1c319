// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/equilibrium/policy.h"
#include "linchpin/equilibrium/trade_base.h"
#include "linchpin/localize/coupled_economy.h"

namespace linchpin::localize {

/// Puts the wedges into `wedges` under which shares of the line at home are those of
/// `asked.outcome` when its prices are `prices`: cells and goods of the line, all others stay.
/// \param base  at θ of the horizon
void set_wedges(CoupledCase const& each, equilibrium::TradeBase const& base, Asked const& asked,
                LinePrices const& prices, equilibrium::TradePolicy& wedges);

}  // namespace linchpin::localize
