// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/policy_search.h"

#include <nlopt.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "linchpin/equilibrium/anderson.h"

namespace linchpin::equilibrium {
namespace {

constexpr auto infinity = std::numeric_limits<double>::infinity();
/// Up to this many rates SLSQP, whose work grows with their cube; L-BFGS beyond.
constexpr std::size_t most_dense = 150;
/// How near NLopt gets (scaled rates) before first-order conditions take over.
constexpr double near = 1e-4;
constexpr std::size_t settle_depth = 10;
constexpr double longest_step = 0.5;  ///< of ln(1 + rate)

struct NloptFree {
  void operator()(nlopt_opt handle) const noexcept { nlopt_destroy(handle); }
};
using Nlopt = std::unique_ptr<std::remove_pointer_t<nlopt_opt>, NloptFree>;

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

Result<Trial> PolicySearch::at(std::span<double const> rates) {
  if (control_.cancel.cancelled()) {
    return fail(ErrorCode::cancelled, "stopped on request", "search for rates", "");
  }
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

std::vector<double> PolicySearch::curvatures(Target const& target) const {
  std::vector<double> all;
  for (auto const& instrument : instruments_.list()) {
    double weight = 1;
    for (auto const& [region, of_region] : target) {
      if (region == instrument.region && of_region > 0) weight = of_region;
    }
    all.push_back(weight * instrument.curvature);
  }
  return all;
}

double PolicySearch::gap(std::span<double const> rates, std::span<double const> slopes,
                         std::span<double const> curvatures, std::size_t first,
                         std::size_t last) const {
  double longest = 0;
  for (auto k = first; k < last; ++k) {
    longest = std::max(
        longest, std::abs(step_of(instruments_.list()[k], rates[k], slopes[k], curvatures[k])));
  }
  return longest;
}

Result<double> PolicySearch::settle(
    std::vector<double>& rates, std::span<double const> curvatures, std::size_t first,
    std::size_t last, double tolerance, std::size_t most,
    std::function<Result<std::vector<double>>(std::vector<double> const&)> const& slopes_at) const {
  auto const count = last - first;
  Anderson anderson{count, std::min(settle_depth, count)};
  std::vector<double> point(count), residual(count), root(count);
  for (std::size_t k = 0; k < count; ++k) root[k] = std::sqrt(curvatures[first + k]);
  auto best_rates = rates;
  auto best = infinity;
  std::size_t since = 0;
  double part = 1;  // of the plain step
  for (std::size_t round = 0; round < most; ++round) {
    auto const slopes = slopes_at(rates);
    if (!slopes) return fail(slopes.error());
    auto const now = gap(rates, *slopes, curvatures, first, last);
    if (now < best) {
      best = now;
      best_rates = rates;
      since = 0;
    } else if (++since > 4 || now > 10 * best) {
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
      point[k] = root[k] * rates[at];
      residual[k] = part * root[k] *
                    step_of(instruments_.list()[at], rates[at], (*slopes)[at], curvatures[at]);
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

/// One search by NLopt: rates are scaled so that the target has a curvature of about 1 in each.
struct PolicySearch::Climb {
  PolicySearch& search;
  Target const& target;
  std::size_t first;
  std::vector<double> rates;   ///< all; those of the climb are replaced
  std::vector<double> factor;  ///< scaled rate = factor × rate
  double unit = 1;             ///< of the target
  double start_value = 0;
  std::optional<Trial> last = {};
  std::optional<Trial> best = {};
  double best_value = -infinity;
  std::optional<Error> error = {};
  nlopt_opt handle = nullptr;

  /// −target / unit, and its slopes on request. Called through C: must not throw.
  double operator()(double const* scaled, double* slopes) {
    auto const count = factor.size();
    for (std::size_t k = 0; k < count; ++k) rates[first + k] = scaled[k] / factor[k];
    search.instruments_.clamp(rates);
    if (!last || last->rates != rates) {
      auto trial = search.at(rates);
      if (!trial) return failed(std::move(trial.error()), slopes);
      last = std::move(*trial);
    }
    auto const value = search.value(*last, target);
    if (value > best_value) {
      best_value = value;
      best = last;
    }
    if (slopes != nullptr) {
      auto const by_rate = search.slopes(*last, target);
      if (!by_rate) return failed(by_rate.error(), slopes);
      for (std::size_t k = 0; k < count; ++k) {
        slopes[k] = -(*by_rate)[first + k] / (factor[k] * unit);
      }
    }
    return -(value - start_value) / unit;
  }

  /// A policy without an equilibrium is a bad one; the search looks elsewhere.
  double failed(Error reason, double* slopes) {
    if (slopes != nullptr) std::fill(slopes, slopes + factor.size(), 0.0);
    if (reason.code == ErrorCode::cancelled || !best) nlopt_force_stop(handle);
    error = std::move(reason);
    last.reset();
    search.last_ = best ? std::optional{best->found.state} : std::nullopt;
    constexpr double very_bad = 1e3;
    return very_bad;
  }
};

namespace {

template <class Climb>
double call(unsigned /*count*/, double const* scaled, double* slopes, void* data) noexcept {
  return (*static_cast<Climb*>(data))(scaled, slopes);
}

}  // namespace

Result<SearchEnd> PolicySearch::climb(std::vector<double> rates, Target const& target,
                                      std::size_t first, std::size_t last, double tolerance) {
  instruments_.clamp(rates);
  auto const curved = curvatures(target);
  auto const count = last - first;
  double mean = 0;
  for (auto k = first; k < last; ++k) mean += curved[k] / static_cast<double>(count);
  Climb climb{*this, target, first, rates, std::vector<double>(count)};
  climb.unit = mean;
  std::vector<double> scaled(count), least(count), most(count);
  for (std::size_t k = 0; k < count; ++k) {
    auto const& instrument = instruments_.list()[first + k];
    climb.factor[k] = std::sqrt(curved[first + k] / mean);
    scaled[k] = climb.factor[k] * rates[first + k];
    least[k] = climb.factor[k] * std::log1p(instrument.least);
    most[k] = climb.factor[k] * std::log1p(instrument.most);
  }
  {
    auto begin = at(rates);
    if (!begin) return fail(begin.error());
    climb.start_value = value(*begin, target);
    climb.last = std::move(*begin);
  }
  Nlopt const handle{nlopt_create(count <= most_dense ? NLOPT_LD_SLSQP : NLOPT_LD_LBFGS,
                                  static_cast<unsigned>(count))};
  if (!handle) {
    return fail(ErrorCode::too_large, "no memory for so many rates", "search for rates",
                "choose rates by sector");
  }
  climb.handle = handle.get();
  nlopt_set_min_objective(handle.get(), &call<Climb>, &climb);
  nlopt_set_lower_bounds(handle.get(), least.data());
  nlopt_set_upper_bounds(handle.get(), most.data());
  nlopt_set_xtol_abs1(handle.get(), near);
  nlopt_set_maxeval(handle.get(), static_cast<int>(options_.most_evaluations));
  // Whatever ends it (rounding included), the best point is where the next step begins.
  double ignored = 0;
  nlopt_optimize(handle.get(), scaled.data(), &ignored);
  if (!climb.best || (climb.error && climb.error->code == ErrorCode::cancelled)) {
    return fail(*climb.error);
  }

  SearchEnd end;
  rates = climb.best->rates;
  last_ = climb.best->found.state;
  std::optional<Trial> trial;
  std::vector<double> slopes_now;
  auto const settled = settle(rates, curved, first, last, tolerance, options_.most_evaluations,
                              [&](auto const& now) -> Result<std::vector<double>> {
                                auto found = at(now);
                                if (!found) return fail(found.error());
                                trial = std::move(*found);
                                return slopes(*trial, target);
                              });
  if (settled && trial && trial->rates != rates) {
    auto again = at(rates);
    if (!again) return fail(again.error());
    trial = std::move(*again);
  }
  // A stationary point below what was already found is not the summit.
  constexpr double rounding = 1e-10;
  auto const kept = settled && value(*trial, target) >= climb.best_value - rounding;
  end.trial = kept ? std::move(*trial) : std::move(*climb.best);
  end.value = value(end.trial, target);
  auto by_rate = slopes(end.trial, target);
  if (!by_rate) return fail(by_rate.error());
  end.slopes = std::move(*by_rate);
  end.gap = gap(end.trial.rates, end.slopes, curved, first, last);
  return end;
}

}  // namespace linchpin::equilibrium
