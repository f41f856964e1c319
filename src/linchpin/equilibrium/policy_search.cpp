// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/policy_search.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "linchpin/equilibrium/anderson.h"
#include "linchpin/equilibrium/outcome.h"

namespace linchpin::equilibrium {
namespace {

constexpr auto infinity = std::numeric_limits<double>::infinity();
constexpr std::size_t settle_depth = 30;
/// Rounds without progress before a search goes back.
constexpr std::size_t patience = 12;
constexpr double least_left = 1e-12;  ///< of trade, in curvatures: they must not vanish
constexpr double longest_step = 0.5;  ///< of ln(1 + rate)

/// A step to where the slope would vanish, stopped at the bounds.
double step_of(Instrument const& instrument, double rate, double slope, double curvature) {
  return std::clamp(rate + slope / curvature, std::log1p(instrument.least),
                    std::log1p(instrument.most)) -
         rate;
}

}  // namespace

double log_welfare(TradeBase const& base, Equilibrium const& found, std::size_t n) {
  return std::log(found.numbers.spending_power[n] / base.final_spending(n)) -
         found.numbers.log_final[n];
}

Error PolicySearch::cancelled() {
  return {ErrorCode::cancelled, "stopped on request", "search for rates", ""};
}

Result<Trial> PolicySearch::at(std::span<double const> rates) {
  if (control_.cancel.cancelled()) return fail(cancelled());
  Trial trial;
  trial.rates.assign(rates.begin(), rates.end());
  trial.policy = given_;
  instruments_.apply(rates, trial.policy);
  ++evaluations_;
  auto found =
      solve(base_, trial.policy, closure_, options_.solve, last_ ? &*last_ : nullptr, control_);
  if (!found) return fail(found.error());
  trial.found = std::move(*found);
  last_ = trial.found.state;
  return trial;
}

double PolicySearch::value(Trial const& trial, Target const& target) const {
  double sum = 0;
  for (auto const& [region, weight] : target) {
    sum += weight * log_welfare(base_, trial.found, region);
  }
  return sum;
}

Result<std::vector<double>> PolicySearch::slopes(Trial const& trial, Target const& target) {
  Seeds seeds;
  for (auto const& [region, weight] : target) {
    auto const one = welfare_seeds(base_, trial.found, region);
    if (seeds.log_final.empty()) {
      seeds.log_final.assign(one.log_final.size(), 0.0);
      seeds.spending_power.assign(one.spending_power.size(), 0.0);
    }
    seeds.log_final[region] += weight * one.log_final[region];
    seeds.spending_power[region] += weight * one.spending_power[region];
  }
  ++gradients_;
  auto const found =
      gradient(base_, trial.policy, closure_, trial.found, seeds, instruments_.request());
  if (!found) return fail(found.error());
  return instruments_.chain(*found);
}

std::vector<double> PolicySearch::curvatures(Target const& target, Trial const* at) const {
  std::vector<double> all;
  for (auto const& instrument : instruments_.list()) {
    double weight = 1;
    for (auto const& [region, of_region] : target) {
      if (region == instrument.region && of_region > 0) weight = of_region;
    }
    auto const left = at != nullptr ? trade_left(*at, instrument) : 1.0;
    all.push_back(weight * instrument.curvature * std::max(left, least_left));
  }
  return all;
}

double PolicySearch::trade_left(Trial const& trial, Instrument const& instrument) const {
  auto const& grid = base_.grid;
  double before = 0;
  double after = 0;
  for (auto const cell : instrument.cells) {
    auto const row = cell / grid.region_stride;
    auto const flow = flow_at(base_, trial.policy, trial.found, row / grid.regions,
                              row % grid.regions, cell % grid.region_stride);
    before += flow.before;
    after += flow.after;
  }
  return after / before;
}

Result<Incline> PolicySearch::incline(Trial const& trial, Target const& target) {
  auto found = slopes(trial, target);
  if (!found) return fail(found.error());
  return Incline{std::move(*found), curvatures(target, &trial)};
}

double PolicySearch::gap(std::span<double const> rates, Incline const& incline, std::size_t first,
                         std::size_t last) const {
  double longest = 0;
  for (auto k = first; k < last; ++k) {
    longest = std::max(longest, std::abs(step_of(instruments_.list()[k], rates[k],
                                                 incline.slopes[k], incline.curvatures[k])));
  }
  return longest;
}

Result<double> PolicySearch::settle(
    std::vector<double>& rates, std::size_t first, std::size_t last, double tolerance,
    std::size_t most,
    std::function<Result<Incline>(std::vector<double> const&)> const& incline_at) const {
  auto const count = last - first;
  Anderson anderson{count, std::min(settle_depth, count)};
  // Lengths are measured with the curvatures at the start, steps made with those of the moment: a
  // rate that comes back from where it stopped all trade meets other ones on its way.
  std::vector<double> point(count), residual(count), root;
  auto best_rates = rates;
  auto best = infinity;
  std::size_t since = 0;
  double part = 1;  // of the plain step
  for (std::size_t round = 0; round < most; ++round) {
    auto const incline = incline_at(rates);
    if (!incline) return fail(incline.error());
    if (root.empty()) {
      for (auto k = first; k < last; ++k) root.push_back(std::sqrt(incline->curvatures[k]));
    }
    auto const now = gap(rates, *incline, first, last);
    if (now < best) {
      best = now;
      best_rates = rates;
      since = 0;
    } else if (++since > patience || now > 30 * best) {
      // Off the track: again from the best point, more carefully.
      if (part < 0.1) break;
      part *= 0.4;
      since = 0;
      rates = best_rates;
      anderson.restart();
      continue;
    }
    if (now <= tolerance) break;
    for (std::size_t k = 0; k < count; ++k) {
      auto const at = first + k;
      auto const step =
          step_of(instruments_.list()[at], rates[at], incline->slopes[at], incline->curvatures[at]);
      point[k] = root[k] * rates[at];
      residual[k] = part * root[k] * std::clamp(step, -longest_step, longest_step);
    }
    anderson.step(point.data(), residual.data());
    for (std::size_t k = 0; k < count; ++k) {
      auto const wanted = point[k] / root[k] - rates[first + k];
      rates[first + k] += std::clamp(wanted, -longest_step, longest_step);
    }
    instruments_.clamp(rates);
  }
  rates = best_rates;
  return best;
}

}  // namespace linchpin::equilibrium
