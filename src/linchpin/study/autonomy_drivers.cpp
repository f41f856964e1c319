// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_drivers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "linchpin/core/nearest.h"
#include "linchpin/core/parallel.h"
#include "linchpin/sampling/design.h"
#include "linchpin/sampling/distribution.h"
#include "linchpin/study/autonomy_threshold.h"

namespace linchpin::study {
namespace {

// Years and hazards that may never come are no numbers to share out a variance of: of them only
// whether they come.
constexpr std::array results{driven_loss, driven_share, driven_cost,
                             "odds that a cut-off becomes manageable",
                             "odds that the programme pays as an insurance"};
using Values = std::array<double, results.size()>;

Values values_of(localize::AutonomyCurve const& curve, AutonomyStudy const& study,
                 AutonomyTechnology const& technology) {
  using Verdict = localize::Insurance::Verdict;
  auto const place = manageable_in(curve, study, technology);
  auto const insurance = localize::insurance_of(curve, study.cut_off.discount);
  return {100 * curve.loss_with.back(), curve.with.back().home_share,
          100 * programme_sum(curve, study.cut_off.discount, 0).cost, place ? 1.0 : 0.0,
          insurance.hazard || insurance.verdict == Verdict::pays_without_cut_off ? 1.0 : 0.0};
}

/// "learning_rate" of "learning_rate (all stages)".
std::string_view short_name(std::string_view name) { return name.substr(0, name.find(" (")); }

/// Whether indices are asked for this number.
bool varies(AutonomyAsks const& asks, AutonomyParameter const& number) {
  if (!(number.low < number.high)) return false;
  auto const& wanted = asks.driver_numbers;
  return wanted.empty() || std::any_of(wanted.begin(), wanted.end(), [&](auto const& each) {
           return each.value == number.name || each.value == short_name(number.name);
         });
}

/// \error unknown_label  numbers that the technology does not have; all of them
Result<void> check_names(AutonomyAsks const& asks, std::vector<AutonomyParameter> const& numbers) {
  std::vector<std::string> known;
  for (auto const& each : numbers) {
    if (each.low < each.high) known.emplace_back(short_name(each.name));
  }
  ErrorList errors;
  for (auto const& each : asks.driver_numbers) {
    if (std::find(known.begin(), known.end(), short_name(each.value)) != known.end()) continue;
    errors.add(ErrorCode::unknown_label,
               fmt::format("no number with a range is called '{}'", each.value), each.where,
               did_you_mean(each.value, known, "leave `numbers` out for all of them"));
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

}  // namespace

bool may_matter(AutonomyStudy const& study, std::string_view number) {
  if (short_name(number) != "entry_cost") return true;
  auto const enters = [](auto const& each) {
    return each == localize::InstrumentKind::entry_subsidy;
  };
  return std::any_of(study.policies.begin(), study.policies.end(),
                     [&](auto const& each) { return enters(each.instrument.kind); });
}

Result<void> check_drivers(AutonomyGround const& ground) {
  auto const draws = ground.study->asks.driver_draws;
  if (draws == 0) return {};
  auto const& asks = ground.study->asks;
  auto const numbers = autonomy_parameters(ground);
  if (auto const fine = check_names(asks, numbers); !fine) return fine;
  std::size_t factors = 0;
  for (auto const& each : numbers) factors += varies(asks, each) ? 1 : 0;
  auto const design = sampling::Design::make(sampling::DesignKind::saltelli, draws, factors,
                                             Seed{ground.study->seed});
  if (!design) {
    auto error = design.error();
    error.where = fmt::format("drivers of {}", ground.asked->name.value);
    return fail(std::move(error));
  }
  return {};
}

Result<Drivers> find_drivers(AutonomyGround const& ground,
                             std::span<AutonomyParameter const> parameters, CurveOf const& curve_of,
                             RunControl const& control) {
  auto const& study = *ground.study;
  std::vector<double> central;
  std::vector<std::size_t> places;
  std::vector<sampling::Distribution> distributions;
  for (std::size_t k = 0; k < parameters.size(); ++k) {
    auto const& each = parameters[k];
    central.push_back(each.value);
    if (!varies(study.asks, each)) continue;
    places.push_back(k);
    distributions.push_back(
        {sampling::DistributionKind::triangular, each.low, each.high, each.value});
  }
  auto const design = sampling::Design::make(
      sampling::DesignKind::saltelli, study.asks.driver_draws, places.size(), Seed{study.seed});
  if (!design) return fail(design.error());
  auto const size = places.size() + 2;
  auto const count = design->groups() * size;
  std::vector<Result<Values>> found(count, Result<Values>{Values{}});
  RunControl const inner{.threads = 1, .cancel = control.cancel};
  auto const draw = [&](std::size_t k) -> Result<Values> {
    auto values = central;
    std::vector<double> point(places.size());
    design->point(k, point);
    for (std::size_t p = 0; p < places.size(); ++p) {
      values[places[p]] = distributions[p].quantile(point[p]);
    }
    auto const each = autonomy_case(ground, values);
    if (!each) return fail(each.error());
    auto const curve = curve_of(*each, inner);
    if (!curve) return fail(curve.error());
    return values_of(*curve, study, *ground.asked);
  };
  auto const done =
      parallel_for(count, control, "drivers", [&](std::size_t k) { found[k] = draw(k); });
  if (!done) return fail(done.error());
  Drivers drivers;
  drivers.draws = count;
  drivers.groups = design->groups();
  std::vector<bool> complete(design->groups(), true);
  for (std::size_t k = 0; k < count; ++k) {
    if (found[k]) continue;
    complete[k / size] = false;
    ++drivers.failed;
  }
  if (drivers.failed == count) return fail(found.front().error());
  for (std::size_t r = 0; r < results.size(); ++r) {
    DenseMatrix table(design->groups(), size);
    for (std::size_t k = 0; k < count; ++k) {
      if (found[k]) table(k / size, k % size) = (*found[k])[r];
    }
    auto const indices = sampling::sensitivity_indices(table, complete, Seed{study.seed});
    DrivenResult one{results[r], {}, indices.mean, std::sqrt(indices.variance)};
    for (std::size_t p = 0; p < indices.factors.size(); ++p) {
      one.drivers.push_back({parameters[places[p]].name, indices.factors[p]});
    }
    std::stable_sort(one.drivers.begin(), one.drivers.end(), [](auto const& a, auto const& b) {
      return a.indices.total.value > b.indices.total.value;
    });
    drivers.results.push_back(std::move(one));
  }
  return drivers;
}

}  // namespace linchpin::study
