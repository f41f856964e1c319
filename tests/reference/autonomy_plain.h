// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "reference/equilibrium_plain.h"

/// The autonomy curve of docs/methods/localize.md, written to read like that page: plain loops,
/// differential equations by small steps, fixed points by repetition. The truth that the fast
/// version is compared with. Thresholds of users are uniform, there are no stocks, gates, yields or
/// public purchases, and makers are one.
namespace linchpin::reference::autonomy {

/// A year of what governments do.
struct Year {
  double production_subsidy = 0, purchase_subsidy = 0, tariff = 0, mandate = 0, discouragement = 0;
  double investment_subsidy = 0;  ///< of the cost of capacity
  double research = 1;            ///< effort, 1 is the norm
  double product_access = 1;      ///< to foreign goods
  double tool_access = 1;         ///< to foreign tools
};

struct Capacity {
  double installed = 0;
  std::vector<double> orders;  ///< [k] works after k + 1 years
};

struct Case {
  trade::World world;
  std::size_t line = 0, home = 0;
  double first_cost = 1, floor = 0, learning_rate = 0, tool_penalty = 0;
  double spillover_abroad = 0, foreign_made = 0;
  // Makers abroad: they learn from what they make, and from what is made at home.
  double foreign_rate = 0, foreign_floor = 0, foreign_years = 10, foreign_spillover = 0;
  double foreign_markup = 0, foreign_answer = 0;  ///< what they give up of it as they lose users
  double ceiling = 1e9;                           ///< of quality, share of the frontier
  double markup = 0, capital_share = 0, discount_rate = 0.08, research_share = 0.1;
  double catch_up = 0, own_growth = 0, frontier_growth = 0, control_effect = 0,
         quality_learning = 0;
  double quality_coefficient = 1, fear = 0;
  double lowest = 0, highest = 1;  ///< of minimum qualities
  double innovation = 0, imitation = 0;
  int lead_time = 1;  ///< at least 1 [years]
  double scrapping = 0, capital_cost = 1, lifetime = 10, utilisation = 1;
  double aimed_utilisation = 1;
  double hurdle_spread = 0;  ///< of investors, logistic on value over cost
  // Where it starts.
  double experience = 1, quality = 1;
  Capacity capacity;
  // The question.
  std::vector<Year> without, with;  ///< over years + cut_years − 1 years
  int years = 1, cut_years = 1;
  double leakage = 0, tool_control = 0, discount = 1;
  std::vector<double> horizon;  ///< multiplies θ in year h of a cut-off
};

struct Path {
  std::vector<double> welfare, home_share, unit_cost, quality, experience, exported;
};

struct Curve {
  Path without, with;
  std::vector<double> cost, loss_without, loss_with;
};

[[nodiscard]] Curve curve_of(Case const& each);

}  // namespace linchpin::reference::autonomy
