// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/disrupt/model.h"

namespace linchpin::disrupt {

/// How long stocks of one product carry the industries of a region through a scenario.
struct Survival {
  SectorId product;
  /// First day on which one of them falls short of it with the stocks given; empty: not in time.
  std::optional<int> first_shortage_day;
  /// Fewest whole days of target stock with which none does; empty: most_survival_days are not
  /// enough.
  std::optional<int> days_needed;
};

/// Longest stock that is tried [days].
inline constexpr int most_survival_days = 3'650;

/// Days of stock needed to survive options.days days of `scenario`: for each product, alone, the
/// target stock of all its buyers is changed and the scenario run again, by bisection over whole days.
/// "Falls short of it" is a Shortage of the product, the input that binds an industry first. A longer
/// stock is taken to be no worse, which holds unless a breakdown starts elsewhere.
///
/// \error bad_value, not_finite, cancelled  as simulate()
[[nodiscard]] Result<std::vector<Survival>> survival(Economy const& economy,
                                                     Scenario const& scenario,
                                                     ModelOptions const& options, RegionId region,
                                                     std::vector<SectorId> const& products,
                                                     RunControl const& control = {});

}  // namespace linchpin::disrupt
