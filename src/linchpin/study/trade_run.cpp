// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/trade_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "linchpin/equilibrium/decomposition.h"
#include "linchpin/equilibrium/gradient.h"
#include "linchpin/equilibrium/outcome.h"
#include "linchpin/equilibrium/solve.h"
#include "linchpin/equilibrium/wedges.h"
#include "linchpin/study/trade_bands.h"
#include "linchpin/study/trade_detail.h"
#include "linchpin/study/trade_remarks.h"
#include "linchpin/study/words.h"

namespace linchpin::study {
namespace {

using equilibrium::Equilibrium;
using equilibrium::TradeBase;
using equilibrium::TradePolicy;

constexpr std::string_view lost_mark = "essential input lost";

double value_at_border(TradeBase const& base, std::size_t j, std::size_t n, std::size_t i) {
  auto const cell = base.grid.pair(j, n, i);
  return base.share[cell] * base.expenditure[base.grid.good(j, n)] / (1 + base.tariff_at(cell));
}

/// What a policy does to a flow, as the log of a price: 1 for one that stops.
double touched(TradeBase const& base, TradePolicy const& policy, std::size_t cell) {
  auto const left = policy.availability.empty() ? 1.0 : policy.availability[cell];
  if (left <= 0) return 1;
  return std::min(1.0, std::abs(equilibrium::log_cost(base, policy, cell)) + (1 - left));
}

/// ln of the price of one good to a buyer if no maker changes what it asks.
double direct_price(TradeBase const& base, equilibrium::Wedges const& wedges, std::size_t j,
                    std::size_t n) {
  auto const shift = wedges.row_shift[base.grid.good(j, n)];
  if (!std::isfinite(shift)) return std::numeric_limits<double>::infinity();
  double sum = 0;
  for (std::size_t i = 0; i < base.grid.regions; ++i) sum += wedges.weight[base.grid.pair(j, n, i)];
  return -(shift + std::log(sum)) / base.theta[j];
}

std::optional<double> imports_change(TradeQuestion const& question, Equilibrium const& found,
                                     std::size_t n, std::vector<RegionId> const& bloc) {
  auto const& base = question.base;
  double before = 0;
  double after = 0;
  auto const add = [&](std::size_t i) {
    if (i == n) return;
    for (std::size_t j = 0; j < base.grid.sectors; ++j) {
      auto const flow = equilibrium::flow_at(base, question.scenario.policy, found, j, n, i);
      before += flow.before;
      after += flow.after;
    }
  };
  if (bloc.empty()) {
    for (std::size_t i = 0; i < base.grid.regions; ++i) add(i);
  } else {
    for (auto const each : bloc) add(each.index());
  }
  if (before <= 0) return std::nullopt;
  return 100 * (after / before - 1);
}

void add_regions(TradeQuestion const& question, Equilibrium const& found,
                 IndustrySpace const& space, TradeAsked const& asked, EquilibriumAnswer& answer) {
  auto const& base = question.base;
  auto const outcomes = equilibrium::outcomes(base, question.scenario.policy, found);
  auto const exposure = policy_exposure(base, question.scenario.policy);
  double gains = 0;
  double spending = 0;
  for (std::size_t n = 0; n < base.grid.regions; ++n) {
    RegionEffect effect;
    effect.region = base.regions[n];
    auto const& name = space.name(RegionId{n});
    effect.name = name == effect.region ? name : region_words(space, RegionId{n});
    effect.outcome = outcomes[n];
    bool const member =
        asked.bloc.empty() || std::any_of(asked.bloc.begin(), asked.bloc.end(),
                                          [&](RegionId id) { return id.index() == n; });
    effect.imports_change_pct =
        imports_change(question, found, n, member ? asked.bloc : std::vector<RegionId>{});
    effect.outlier = outlier_reason(base, n, outcomes[n].welfare_exact, exposure[n]);
    if (effect.outlier.empty()) {
      gains += outcomes[n].equivalent_variation;
      spending += base.final_spending(n);
    }
    answer.regions.push_back(std::move(effect));
  }
  if (spending > 0) answer.world_welfare_pct = 100 * gains / spending;
}

/// What makers of each good are hit by themselves, as the log of their cost. Layout: good.
DenseVector maker_shocks(TradeBase const& base, TradePolicy const& policy) {
  DenseVector shocks(base.output.size(), 0.0);
  for (std::size_t good = 0; good < shocks.size(); ++good) {
    if (!policy.productivity.empty()) shocks[good] += std::abs(std::log(policy.productivity[good]));
    if (!policy.subsidy.empty()) shocks[good] += std::abs(policy.subsidy[good]);
  }
  return shocks;
}

/// A shock to makers reaches those who make, those who buy from them at home and abroad, and those
/// who sell to their region, whose demand it moves.
void add_shocked_industries(TradeBase const& base, TradePolicy const& policy,
                            std::vector<double>& exposure) {
  if (policy.productivity.empty() && policy.subsidy.empty()) return;
  auto const& grid = base.grid;
  auto const shocks = maker_shocks(base, policy);
  std::vector<double> output(grid.regions, 0.0);
  std::vector<double> shocked(grid.regions, 0.0);
  for (std::size_t j = 0; j < grid.sectors; ++j) {
    for (std::size_t n = 0; n < grid.regions; ++n) {
      auto const good = grid.good(j, n);
      output[n] += base.output[good];
      shocked[n] += base.output[good] * shocks[good];
    }
  }
  // Makers buy from each other: what hits all of a region moves their costs by as much as its sales
  // exceed what it adds to them (here: spends on final use).
  auto const rounds = [&](std::size_t n) {
    auto const spending = base.final_spending(n);
    return spending > 0 ? std::max(1.0, output[n] / spending) : 1.0;
  };
  for (std::size_t n = 0; n < grid.regions; ++n) {
    exposure[n] += shocked[n];
    auto const mean = output[n] > 0 ? rounds(n) * shocked[n] / output[n] : 0.0;
    for (std::size_t j = 0; j < grid.sectors; ++j) {
      for (std::size_t i = 0; i < grid.regions; ++i) {
        if (i == n) continue;
        auto const value = value_at_border(base, j, n, i);
        exposure[n] += value * rounds(i) * shocks[grid.good(j, i)];
        exposure[i] += value * mean;
      }
    }
  }
}

/// Bans that leave a good without a seller, as an answer.
void take_lost(TradeQuestion const& question, Error const& error, EquilibriumAnswer& answer) {
  equilibrium::TradeSystem const system{question.base, question.scenario.policy,
                                        question.scenario.closure};
  answer.lost = system.lost_goods();
  answer.lost_words = error.what;
  answer.warnings.push_back(error.hint);
}

}  // namespace

std::vector<double> policy_exposure(TradeBase const& base, TradePolicy const& policy) {
  auto const& grid = base.grid;
  auto const wedges = equilibrium::wedges_of(base, policy);
  std::vector<double> exposure(grid.regions, 0.0);
  for (std::size_t j = 0; j < grid.sectors; ++j) {
    for (std::size_t n = 0; n < grid.regions; ++n) {
      auto const good = grid.good(j, n);
      if (base.expenditure[good] > 0) {
        exposure[n] += base.expenditure[good] * std::abs(direct_price(base, wedges, j, n));
      }
      for (std::size_t i = 0; i < grid.regions; ++i) {
        if (i == n) continue;
        exposure[i] += value_at_border(base, j, n, i) * touched(base, policy, grid.pair(j, n, i));
      }
    }
  }
  add_shocked_industries(base, policy, exposure);
  for (auto const& quota : policy.quotas) {
    auto const value = value_at_border(base, quota.sector, quota.importer, quota.exporter) *
                       std::abs(std::log(quota.limit));
    exposure[quota.importer] += value;
    exposure[quota.exporter] += value;
  }
  for (std::size_t n = 0; n < grid.regions; ++n) {
    auto const spending = base.final_spending(n);
    exposure[n] = spending > 0 ? 100 * exposure[n] / spending : 0.0;
  }
  return exposure;
}

std::string outlier_reason(TradeBase const& base, std::size_t region, double welfare_pct,
                           double exposure_pct) {
  constexpr double large = 15;
  constexpr double most_multiple = 3;
  // What a policy touches is in logs; a gain of many times the base is compared as a log, too.
  auto const size = welfare_pct > 0 ? 100 * std::log1p(welfare_pct / 100) : -welfare_pct;
  if (std::abs(welfare_pct) <= large || size <= most_multiple * exposure_pct) return {};
  auto text = fmt::format(
      "welfare moves by {:.1f} %, though the policy touches {:.1f} % of final "
      "spending",
      welfare_pct, exposure_pct);
  std::string suspects;
  for (std::size_t j = 0; j < base.grid.sectors; ++j) {
    bool const bought = base.expenditure[base.grid.good(j, region)] > 0;
    bool const none_at_home = base.share[base.grid.pair(j, region, region)] <= 1e-9;
    if (!bought || !none_at_home) continue;
    suspects += fmt::format("{}{} (elasticity {:.3g})", suspects.empty() ? "" : ", ",
                            base.sectors[j], base.theta[j]);
  }
  if (!suspects.empty()) text += fmt::format("; nothing is supplied at home of {}", suspects);
  return text;
}

Result<EquilibriumAnswer> run_trade_question(TradeQuestion const& question,
                                             IndustrySpace const& space, TradeAsked const& asked,
                                             RunControl const& control) {
  auto const& base = question.base;
  auto const& scenario = question.scenario;
  EquilibriumAnswer answer;
  answer.scenario = scenario.name;
  answer.title = scenario.title;
  answer.policies = scenario.words;
  answer.setting = question.setting;
  answer.unit = to_string(base.unit);
  answer.adjustments = base.adjustments;
  answer.warnings = question.warnings;
  answer.warnings.insert(answer.warnings.end(), scenario.warnings.begin(), scenario.warnings.end());
  if (!asked.bloc.empty()) {
    std::vector<std::string> members;
    for (auto const each : asked.bloc) members.push_back(base.regions[each.index()]);
    answer.setting.imports =
        fmt::format("other members of the bloc of {} (for regions outside it: all other regions)",
                    list_words(members));
  }
  equilibrium::SolveOptions const options;
  auto const found =
      equilibrium::solve(base, scenario.policy, scenario.closure, options, nullptr, control);
  if (!found) {
    if (!found.error().what.starts_with(lost_mark)) return fail(found.error());
    take_lost(question, found.error(), answer);
    return answer;
  }
  answer.solver = found->report;
  answer.tolerance = options.tolerance;
  add_regions(question, *found, space, asked, answer);
  add_trade_detail(question, *found, asked.top, answer);
  answer.notes = trade_remarks(answer, scenario.policy);
  if (asked.parts > 0) {
    auto const parts =
        equilibrium::decompose(base, scenario.policy, scenario.closure, asked.parts, control);
    if (!parts) return fail(parts.error());
    for (std::size_t n = 0; n < answer.regions.size(); ++n) answer.regions[n].parts = (*parts)[n];
    answer.parts_steps = asked.parts;
  }
  for (auto const& each : answer.regions) {
    if (each.outlier.empty()) continue;
    answer.warnings.push_back(
        fmt::format("{} is an outlier, not a result, and left out of the world as a whole: {}.",
                    each.region, each.outlier));
  }
  if (asked.gradient) {
    auto gradient = trade_gradient(question, *found, *asked.gradient, asked.top);
    if (!gradient) return fail(gradient.error());
    answer.gradient = *std::move(gradient);
  }
  if (asked.ensemble) {
    auto bands = trade_bands(question, *found, asked, answer, control);
    if (!bands) return fail(bands.error());
    answer.warnings.insert(answer.warnings.end(), bands->warnings.begin(), bands->warnings.end());
    answer.bands = *std::move(bands);
  }
  return answer;
}

}  // namespace linchpin::study
