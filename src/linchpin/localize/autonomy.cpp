// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/autonomy.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "linchpin/core/contracts.h"
#include "linchpin/localize/coupled_economy.h"
#include "linchpin/localize/number_check.h"

namespace linchpin::localize {
namespace {

/// A year of a path with what a cut-off that starts in it needs.
struct Stand {
  MakerState before;
  PolicyState policy;
  LinePrices prices_before;
  CoupledYear year;
  ComputeState compute;  ///< at its beginning
};

/// Productivity of the sectors in a year that begins with this state.
void set_sectors(CoupledCase const& technology, ComputeState const& compute,
                 CoupledEconomy& economy) {
  if (technology.compute) economy.set_sectors(sector_productivity(*technology.compute, compute));
}

ComputeState first_state(CoupledCase const& technology) {
  return technology.compute ? first_compute(*technology.compute) : ComputeState{};
}

void move_on(CoupledCase const& technology, ComputeState& compute, double bought) {
  if (technology.compute) compute = next_compute(*technology.compute, compute, bought);
}

std::vector<Instrument> joined(std::vector<Instrument> list, std::vector<Instrument> const& more) {
  list.insert(list.end(), more.begin(), more.end());
  return list;
}

Result<std::vector<Stand>> path_of(AutonomyCase const& each, CoupledEconomy& economy,
                                   std::vector<Instrument> const& instruments,
                                   RunControl const& control) {
  std::vector<Stand> path;
  auto state = each.technology.start;
  auto compute = first_state(each.technology);
  LinePrices prices;
  auto const years = each.years + each.cut_off.years - 1;
  for (int t = 0; t < years; ++t) {
    auto const policy = policy_at(instruments, each.first_year + t, 1);
    set_sectors(each.technology, compute, economy);
    auto year = coupled_year(economy, state, policy, prices, control);
    if (!year) {
      auto error = year.error();
      error.where = fmt::format("{} of {}", each.first_year + t, error.where);
      return fail(std::move(error));
    }
    path.push_back({state, policy, prices, *std::move(year), compute});
    move_on(each.technology, compute, path.back().year.real_purchases);
    state = path.back().year.outcome.next;
    prices = path.back().year.prices;
  }
  return path;
}

/// Loss and its present value of a cut-off that starts in year `tau` of a path.
struct CutLoss {
  double share = 0, value = 0;
};

/// The cut-offs of one path, in the order of their years: each starts where the last one ended.
class Cuts {
 public:
  Cuts(AutonomyCase const& each, CoupledEconomy& economy, std::vector<Stand> const& path,
       std::vector<Instrument> const& instruments)
      : each_(each),
        economy_(economy),
        path_(path),
        instruments_(instruments),
        starts_(static_cast<std::size_t>(each.cut_off.years)) {}

  Result<CutLoss> at(std::size_t tau, RunControl const& control) {
    auto const& cut = each_.cut_off;
    double const start = each_.first_year + static_cast<double>(tau);
    auto instruments = instruments_;
    instruments.push_back(
        {InstrumentKind::product_control, start, start + cut.years, 1, cut.leakage});
    if (cut.tool_control > 0) {
      instruments.push_back(
          {InstrumentKind::tool_control, start, start + cut.years, cut.tool_control, cut.leakage});
    }
    auto state = path_[tau].before;
    auto compute = path_[tau].compute;
    double used = 0, lost = 0, weight = 1;
    for (int h = 0; h < cut.years; ++h, weight *= cut.discount) {
      auto const& uncut = path_[tau + static_cast<std::size_t>(h)];
      auto const policy = policy_at(instruments, start + h, 1);
      auto const outcome = step_at(each_.technology, state, policy, uncut.year.prices);
      state = outcome.next;
      double share = 0;
      if (h == 0 && cut.first_year_loss && !each_.technology.compute) {
        // What leaks is not lost.
        share = (1 - cut.leakage) * cut.first_year_loss(uncut.year.outcome.home_share);
      } else {
        auto const answer = priced_in(h, uncut, outcome, policy, compute, control);
        if (!answer) return fail(answer.error());
        share = answer->loss;
        move_on(each_.technology, compute, uncut.year.real_purchases * answer->purchases);
      }
      used += weight * uncut.year.welfare;
      lost += weight * uncut.year.welfare * share;
    }
    return CutLoss{lost / used, lost};
  }

 private:
  struct Starts {
    LinePrices uncut, cut;
  };
  struct Priced {
    double loss = 0;       ///< share of real final use
    double purchases = 1;  ///< of the line, over the uncut path
  };

  /// Year h of a cut-off, by the equilibrium at θ of that horizon.
  Result<Priced> priced_in(int h, Stand const& uncut, Outcome const& outcome,
                           PolicyState const& policy, ComputeState const& compute,
                           RunControl const& control) {
    auto const theta = each_.cut_off.horizon.share(h == 0 ? 0.5 : h);
    auto& starts = starts_[static_cast<std::size_t>(h)];
    auto const first = starts.uncut.state.outer.empty();
    auto const& taken_at = uncut.year.prices;
    set_sectors(each_.technology, uncut.compute, economy_);
    auto const before = priced(economy_, uncut.year.outcome, uncut.policy, taken_at, theta, control,
                               first ? nullptr : &starts.uncut);
    if (!before) return fail(before.error());
    starts.uncut = before->prices;
    set_sectors(each_.technology, compute, economy_);
    auto const after = priced(economy_, outcome, policy, taken_at, theta, control,
                              first ? &starts.uncut : &starts.cut);
    if (!after) return fail(after.error());
    starts.cut = after->prices;
    return Priced{1 - after->welfare / before->welfare,
                  after->real_purchases / before->real_purchases};
  }

  AutonomyCase const& each_;
  CoupledEconomy& economy_;
  std::vector<Stand> const& path_;
  std::vector<Instrument> const& instruments_;
  std::vector<Starts> starts_;  ///< by year of the cut-off
};

CostParts cost_parts(CoupledCase const& each, CoupledYear const& year) {
  auto const& terms = year.outcome.terms;
  auto const own = each.base.value_added[each.base.grid.industry(each.home, each.line)];
  auto const total = terms.cost.total();
  CostParts parts;
  parts.capital = terms.cost.capital;
  parts.labour = std::max(own * total - parts.capital, 0.0);
  auto const inputs = total - parts.capital - parts.labour;
  parts.imported_inputs = inputs * year.imported_inputs;
  parts.home_inputs = inputs - parts.imported_inputs;
  return parts;
}

PathYear row_of(AutonomyCase const& each, Stand const& stand, int year, PathDetail detail) {
  auto const& outcome = stand.year.outcome;
  auto const first_experience = each.technology.start.experience;
  PathYear row;
  row.year = year;
  row.welfare = stand.year.welfare;
  row.home_share = outcome.home_share;
  row.foreign_share = outcome.foreign_share;
  row.unmet_share = outcome.unmet_share;
  row.home_spending = stand.year.home_spending;
  row.price_abroad = std::exp(stand.year.prices.foreign);
  row.unit_cost =
      outcome.terms.cost.total() * (1 + each.technology.maker.markup) / row.price_abroad;
  row.cost = cost_parts(each.technology, stand.year);
  row.quality = stand.before.quality.relative();
  row.experience = stand.before.experience / first_experience;
  row.outlay = outcome.outlay;
  row.export_price = std::exp(stand.year.prices.home);
  row.exports = stand.year.exported;
  row.export_scarcity = std::expm1(stand.year.prices.scarcity);
  row.share_abroad = stand.year.share_abroad;
  row.capacity = stand.before.capacity.installed;
  row.made = outcome.made;
  row.ordered = outcome.ordered;
  row.utilisation = outcome.utilisation;
  row.catch_up_speed = outcome.catch_up_speed;
  row.undenied_speed = outcome.undenied_speed;
  row.experience_gained = outcome.experience_gained / first_experience;
  if (auto const& use = each.technology.compute) {
    row.compute_stock = stand.compute.stock.total() / first_compute(*use).stock.total();
    row.compute_adoption = stand.compute.adoption;
    row.compute_gain = stand.compute.gain;
  }
  if (detail == PathDetail::own) return row;
  row.welfare_abroad = stand.year.welfare_abroad;
  row.newcomer = stand.year.newcomer;
  row.real_output = stand.year.real_output;
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
  if (auto const& use = each.technology.compute) {
    if (auto const fine = check(*use, "diffusion"); !fine) errors.add(fine.error());
    if (use->exposure.size() != each.technology.base.sectors.size()) {
      errors.add(ErrorCode::size_mismatch, "exposures do not fit the sectors", "diffusion",
                 "give one per sector");
    }
  }
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

Result<AutonomyCurve> autonomy_curve(AutonomyCase const& each, RunControl const& control,
                                     PathDetail detail) {
  if (auto const fine = check(each); !fine) return fail(fine.error());
  auto const both = joined(each.baseline, each.programme);
  CoupledEconomy economy{each.technology, detail == PathDetail::by_region};
  auto const without = path_of(each, economy, each.baseline, control);
  if (!without) return fail(without.error());
  auto const with = path_of(each, economy, both, control);
  if (!with) return fail(with.error());
  Cuts cuts_without{each, economy, *without, each.baseline};
  Cuts cuts_with{each, economy, *with, both};
  AutonomyCurve curve;
  for (std::size_t t = 0; t < static_cast<std::size_t>(each.years); ++t) {
    auto const year = each.first_year + static_cast<int>(t);
    curve.without.push_back(row_of(each, (*without)[t], year, detail));
    curve.with.push_back(row_of(each, (*with)[t], year, detail));
    curve.cost.push_back(1 - curve.with.back().welfare / curve.without.back().welfare);
    auto const b = cuts_without.at(t, control);
    if (!b) return fail(b.error());
    auto const p = cuts_with.at(t, control);
    if (!p) return fail(p.error());
    curve.loss_without.push_back(b->share);
    curve.loss_with.push_back(p->share);
    curve.value_without.push_back(b->value);
    curve.value_with.push_back(p->value);
  }
  curve.solves = economy.solves();
  return curve;
}

std::vector<CompetitorLoss> competitor_losses(CoupledCase const& technology,
                                              AutonomyCurve const& curve, std::size_t year) {
  LINCHPIN_EXPECTS(year < curve.with.size() && year < curve.without.size());
  auto const& with = curve.with[year];
  auto const& without = curve.without[year];
  auto const& base = technology.base;
  LINCHPIN_EXPECTS(with.real_output.size() == base.grid.goods());
  std::vector<CompetitorLoss> all(base.grid.regions);
  auto const change = [&](std::size_t good) {
    return without.real_output[good] > 0 ? with.real_output[good] / without.real_output[good] - 1
                                         : 0.0;
  };
  for (std::size_t n = 0; n < base.grid.regions; ++n) {
    auto& region = all[n];
    region.real_income = with.welfare_abroad[n] / without.welfare_abroad[n] - 1;
    region.line_output = change(base.grid.good(technology.line, n));
    region.newcomer = with.newcomer[n];
    region.newcomer_without = without.newcomer[n];
    double worst = 0;
    for (std::size_t j = 0; j < base.grid.sectors; ++j) {
      auto const good = base.grid.good(j, n);
      auto const lost = -change(good) * without.real_output[good] * base.output[good];
      if (lost <= worst) continue;
      worst = lost;
      region.hardest_hit = j;
      region.hardest_hit_output = change(good);
    }
  }
  return all;
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
