// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/random.h"
#include "linchpin/core/run_control.h"
#include "linchpin/equilibrium/instruments.h"
#include "linchpin/equilibrium/solve.h"

namespace linchpin::equilibrium {

/// How rates are searched for.
struct PolicyOptions {
  explicit PolicyOptions(Seed starts_from) : seed(starts_from) {}

  /// Largest first-order gap (see `SearchReport`) of an answer.
  double tolerance = 1e-8;
  std::size_t most_evaluations = 400;  ///< equilibria per start
  /// Searches: the first from the policy given, the others from rates drawn at random.
  std::size_t starts = 3;
  double most_start = 1;  ///< highest rate drawn, if the bounds allow it
  Seed seed;
  SolveOptions solve{.tolerance = 1e-12};
};

/// Where one start ended: other values than the best are local optima, or searches that got stuck.
struct StartReport {
  double value = 0;  ///< of the target
  double gap = 0;    ///< first-order gap
  bool failed = false;
};

/// How a search for rates ended.
struct SearchReport {
  /// First-order condition: longest |step| in ln(1 + rate) towards a zero slope, with
  /// `PolicySearch::curvatures`, that the bounds do not stop. 0 at an optimum.
  double gap = 0;
  double slope = 0;             ///< largest slope of the target by ln(1 + rate) that no bound stops
  std::size_t evaluations = 0;  ///< equilibria, all starts
  std::size_t gradients = 0;
  std::vector<StartReport> starts;
  std::size_t agreed = 0;  ///< starts that ended within 1e-9 of the best value
  std::size_t failed = 0;  ///< starts without an end
};

/// Weighted sum of ln welfare of regions: (region, weight).
using Target = std::vector<std::pair<std::size_t, double>>;

/// ln(Î/P̂) of a region.
[[nodiscard]] double log_welfare(TradeBase const& base, Equilibrium const& found, std::size_t n);

/// A policy tried out.
struct Trial {
  std::vector<double> rates;
  TradePolicy policy;
  Equilibrium found;
};

/// Where one search ended.
struct SearchEnd {
  Trial trial;
  double value = 0;            ///< of the target
  std::vector<double> slopes;  ///< by rate
  double gap = 0;
};

/// Slopes of a target by rates, and about how fast they fall.
struct Incline {
  std::vector<double> slopes;
  std::vector<double> curvatures;
};

/// Looks for the rates that are best for a target: evaluates policies, each started from the last
/// one, and climbs. One object per thread.
class PolicySearch {
 public:
  /// Keeps references. \pre `check` of given policy and closure holds
  PolicySearch(TradeBase const& base, TradePolicy const& given, Closure const& closure,
               Instruments const& instruments, PolicyOptions const& options,
               RunControl const& control)
      : base_(base),
        given_(given),
        closure_(closure),
        instruments_(instruments),
        options_(options),
        control_(control) {}

  /// The equilibrium at these rates. \error as solve
  [[nodiscard]] Result<Trial> at(std::span<double const> rates);
  /// Slopes of the target by all rates. \error not_converged
  [[nodiscard]] Result<std::vector<double>> slopes(Trial const& trial, Target const& target);
  [[nodiscard]] Result<Incline> incline(Trial const& trial, Target const& target);
  [[nodiscard]] double value(Trial const& trial, Target const& target) const;

  /// Climbs from `rates`, moving those of instruments [first, last) only.
  ///
  /// NLopt (SLSQP, or L-BFGS for many rates) gets near; then first-order conditions are solved by
  /// Anderson's iteration on slopes alone, which does not stop at the rounding of values. Rates
  /// that ended where they stop nearly all trade, and welfare is flat, are tried again from the
  /// mean of the others.
  /// \error not_converged, cancelled
  [[nodiscard]] Result<SearchEnd> climb(std::vector<double> rates, Target const& target,
                                        std::size_t first, std::size_t last, double tolerance);

  /// Moves `rates` of [first, last) along slopes over curvatures until no step inside the bounds is
  /// longer than `tolerance`; at most `most` times. \return the last gap
  [[nodiscard]] Result<double> settle(
      std::vector<double>& rates, std::size_t first, std::size_t last, double tolerance,
      std::size_t most,
      std::function<Result<Incline>(std::vector<double> const&)> const& incline_at) const;
  /// Longest step in [first, last) that the bounds do not stop.
  [[nodiscard]] double gap(std::span<double const> rates, Incline const& incline, std::size_t first,
                           std::size_t last) const;
  /// About how fast slopes of the target fall, by instrument: curvature × weight, and × the trade
  /// that is left `at` a trial (null: the base). Above 0.
  [[nodiscard]] std::vector<double> curvatures(Target const& target, Trial const* at) const;
  /// Trade of an instrument, over that of the base; value at the border.
  [[nodiscard]] double trade_left(Trial const& trial, Instrument const& instrument) const;

  [[nodiscard]] std::size_t evaluations() const noexcept { return evaluations_; }
  [[nodiscard]] std::size_t gradients() const noexcept { return gradients_; }
  /// Where the next evaluation starts: none, the base.
  void start_from(std::optional<TradeState> state) { last_ = std::move(state); }

 private:
  struct Climb;
  [[nodiscard]] static Error cancelled();
  [[nodiscard]] Result<SearchEnd> approach(Trial start, Target const& target,
                                           std::span<double const> curvatures, std::size_t first,
                                           std::size_t last);
  [[nodiscard]] Result<SearchEnd> climb_once(std::vector<double> rates, Target const& target,
                                             std::size_t first, std::size_t last, double tolerance);
  /// \return whether there were any
  bool leave_plateaus(Trial const& trial, std::vector<double>& rates, std::size_t first,
                      std::size_t last) const;

  TradeBase const& base_;
  TradePolicy const& given_;
  Closure const& closure_;
  Instruments const& instruments_;
  PolicyOptions const& options_;
  RunControl const& control_;
  std::optional<TradeState> last_;
  std::size_t evaluations_ = 0;
  std::size_t gradients_ = 0;
};

}  // namespace linchpin::equilibrium
