// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_subsidy.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "linchpin/core/parallel.h"
#include "linchpin/localize/infant_industry.h"

namespace linchpin::study {
namespace {

using localize::AutonomyCurve;
using localize::Instrument;
using localize::InstrumentKind;

// Of demand, and of real final use: below them there is no gain that could stand.
constexpr double least_gain = 0.005;
constexpr double least_loss_cut = 1e-7;

/// What the treasury pays for.
bool is_subsidy(InstrumentKind kind) {
  switch (kind) {
    case InstrumentKind::production_subsidy:
    case InstrumentKind::purchase_subsidy:
    case InstrumentKind::investment_subsidy:
    case InstrumentKind::research_subsidy:
    case InstrumentKind::entry_subsidy:
    case InstrumentKind::public_purchase:
    case InstrumentKind::public_capacity:
    case InstrumentKind::stockpile:
      return true;
    default:
      return false;
  }
}

bool of_technology(AutonomyPolicy const& policy, AutonomyTechnology const& technology) {
  return policy.programme &&
         (policy.technology.empty() || policy.technology == technology.name.value);
}

/// The programme with subsidies, or all of it, ending before `year`.
std::vector<Instrument> ended(std::vector<Instrument> const& programme, int year, bool all) {
  std::vector<Instrument> result;
  for (auto each : programme) {
    if (all || is_subsidy(each.kind)) each.to = std::min(each.to, static_cast<double>(year));
    if (each.from < each.to) result.push_back(each);
  }
  return result;
}

SubsidyEnd measured(AutonomyCurve const& curve, AutonomyCurve const& planned, int end, bool all) {
  SubsidyEnd result;
  result.first_year_without = end;
  result.all = all;
  auto const last = curve.with.size() - 1;
  auto const gain = [&](AutonomyCurve const& each) {
    return each.with[last].home_share - each.without[last].home_share;
  };
  auto const cut = [&](AutonomyCurve const& each) {
    return each.loss_without[last] - each.loss_with[last];
  };
  result.gain_end = gain(curve);
  result.gain_full = gain(planned);
  result.loss_cut_end = cut(curve);
  result.loss_cut_full = cut(planned);
  result.home_share_end = curve.with[last].home_share;
  result.loss_end = curve.loss_with[last];
  return result;
}

std::vector<localize::IndustryPeriod> industry(std::vector<localize::PathYear> const& years) {
  std::vector<localize::IndustryPeriod> path;
  for (auto const& year : years) {
    // Prices on both sides: cost without the markup of home makers against a price that has that of
    // foreign ones would count the same thing differently.
    path.push_back({.foreign_price = year.price_abroad,
                    .domestic_cost = year.unit_cost * year.price_abroad,
                    .quantity = year.made,
                    .distortion = burden_of_funds * year.outlay});
  }
  return path;
}

}  // namespace

void put_infant_tests(SubsidyTest& test, AutonomyCurve const& central, double discount) {
  auto const with = industry(central.with);
  if (auto const crossing = localize::mill_crossing(with)) {
    test.mill_year = central.with[*crossing].year;
    test.already_cheaper = *crossing == 0;
  }
  double const rate = 1 / discount - 1;
  test.bastable_value = localize::bastable_value(with, rate) -
                        localize::bastable_value(industry(central.without), rate);
}

std::optional<double> SubsidyEnd::gain_stands() const {
  if (gain_full < least_gain) return std::nullopt;
  return gain_end / gain_full;
}

std::optional<double> SubsidyEnd::loss_cut_stands() const {
  if (loss_cut_full < least_loss_cut) return std::nullopt;
  return loss_cut_end / loss_cut_full;
}

std::vector<int> subsidy_ends(AutonomyStudy const& study, AutonomyTechnology const& technology) {
  std::vector<int> ends;
  double own = -std::numeric_limits<double>::infinity();
  for (auto const& policy : study.policies) {
    if (!of_technology(policy, technology) || !is_subsidy(policy.instrument.kind)) continue;
    own = std::max(own, policy.instrument.to);
  }
  if (!std::isfinite(own) && own < 0) return ends;  // nothing is paid
  int const last = study.first_year + study.years;
  if (own < last) ends.push_back(static_cast<int>(std::ceil(own)));
  for (int const years : study.asks.subsidies_until) {
    int const end = study.first_year + years;
    if (end < last && end < own) ends.push_back(end);
  }
  std::sort(ends.begin(), ends.end());
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  return ends;
}

Result<SubsidyTest> test_subsidies(AutonomyGround const& ground, std::span<double const> values,
                                   AutonomyCurve const& central, RunControl const& control) {
  auto const& study = *ground.study;
  auto const each = autonomy_case(ground, values);
  if (!each) return fail(each.error());
  SubsidyTest test;
  auto const last = central.with.size() - 1;
  test.home_share_end = central.with[last].home_share;
  test.loss_end = central.loss_with[last];
  test.home_share_without_end = central.without[last].home_share;
  test.loss_without_end = central.loss_without[last];
  put_infant_tests(test, central, study.cut_off.discount);
  auto const ends = subsidy_ends(study, *ground.asked);
  std::vector<Result<SubsidyEnd>> found(2 * ends.size(), Result<SubsidyEnd>{SubsidyEnd{}});
  auto const run = [&](int end, bool all) -> Result<SubsidyEnd> {
    auto other = *each;
    other.programme = ended(each->programme, end, all);
    auto const curve = localize::autonomy_curve(other, {.threads = 1, .cancel = control.cancel},
                                                localize::PathDetail::own);
    if (!curve) return fail(curve.error());
    auto result = measured(*curve, central, end, all);
    auto const same = [&](Instrument const& one) {
      return !(all || is_subsidy(one.kind)) || one.to <= end;
    };
    result.as_planned = std::all_of(each->programme.begin(), each->programme.end(), same);
    return result;
  };
  auto const done = parallel_for(found.size(), control, "subsidies",
                                 [&](std::size_t k) { found[k] = run(ends[k / 2], k % 2 == 1); });
  if (!done) return fail(done.error());
  for (auto& one : found) {
    if (!one) return fail(one.error());
    test.ends.push_back(*std::move(one));
  }
  return test;
}

Result<std::string> plant_subsidy_remark(localize::AutonomyCase each,
                                         std::vector<localize::PathYear> const& with,
                                         RunControl const& control) {
  auto const dropped = std::erase_if(each.programme, [](localize::Instrument const& instrument) {
    return instrument.kind == InstrumentKind::investment_subsidy && instrument.amount > 0;
  });
  if (dropped == 0) return std::string{};
  auto const paths = localize::autonomy_paths(each, control);
  if (!paths) return fail(paths.error());
  std::size_t most = 0;
  auto const gain = [&](std::size_t t) {
    return 100 * (with[t].home_share - paths->with[t].home_share);
  };
  for (std::size_t t = 1; t < with.size() && t < paths->with.size(); ++t) {
    if (gain(t) > gain(most)) most = t;
  }
  constexpr double little = 0.05;  // points
  if (gain(most) < little) {
    return std::string{
        "The subsidy on plants is paid for nothing on the central path: without it as much is made "
        "at home, for plants pay without it or there are enough of them."};
  }
  return fmt::format(
      "The subsidy on plants adds at most {:.1f} points to the share made at home on the central "
      "path ({}).",
      gain(most), with[most].year);
}

}  // namespace linchpin::study
