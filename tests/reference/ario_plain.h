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
  std::vector<std::vector<double>> received;      ///< by seller and buying industry
  std::vector<std::vector<double>> final_use;     ///< delivered, by seller and region
  std::vector<std::vector<double>> stock_before;  ///< Ω at the start, by product and industry
  std::vector<std::vector<double>> stock_after;   ///< Ω at the end [unit per year times days]
};

struct PlainPath {
  std::vector<double> base_output;              ///< x(0)
  std::vector<std::vector<double>> base_use;    ///< A^S x(0), by product and industry
  std::vector<std::vector<double>> base_final;  ///< y, by seller and region
  std::vector<PlainDay> days;
};

/// The inventory model as docs/methods/disrupt.md writes it: every order, delivery and stock an
/// own number, one loop per equation, nothing fused. Slow; the truth fast code is compared with.
///
/// The baseline is taken as it is: final use without inventory changes, negative cells left out;
/// the caller's table must have no negative value added.
[[nodiscard]] PlainPath simulate_plainly(Economy const& economy, Scenario const& scenario,
                                         disrupt::ModelOptions const& options);

}  // namespace linchpin::reference
