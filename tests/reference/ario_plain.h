// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "linchpin/disrupt/model.h"
#include "linchpin/economy/economy.h"
#include "linchpin/economy/scenario.h"

namespace linchpin::reference {

/// What the plain model did on one day; money in yearly rates of the table's unit.
struct PlainDay {
  std::vector<double> output;                     ///< x^a by industry
  std::vector<double> optimal;                    ///< x^Opt by industry
  std::vector<double> demand;                     ///< d: what was booked, by industry
  std::vector<std::vector<double>> ordered;       ///< of the evening before, by product and buyer
  std::vector<std::vector<double>> sent;          ///< made and handed over, by seller and buyer
  std::vector<std::vector<double>> final_sent;    ///< the same, by seller and region
  std::vector<std::vector<double>> received;      ///< arrived, by seller and buying industry
  std::vector<std::vector<double>> final_use;     ///< arrived, by seller and region
  std::vector<std::vector<double>> stock_before;  ///< Ω at the start, by product and industry
  std::vector<std::vector<double>> stock_after;   ///< Ω at the end [unit per year times days]
  std::vector<double> rebuilding_ordered;         ///< by seller
  std::vector<double> rebuilding_delivered;       ///< by seller
  std::vector<double> damage;                     ///< left of each loss of capital [unit], evening
  std::vector<double> released;                   ///< from each reserve [days of base use]
  std::vector<double> reserves_left;              ///< days of base use, in the evening
  std::vector<double> workers;                    ///< λ by industry, in the evening
  std::vector<double> spending;                   ///< c_r of households by region
  std::vector<double> replaced;  ///< by industry: inputs that a substitute stood in for
  std::vector<double> switched;  ///< purchases moved, by region of the buyer
};

struct PlainPath {
  std::vector<double> base_output;              ///< x(0)
  std::vector<std::vector<double>> base_use;    ///< A^S x(0), by product and industry
  std::vector<std::vector<double>> base_final;  ///< y, by seller and region
  std::vector<PlainDay> days;
};

/// The inventory model as docs/methods/disrupt.md and disrupt-options.md write it: every order,
/// delivery and stock an own number, one loop per equation, nothing fused. Slow; the truth fast
/// code is compared with.
///
/// The baseline is taken as it is: final use without inventory changes, negative cells left out;
/// the caller's table must have no negative value added.
[[nodiscard]] PlainPath simulate_plainly(Economy const& economy, Scenario const& scenario,
                                         disrupt::ModelOptions const& options);

}  // namespace linchpin::reference
