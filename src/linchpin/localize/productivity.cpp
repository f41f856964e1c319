// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/productivity.h"

#include <cmath>
#include <limits>

#include "linchpin/core/contracts.h"
#include "linchpin/localize/number_check.h"

namespace linchpin::localize {

double ComputeStock::total() const {
  double sum = 0;
  for (auto const& each : vintages) sum += each.compute;
  return sum;
}

ComputeStock next_stock(ComputeStock stock, double added, double years) {
  LINCHPIN_EXPECTS(added >= 0 && years >= 0 && stock.lifetime > 0);
  constexpr double rounding = 1e-9;  // ages are sums of steps
  if (added > 0) stock.vintages.push_back({added, 0});
  for (auto& each : stock.vintages) each.age += years;
  std::erase_if(stock.vintages,
                [&](auto const& each) { return each.age >= stock.lifetime - rounding; });
  return stock;
}

Result<void> check(ProductivityGain const& gain, std::string const& where) {
  constexpr double unbounded = std::numeric_limits<double>::infinity();
  NumberCheck numbers(where);
  numbers.between("most", gain.most, 0, 100);
  numbers.above("half_compute", gain.half_compute, 0);
  numbers.between("lag", gain.lag, 0, unbounded);
  return numbers.result();
}

double long_run_gain(ProductivityGain const& gain, double compute_per_worker, double adoption) {
  LINCHPIN_EXPECTS(compute_per_worker >= 0 && adoption >= 0 && adoption <= 1);
  return gain.most * adoption * compute_per_worker / (compute_per_worker + gain.half_compute);
}

double next_gain(ProductivityGain const& gain, double now, double long_run, double years) {
  LINCHPIN_EXPECTS(years >= 0);
  if (gain.lag == 0) return long_run;
  return long_run + (now - long_run) * std::exp(-years / gain.lag);
}

}  // namespace linchpin::localize
