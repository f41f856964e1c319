// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/equilibrium/trade_base.h"

namespace linchpin::equilibrium {

/// Who receives the difference between what a rationed good costs and what it is worth.
enum class QuotaRents { exporter, importer, nobody };

/// Real deliveries of `sector` from `exporter` to `importer` may not exceed `limit` times those of
/// the base. A wedge of 0 or more on the price makes it so; its rents are worth the wedge.
struct Quota {
  std::size_t sector = 0;
  std::size_t importer = 0;
  std::size_t exporter = 0;
  double limit = 1;  ///< > 0, relative to the quantity of the base
  QuotaRents rents = QuotaRents::exporter;
};

/// Goods of `exporter` reach `importer` by way of `via`, where they are declared anew: they pay
/// the duties and carry the transport costs of the two legs instead of those of the direct way, and
/// a ban of the direct way does not stop them.
struct Route {
  std::size_t sector = 0;
  std::size_t importer = 0;
  std::size_t exporter = 0;
  std::size_t via = 0;
  double cost = 1;  ///< factor on the price beside those of the legs, >= 1; lost on the way
  double share =
      0;  ///< weight of the detour in the base taste for the good, 0…1; the rest is direct
};

enum class DeficitRule {
  keep,                   ///< D in units of the numeraire, which is world factor income
  scale_to_world_income,  ///< D as a share of world spending
  zero,                   ///< none
};

/// A world with other tariffs, costs, bans. Levels, not changes, in the layouts of `Grid`; an empty
/// array stands for the base: tariffs as they are, nothing else.
struct TradePolicy {
  DenseVector tariff;        ///< t, pair: ad valorem on the value at the border, > −1
  DenseVector export_tax;    ///< e, pair: ad valorem on the producer's price, > −1
  DenseVector iceberg;       ///< d, pair: factor on trade costs, > 0
  DenseVector availability;  ///< m, pair: 0 banned … 1 as before
  DenseVector productivity;  ///< A, good: factor, > 0
  DenseVector quality;       ///< q, good (of the exporter): worth a price divided by it, > 0
  DenseVector subsidy;       ///< s, good: share of cost the maker's government pays, < 1
  std::vector<Quota> quotas;
  std::vector<Route> routes;
  DeficitRule deficits = DeficitRule::keep;
};

/// Ready to be filled: `array` with one number per cell, all of them `value`, unless it is filled.
void fill_pairs(DenseVector& array, Grid const& grid, double value);
void fill_goods(DenseVector& array, Grid const& grid, double value);
/// `policy.tariff` filled with those of the base, unless it is filled.
void fill_tariffs(TradePolicy& policy, TradeBase const& base);

/// Sizes and ranges of the arrays, labels of quotas and routes; all findings at once.
/// \error size_mismatch, bad_value, unknown_label
[[nodiscard]] Result<void> check(TradePolicy const& policy, TradeBase const& base);

/// The policy `part` of the way from the base: ln(1 + t), ln(1 + e), ln d, ln A, ln q, s and the
/// logs of quota limits move in proportion, as do m and the shares of routes themselves.
[[nodiscard]] TradePolicy part_of(TradePolicy const& policy, TradeBase const& base, double part);

}  // namespace linchpin::equilibrium
