// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/programme_search.h"

#include <nlopt.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "linchpin/core/contracts.h"
#include "linchpin/core/parallel.h"

namespace linchpin::study {
namespace {

constexpr double very_bad = 1e3;      // of scaled objectives, which are about 1
constexpr double enough = 1e-4;       // of the bounds: steps below it end a search
constexpr double within = 1e-6;       // of the budget, that an optimum may exceed it by
constexpr double used_up = 0.98;      // of the budget: below it the budget is no limit
constexpr double more_budget = 0.05;  // for the shadow price

struct NloptFree {
  void operator()(nlopt_opt handle) const noexcept { nlopt_destroy(handle); }
};
using Nlopt = std::unique_ptr<std::remove_pointer_t<nlopt_opt>, NloptFree>;

/// One search in coordinates from 0 to 1 between the bounds.
struct Search {
  ProgrammeProblem const& problem;
  CancelToken cancel;
  nlopt_opt handle = nullptr;
  double unit = 1;  ///< of the objective
  std::vector<double> last_point = {};
  std::optional<ProgrammeValue> last = {};
  std::optional<ProgrammeOptimum> best = {};
  std::optional<Error> first_error = {};
  std::size_t evaluations = 0;

  std::vector<double> amounts(double const* scaled) const {
    std::vector<double> x(problem.low.size());
    for (std::size_t k = 0; k < x.size(); ++k) {
      auto const part = std::clamp(scaled[k], 0.0, 1.0);
      x[k] = problem.low[k] + part * (problem.high[k] - problem.low[k]);
    }
    return x;
  }

  /// Objective and budget are asked for one after the other at the same point.
  ProgrammeValue at(double const* scaled) {
    auto x = amounts(scaled);
    if (last && last_point == x) return *last;
    if (cancel.cancelled()) nlopt_force_stop(handle);
    ++evaluations;
    auto const found = problem.value(x);
    last_point = x;
    if (!found) {
      if (!first_error) first_error = found.error();
      last = ProgrammeValue{very_bad * unit, 0};
      return *last;
    }
    last = *found;
    bool const affordable = found->outlay <= problem.budget * (1 + within);
    if (affordable && (!best || found->objective < best->value.objective)) {
      best = ProgrammeOptimum{std::move(x), *found, 0, {}};
    }
    return *last;
  }

  // Called through C: must not throw.
  static double objective(unsigned /*count*/, double const* scaled, double* /*slopes*/,
                          void* data) noexcept {
    auto& search = *static_cast<Search*>(data);
    return search.at(scaled).objective / search.unit;
  }
  static double over_budget(unsigned /*count*/, double const* scaled, double* /*slopes*/,
                            void* data) noexcept {
    auto& search = *static_cast<Search*>(data);
    return search.at(scaled).outlay / search.problem.budget - 1;
  }
};

std::vector<double> scaled_point(ProgrammeProblem const& problem, std::vector<double> const& x) {
  std::vector<double> scaled(x.size());
  for (std::size_t k = 0; k < x.size(); ++k) {
    auto const width = problem.high[k] - problem.low[k];
    scaled[k] = std::clamp((x[k] - problem.low[k]) / width, 0.0, 1.0);
  }
  return scaled;
}

void climb(Search& search, std::vector<double> point, double step, std::size_t evaluations) {
  auto const count = static_cast<unsigned>(point.size());
  Nlopt const handle{nlopt_create(NLOPT_LN_COBYLA, count)};
  if (!handle) return;
  search.handle = handle.get();
  auto const begin = search.at(point.data());
  search.unit = std::max(std::abs(begin.objective), 1e-12);
  nlopt_set_lower_bounds1(handle.get(), 0);
  nlopt_set_upper_bounds1(handle.get(), 1);
  nlopt_set_min_objective(handle.get(), &Search::objective, &search);
  nlopt_add_inequality_constraint(handle.get(), &Search::over_budget, &search, within / 2);
  nlopt_set_initial_step1(handle.get(), step);
  nlopt_set_xtol_abs1(handle.get(), enough);
  nlopt_set_maxeval(handle.get(), static_cast<int>(evaluations));
  double value = 0;
  // What it returns says why it ended; the best affordable point was kept on the way.
  (void)nlopt_optimize(handle.get(), point.data(), &value);
  search.handle = nullptr;
}

std::vector<std::vector<double>> starts_of(ProgrammeProblem const& problem) {
  std::vector<std::vector<double>> starts;
  for (auto const& each : problem.starts) starts.push_back(scaled_point(problem, each));
  for (std::size_t s = 0; s < problem.more_starts; ++s) {
    Rng random(problem.seed, s);
    std::vector<double> point(problem.low.size());
    for (auto& each : point) each = random.uniform();
    starts.push_back(std::move(point));
  }
  return starts;
}

}  // namespace

Result<ProgrammeOptimum> search_programme(ProgrammeProblem const& problem,
                                          RunControl const& control) {
  LINCHPIN_EXPECTS(!problem.low.empty() && problem.low.size() == problem.high.size());
  LINCHPIN_EXPECTS(problem.budget > 0);
  constexpr double first_step = 0.25, last_step = 0.05;
  auto const starts = starts_of(problem);
  LINCHPIN_EXPECTS(!starts.empty());
  std::vector<Search> searches;
  for (std::size_t s = 0; s < starts.size(); ++s) searches.push_back({problem, control.cancel});
  auto const done = parallel_for(starts.size(), control, "programmes", [&](std::size_t s) {
    climb(searches[s], starts[s], first_step, problem.evaluations);
  });
  if (!done) return fail(done.error());
  std::optional<ProgrammeOptimum> best = {};
  std::vector<double> ends;
  std::size_t evaluations = 0;
  for (auto const& search : searches) {
    evaluations += search.evaluations;
    if (!search.best) continue;
    ends.push_back(search.best->value.objective);
    if (!best || search.best->value.objective < best->value.objective) best = search.best;
  }
  if (!best) {
    for (auto const& search : searches) {
      if (search.first_error) return fail(*search.first_error);
    }
    return fail(ErrorCode::bad_value, "no programme within the budget was found", "optimal",
                "raise the budget, or lower the least amounts");
  }
  Search again{problem, control.cancel};
  climb(again, scaled_point(problem, best->x), last_step, problem.evaluations / 2);
  evaluations += again.evaluations;
  if (control.cancel.cancelled()) {
    return fail(ErrorCode::cancelled, "stopped while looking for the best programme", "optimal",
                "run it again");
  }
  if (again.best && again.best->value.objective < best->value.objective) best = again.best;
  std::sort(ends.begin(), ends.end());
  best->ends = std::move(ends);
  best->evaluations = evaluations;
  return *std::move(best);
}

Result<double> shadow_price(ProgrammeProblem problem, ProgrammeOptimum const& optimum,
                            RunControl const& control) {
  if (optimum.value.outlay < used_up * problem.budget) return 0.0;
  auto const step = more_budget * problem.budget;
  problem.budget += step;
  problem.starts = {optimum.x};
  problem.more_starts = 0;
  auto const next = search_programme(problem, control);
  if (!next) return fail(next.error());
  return std::max((optimum.value.objective - next->value.objective) / step, 0.0);
}

}  // namespace linchpin::study
