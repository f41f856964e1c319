// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/localize/capacity.h"

namespace linchpin::localize {

/// A country that supplies most of the world's market of a raw material limits its exports. All
/// quantities are in units of what users outside the country bought per year before, money in units
/// of the price before per unit.
struct QuotaCase {
  /// Exports allowed in years 1, 2, …, in units of exports before; empty: no limit.
  std::vector<std::optional<double>> quota;
  double others = 0.05;          ///< share of others in what users outside bought, before, (0, 1)
  double leakage = 0;            ///< share of what the quota takes away that gets through, [0, 1]
  double demand_growth = 0;      ///< outside, at an unchanged price [per year, logarithmic]
  double elasticity_now = 0.25;  ///< of demand within the year, above 0
  double elasticity_later = 1;   ///< in the long run, at least elasticity_now
  double adjustment = 0.3;       ///< share of the way to the long run gone per year, [0, 1]
  double stock_building = 0;     ///< in the first year of the quota, in years of use, >= 0
  CapacityTerms mines;           ///< of others
  double operating_cost = 1;     ///< of others' new mines, per unit
  double discount_rate = 0.12;   ///< of who invests in them
  double home_use = 1;           ///< the country's own use before, in units of its exports
  double home_growth = 0;        ///< of it [per year, logarithmic]
};

struct QuotaYear {
  double price = 1;         ///< over the price before
  double exports = 0;       ///< of the controlling country, leakage included
  double others = 0;        ///< made by others
  double import_share = 0;  ///< of the controlling country in what is sold outside
  double mine_share = 0;    ///< of it in world production
};

/// Years 0 (before), 1, 2, … of the market outside. The price clears it and does not fall below
/// that before, at which the country would sell any amount. Demand is
///   D = exp(growth t) p^{-ε_now} exp(-(ε_later - ε_now) a),  a' = a + adjustment (ln p - a)
/// (partial adjustment, Nerlove 1958). Others sell what their capacity allows, new mines only above
/// their operating cost. Investors are naive as in one_period(): they expect today's price, and
/// order what the quota leaves unserved at the price before if that pays (capacity.h); capacity
/// works after its lead time.
/// \error bad_value  all numbers out of range
[[nodiscard]] Result<std::vector<QuotaYear>> quota_path(QuotaCase const& control);

}  // namespace linchpin::localize
