// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/equilibrium/policy.h"
#include "linchpin/equilibrium/solve.h"
#include "linchpin/equilibrium/trade_base.h"

namespace linchpin::equilibrium {

/// What a policy does to one region. Per cent of the base unless said; "exact" is the change in
/// final spending over that of its price index, Î/P̂ − 1. Money in the unit of the base, and in the
/// numeraire (world factor income unchanged).
struct RegionOutcome {
  double welfare_exact = 0;
  double welfare_log = 0;           ///< 100 ln(Î/P̂)
  double equivalent_variation = 0;  ///< (Î/P̂ − 1) I  [unit per year]
  /// First order at the weights of the base, with changes in per cent: the published convention.
  /// It differs from the exact change by the curvature of large policies.
  double welfare_first_order = 0;
  double terms_of_trade = 0;
  double volume_of_trade = 0;
  /// The same formula with true logs; empty where a flow vanishes, whose log is not finite.
  std::optional<double> welfare_first_order_log, terms_of_trade_log, volume_of_trade_log;
  double real_wage = 0;  ///< of the first mobile factor; 0 where none moves
  double consumer_prices = 0;
  double income = 0;                ///< nominal final spending
  double imports = 0, exports = 0;  ///< value at the border
  double employment = 0;
  double tariff_revenue = 0, tariff_revenue_base = 0;  ///< [unit per year]
  double export_revenue = 0;  ///< export taxes, and quota rents of the exporter  [unit per year]
  double subsidies = 0;       ///< [unit per year]
};

/// \pre `found` solves `base` under `policy`
[[nodiscard]] std::vector<RegionOutcome> outcomes(TradeBase const& base, TradePolicy const& policy,
                                                  Equilibrium const& found);

/// Real output of industries over the base: value over price; 1 where nothing is made. Layout:
/// good.
[[nodiscard]] DenseVector real_output(TradeBase const& base, Equilibrium const& found);

/// Value at the border (net of tariffs, export taxes included) that `importer` buys from
/// `exporter`: before and after [unit per year].
struct Flow {
  double before = 0;
  double after = 0;
};
[[nodiscard]] Flow flow_at(TradeBase const& base, TradePolicy const& policy,
                           Equilibrium const& found, std::size_t sector, std::size_t importer,
                           std::size_t exporter);

/// How an exporter's price and share abroad change, one row per good (of the exporter).
struct Undercut {
  double price = 0;         ///< per cent, what its maker asks
  double share_before = 0;  ///< of what all other regions spend on the sector
  double share_after = 0;
};
[[nodiscard]] std::vector<Undercut> undercuts(TradeBase const& base, Equilibrium const& found);

}  // namespace linchpin::equilibrium
