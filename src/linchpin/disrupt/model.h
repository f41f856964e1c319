// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/economy/economy.h"
#include "linchpin/economy/scenario.h"

namespace linchpin::disrupt {

/// How buyers split the order of a product over its suppliers.
enum class OrderRule {
  fixed,       ///< base-year shares, whatever happens to a supplier
  reweighted,  ///< shares weighted by suppliers' relative output and by what they still book
  available,   ///< the same with what suppliers could make: capacity and stocks, not orders
};

/// What the stocks of inputs allow an industry to make.
enum class Production {
  ario,               ///< falls as soon as a stock is below psi times its target (Hallegatte 2014)
  leontief,           ///< every input is needed; only a stock-out binds
  strongly_critical,  ///< critical and important inputs are (Pichler et al. 2022)
  half_critical,      ///< important inputs limit half of output
  weakly_critical,    ///< only critical inputs are needed
  linear,             ///< inputs replace each other: their total is needed
};

/// Who is served when a seller cannot deliver all that was ordered.
enum class Rationing {
  proportional,             ///< every client the same share
  intermediate_first,       ///< industries before final users
  domestic_first,           ///< clients at home before clients abroad
  largest_first,            ///< clients in the order of their purchases in the baseline
  smallest_relative_first,  ///< industries level by order over baseline (Inoue & Todo), then others
  random,                   ///< clients in an order drawn anew each day
  government_first,         ///< final use by governments, then everybody else
};

/// What an industry orders.
enum class OrderBase {
  production,  ///< what it used, and the gap to a target that moves with output (Hallegatte 2014)
  demand,  ///< what yesterday's demand needs, and the gap to the baseline target (Pichler et al.)
};

[[nodiscard]] char const* to_string(OrderRule rule) noexcept;
[[nodiscard]] char const* to_string(Production production) noexcept;
[[nodiscard]] char const* to_string(Rationing rationing) noexcept;
[[nodiscard]] char const* to_string(OrderBase base) noexcept;

/// Days a delivery is under way, between all industries and users of two regions.
struct TransportDelay {
  RegionId seller;
  RegionId buyer;
  int days = 0;
};

/// Labour as a limit of capacity (Pichler et al. 2022): hired and fired towards what is needed.
struct LabourOptions {
  bool active = false;
  double hire_days = 30;
  double fire_days = 15;
};

/// Households that adjust their use to income (Muellbauer 2020, as in Pichler et al. 2022).
struct ConsumptionOptions {
  bool active = false;
  double persistence = 0.6;  ///< of consumption over a quarter
  double replacement = 0.8;  ///< share of lost labour income that is replaced
};

/// Up to `share` of what is needed of `product` can be replaced by as much money's worth of `by`.
struct Substitution {
  SectorId product;
  SectorId by;
  double share = 0;
};

/// Parameters of the inventory model. Days are calendar days, one step is one day.
struct ModelOptions {
  Production production = Production::ario;
  Rationing rationing = Rationing::proportional;
  OrderBase order_base = OrderBase::production;
  double psi = 0.8;                  ///< share of the target stock below which output falls
  DenseVector inventory_days;        ///< target per product (sector); see default_inventory_days
  double tau_inventory_days = 60;    ///< time to close a gap in stocks
  double overproduction_max = 1.25;  ///< ceiling of capacity, 1 = none
  double tau_overproduction_days = 365;  ///< time to reach the ceiling
  /// Ceiling per product instead of `overproduction_max`; empty: that one for all.
  DenseVector overproduction_by_product = {};
  OrderRule order_rule = OrderRule::reweighted;
  /// Exponent of suppliers' weights per product: 0 keeps shares, 1 follows them; empty: 1 for all.
  DenseVector resourcing_elasticity = {};
  /// How critical product p (row) is to sector q (column): 0 not, 0.5 important, 1 critical; empty:
  /// all critical. Unused by ario, leontief and linear.
  DenseMatrix criticality = {};
  /// One per product at most; unused by linear.
  std::vector<Substitution> substitutions = {};
  /// Most of its purchases of a product that a buyer moves between suppliers in a day; +infinity:
  /// overnight. Any other value keeps one number per pair of industries.
  double switching_speed = std::numeric_limits<double>::infinity();
  double switching_cost = 0;  ///< of the purchases moved, booked as a loss of the buyer
  std::vector<TransportDelay> delays = {};
  LabourOptions labour = {};
  ConsumptionOptions consumption = {};
  double capital_per_value_added = 4;  ///< years of value added in the capital stock
  std::uint64_t rationing_seed = 0;    ///< of Rationing::random
  int days = 365;                      ///< days simulated, numbered 0 … days - 1
  double recovery_threshold = 0.999;   ///< a region has recovered at this share of baseline output
};

/// Goods 90 days, services 3 days, in the order of the sectors of `space`.
[[nodiscard]] DenseVector default_inventory_days(IndustrySpace const& space, double goods = 90,
                                                 double services = 3);

/// What was done to the published table to get a baseline without negative flows [unit per year].
struct BaselineReport {
  double inventory_changes_moved = 0;   ///< sum of |cells| of inventory-change categories left out
  double negative_final_use_moved = 0;  ///< sum of |other negative cells| left out
  std::size_t industries_scaled = 0;    ///< industries whose inputs exceeded their output
  double inputs_scaled_away = 0;        ///< inputs removed from them, so value added is zero
  double total_moved = 0;               ///< sum of the three amounts
  double share_of_output = 0;           ///< total_moved over world output
};

/// What the events of a scenario can touch, in their order [unit per year]: zero means that an
/// event does nothing, which is nearly always a mistake of the user's.
struct EventReach {
  std::vector<double> cuts;             ///< baseline flows under the cut, exemptions taken out
  std::vector<double> capacity_losses;  ///< baseline output of the industries named
};

/// First day on which an industry could not make what was ordered for want of a product.
struct Shortage {
  IndustryId industry;
  SectorId product;  ///< input that bound first
  int first_day = 0;
  double lowest_inventory_days = 0;  ///< least stock of that product, in days of baseline use
  int lowest_inventory_day = 0;
};

/// One simulated path. Money is in the table's unit; flows are per day.
struct Path {
  int days = 0;
  // Over time; one row per industry or region, one column per day.
  DenseMatrix output_relative;      ///< n x days, 1 = baseline; 1 where baseline output is zero
  DenseMatrix region_output;        ///< regions x days, share of baseline
  DenseMatrix region_value_added;   ///< regions x days, share of baseline
  DenseMatrix region_final_use;     ///< regions x days, share of baseline
  DenseMatrix final_use_relative;   ///< (regions * sectors) x days, by buyer region and product
  DenseMatrix inventory_days_left;  ///< regions x sectors: least stock over the path, in days of
                                    ///< baseline use, of the worst user of the product there;
                                    ///< +infinity where nobody needs a stock of it
  // Baseline [unit per day], what the shares and losses refer to.
  DenseVector output_baseline;  ///< n
  DenseVector region_output_baseline, region_value_added_baseline, region_final_use_baseline;
  // Losses against baseline summed over the days simulated (positive = loss).
  DenseVector output_loss, output_loss_pct;                ///< n
  DenseVector region_output_loss, region_output_loss_pct;  ///< regions
  DenseVector region_value_added_loss, region_value_added_loss_pct;
  DenseVector region_final_use_loss, region_final_use_loss_pct;
  DenseVector value_added_loss;  ///< n [unit]
  DenseVector
      unmet_demand;  ///< n: orders, final use and rebuilding booked and not delivered [unit]
  DenseVector region_switching_cost;  ///< regions [unit]; empty without a switching cost
  std::vector<double> reserves_left;  ///< of each reserve, in days of baseline use
  double world_output_loss_pct = 0, world_value_added_loss_pct = 0, world_final_use_loss_pct = 0;
  std::vector<Shortage> shortages;  ///< by first_day, then industry
  /// Last day below the threshold + 1; 0 if never below, empty if still below at the end.
  std::vector<std::optional<int>> region_recovery_day;
  BaselineReport baseline;
  EventReach reach;
};

/// Simulates `scenario` day by day with the inventory model of Hallegatte (2014), in the order of
/// docs/methods/disrupt.md.
///
/// \error bad_value   an option is out of range (all of them reported at once)
/// \error not_finite  the model left the finite numbers (with day and industry)
/// \error cancelled   `control.cancel` was set
[[nodiscard]] Result<Path> simulate(Economy const& economy, Scenario const& scenario,
                                    ModelOptions const& options, RunControl const& control = {});

/// One run of a block.
struct Run {
  Scenario const* scenario = nullptr;
  ModelOptions const* options = nullptr;
};

/// What an ensemble keeps of a path.
struct Summary {
  DenseMatrix region_output, region_value_added,
      region_final_use;  ///< regions x days, 1 = baseline
  /// Per cent of baseline over the days simulated; one entry per region, then the world.
  DenseVector output_loss_pct, value_added_loss_pct, final_use_loss_pct;
};

/// The same model for many runs at once: each pass over the matrix of flows serves a whole block of
/// runs (`block`, 0: chosen by size), blocks go over the threads. A run has the bits it would have
/// alone. All runs share days, production, rationing, order base, order rule, delays and switching
/// speed; the numbers may differ.
///
/// \return one result per run, in their order; a run that fails says why and spoils no other
/// \error size_mismatch  runs differ where they must not
/// \error cancelled      `control.cancel` was set
[[nodiscard]] Result<std::vector<Result<Summary>>> simulate_block(Economy const& economy,
                                                                  std::vector<Run> const& runs,
                                                                  RunControl const& control = {},
                                                                  std::size_t block = 0);

}  // namespace linchpin::disrupt
