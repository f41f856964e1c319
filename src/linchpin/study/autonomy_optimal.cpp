// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_optimal.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "linchpin/core/contracts.h"
#include "linchpin/study/programme_search.h"

namespace linchpin::study {
namespace {

using localize::AutonomyCase;
using localize::AutonomyCurve;
using localize::Instrument;

double expected(std::vector<double> const& losses, double discount, double hazard) {
  double sum = 0, factor = discount * hazard;
  for (double const loss : losses) {
    sum += factor * loss;
    factor *= discount * (1 - hazard);
  }
  return sum;
}

/// Whole years of each phase, the first ones longer where they do not divide.
std::vector<int> phase_starts(AutonomyStudy const& study, int phases) {
  std::vector<int> starts;
  for (int k = 0; k <= phases; ++k) {
    starts.push_back(study.first_year + (k * study.years + phases - 1) / phases);
  }
  return starts;
}

/// Mean amount of a kind in the plan from one year to another.
double planned(std::vector<Instrument> const& programme, localize::InstrumentKind kind, int from,
               int to) {
  double sum = 0;
  for (auto const& each : programme) {
    if (each.kind != kind) continue;
    auto const overlap =
        std::min(each.to, static_cast<double>(to)) - std::max(each.from, static_cast<double>(from));
    sum += each.amount * std::max(overlap, 0.0) / (to - from);
  }
  return sum;
}

std::vector<ProgrammeAmount> amounts_of(AutonomyStudy const& study, OptimalAsk const& ask,
                                        std::vector<Instrument> const& programme) {
  std::vector<ProgrammeAmount> result;
  auto const starts = phase_starts(study, ask.phases);
  for (auto const& bound : ask.instruments) {
    bool const has = std::any_of(programme.begin(), programme.end(),
                                 [&](auto const& each) { return each.kind == bound.kind; });
    if (!ask.chosen && !has && !programme.empty()) continue;
    for (std::size_t k = 0; k + 1 < starts.size(); ++k) {
      int const from = starts[k], to = starts[k + 1];
      result.push_back({bound.kind, from, to, planned(programme, bound.kind, from, to), 0,
                        bound.lowest, bound.highest});
    }
  }
  return result;
}

}  // namespace

std::vector<Instrument> with_amounts(std::vector<Instrument> const& programme,
                                     std::vector<ProgrammeAmount> const& amounts,
                                     std::span<double const> x, int end) {
  std::vector<Instrument> result;
  for (auto const& each : programme) {
    bool const searched = std::any_of(amounts.begin(), amounts.end(),
                                      [&](auto const& one) { return one.kind == each.kind; });
    if (!searched) result.push_back(each);
  }
  for (std::size_t k = 0; k < amounts.size(); ++k) {
    auto const& phase = amounts[k];
    double to = phase.to;
    // Years of a cut-off behind the end of the study are paid for only where the plan does so, too:
    // they are in no cost, so that a best programme would have them for nothing.
    if (phase.to == end) {
      for (auto const& each : programme) {
        if (each.kind == phase.kind) to = std::max(to, each.to);
      }
    }
    result.push_back({phase.kind, static_cast<double>(phase.from), to, x[k], 0});
  }
  return result;
}

ProgrammeSum programme_sum(AutonomyCurve const& curve, double discount, double hazard) {
  ProgrammeSum sum;
  double weight = 1;
  for (std::size_t t = 0; t < curve.cost.size(); ++t, weight *= discount) {
    sum.cost += weight * curve.cost[t] * curve.without[t].welfare;
    sum.outlay += weight * curve.with[t].outlay;
  }
  sum.expected_loss = expected(curve.value_with, discount, hazard);
  return sum;
}

ProgrammeSum no_programme_sum(AutonomyCurve const& curve, double discount, double hazard) {
  ProgrammeSum sum;
  double weight = 1;
  for (std::size_t t = 0; t < curve.without.size(); ++t, weight *= discount) {
    sum.outlay += weight * curve.without[t].outlay;
  }
  sum.expected_loss = expected(curve.value_without, discount, hazard);
  return sum;
}

Result<OptimalProgramme> find_programme(AutonomyGround const& ground,
                                        std::span<double const> values, CurveOf const& curve_of,
                                        RunControl const& control) {
  auto const& study = *ground.study;
  LINCHPIN_EXPECTS(study.asks.optimal.has_value());
  auto const& ask = *study.asks.optimal;
  auto const discount = study.cut_off.discount;
  auto const each = autonomy_case(ground, values);
  if (!each) return fail(each.error());
  auto const own = curve_of(*each, control);
  if (!own) return fail(own.error());
  OptimalProgramme result;
  result.hazard = ask.hazard;
  result.plan = programme_sum(*own, discount, ask.hazard);
  result.none = no_programme_sum(*own, discount, ask.hazard);
  result.budget = ask.budget.value_or(result.plan.outlay);
  if (!(result.budget > 0)) {
    return fail(ErrorCode::missing_value, "the plan pays nothing, so it gives no budget", ask.where,
                "add budget = … (present value, in years of first-year purchases)");
  }
  result.amounts = amounts_of(study, ask, each->programme);
  ProgrammeProblem problem;
  std::vector<double> plan;
  for (auto const& amount : result.amounts) {
    problem.low.push_back(amount.lowest);
    problem.high.push_back(amount.highest);
    plan.push_back(amount.plan);
  }
  problem.budget = result.budget;
  problem.starts = {plan, problem.low};
  problem.more_starts = static_cast<std::size_t>(std::max(ask.starts - 2, 0));
  if (ask.starts == 1) problem.starts.pop_back();
  problem.evaluations = static_cast<std::size_t>(ask.evaluations);
  problem.seed = Seed{study.seed};
  int const end = study.first_year + study.years;
  RunControl const inner{.threads = 1, .cancel = control.cancel};
  auto const sum_at = [&](std::span<double const> x) -> Result<ProgrammeSum> {
    AutonomyCase other = *each;
    other.programme = with_amounts(each->programme, result.amounts, x, end);
    auto const curve = curve_of(other, inner);
    if (!curve) return fail(curve.error());
    return programme_sum(*curve, discount, ask.hazard);
  };
  problem.value = [&](std::span<double const> x) -> Result<ProgrammeValue> {
    auto const sum = sum_at(x);
    if (!sum) return fail(sum.error());
    return ProgrammeValue{sum->total(), sum->outlay};
  };
  auto const best = search_programme(problem, control);
  if (!best) return fail(best.error());
  auto const price = shadow_price(problem, *best, control);
  if (!price) return fail(price.error());
  auto const sum = sum_at(best->x);
  if (!sum) return fail(sum.error());
  result.best = *sum;
  for (std::size_t k = 0; k < result.amounts.size(); ++k) result.amounts[k].best = best->x[k];
  result.shadow_price = *price;
  result.evaluations = best->evaluations;
  result.ends = best->ends;
  return result;
}

}  // namespace linchpin::study
