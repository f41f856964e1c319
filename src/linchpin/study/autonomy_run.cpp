// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "linchpin/core/parallel.h"
#include "linchpin/parameters/sourced_numbers.h"
#include "linchpin/study/autonomy_market.h"
#include "linchpin/study/autonomy_presets.h"
#include "linchpin/study/autonomy_remarks.h"
#include "linchpin/study/autonomy_threshold.h"

namespace linchpin::study {
namespace {

constexpr std::size_t per_year = 8;  // scalars of a year, in the order of AutonomyYear
// Draws in which something never happens stand behind all that do.
constexpr double never_year = 1e6;
constexpr double never_hazard = 2;

// Scalars behind those of the years.
enum Behind : std::size_t {
  manageable_year,
  is_manageable,
  hazard,
  always_pays,
  never_pays,
  programme_cost,
  behind
};

uncertainty::Outcome outcome_of(localize::AutonomyCurve const& curve, AutonomyStudy const& study,
                                AutonomyTechnology const& technology) {
  uncertainty::Outcome outcome;
  auto const of_market = judged_loss(curve, ThresholdOf::market);
  for (std::size_t t = 0; t < curve.with.size(); ++t) {
    auto const& row = curve.with[t];
    for (double const value :
         {row.home_share, row.unit_cost, row.quality, 100 * curve.cost[t], 100 * curve.loss_with[t],
          100 * curve.loss_without[t], curve.without[t].home_share, 100 * of_market[t]}) {
      outcome.scalars.push_back(value);
    }
  }
  auto const manageable = manageable_in(curve, study, technology);
  outcome.scalars.push_back(manageable ? study.first_year + static_cast<double>(*manageable)
                                       : never_year);
  outcome.scalars.push_back(manageable ? 1 : 0);
  auto const insurance = localize::insurance_of(curve, study.cut_off.discount);
  using Verdict = localize::Insurance::Verdict;
  bool const always = insurance.verdict == Verdict::pays_without_cut_off;
  bool const never =
      insurance.verdict == Verdict::never || insurance.verdict == Verdict::changes_nothing;
  outcome.scalars.push_back(always ? 0 : insurance.hazard.value_or(never_hazard));
  outcome.scalars.push_back(always ? 1 : 0);
  outcome.scalars.push_back(never ? 1 : 0);
  outcome.scalars.push_back(100 * programme_sum(curve, study.cut_off.discount, 0).cost);
  return outcome;
}

Result<uncertainty::Outcome> draw(AutonomyGround const& ground, std::span<double const> values,
                                  RunControl const& control) {
  auto const each = autonomy_case(ground, values);
  if (!each) return fail(each.error());
  auto const curve = localize::autonomy_curve(*each, control, localize::PathDetail::own);
  if (!curve) return fail(curve.error());
  return outcome_of(*curve, *ground.study, *ground.asked);
}

std::optional<double> below(double value, double never) {
  return value < never ? std::optional<double>{value} : std::nullopt;
}

/// What reading the first year off its table may be wrong by where the central paths go: the
/// largest error of a node there, or next to there, that is left out; beyond the table's end, that
/// of reading on.
double first_year_error(localize::LossTable const& table, localize::AutonomyCurve const& curve) {
  double low = 1, high = 0;
  for (auto const* path : {&curve.with, &curve.without}) {
    for (auto const& year : *path) {
      low = std::min(low, year.home_share);
      high = std::max(high, year.home_share);
    }
  }
  return table.error_between(low, high);
}

/// The same as a share of the years of a cut-off.
double table_error(AutonomyGround const& ground, localize::AutonomyCurve const& curve) {
  auto const& cut = ground.study->cut_off;
  double weights = 0, weight = 1;
  for (int h = 0; h < cut.years; ++h, weight *= cut.discount) weights += weight;
  return (1 - cut.leakage) * first_year_error(ground.first_year, curve) / weights;
}

void take(std::vector<uncertainty::Spread> const& all, AutonomyStudy const& study,
          double loss_error, AutonomyAnswer& answer) {
  auto const years = static_cast<std::size_t>(study.years);
  for (std::size_t t = 0; t < years; ++t) {
    auto const* at = &all[t * per_year];
    answer.years.push_back({study.first_year + static_cast<int>(t), at[0], at[1], at[2], at[3],
                            at[4], at[5], at[6], at[7]});
    for (auto* loss : {&answer.years.back().loss_pct, &answer.years.back().loss_without_pct}) {
      loss->p05 = std::max(loss->p05 - 100 * loss_error, std::min(loss->p05, 0.0));
      loss->p95 += 100 * loss_error;
    }
  }
  auto const* rest = &all[years * per_year];
  // A quantile between a draw that gets there and one that never does is not a year.
  auto const last = study.first_year + study.years;
  auto const& year = rest[manageable_year];
  answer.manageable = {below(year.p05, last), below(year.p50, last), below(year.p95, last),
                       rest[is_manageable].mean};
  auto const& pays = rest[hazard];
  answer.break_even = {below(pays.p05, 1 + 1e-9), below(pays.p50, 1 + 1e-9),
                       below(pays.p95, 1 + 1e-9), rest[always_pays].mean, rest[never_pays].mean};
}

/// What drives results of the last year and the programme's cost, off the draws.
std::vector<GivenDrivers> given_drivers(uncertainty::Ensemble const& ensemble,
                                        AutonomyStudy const& study) {
  std::vector<GivenDrivers> all;
  std::vector<std::size_t> candidates;
  for (std::size_t f = 0; f < ensemble.uncertain.size(); ++f) {
    if (may_matter(study, ensemble.uncertain[f].parameter)) candidates.push_back(f);
  }
  // All intervals hold at once: where many numbers are tried some always look as if they mattered.
  sampling::BootstrapOptions bands{.resamples = 200, .confidence = 0.99};
  bands.confidence =
      1 - (1 - bands.confidence) / static_cast<double>(std::max<std::size_t>(candidates.size(), 1));
  if (!ensemble.kept || ensemble.independent < sampling::fewest_given_draws) return all;
  auto const& kept = *ensemble.kept;
  auto const years = static_cast<std::size_t>(study.years);
  auto const last = (years - 1) * per_year;
  struct Result {
    char const* words;
    std::size_t scalar;
  };
  for (auto const& [words, scalar] : {Result{driven_loss, last + 4}, Result{driven_share, last},
                                      Result{driven_cost, years * per_year + programme_cost}}) {
    std::vector<double> values;
    for (std::size_t k = 0; k < kept.scalars.rows(); ++k) values.push_back(kept.scalars(k, scalar));
    auto const found =
        sampling::given_data_indices(kept.points, values, kept.usable, Seed{study.seed}, bands);
    GivenDrivers one{words, {}, found.mean, std::sqrt(found.variance), found.draws};
    for (auto const f : candidates) {
      if (found.first.empty()) break;  // the result does not vary
      one.drivers.push_back({ensemble.uncertain[f].parameter, found.first[f]});
    }
    std::stable_sort(one.drivers.begin(), one.drivers.end(),
                     [](auto const& a, auto const& b) { return a.first.value > b.first.value; });
    all.push_back(std::move(one));
  }
  return all;
}

/// What is read off the central paths.
Result<void> read_central(AutonomyGround const& ground, localize::AutonomyCase const& each,
                          AutonomyAnswer& answer) {
  auto const& technology = each.technology;
  auto const& base = technology.base;
  answer.regions = answer.region_names = base.regions;
  answer.sectors = answer.sector_names = base.sectors;
  answer.sector_names[technology.line] = answer.title;
  answer.unit = base.unit;
  answer.frontier_growth = technology.maker.catch_up.frontier_growth;
  answer.demand_growth = technology.demand_growth;
  answer.diffusion = technology.compute;
  answer.market_pct = 100 * market_share(technology);
  auto const given = answer.parameters[number_place("home_share")].value;
  for (auto& remark : base_remarks(technology, given)) {
    answer.warnings.push_back(std::move(remark));
  }
  for (auto& remark :
       curve_remarks(technology, answer.central, whose_numbers(ground.study->asks.preset))) {
    answer.warnings.push_back(std::move(remark));
  }
  auto const& with = answer.central.with.back();
  auto const& without = answer.central.without.back();
  for (std::size_t j = 0; j < base.grid.sectors; ++j) {
    auto const good = base.grid.good(j, technology.home);
    answer.home_output.push_back(without.real_output[good] > 0
                                     ? with.real_output[good] / without.real_output[good] - 1
                                     : 0.0);
  }
  answer.abroad = abroad_of(technology, answer.central, each.cut_off.horizon);
  for (auto const& stage : ground.technology.stages) {
    answer.stages.emplace_back(stage.name, stage.title);
  }
  auto const values = ground.technology.preset(ground.study->asks.preset);
  if (!values) return fail(values.error());
  auto bill = bill_path(ground.technology, *values, answer.region, technology, answer.central.with);
  if (!bill) return fail(bill.error());
  answer.bill = *std::move(bill);
  return {};
}

double assumed(AutonomyGround const& ground) {
  auto all = static_cast<double>(ground.asked->numbers.size() + ground.technology.numbers.size());
  double count = parameters::assumption_share(ground.technology.numbers) *
                 static_cast<double>(ground.technology.numbers.size());
  for (auto const& number : ground.asked->numbers) count += number.assumed ? 1 : 0;
  if (ground.asked->diffusion) {
    all += diffusion_number_kinds.size();
    count += diffusion_number_kinds.size();
  }
  return count / all;
}

}  // namespace

Result<AutonomyAnswer> run_autonomy(AutonomyGround const& ground, RunControl const& control,
                                    AutonomyDraws const& draws) {
  auto const& study = *ground.study;
  AutonomyAnswer answer;
  answer.technology = ground.asked->name.value;
  answer.title = ground.technology.title;
  answer.region = answer.region_name = study.region.value;
  answer.threshold_pct = threshold_pct(study, *ground.asked);
  answer.threshold_of = threshold_of(study, *ground.asked);
  answer.threshold_note =
      ground.asked->threshold_note.empty() ? study.threshold_note : ground.asked->threshold_note;
  auto parameters = preset_parameters(ground, study.asks.preset);
  if (!parameters) return fail(parameters.error());
  answer.parameters = *std::move(parameters);
  answer.first_year = ground.first_year;
  answer.warnings = ground.warnings;
  answer.assumptions = assumed(ground);
  std::vector<double> central;
  for (auto const& each : answer.parameters) central.push_back(each.value);
  auto const each = autonomy_case(ground, central);
  if (!each) return fail(each.error());
  auto curve = localize::autonomy_curve(*each, control);
  if (!curve) return fail(curve.error());
  answer.central = *std::move(curve);
  auto remark = plant_subsidy_remark(*each, answer.central.with, control);
  if (!remark) return fail(remark.error());
  if (!remark->empty()) answer.warnings.push_back(*std::move(remark));
  if (answer.central.uncoupled > 0) {
    answer.warnings.push_back(fmt::format(
        "In {} years of cut-offs on the central paths makers, users and prices found no agreement: "
        "makers and users go by the prices of the uncut path there.",
        answer.central.uncoupled));
  }
  // With diffusion the equilibrium prices the first year, too: the table says nothing then.
  bool const of_table = !each->technology.compute;
  if (of_table) {
    answer.warnings.push_back(fmt::format(
        "The first year of a cut-off is read off {} runs of the inventory model, by share made at "
        "home; leaving one out where the central paths go moves it by at most {:.2g} % of real "
        "final use, which is added to the bands.",
        ground.first_year.share.size() - 1,
        100 * first_year_error(ground.first_year, answer.central)));
  }
  if (auto const read = read_central(ground, *each, answer); !read) return fail(read.error());
  answer.central_insurance = localize::insurance_of(answer.central, study.cut_off.discount);
  answer.central_manageable = manageable_in(answer.central, study, *ground.asked);
  auto const alone = outcome_of(answer.central, study, *ground.asked);
  if (study.draws == 0) {
    std::vector<uncertainty::Spread> spreads;
    for (double const value : alone.scalars) spreads.push_back({value, value, value, value, 0});
    take(spreads, study, 0, answer);
    return answer;
  }
  uncertainty::EnsembleRequest request{.seed = Seed{study.seed}};
  std::vector<std::size_t> places;
  for (std::size_t k = 0; k < answer.parameters.size(); ++k) {
    auto const& number = answer.parameters[k];
    if (!(number.low < number.high)) continue;
    uncertainty::Uncertain uncertain;
    uncertain.parameter = number.name;
    uncertain.distribution = {sampling::DistributionKind::triangular, number.low, number.high,
                              number.value};
    request.uncertain.push_back(std::move(uncertain));
    places.push_back(k);
  }
  request.design = sampling::DesignKind::sobol;
  request.draws = study.draws;
  request.scalars = alone.scalars.size();
  // A path with its cut-offs takes long: little is lost when it is stopped within a batch.
  request.batch = 16;
  request.fingerprint = draws.fingerprint;
  request.fingerprint.emplace_back("technology", answer.technology);
  request.fingerprint.emplace_back("title", study.title);
  request.checkpoint = draws.checkpoint;
  request.keep_draws = true;
  auto const evaluate =
      [&](DenseMatrix const& drawn,
          RunControl const& inner) -> Result<std::vector<Result<uncertainty::Outcome>>> {
    std::vector<Result<uncertainty::Outcome>> outcomes(drawn.rows(),
                                                       Result<uncertainty::Outcome>{});
    RunControl quiet{.threads = 1, .cancel = inner.cancel};
    auto const done = parallel_for(drawn.rows(), {.threads = inner.threads, .cancel = inner.cancel},
                                   "draws", [&](std::size_t k) {
                                     auto values = central;
                                     for (std::size_t p = 0; p < places.size(); ++p) {
                                       values[places[p]] = drawn(k, p);
                                     }
                                     outcomes[k] = draw(ground, values, quiet);
                                   });
    if (!done) return fail(done.error());
    return outcomes;
  };
  auto const ensemble = uncertainty::run_ensemble(request, evaluate, control);
  if (!ensemble) return fail(ensemble.error());
  answer.draws = ensemble->draws;
  answer.failed = ensemble->failed;
  for (auto const& failure : ensemble->failures) answer.failures.push_back(failure.reason);
  answer.warnings.insert(answer.warnings.end(), ensemble->warnings.begin(),
                         ensemble->warnings.end());
  take(ensemble->scalars, study, of_table ? table_error(ground, answer.central) : 0, answer);
  answer.given = given_drivers(*ensemble, study);
  return answer;
}

}  // namespace linchpin::study
