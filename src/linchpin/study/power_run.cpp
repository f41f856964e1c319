// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/power_run.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "linchpin/core/parallel.h"
#include "linchpin/leverage/equilibrium_power.h"
#include "linchpin/leverage/pair_power.h"
#include "linchpin/leverage/short_run_power.h"
#include "linchpin/sampling/ranks.h"
#include "linchpin/study/power_draws.h"
#include "linchpin/study/power_parts.h"
#include "linchpin/study/short_run_model.h"

namespace linchpin::study {
namespace {

using leverage::PairPower;
using leverage::PriceWorld;

Result<PowerQuestion> question_of(TradeGround const& ground, PowerRequest const& request) {
  ErrorList errors;
  auto const senders = region_places(request.senders, "--senders", ground.space, errors);
  auto const targets = region_places(request.targets, "--targets", ground.space, errors);
  PowerQuestion question;
  question.outer = request.outer;
  if (!request.sectors.empty()) {
    question.sectors = sector_places(request.sectors, "--sectors", ground.space, errors);
  }
  if (!errors.empty()) return fail(errors.joined());
  if (request.together) {
    for (auto const target : targets) {
      // A coalition of everybody means everybody else.
      Denial denial{senders, target};
      if (request.senders.empty()) std::erase(denial.senders, target);
      if (!denial.senders.empty()) question.denials.push_back(std::move(denial));
    }
    return question;
  }
  for (auto const sender : senders) {
    for (auto const target : targets) {
      // Asked for by name, a region's power over itself has an answer: none.
      if (sender == target && (request.senders.empty() || request.targets.empty())) continue;
      question.denials.push_back({{sender}, target});
    }
  }
  return question;
}

std::vector<Labelled> largest_terms(std::vector<double> const& values,
                                    std::vector<std::string> const& labels, std::size_t most) {
  std::vector<Labelled> terms;
  for (std::size_t j = 0; j < values.size(); ++j) {
    if (values[j] > 0) terms.emplace_back(labels[j], values[j]);
  }
  std::stable_sort(terms.begin(), terms.end(),
                   [](auto const& a, auto const& b) { return a.second > b.second; });
  if (terms.size() > most) terms.resize(most);
  return terms;
}

PowerPair pair_of(LeverageWorld const& world, PairPower const& power,
                  EquilibriumPower const& settled, std::size_t top) {
  auto const& regions = world.base.regions;
  PowerPair pair;
  for (auto const sender : power.senders) pair.senders.push_back(regions[sender]);
  pair.target = regions[power.target];
  pair.same = power.same;
  pair.trade = power.trade;
  pair.cost_index = power.network.log_cost;
  pair.cost_index_direct = power.direct.log_cost;
  pair.liu_yang_target = power.first_order.over_target;
  pair.liu_yang_sender = power.first_order.over_sender;
  pair.target_loss_pct = settled.target_loss_pct;
  for (std::size_t k = 0; k < settled.sender_loss_pct.size(); ++k) {
    pair.sender_loss_pct.emplace_back(regions[settled.senders[k]], settled.sender_loss_pct[k]);
  }
  pair.ratio = settled.ratio;
  pair.costless = settled.costless;
  pair.lost = settled.lost;
  pair.failed = settled.failed;
  std::vector<std::size_t> lost = power.direct.monopoly;
  lost.insert(lost.end(), power.network.monopoly.begin(), power.network.monopoly.end());
  std::sort(lost.begin(), lost.end());
  lost.erase(std::unique(lost.begin(), lost.end()), lost.end());
  for (auto const j : lost) pair.monopoly.push_back(world.base.sectors[j]);
  pair.sectors = largest_terms(power.by_sector, world.base.sectors, top);
  return pair;
}

std::vector<std::vector<double>> rows_of(DenseMatrix const& matrix) {
  std::vector<std::vector<double>> rows;
  for (std::size_t r = 0; r < matrix.rows(); ++r) {
    rows.emplace_back(matrix.row(r).begin(), matrix.row(r).end());
  }
  return rows;
}

/// A base and its prices under another set of trade elasticities.
struct OtherWorld {
  equilibrium::TradeBase base;
  PriceWorld prices;
};

/// `set`: a file, or "low", "high" (ends of the ranges of the set in force) and "uniform" (one
/// number, their mean) at unchanged shares.
Result<OtherWorld> world_with(std::string const& set, TradeGround const& ground,
                              LeverageWorld const& world, PowerRequest const& request,
                              ParameterSource const& source) {
  if (set != "low" && set != "high" && set != "uniform") {
    auto model = request.model;
    model.theta = Placed<std::string>{set, "--compare"};
    auto other = open_leverage_world(ground, model, source);
    if (!other) return fail(other.error());
    return OtherWorld{std::move(other->base), std::move(other->prices)};
  }
  auto base = world.base;
  if (set == "uniform") {
    double sum = 0;
    for (double const each : base.theta) sum += each;
    base.theta.assign(base.theta.size(), sum / static_cast<double>(base.theta.size()));
  } else {
    auto const ranges = theta_ranges(ground, request.model, source, base.theta);
    if (!ranges) return fail(ranges.error());
    base.theta = set == "low" ? ranges->low : ranges->high;
  }
  auto prices = price_world_of(base, base.theta);
  if (!prices) return fail(prices.error());
  return OtherWorld{std::move(base), *std::move(prices)};
}

Result<RankAgreement> agreement_of(TradeGround const& ground, LeverageWorld const& world,
                                   PowerQuestion const& question, PowerRequest const& request,
                                   ParameterSource const& source, PowerAnswer const& answer,
                                   RunControl const& control) {
  RankAgreement agreement;
  agreement.sets.push_back(answer.setting.theta);
  std::vector<std::vector<double>> indices(1);
  std::vector<std::vector<std::optional<double>>> losses(1);
  for (auto const& pair : answer.pairs) {
    indices[0].push_back(pair.cost_index);
    losses[0].push_back(pair.target_loss_pct);
  }
  for (auto const& set : request.compare) {
    auto const other = world_with(set, ground, world, request, source);
    if (!other) return fail(other.error());
    agreement.sets.push_back(set);
    auto found = cost_indices(other->prices, question, control);
    if (!found) return fail(found.error());
    indices.push_back(*std::move(found));
    auto const settled =
        settled_powers(other->base, world.closure, question, request.full_break, control);
    if (!settled) return fail(settled.error());
    auto& row = losses.emplace_back();
    for (auto const& each : *settled) row.push_back(each.target_loss_pct);
  }
  std::size_t const sets = indices.size(), pairs = answer.pairs.size();
  DenseMatrix by_cost(sets, pairs);
  std::vector<std::size_t> whole;
  for (std::size_t k = 0; k < pairs; ++k) {
    for (std::size_t s = 0; s < sets; ++s) by_cost(s, k) = indices[s][k];
    bool const all = std::all_of(losses.begin(), losses.end(),
                                 [&](auto const& row) { return row[k].has_value(); });
    if (all) whole.push_back(k);
  }
  DenseMatrix by_loss(sets, whole.size());
  for (std::size_t s = 0; s < sets; ++s) {
    for (std::size_t k = 0; k < whole.size(); ++k) by_loss(s, k) = *losses[s][whole[k]];
  }
  agreement.cost_index = rows_of(sampling::kendall_matrix(by_cost));
  agreement.equilibrium = rows_of(sampling::kendall_matrix(by_loss));
  return agreement;
}

}  // namespace

Result<PowerAnswer> run_power(TradeGround const& ground, Economy const* economy,
                              PowerRequest const& request, ParameterSource const& source,
                              RunControl const& control) {
  auto const question = question_of(ground, request);
  if (!question) return fail(question.error());
  auto const world = open_leverage_world(ground, request.model, source);
  if (!world) return fail(world.error());
  PowerAnswer answer;
  answer.withheld = request.sectors;
  answer.sectors = world->base.sectors;
  answer.full_break = request.full_break;
  answer.outer = request.outer;
  answer.days = request.days;
  answer.top = request.top;
  answer.setting = world->setting;
  answer.warnings = world->warnings;
  auto const powers = for_each_denial<PairPower>(
      question->denials, "cost indices", control, [&](Denial const& denial) {
        return leverage::power_over(world->prices, denial.senders, denial.target,
                                    {question->sectors, question->outer, true});
      });
  if (!powers) return fail(powers.error());
  auto const settled =
      settled_powers(world->base, world->closure, *question, request.full_break, control);
  if (!settled) return fail(settled.error());
  for (std::size_t k = 0; k < powers->size(); ++k) {
    answer.pairs.push_back(pair_of(*world, (*powers)[k], (*settled)[k], request.top));
  }
  auto const unsettled = std::count_if(answer.pairs.begin(), answer.pairs.end(),
                                       [](auto const& pair) { return !pair.failed.empty(); });
  if (unsettled > 0) {
    auto const first = std::find_if(answer.pairs.begin(), answer.pairs.end(),
                                    [](auto const& pair) { return !pair.failed.empty(); });
    answer.warnings.push_back(fmt::format(
        "{} of {} pairs have no answer once trade has settled; the first, {} over {}: {}.",
        unsettled, answer.pairs.size(), fmt::join(first->senders, "+"), first->target,
        first->failed));
  }
  if (!request.short_run) {
    answer.short_run_reason = "the short run was not asked for";
  } else if (economy != nullptr) {
    if (auto const done = add_short_run(*economy, *question, request, source, answer, control);
        !done) {
      return fail(done.error());
    }
  } else {
    answer.short_run_reason = "a trade calibration has no flows between industries";
  }
  if (request.by_sector) {
    auto const done = add_by_sector(*world, economy, *question, request, source, answer, control);
    if (!done) return fail(done.error());
  }
  if (request.ensemble) {
    auto const draws =
        LeverageDraws::make(ground, *world, request.model, source, Seed{request.ensemble->seed},
                            request.drawn ? &*request.drawn : nullptr);
    if (!draws) return fail(draws.error());
    auto const drawn =
        add_power_draws(economy, *question, request, source, *draws, answer, control);
    if (!drawn) return fail(drawn.error());
  }
  if (!request.compare.empty()) {
    auto agreement = agreement_of(ground, *world, *question, request, source, answer, control);
    if (!agreement) return fail(agreement.error());
    answer.agreement = *std::move(agreement);
  }
  return answer;
}

}  // namespace linchpin::study
