// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/autonomy.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "linchpin/core/contracts.h"
#include "linchpin/localize/coupled_economy.h"
#include "linchpin/localize/number_check.h"

namespace linchpin::localize {
namespace {

/// To which prices of a year of a cut-off agree: what is wrong with them is wrong in the line
/// alone.
constexpr double price_tolerance = 1e-7;

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

/// Of the line at home, over the first year.
double bought_in(CoupledYear const& year) { return year.real_purchases * year.prices.size; }

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
    prices.size = std::pow(1 + each.technology.demand_growth, t);
    auto year = coupled_year(economy, state, policy, prices, control);
    if (!year) {
      auto error = year.error();
      error.where = fmt::format("{} of {}", each.first_year + t, error.where);
      return fail(std::move(error));
    }
    path.push_back({state, policy, prices, *std::move(year), compute});
    move_on(each.technology, compute, bought_in(path.back().year));
    state = path.back().year.outcome.next;
    prices = path.back().year.prices;
  }
  return path;
}

/// Loss and its present value of a cut-off that starts in year `tau` of a path.
struct CutLoss {
  double share = 0, value = 0;
  CutOffYears years;
};

CutYear cut_year(double weight, double welfare, CoupledYear const& cut) {
  CutYear row;
  row.weight = weight;
  row.welfare = welfare;
  row.home_share = cut.outcome.home_share;
  row.foreign_share = cut.outcome.foreign_share;
  row.unmet_share = cut.outcome.unmet_share;
  row.from_stock = std::max(1 - row.home_share - row.foreign_share - row.unmet_share, 0.0);
  return row;
}

/// The cut-offs of one path, in the order of their years: each starts where the last one ended.
class Cuts {
 public:
  Cuts(AutonomyCase const& each, CoupledEconomy& economy, std::vector<Stand> const& path,
       std::vector<Instrument> const& instruments, double gain_effect)
      : each_(each),
        economy_(economy),
        path_(path),
        instruments_(instruments),
        gain_effect_(gain_effect),
        starts_(static_cast<std::size_t>(each.cut_off.years)) {}

  /// Years so far in which technology and prices found no agreement.
  [[nodiscard]] std::size_t uncoupled() const noexcept { return uncoupled_; }

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
    Chain cut_off{path_[tau].before, path_[tau].compute};
    auto uncut = path_[tau].before;
    double used = 0, lost = 0, weight = 1;
    CutOffYears rows;
    for (int h = 0; h < cut.years; ++h, weight *= cut.discount) {
      auto const& own = path_[tau + static_cast<std::size_t>(h)];
      auto& starts = starts_[static_cast<std::size_t>(h)];
      auto const policy = policy_at(instruments, start + h, 1);
      auto const before = year_in(h, {uncut, own.compute}, own, own.policy, starts.uncut, control);
      if (!before) return fail(before.error());
      if (starts.cut.state.outer.empty()) starts.cut = starts.uncut;
      auto const after = year_in(h, cut_off, own, policy, starts.cut, control);
      if (!after) return fail(after.error());
      auto row = cut_year(weight, own.year.welfare, *after);
      row.loss = 1 - after->welfare / before->welfare;
      row.by_table = h == 0 && cut.first_year_loss && !each_.technology.compute;
      if (row.by_table) row.loss = first_year(own, after->outcome);
      uncut = before->outcome.next;
      cut_off.state = after->outcome.next;
      move_on(each_.technology, cut_off.compute,
              bought_in(own.year) * after->real_purchases / before->real_purchases);
      used += weight * own.year.welfare;
      lost += weight * own.year.welfare * row.loss;
      rows.years.push_back(row);
    }
    rows.later = weight * lost_afterwards(tau, cut_off.compute);
    lost += rows.later;
    return CutLoss{lost / used, lost, std::move(rows)};
  }

 private:
  struct Starts {
    LinePrices uncut, cut;
  };
  /// Where the technology stands in a year of a cut-off.
  struct Chain {
    MakerState state;
    ComputeState compute;
  };

  /// Loss of the first year by the table. What leaks is not lost, and what stocks deliver of the
  /// rest counts as made at home.
  [[nodiscard]] double first_year(Stand const& own, Outcome const& outcome) const {
    auto const size = own.year.prices.size;
    auto const home = own.year.outcome.home_share;
    auto const from_stock = outcome.from_stock / size;
    auto const lacking = from_stock + outcome.unmet_share;
    auto const served = home + (lacking > 0 ? (1 - home) * from_stock / lacking : 0);
    return (1 - each_.cut_off.leakage) * each_.cut_off.first_year_loss(served) * size;
  }

  /// Year h of a cut-off, or the same year without it: technology and economy together at θ of that
  /// horizon. Where they do not agree (a market all but without supply), technology goes by the
  /// prices of the path and the economy by its outcome.
  Result<CoupledYear> year_in(int h, Chain const& chain, Stand const& own,
                              PolicyState const& policy, LinePrices& start,
                              RunControl const& control) {
    auto const theta = each_.cut_off.horizon.share(h == 0 ? 0.5 : h);
    auto const& taken_at = own.year.prices;
    auto from = start.state.outer.empty() ? taken_at : start;
    from.size = taken_at.size;
    set_sectors(each_.technology, chain.compute, economy_);
    auto year = coupled_year(economy_, chain.state, policy, from, control, theta, price_tolerance);
    if (!year && year.error().code == ErrorCode::not_converged) {
      ++uncoupled_;
      auto const outcome = step_at(each_.technology, chain.state, policy, taken_at);
      year = priced(economy_, outcome, policy, taken_at, theta, control, &from);
    }
    if (year) start = year->prices;
    return year;
  }

  /// Present value, at the end of a cut-off, of what is missing from the stock of compute until
  /// gains are the same again; users then buy what they would have bought anyway.
  double lost_afterwards(std::size_t tau, ComputeState compute) const {
    if (!each_.technology.compute) return 0;
    constexpr int most_years = 60;
    auto const at = [&](std::size_t t) -> Stand const& {
      return path_[std::min(t, path_.size() - 1)];
    };
    auto const last = tau + static_cast<std::size_t>(each_.cut_off.years) - 1;
    auto uncut = path_[last].compute;
    move_on(each_.technology, uncut, bought_in(path_[last].year));
    double sum = 0, weight = 1;
    for (int h = 0; h < most_years; ++h, weight *= each_.cut_off.discount) {
      auto const& year = at(last + 1 + static_cast<std::size_t>(h)).year;
      sum += weight * year.welfare * gain_effect_ * (uncut.gain - compute.gain);
      move_on(each_.technology, uncut, bought_in(year));
      move_on(each_.technology, compute, bought_in(year));
    }
    return sum;
  }

  AutonomyCase const& each_;
  CoupledEconomy& economy_;
  std::vector<Stand> const& path_;
  std::vector<Instrument> const& instruments_;
  double gain_effect_;          ///< d ln W / d gain
  std::vector<Starts> starts_;  ///< by year of the cut-off
  std::size_t uncoupled_ = 0;
};

/// d ln W / d gain of a fully exposed sector, near the first year of a path.
Result<double> gain_effect(CoupledCase const& technology, Stand const& first,
                           CoupledEconomy& economy, RunControl const& control) {
  if (!technology.compute) return 0.0;
  constexpr double step = 0.01;
  auto more = first.compute;
  more.gain += step;
  set_sectors(technology, more, economy);
  auto const year =
      priced(economy, first.year.outcome, first.policy, first.year.prices, 1, control);
  if (!year) return fail(year.error());
  return std::log(year->welfare / first.year.welfare) / step;
}

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
  auto const& base = each.technology.base;
  auto const home = each.technology.home;
  row.resources = outcome.resources * base.expenditure[base.grid.good(each.technology.line, home)] /
                  base.final_spending(home);
  row.welfare = stand.year.welfare * (1 - row.resources);
  row.market = base.expenditure[base.grid.good(each.technology.line, home)] /
               base.final_spending(home) * stand.year.prices.size;
  row.home_share = outcome.home_share;
  row.foreign_share = outcome.foreign_share;
  row.unmet_share = outcome.unmet_share;
  row.home_spending = stand.year.home_spending;
  row.price_abroad = std::exp(stand.year.prices.foreign) * (1 - outcome.terms.foreign_cut);
  row.unit_cost =
      outcome.terms.cost.total() * (1 + each.technology.maker.markup) / row.price_abroad;
  row.cost = cost_parts(each.technology, stand.year);
  row.quality = stand.before.quality.relative();
  row.experience = stand.before.experience / first_experience;
  row.experience_abroad = stand.before.experience_abroad;
  row.makers = outcome.makers;
  auto const& reach = outcome.terms.reach;
  if (!each.technology.maker.ladder.empty()) {
    row.ceiling = reach.missing.empty() ? 1 : reach.ceiling;
  }
  if (outcome.gated) row.gate = fmt::format("{}", fmt::join(reach.missing, ", "));
  row.outlay = outcome.outlay;
  row.export_price = std::exp(stand.year.prices.home);
  row.exports = stand.year.exported * stand.year.prices.size;
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

Result<AutonomyPaths> autonomy_paths(AutonomyCase const& each, RunControl const& control) {
  if (auto const fine = check(each); !fine) return fail(fine.error());
  CoupledEconomy economy{each.technology, false};
  AutonomyPaths paths;
  auto const run = [&](std::vector<Instrument> const& instruments,
                       std::vector<PathYear>& rows) -> Result<void> {
    auto const path = path_of(each, economy, instruments, control);
    if (!path) return fail(path.error());
    for (std::size_t t = 0; t < static_cast<std::size_t>(each.years); ++t) {
      rows.push_back(
          row_of(each, (*path)[t], each.first_year + static_cast<int>(t), PathDetail::own));
    }
    return {};
  };
  if (auto const done = run(each.baseline, paths.without); !done) return fail(done.error());
  if (auto const done = run(joined(each.baseline, each.programme), paths.with); !done) {
    return fail(done.error());
  }
  return paths;
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
  auto const effect = gain_effect(each.technology, without->front(), economy, control);
  if (!effect) return fail(effect.error());
  Cuts cuts_without{each, economy, *without, each.baseline, *effect};
  Cuts cuts_with{each, economy, *with, both, *effect};
  AutonomyCurve curve;
  for (std::size_t t = 0; t < static_cast<std::size_t>(each.years); ++t) {
    auto const year = each.first_year + static_cast<int>(t);
    curve.without.push_back(row_of(each, (*without)[t], year, detail));
    curve.with.push_back(row_of(each, (*with)[t], year, detail));
    curve.cost.push_back(1 - curve.with.back().welfare / curve.without.back().welfare);
    auto b = cuts_without.at(t, control);
    if (!b) return fail(b.error());
    auto p = cuts_with.at(t, control);
    if (!p) return fail(p.error());
    curve.loss_without.push_back(b->share);
    curve.loss_with.push_back(p->share);
    curve.value_without.push_back(b->value);
    curve.value_with.push_back(p->value);
    curve.cut_without.push_back(std::move(b->years));
    curve.cut_with.push_back(std::move(p->years));
  }
  curve.solves = economy.solves();
  curve.uncoupled = cuts_without.uncoupled() + cuts_with.uncoupled();
  return curve;
}

}  // namespace linchpin::localize
