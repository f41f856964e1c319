// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/equilibrium/grid.h"
#include "linchpin/table/table.h"
#include "linchpin/table/trade_accounts.h"

namespace linchpin::equilibrium {

/// The world before a policy: shares and values of a multi-sector trade model (Caliendo & Parro
/// 2015). Regions n (importer), i (exporter); sectors j (user), k (input). Layouts: `Grid`.
struct TradeBase {
  Grid grid;
  std::string title;
  std::string source;
  int year = 0;
  MonetaryUnit unit;
  std::vector<std::string> regions;
  std::vector<std::string> sectors;

  DenseVector share;        ///< π, pair: share of origin i in what n spends on j, tariffs included
  DenseVector tariff;       ///< τ, pair: ad valorem; empty: none anywhere
  DenseVector value_added;  ///< γ, industry: share of value added in cost
  DenseVector input;        ///< γ^{k,j}, input: share of input k in the cost of j; 1 − γ in all
  DenseVector final_share;  ///< α, industry: share of sector k in the final spending of n
  DenseVector expenditure;  ///< X, good: what n spends on j, tariffs included [unit per year]
  DenseVector output;       ///< Y, good: sales of j made in n before tariffs [unit per year]
  DenseVector factor_income;  ///< wL, region: Σ_j γ Y [unit per year]
  DenseVector deficit;        ///< D, region: imports − exports; sums to 0 [unit per year]
  DenseVector theta;          ///< θ, sector: trade elasticity > 0
  std::vector<std::string> adjustments;  ///< what was mended in the data, in words
  /// Largest gap between spending and what shares and incomes imply, over world income; a base of
  /// raw data is off where final use had to be clipped.
  double inconsistency = 0;

  [[nodiscard]] double world_income() const noexcept;  ///< Σ wL [unit per year]
  /// Final spending of region n: wL + tariff revenue + D [unit per year].
  [[nodiscard]] double final_spending(std::size_t n) const noexcept;
  [[nodiscard]] double tariff_at(std::size_t pair) const noexcept {
    return tariff.empty() ? 0.0 : tariff[pair];
  }
};

/// Shares and values of the accounts.
///
/// X = trade (1 + τ) by importer; a good a region neither makes nor buys is its own (π_nn = 1);
/// final spending is the rest of X after materials, negative rests become 0 and are listed.
///
/// \param theta  one per sector, > 0; empty: those of the accounts
/// \error size_mismatch, bad_value  arrays that do not fit the labels; negative or non-finite
///                                  numbers; shares above 1; all findings at once
/// \error missing_value             no elasticities at all
/// Source: Caliendo & Parro (2015), Review of Economic Studies 82(1), section 4.
[[nodiscard]] Result<TradeBase> calibrate(TradeAccounts const& accounts,
                                          DenseVector const& theta = {});

/// The accounts a base stands for; `calibrate` of them gives the base again.
[[nodiscard]] TradeAccounts accounts_of(TradeBase const& base);

}  // namespace linchpin::equilibrium
