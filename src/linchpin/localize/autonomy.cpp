// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/autonomy.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "linchpin/core/contracts.h"
#include "linchpin/localize/number_check.h"

namespace linchpin::localize {
namespace {

/// A year of a path with what a cut-off that starts in it needs.
struct Stand {
  MakerState before;
  PolicyState policy;
  LinePrices prices_before;
  CoupledYear year;
};

std::vector<Instrument> joined(std::vector<Instrument> list, std::vector<Instrument> const& more) {
  list.insert(list.end(), more.begin(), more.end());
  return list;
}

Result<std::vector<Stand>> path_of(AutonomyCase const& each,
                                   std::vector<Instrument> const& instruments,
                                   RunControl const& control) {
  std::vector<Stand> path;
  auto state = each.technology.start;
  LinePrices prices;
  auto const years = each.years + each.cut_off.years - 1;
  for (int t = 0; t < years; ++t) {
    auto const policy = policy_at(instruments, each.first_year + t, 1);
    auto year = coupled_year(each.technology, state, policy, prices, control);
    if (!year) {
      auto error = year.error();
      error.where = fmt::format("{} of {}", each.first_year + t, error.where);
      return fail(std::move(error));
    }
    path.push_back({state, policy, prices, *std::move(year)});
    state = path.back().year.outcome.next;
    prices = path.back().year.prices;
  }
  return path;
}

/// Loss and its present value of a cut-off that starts in year `tau` of a path.
struct CutLoss {
  double share = 0, value = 0;
};

Result<CutLoss> cut_at(AutonomyCase const& each, std::vector<Stand> const& path,
                       std::vector<Instrument> instruments, std::size_t tau,
                       RunControl const& control) {
  auto const& cut = each.cut_off;
  double const start = each.first_year + static_cast<double>(tau);
  instruments.push_back(
      {InstrumentKind::product_control, start, start + cut.years, 1, cut.leakage});
  if (cut.tool_control > 0) {
    instruments.push_back(
        {InstrumentKind::tool_control, start, start + cut.years, cut.tool_control, cut.leakage});
  }
  auto state = path[tau].before;
  double used = 0, lost = 0, weight = 1;
  for (int h = 0; h < cut.years; ++h, weight *= cut.discount) {
    auto const& uncut = path[tau + static_cast<std::size_t>(h)];
    auto const policy = policy_at(instruments, start + h, 1);
    auto const outcome = step_at(each.technology, state, policy, uncut.year.prices);
    state = outcome.next;
    double share = 0;
    if (h == 0 && cut.first_year_loss) {
      // What leaks is not lost.
      share = (1 - cut.leakage) * cut.first_year_loss(uncut.year.outcome.home_share);
    } else {
      auto const theta = cut.horizon.share(h == 0 ? 0.5 : h);
      auto const before = priced(each.technology, uncut.year.outcome, uncut.policy,
                                 uncut.year.prices, theta, control);
      if (!before) return fail(before.error());
      auto const after =
          priced(each.technology, outcome, policy, uncut.year.prices, theta, control);
      if (!after) return fail(after.error());
      share = 1 - after->welfare / before->welfare;
    }
    used += weight * uncut.year.welfare;
    lost += weight * uncut.year.welfare * share;
  }
  return CutLoss{lost / used, lost};
}

PathYear row_of(AutonomyCase const& each, Stand const& stand, int year) {
  auto const& outcome = stand.year.outcome;
  PathYear row;
  row.year = year;
  row.welfare = stand.year.welfare;
  row.home_share = outcome.home_share;
  row.unmet_share = outcome.unmet_share;
  row.unit_cost = outcome.terms.cost.total() * (1 + each.technology.maker.markup) /
                  std::exp(stand.year.prices.foreign);
  row.quality = stand.before.quality.relative();
  row.experience = stand.before.experience / each.technology.start.experience;
  row.outlay = outcome.outlay;
  row.export_price = std::exp(stand.year.prices.home);
  row.share_abroad = stand.year.share_abroad;
  row.welfare_abroad = stand.year.welfare_abroad;
  return row;
}

}  // namespace

Result<void> check(AutonomyCase const& each) {
  ErrorList errors;
  NumberCheck numbers("autonomy curve");
  numbers.between("years", each.years, 1, 100);
  numbers.between("years of a cut-off", each.cut_off.years, 1, 10);
  numbers.share("leakage", each.cut_off.leakage);
  numbers.share("tool_control", each.cut_off.tool_control);
  if (numbers.above("discount", each.cut_off.discount, 0)) {
    numbers.share("discount", each.cut_off.discount);
  }
  if (auto const fine = numbers.result(); !fine) errors.add(fine.error());
  for (auto const* list : {&each.baseline, &each.programme}) {
    for (auto const& instrument : *list) {
      if (auto const fine = check(instrument, to_string(instrument.kind)); !fine) {
        errors.add(fine.error());
      }
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

Result<AutonomyCurve> autonomy_curve(AutonomyCase const& each, RunControl const& control) {
  if (auto const fine = check(each); !fine) return fail(fine.error());
  auto const both = joined(each.baseline, each.programme);
  auto const without = path_of(each, each.baseline, control);
  if (!without) return fail(without.error());
  auto const with = path_of(each, both, control);
  if (!with) return fail(with.error());
  AutonomyCurve curve;
  for (std::size_t t = 0; t < static_cast<std::size_t>(each.years); ++t) {
    auto const year = each.first_year + static_cast<int>(t);
    curve.without.push_back(row_of(each, (*without)[t], year));
    curve.with.push_back(row_of(each, (*with)[t], year));
    curve.cost.push_back(1 - curve.with.back().welfare / curve.without.back().welfare);
    auto const b = cut_at(each, *without, each.baseline, t, control);
    if (!b) return fail(b.error());
    auto const p = cut_at(each, *with, both, t, control);
    if (!p) return fail(p.error());
    curve.loss_without.push_back(b->share);
    curve.loss_with.push_back(p->share);
    curve.value_without.push_back(b->value);
    curve.value_with.push_back(p->value);
  }
  return curve;
}

std::optional<std::size_t> manageable_from(std::span<double const> loss, double threshold) {
  auto first = loss.size();
  while (first > 0 && loss[first - 1] < threshold) --first;
  if (first == loss.size()) return std::nullopt;
  return first;
}

char const* to_string(Insurance::Verdict verdict) noexcept {
  switch (verdict) {
    case Insurance::Verdict::pays_without_cut_off:
      return "pays without any cut-off";
    case Insurance::Verdict::pays_above:
      return "pays above";
    case Insurance::Verdict::never:
      break;
  }
  return "never";
}

Insurance insurance_of(AutonomyCurve const& curve, double discount) {
  double premium = 0, weight = 1;
  for (std::size_t t = 0; t < curve.cost.size(); ++t, weight *= discount) {
    premium += weight * curve.cost[t] * curve.without[t].welfare;
  }
  if (premium <= 0) return {Insurance::Verdict::pays_without_cut_off, std::nullopt};
  // The first year is τ = 1: a cut-off can come at once, and waits for nobody's plan.
  auto const saved = [&](double hazard) {
    double sum = 0, factor = discount * hazard;
    for (std::size_t t = 0; t < curve.value_with.size(); ++t) {
      sum += factor * (curve.value_without[t] - curve.value_with[t]);
      factor *= discount * (1 - hazard);
    }
    return sum;
  };
  constexpr int steps = 2000;
  double low = 0;
  for (int k = 1; k <= steps; ++k) {
    // Fine where hazards are small.
    double high = std::pow(static_cast<double>(k) / steps, 2);
    if (saved(high) < premium) {
      low = high;
      continue;
    }
    for (int step = 0; step < 60; ++step) {
      auto const middle = (low + high) / 2;
      (saved(middle) < premium ? low : high) = middle;
    }
    return {Insurance::Verdict::pays_above, high};
  }
  return {Insurance::Verdict::never, std::nullopt};
}

double LossTable::at(double home_share) const {
  LINCHPIN_EXPECTS(!share.empty() && share.size() == loss.size());
  auto const after = std::lower_bound(share.begin(), share.end(), home_share);
  if (share.size() == 1 || after == share.end()) return loss.back();
  auto const k = std::max<std::size_t>(static_cast<std::size_t>(after - share.begin()), 1);
  auto const part = (home_share - share[k - 1]) / (share[k] - share[k - 1]);
  return loss[k - 1] + part * (loss[k] - loss[k - 1]);
}

double LossTable::leave_one_out_error() const {
  double worst = 0;
  for (std::size_t k = 1; k + 1 < share.size(); ++k) {
    auto less = *this;
    less.share.erase(less.share.begin() + static_cast<std::ptrdiff_t>(k));
    less.loss.erase(less.loss.begin() + static_cast<std::ptrdiff_t>(k));
    worst = std::max(worst, std::abs(less.at(share[k]) - loss[k]));
  }
  return worst;
}

}  // namespace linchpin::localize
