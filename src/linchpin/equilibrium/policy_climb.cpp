// SPDX-License-Identifier: Apache-2.0
#include <nlopt.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "linchpin/equilibrium/policy_search.h"

namespace linchpin::equilibrium {
namespace {

/// Up to this many rates SLSQP, whose work grows with their cube; L-BFGS beyond.
constexpr std::size_t most_dense = 150;
/// How near NLopt gets (scaled rates) before first-order conditions take over.
constexpr double near = 1e-4;
/// Policies without an equilibrium before a search ends where it is.
constexpr std::size_t most_failures = 6;
/// A rate that leaves less than this of the trade it is on stands on a plateau.
constexpr double plateau = 1e-3;
constexpr std::size_t most_escapes = 3;
/// A stationary point this much below what was already found is not the summit.
constexpr double rounding = 1e-10;

struct NloptFree {
  void operator()(nlopt_opt handle) const noexcept { nlopt_destroy(handle); }
};
using Nlopt = std::unique_ptr<std::remove_pointer_t<nlopt_opt>, NloptFree>;

}  // namespace

/// One search by NLopt: rates are scaled so that the target has a curvature of about 1 in each.
struct PolicySearch::Climb {
  PolicySearch& search;
  Target const& target;
  std::size_t first;
  std::vector<double> rates;   ///< all; those of the climb are replaced
  std::vector<double> factor;  ///< scaled rate = factor × rate
  double unit;                 ///< of the target
  Trial best;
  double best_value;
  double start_value;
  std::optional<Trial> last;
  bool cancelled = false;
  std::size_t failures = 0;
  nlopt_opt handle = nullptr;

  /// −target / unit, and its slopes on request. Called through C: must not throw.
  double operator()(double const* scaled, double* slopes) {
    auto const count = factor.size();
    for (std::size_t k = 0; k < count; ++k) rates[first + k] = scaled[k] / factor[k];
    search.instruments_.clamp(rates);
    if (!last || last->rates != rates) {
      auto trial = search.at(rates);
      if (!trial) return failed(trial.error(), slopes);
      last = std::move(*trial);
    }
    auto const value = search.value(*last, target);
    if (value > best_value) {
      best_value = value;
      best = *last;
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
  double failed(Error const& reason, double* slopes) {
    if (slopes != nullptr) std::fill(slopes, slopes + factor.size(), 0.0);
    cancelled = reason.code == ErrorCode::cancelled;
    if (cancelled || ++failures >= most_failures) nlopt_force_stop(handle);
    last.reset();
    search.last_ = best.found.state;
    constexpr double very_bad = 1e3;
    return very_bad;
  }

  static double call(unsigned /*count*/, double const* scaled, double* slopes,
                     void* climb) noexcept {
    return (*static_cast<Climb*>(climb))(scaled, slopes);
  }
};

/// NLopt from `start`. \return the best point it saw
Result<SearchEnd> PolicySearch::approach(Trial start, Target const& target,
                                         std::span<double const> curvatures, std::size_t first,
                                         std::size_t last) {
  auto const count = last - first;
  double mean = 0;
  for (auto k = first; k < last; ++k) mean += curvatures[k] / static_cast<double>(count);
  auto const begin = value(start, target);
  Climb climb{*this, target, first, start.rates, std::vector<double>(count),
              mean,  start,  begin, begin,       start};
  std::vector<double> scaled(count), least(count), most(count);
  for (std::size_t k = 0; k < count; ++k) {
    auto const& instrument = instruments_.list()[first + k];
    climb.factor[k] = std::sqrt(curvatures[first + k] / mean);
    scaled[k] = climb.factor[k] * start.rates[first + k];
    least[k] = climb.factor[k] * std::log1p(instrument.least);
    most[k] = climb.factor[k] * std::log1p(instrument.most);
  }
  Nlopt const handle{nlopt_create(count <= most_dense ? NLOPT_LD_SLSQP : NLOPT_LD_LBFGS,
                                  static_cast<unsigned>(count))};
  if (!handle) {
    return fail(ErrorCode::too_large, "no memory for so many rates", "search for rates",
                "choose rates by sector");
  }
  climb.handle = handle.get();
  nlopt_set_min_objective(handle.get(), &Climb::call, &climb);
  nlopt_set_lower_bounds(handle.get(), least.data());
  nlopt_set_upper_bounds(handle.get(), most.data());
  nlopt_set_xtol_abs1(handle.get(), near);
  nlopt_set_maxeval(handle.get(), static_cast<int>(options_.most_evaluations));
  // Whatever ends it (rounding included), the best point is where the next step begins.
  double ignored = 0;
  nlopt_optimize(handle.get(), scaled.data(), &ignored);
  if (climb.cancelled) return fail(cancelled());
  return SearchEnd{std::move(climb.best), climb.best_value, {}, 0};
}

Result<SearchEnd> PolicySearch::climb_once(std::vector<double> rates, Target const& target,
                                           std::size_t first, std::size_t last, double tolerance) {
  auto start = at(rates);
  if (!start) return fail(start.error());
  auto end = approach(std::move(*start), target, curvatures(target, nullptr), first, last);
  if (!end) return fail(end.error());
  rates = end->trial.rates;
  last_ = end->trial.found.state;
  std::optional<Trial> trial;
  // Half the tolerance: evaluated again from elsewhere, slopes differ by rounding.
  auto const settled = settle(rates, first, last, 0.5 * tolerance, options_.most_evaluations,
                              [&](auto const& now) -> Result<Incline> {
                                auto found = at(now);
                                if (!found) return fail(found.error());
                                trial = std::move(*found);
                                return incline(*trial, target);
                              });
  if (!settled && settled.error().code == ErrorCode::cancelled) return fail(settled.error());
  if (settled && trial && trial->rates != rates) {
    auto again = at(rates);
    if (!again) return fail(again.error());
    trial = std::move(*again);
  }
  if (settled && trial && value(*trial, target) >= end->value - rounding) {
    end->trial = std::move(*trial);
    end->value = value(end->trial, target);
  }
  auto by_rate = incline(end->trial, target);
  if (!by_rate) return fail(by_rate.error());
  end->gap = gap(end->trial.rates, *by_rate, first, last);
  end->slopes = std::move(by_rate->slopes);
  return end;
}

bool PolicySearch::leave_plateaus(Trial const& trial, std::vector<double>& rates, std::size_t first,
                                  std::size_t last) const {
  std::vector<std::size_t> stuck;
  double sum = 0;
  double weight = 0;
  for (auto k = first; k < last; ++k) {
    auto const& instrument = instruments_.list()[k];
    if (trade_left(trial, instrument) < plateau) {
      stuck.push_back(k);
    } else {
      sum += instrument.curvature * rates[k];
      weight += instrument.curvature;
    }
  }
  for (auto const k : stuck) {
    rates[k] = weight > 0 ? sum / weight : 1 / instruments_.list()[k].theta;
  }
  instruments_.clamp(rates);
  return !stuck.empty();
}

Result<SearchEnd> PolicySearch::climb(std::vector<double> rates, Target const& target,
                                      std::size_t first, std::size_t last, double tolerance) {
  instruments_.clamp(rates);
  auto best = climb_once(std::move(rates), target, first, last, tolerance);
  for (std::size_t escape = 0; best && escape < most_escapes; ++escape) {
    auto from = best->trial.rates;
    if (!leave_plateaus(best->trial, from, first, last)) break;
    auto other = climb_once(std::move(from), target, first, last, tolerance);
    if (!other && other.error().code == ErrorCode::cancelled) return fail(other.error());
    if (!other || other->value <= best->value + rounding) break;
    best = std::move(other);
  }
  return best;
}

}  // namespace linchpin::equilibrium
