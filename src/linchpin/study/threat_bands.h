// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <vector>

#include "linchpin/results/standoff_answer.h"
#include "linchpin/sampling/quantiles.h"

namespace linchpin::study {

/// A central number with its 5 %, 50 % and 95 % quantiles over draws; without draws none.
[[nodiscard]] inline Band band_over(double central, std::vector<double> draws) {
  Band band{central, {}, {}, {}};
  if (draws.empty()) return band;
  std::sort(draws.begin(), draws.end());
  band.p05 = sampling::sorted_quantile(draws, 0.05);
  band.p50 = sampling::sorted_quantile(draws, 0.5);
  band.p95 = sampling::sorted_quantile(draws, 0.95);
  return band;
}

}  // namespace linchpin::study
