// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/productivity.h"

#include <algorithm>
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

Result<void> check(ComputeUse const& use, std::string const& where) {
  ErrorList errors;
  if (auto const fine = check(use.gain, where); !fine) errors.add(fine.error());
  NumberCheck numbers(where);
  numbers.between("lifetime", use.lifetime, 1, 50);
  numbers.between("adoption", use.adoption, 1e-6, 1 - 1e-6);
  numbers.between("adoption_speed", use.adoption_speed, 0, 10);
  for (auto const each : use.exposure) numbers.share("exposure", each);
  if (auto const fine = numbers.result(); !fine) errors.add(fine.error());
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

namespace {

double vintages_of(ComputeUse const& use) { return std::ceil(use.lifetime - 1e-9); }

double gain_with(ComputeUse const& use, ComputeStock const& stock, double adoption) {
  return long_run_gain(use.gain, stock.total() / vintages_of(use), adoption);
}

}  // namespace

ComputeState first_compute(ComputeUse const& use) {
  ComputeState state;
  state.stock.lifetime = use.lifetime;
  for (double age = 0; age < vintages_of(use); ++age) state.stock.vintages.push_back({1, age});
  state.adoption = use.adoption;
  state.gain = gain_with(use, state.stock, state.adoption);
  return state;
}

ComputeState next_compute(ComputeUse const& use, ComputeState const& now, double bought) {
  LINCHPIN_EXPECTS(bought >= 0);
  ComputeState next;
  next.stock = next_stock(now.stock, 0, 1);
  if (bought > 0) next.stock.vintages.push_back({bought, 0});
  auto const odds = now.adoption / (1 - now.adoption) * std::exp(use.adoption_speed);
  next.adoption = std::min(odds / (1 + odds), 1 - 1e-12);
  next.gain = next_gain(use.gain, now.gain, gain_with(use, next.stock, next.adoption), 1);
  return next;
}

std::vector<double> sector_productivity(ComputeUse const& use, ComputeState const& now) {
  auto const first = first_compute(use).gain;
  std::vector<double> result;
  for (auto const each : use.exposure) {
    result.push_back((1 + each * now.gain) / (1 + each * first));
  }
  return result;
}

}  // namespace linchpin::localize
