// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/power_draws.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "linchpin/core/random.h"
#include "linchpin/sampling/quantiles.h"
#include "linchpin/sampling/ranks.h"
#include "linchpin/study/short_run_model.h"
#include "linchpin/uncertainty/disrupt_parameters.h"

namespace linchpin::study {
namespace {

constexpr std::array chances{0.05, 0.5, 0.95};
/// Stands for the loss of a pair that is lost where losses are ranked: before all others.
constexpr double beyond_all = 1e300;

/// What a draw says about some pairs; a pair without an answer has neither loss nor `lost`.
struct DrawnLosses {
  std::vector<std::optional<double>> loss_pct;
  std::vector<char> lost;
};

std::array<double, 3> quantiles_of(std::vector<double> column) {
  std::sort(column.begin(), column.end());
  std::array<double, 3> at{};
  for (std::size_t q = 0; q < 3; ++q) at[q] = sampling::sorted_quantile(column, chances[q]);
  return at;
}

/// The first `top` pairs by either ranking; all where that is not fewer.
std::vector<std::size_t> strongest(PowerAnswer const& answer, bool short_run) {
  auto const& pairs = answer.pairs;
  std::vector<std::size_t> all;
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    bool const asked = pairs[k].trade && !pairs[k].same;
    if (asked && (!short_run || pairs[k].short_run_pct)) all.push_back(k);
  }
  if (all.size() <= 2 * answer.top) return all;
  std::vector<char> chosen(pairs.size(), 0);
  auto const take = [&](auto const& value) {
    auto order = all;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return value(a) > value(b); });
    for (std::size_t k = 0; k < answer.top; ++k) chosen[order[k]] = 1;
  };
  take([&](std::size_t k) { return pairs[k].cost_index; });
  take([&](std::size_t k) {
    auto const& pair = pairs[k];
    if (short_run) return *pair.short_run_pct;
    return pair.target_loss_pct.value_or(pair.lost.empty() ? 0 : beyond_all);
  });
  std::erase_if(all, [&](std::size_t k) { return chosen[k] == 0; });
  return all;
}

/// Bands and ranks among the pairs drawn.
std::vector<PairDraws> summary_of(std::vector<DrawnLosses> const& drawn, std::size_t pairs,
                                  std::size_t top) {
  std::vector<PairDraws> answers(pairs);
  std::vector<std::size_t> whole;  // draws in which every pair has an answer
  for (std::size_t d = 0; d < drawn.size(); ++d) {
    bool answered = drawn[d].loss_pct.size() == pairs;
    for (std::size_t k = 0; answered && k < pairs; ++k) {
      answered = drawn[d].loss_pct[k].has_value() || drawn[d].lost[k] != 0;
    }
    if (answered) whole.push_back(d);
  }
  for (std::size_t k = 0; k < pairs; ++k) {
    auto& answer = answers[k];
    std::vector<double> column;
    for (auto const& draw : drawn) {
      if (draw.loss_pct.size() != pairs) continue;
      if (draw.loss_pct[k]) column.push_back(*draw.loss_pct[k]);
      answer.lost += draw.lost[k] != 0 ? 1 : 0;
    }
    answer.draws = drawn.size();
    answer.failed = drawn.size() - column.size() - answer.lost;
    if (column.empty()) continue;
    auto const at = quantiles_of(std::move(column));
    answer.p05 = at[0];
    answer.p50 = at[1];
    answer.p95 = at[2];
  }
  if (whole.empty() || pairs == 0) return answers;
  DenseMatrix values(whole.size(), pairs);
  for (std::size_t d = 0; d < whole.size(); ++d) {
    for (std::size_t k = 0; k < pairs; ++k) {
      values(d, k) = drawn[whole[d]].loss_pct[k].value_or(beyond_all);
    }
  }
  auto const ranks = sampling::rank_statistics(values, top, chances);
  for (std::size_t k = 0; k < pairs; ++k) {
    answers[k].rank_p05 = ranks.quantiles(k, 0);
    answers[k].rank_p50 = ranks.quantiles(k, 1);
    answers[k].rank_p95 = ranks.quantiles(k, 2);
    answers[k].top_share = ranks.top_share[k];
  }
  return answers;
}

PowerQuestion of_pairs(PowerQuestion const& question, std::vector<std::size_t> const& places) {
  PowerQuestion some{{}, question.sectors, question.outer};
  for (auto const k : places) some.denials.push_back(question.denials[k]);
  return some;
}

/// Cost index and first order of every pair, in one draw.
struct CheapDraw {
  std::vector<double> cost_index, first_order;
};

Result<CheapDraw> cheap_draw(leverage::PriceWorld const& prices, PowerQuestion const& question,
                             RunControl const& control) {
  auto const powers = for_each_denial<leverage::PairPower>(
      question.denials, "cost indices", control, [&](Denial const& denial) {
        return leverage::power_over(prices, denial.senders, denial.target,
                                    {question.sectors, question.outer, true});
      });
  if (!powers) return fail(powers.error());
  CheapDraw draw;
  for (auto const& power : *powers) {
    draw.cost_index.push_back(power.network.log_cost);
    draw.first_order.push_back(power.first_order.net());
  }
  return draw;
}

void add_ranks(std::vector<CheapDraw> const& drawn, PowerAnswer& answer) {
  std::size_t const pairs = answer.pairs.size();
  if (drawn.empty() || pairs == 0) return;
  DenseMatrix values(drawn.size(), pairs);
  for (std::size_t d = 0; d < drawn.size(); ++d) {
    std::copy(drawn[d].cost_index.begin(), drawn[d].cost_index.end(), values.row(d).begin());
  }
  auto const ranks = sampling::rank_statistics(values, answer.top, chances);
  for (std::size_t k = 0; k < pairs; ++k) {
    std::vector<double> index, net;
    for (auto const& draw : drawn) {
      index.push_back(draw.cost_index[k]);
      net.push_back(draw.first_order[k]);
    }
    auto const i = quantiles_of(std::move(index)), n = quantiles_of(std::move(net));
    answer.pairs[k].rank = PairRank{i[0],
                                    i[1],
                                    i[2],
                                    ranks.quantiles(k, 0),
                                    ranks.quantiles(k, 1),
                                    ranks.quantiles(k, 2),
                                    ranks.top_share[k],
                                    n[0],
                                    n[1],
                                    n[2]};
  }
}

DrawnLosses settled_losses(LeverageWorld const& world, PowerQuestion const& question,
                           PowerRequest const& request, RunControl const& control) {
  DrawnLosses draw;
  auto const settled =
      settled_powers(world.base, world.closure, question, request.full_break, control);
  if (!settled) return draw;
  for (auto const& each : *settled) {
    draw.loss_pct.push_back(each.target_loss_pct);
    draw.lost.push_back(each.lost.empty() ? 0 : 1);
  }
  return draw;
}

/// Losses of the first months over what the daily model takes to be uncertain.
Result<void> add_short_run_draws(Economy const& economy, PowerQuestion const& question,
                                 PowerRequest const& request, ParameterSource const& source,
                                 std::size_t draws, PowerAnswer& answer,
                                 RunControl const& control) {
  auto const places = strongest(answer, true);
  if (places.empty()) return {};
  std::vector<std::string> said;  // by the central run already
  auto const models = short_run_models(economy.space(), source, request.days, false, said);
  if (!models) return fail(models.error());
  auto const& central = models->front().options;
  auto const uncertain = uncertainty::default_uncertain(central);
  Scenario unused;
  auto const parameters = uncertainty::find_parameters(uncertain, economy.space(), unused, central);
  if (!parameters) return fail(parameters.error());
  auto const some = of_pairs(question, places);
  leverage::ShortRunOptions options;
  options.full_break = request.full_break;
  for (auto const j : question.sectors) options.sectors.push_back(SectorId{j});
  std::vector<DrawnLosses> drawn(draws);
  for (std::size_t d = 0; d < draws; ++d) {
    Rng rng(Seed{request.ensemble->seed}, (std::size_t{2} << 32) + d);
    std::vector<double> values;
    for (auto const& each : uncertain) values.push_back(each.distribution.quantile(rng.uniform()));
    options.model = central;
    uncertainty::apply(*parameters, values, economy.space(), unused, options.model);
    auto const losses = leverage::short_run_losses(economy, some.denials, options, control);
    if (!losses && losses.error().code == ErrorCode::cancelled) return fail(losses.error());
    if (!losses) continue;
    drawn[d].loss_pct.assign(losses->begin(), losses->end());
    drawn[d].lost.assign(losses->size(), 0);
  }
  auto const bands = summary_of(drawn, places.size(), answer.top);
  for (std::size_t k = 0; k < places.size(); ++k) {
    answer.pairs[places[k]].short_run_draws = bands[k];
  }
  answer.short_run_draws = draws;
  answer.short_run_pairs = places.size();
  std::vector<std::string> names;
  for (auto const& each : uncertain) names.push_back(uncertainty::parameter_words(each.parameter));
  answer.warnings.push_back(fmt::format(
      "Bands of the first months are over {} draws of: {} (ranges are assumptions), for {} of {} "
      "pairs.",
      draws, fmt::join(names, ", "), places.size(), answer.pairs.size()));
  return {};
}

}  // namespace

Result<void> add_power_draws(Economy const* economy, PowerQuestion const& question,
                             PowerRequest const& request, ParameterSource const& source,
                             LeverageDraws const& draws, PowerAnswer& answer,
                             RunControl const& control) {
  std::size_t const all = request.ensemble->draws;
  std::size_t const costly = std::min(all, request.settled_draws);
  auto const places = strongest(answer, false);
  auto const some = of_pairs(question, places);
  std::vector<CheapDraw> cheap;
  std::vector<DrawnLosses> settled(costly);
  for (std::size_t d = 0; d < all; ++d) {
    auto const world = draws.world(d);
    if (!world) continue;
    auto found = cheap_draw(world->prices, question, control);
    if (!found && found.error().code == ErrorCode::cancelled) return fail(found.error());
    if (found) cheap.push_back(*std::move(found));
    if (d < costly && !places.empty()) {
      settled[d] = settled_losses(*world, some, request, control);
      if (control.cancel.cancelled()) {
        return fail(ErrorCode::cancelled, "the draws were stopped", "leverage power", "");
      }
    }
  }
  answer.draws = all;
  answer.failed_draws = all - cheap.size();
  answer.seed = request.ensemble->seed;
  add_ranks(cheap, answer);
  answer.warnings.push_back(draws.words());
  if (answer.failed_draws > 0) {
    answer.warnings.push_back(
        fmt::format("{} of {} draws make no world that can be solved and "
                    "are left out.",
                    answer.failed_draws, all));
  }
  auto const bands = summary_of(settled, places.size(), answer.top);
  for (std::size_t k = 0; costly > 0 && k < places.size(); ++k) {
    answer.pairs[places[k]].settled_draws = bands[k];
  }
  answer.settled_draws = places.empty() ? 0 : costly;
  answer.settled_pairs = places.size();
  if (costly > 0 && (places.size() < answer.pairs.size() || costly < all)) {
    answer.warnings.push_back(fmt::format(
        "Bands of losses once trade has settled are over {} of {} draws, for {} of {} pairs: the "
        "first {} by the cost index and by this loss; their ranks are among these.",
        costly, all, places.size(), answer.pairs.size(), answer.top));
  }
  std::size_t const months = std::min(all, request.short_run_draws);
  if (economy == nullptr || !request.short_run || months == 0) return {};
  return add_short_run_draws(*economy, question, request, source, months, answer, control);
}

}  // namespace linchpin::study
