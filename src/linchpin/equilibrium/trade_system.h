// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/equilibrium/availability.h"
#include "linchpin/equilibrium/closure.h"
#include "linchpin/equilibrium/policy.h"
#include "linchpin/equilibrium/trade_base.h"
#include "linchpin/equilibrium/trade_parts.h"
#include "linchpin/equilibrium/wedges.h"

namespace linchpin::equilibrium {

/// Where a search stands and can go on from: logs over the base, and spending in its unit.
struct TradeState {
  /// Outer unknowns, in this order: ln of the income of each mobile factor by region, over its
  /// base (F·N); ln return of specific factors, industry by industry without padding (N·J or
  /// none); ln(1 + wedge) of each quota.
  std::vector<double> outer;
  DenseVector log_price;  ///< ln P̂, good; +inf: not to be had
  DenseVector spending;   ///< X', good
};

/// The equations of the model at given factor incomes: prices, then shares, then spending, then
/// what factors would have to earn. Holds the scratch of one search; not thread-safe.
///
/// Equations 1–6 of Caliendo & Parro (2015) in changes, with CES nests above the choice of origins.
class TradeSystem {
 public:
  /// Keeps references. Precondition: `check` of policy and closure holds.
  TradeSystem(TradeBase const& base, TradePolicy const& policy, Closure const& closure);
  TradeSystem(TradeBase const& base, TradePolicy const& policy, Closure&& closure) = delete;

  /// Takes over what changed in the policy: cells and goods of `sector`, nothing else.
  /// Preconditions: no quotas, no routes; the policy's arrays are given or not as before.
  /// \return false if the change opens or closes a way of trade: then build a new system
  [[nodiscard]] bool take_policy_of(std::size_t sector);
  /// The same for productivity and subsidies of all goods.
  void take_goods_of_policy();

  [[nodiscard]] TradeState start() const;
  [[nodiscard]] std::size_t mobile_unknowns() const noexcept { return mobile_ * grid_.regions; }
  [[nodiscard]] std::size_t specific_unknowns() const noexcept {
    return has_specific_ ? grid_.regions * grid_.sectors : 0;
  }
  [[nodiscard]] std::size_t unknowns() const noexcept {
    return mobile_unknowns() + specific_unknowns() + policy_.quotas.size();
  }

  /// Goods that are not to be had though someone cannot do without them ("CHN:C26"); empty: fine.
  [[nodiscard]] std::vector<std::string> const& lost_goods() const noexcept {
    return available_.lost;
  }

  /// Regions that still trade with each other; each part has its own numeraire.
  [[nodiscard]] TradeParts const& parts() const noexcept { return parts_; }
  /// Factor income of a part at the point, and in the base [unit per year].
  [[nodiscard]] double part_income(std::size_t part) const noexcept { return part_income_[part]; }

  /// Factor prices and quota wedges of `outer`; sets what the next steps rest on.
  void take_outer(std::vector<double> const& outer);
  /// Iterates ln P̂ until it changes by less than `tolerance`. \return sweeps, or 0: did not end
  std::size_t solve_prices(DenseVector& log_price, double tolerance);
  /// Shares at these prices (needed by all that follows).
  void take_shares(DenseVector const& log_price);
  /// Iterates X' until it changes by less than `tolerance` of world income. \return as above
  std::size_t solve_spending(DenseVector& spending, double tolerance);
  /// Output, incomes and factor demand of X'; writes the outer residual: ln(demand / income).
  void excess(DenseVector const& spending, std::vector<double>& residual);
  /// max |demand − income| of a factor market and excess of a quota, over incomes.
  [[nodiscard]] double gap(std::vector<double> const& residual) const;

  // What the last steps found, for those who read results or differentiate.
  [[nodiscard]] TradeBase const& base() const noexcept { return base_; }
  [[nodiscard]] TradePolicy const& policy() const noexcept { return policy_; }
  [[nodiscard]] Closure const& closure() const noexcept { return closure_; }
  [[nodiscard]] Wedges const& wedges() const noexcept { return wedges_; }

  /// Numbers at the last prices and spending; layouts of `Grid`.
  struct Numbers {
    DenseVector log_wage;           ///< mobile factors: f · N + n
    DenseVector log_value_added;    ///< price of value added, industry
    DenseVector log_cost;           ///< what the maker asks (after productivity and subsidy), good
    DenseVector log_unit_cost;      ///< before both, industry
    DenseVector log_materials;      ///< price of materials, industry
    DenseVector value_added_share;  ///< γ', industry
    DenseVector log_price;          ///< ln P̂ as industries see it: region, inputs along
    DenseVector material_price;     ///< exp((1−σ)(ln P̂ − shift)), industry layout (n, k)
    DenseVector material_factor;    ///< turns cost into demand for materials, industry
    DenseVector final_share;        ///< α', industry
    DenseVector log_final;          ///< ln P̂ of final spending, region
    DenseVector share;              ///< π', pair
    DenseVector kept_share;         ///< π' × kept, pair
    DenseVector exported_share;     ///< π' × export part, pair; empty: none at all
    DenseVector kept_of_spending;   ///< Σ_i π' kept, good (of the importer)
    DenseVector exported_of_spending;  ///< Σ_i π' export part, good (of the importer)
    DenseVector output;                ///< Y', good: what producers receive
    DenseVector cost_outlay;           ///< C = Y'/(1 − s), good: what they pay
    DenseVector export_revenue;        ///< of the exporter's government, good (of the exporter)
    DenseVector spending_power;        ///< I', region
    DenseVector tariff_revenue, export_tax_revenue, subsidy_outlay, factor_income,
        deficit;  ///< region
  };
  [[nodiscard]] Numbers const& numbers() const noexcept { return now_; }
  [[nodiscard]] double mobile_share(std::size_t f, std::size_t industry) const noexcept;
  [[nodiscard]] double specific_share(std::size_t industry) const noexcept;
  [[nodiscard]] std::size_t mobile_factors() const noexcept { return mobile_; }
  [[nodiscard]] double base_income(std::size_t f, std::size_t n) const noexcept {
    return base_mobile_[f * grid_.regions + n];
  }
  /// What mobile factor f earns in n at the point [unit per year].
  [[nodiscard]] double income_now(std::size_t f, std::size_t n) const noexcept;
  /// Factor groups: the mobile factors, and all specific ones of a region as one more.
  [[nodiscard]] std::size_t groups() const noexcept { return mobile_ + (has_specific_ ? 1 : 0); }
  [[nodiscard]] double group_share(std::size_t g, std::size_t industry) const noexcept {
    return g < mobile_ ? mobile_share(g, industry) : specific_share(industry);
  }
  [[nodiscard]] double group_income(std::size_t g, std::size_t n) const noexcept;
  [[nodiscard]] double group_slope(std::size_t g, std::size_t n) const noexcept {
    return g < mobile_ ? wage_slope(g, n) : 1.0;
  }
  /// d ln wage / d ln income of all mobile factors: changes where a floor begins or ends to bind.
  [[nodiscard]] std::vector<double> const& wage_slopes() const noexcept { return slope_; }
  [[nodiscard]] double specific_income_now(std::size_t n, std::size_t j) const noexcept;
  [[nodiscard]] bool quota_binds(std::size_t quota) const noexcept;
  [[nodiscard]] Availability const& available() const noexcept { return available_; }
  [[nodiscard]] bool has_tariffs() const noexcept { return has_tariffs_; }
  [[nodiscard]] double base_world_spending() const noexcept { return base_world_spending_; }
  [[nodiscard]] double material_shift(std::size_t n) const noexcept { return material_shift_[n]; }
  /// d ln wage / d ln income of mobile factor f in n: 0 where the floor binds.
  [[nodiscard]] double wage_slope(std::size_t f, std::size_t n) const noexcept {
    return slope_[f * grid_.regions + n];
  }
  [[nodiscard]] double subsidy(std::size_t good) const noexcept {
    return policy_.subsidy.empty() ? 0.0 : policy_.subsidy[good];
  }
  /// One sweep of costs and prices, from and to ln P̂ (the map whose fixed point is sought).
  void price_sweep(DenseVector const& from, DenseVector& to);
  /// One sweep of spending.
  void spending_sweep(DenseVector const& from, DenseVector& to);

 private:
  void take_goods(std::size_t sector);
  [[nodiscard]] bool has_buyer(std::size_t j, std::size_t i) const noexcept;
  void costs_of_region(std::size_t n);
  void prices_of_sector(std::size_t j, double* log_price);
  void shares_of_sector(std::size_t j);
  void outputs_of(DenseVector const& spending);
  void incomes_of(DenseVector const& spending);
  void quota_wedges(std::vector<double> const& outer);
  void quota_excess(DenseVector const& spending, std::vector<double>& residual) const;

  TradeBase const& base_;
  TradePolicy const& policy_;
  Closure const& closure_;
  Grid grid_;
  Wedges wedges_;
  std::size_t mobile_ = 1;
  bool has_specific_ = false;
  std::vector<double> base_mobile_;    ///< f · N + n
  std::vector<double> base_specific_;  ///< industry without padding
  std::vector<double> slope_;
  std::vector<double> outer_;
  Availability available_;
  TradeParts parts_;
  std::vector<double> part_base_, part_income_;
  double base_world_spending_ = 0;
  std::vector<double> base_scale_;  ///< region: what spending is measured in while it is solved for
  bool has_tariffs_ = false;
  Numbers now_;
  DenseVector log_shift_;       ///< good: ln(1 − s) − ln A
  DenseVector material_shift_;  ///< region: subtracted from ln P before powers are taken
  // Scratch: one row of sectors or regions, or one array of goods.
  DenseVector row_, more_, power_, total_, mapped_;
  DenseVector quota_kept_, quota_weight_, quota_export_;  ///< without the wedges, by quota
};

}  // namespace linchpin::equilibrium
