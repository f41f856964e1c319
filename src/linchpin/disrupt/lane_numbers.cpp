// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/lane_numbers.h"

#include <algorithm>
#include <cmath>

namespace linchpin::disrupt {

LaneNumbers::LaneNumbers(IndustrySpace const& space, std::span<Run const> runs)
    : lanes(runs.size()), plain_weight(space.sectors(), true) {
  auto const products = space.sectors();
  for (std::size_t p = 0; p < products; ++p) {
    for (auto const& run : runs) {
      auto const& options = *run.options;
      double const target = options.inventory_days[p];
      goal.push_back(target);
      days.push_back(std::isinf(target) ? 0.0 : target);
      // Stocks are used before the day's deliveries arrive, so one day of use is always needed.
      bool const slows = options.production == Production::ario && std::isfinite(target);
      cover.push_back(slows ? std::max(1.0, options.psi * target) : 1.0);
      auto const& ceilings = options.overproduction_by_product;
      ceiling.push_back(ceilings.empty() ? options.overproduction_max : ceilings[p]);
      auto const& exponents = options.resourcing_elasticity;
      exponent.push_back(exponents.empty() ? 1.0 : exponents[p]);
      if (exponent.back() != 1) plain_weight[p] = false;
    }
  }
  for (auto const& run : runs) {
    restock.push_back(1 / run.options->tau_inventory_days);
    pace.push_back(1 / run.options->tau_overproduction_days);
    hire.push_back(run.options->labour.hire_days);
    fire.push_back(run.options->labour.fire_days);
  }
}

}  // namespace linchpin::disrupt
