// SPDX-License-Identifier: Apache-2.0
#pragma once

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
};

[[nodiscard]] char const* to_string(OrderRule rule) noexcept;

/// Parameters of the inventory model. Days are calendar days, one step is one day.
struct ModelOptions {
  double psi = 0.8;                  ///< share of the target stock below which output falls
  DenseVector inventory_days;        ///< target per product (sector); see default_inventory_days
  double tau_inventory_days = 60;    ///< time to close a gap in stocks
  double overproduction_max = 1.25;  ///< ceiling of capacity, 1 = none
  double tau_overproduction_days = 365;  ///< time to reach the ceiling
  OrderRule order_rule = OrderRule::reweighted;
  int days = 365;                     ///< days simulated, numbered 0 … days - 1
  double recovery_threshold = 0.999;  ///< a region has recovered at this share of baseline output
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

}  // namespace linchpin::disrupt
