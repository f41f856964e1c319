// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/chokepoint_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include "linchpin/core/parallel.h"
#include "linchpin/leverage/chokepoint_screen.h"
#include "linchpin/leverage/coalition.h"
#include "linchpin/leverage/equilibrium_power.h"
#include "linchpin/leverage/price_chokepoints.h"
#include "linchpin/sampling/quantiles.h"
#include "linchpin/sampling/ranks.h"

namespace linchpin::study {
namespace {

using leverage::ChokepointAnswer;
using leverage::ChokepointOptions;
using leverage::Screen;

/// Coalitions beyond these regions are not tried: the largest suppliers, by the price system.
constexpr std::size_t most_members = 12;

double loss_pct(double log_cost) { return -100 * std::expm1(-log_cost); }

/// Losses in per cent; `exact`: they are fractions already, else logs of a price index.
LinkSearch search_of(ChokepointAnswer const& found, Screen const& screen,
                     std::vector<std::string> const& regions, bool exact) {
  auto const pct = [&](double loss) { return exact ? 100 * loss : loss_pct(loss); };
  auto const labels = [&](std::vector<std::size_t> const& members) {
    std::vector<std::string> names;
    for (auto const member : members) names.push_back(screen.candidates[member].label);
    return names;
  };
  LinkSearch search;
  for (auto const& each : found.sets) {
    LinkSet set{labels(each.members), pct(each.loss), {}};
    for (auto const& [owner, loss] : each.coalition) {
      set.sender_loss_pct.emplace_back(regions[owner], pct(loss));
    }
    search.sets.push_back(std::move(set));
  }
  if (found.bound) search.bound_pct = pct(*found.bound);
  search.optimal = found.optimal;
  for (auto const& each : found.monopolies) search.monopolies.push_back(labels(each));
  search.over_limit = found.over_limit;
  search.failed = found.failed;
  search.first_failure = found.first_failure;
  search.evaluations = found.evaluations;
  return search;
}

/// Where the numbers of a draw come from.
struct Draws {
  std::optional<ThetaRanges> ranges;      ///< elasticities alone
  DrawnGround const* drawn = nullptr;     ///< or a world of its own
  TradeModelSpec const* model = nullptr;  ///< for that
  ParameterSource const* source = nullptr;

  [[nodiscard]] Result<equilibrium::TradeBase> base(LeverageWorld const& world, Seed seed,
                                                    std::size_t draw) const {
    if (drawn == nullptr) {
      auto base = world.base;
      base.theta = draw_theta(*ranges, seed, draw);
      return base;
    }
    auto const ground = drawn->ground(draw);
    if (!ground) return fail(ground.error());
    auto other = open_leverage_world(*ground, *model, *source);
    if (!other) return fail(other.error());
    return std::move(other->base);
  }
};

using Links = std::vector<std::vector<leverage::DeniedLink>>;

/// Quantiles of the loss of each reported set over draws of the elasticities.
Result<void> add_bands(LeverageWorld const& world, Screen const& screen, Links const& links,
                       std::size_t target, Draws const& draws, EnsembleSpec const& ensemble,
                       ChokepointAnswer const& found, LinkSearch& search,
                       RunControl const& control) {
  std::size_t const sets = found.sets.size();
  std::vector<std::vector<std::optional<double>>> losses(ensemble.draws,
                                                         std::vector<std::optional<double>>(sets));
  std::vector<std::vector<char>> lost(ensemble.draws, std::vector<char>(sets, 0));
  auto const done = parallel_for(ensemble.draws, control, "bands", [&](std::size_t draw) {
    auto const base = draws.base(world, Seed{ensemble.seed}, draw);
    if (!base) return;
    auto const full =
        leverage::equilibrium_evaluator(*base, links, screen.candidates, target, world.closure);
    for (std::size_t s = 0; s < sets; ++s) {
      auto const outcome = full(found.sets[s].members);
      if (!outcome) continue;
      lost[draw][s] = outcome->lost;
      if (!outcome->lost && outcome->failed.empty()) losses[draw][s] = 100 * outcome->target_loss;
    }
  });
  if (!done) return fail(done.error());
  for (std::size_t s = 0; s < sets; ++s) {
    std::vector<double> column;
    for (auto const& draw : losses) {
      if (draw[s]) column.push_back(*draw[s]);
    }
    auto& set = search.sets[s];
    set.lost_draws = static_cast<std::size_t>(
        std::count_if(lost.begin(), lost.end(), [&](auto const& draw) { return draw[s] != 0; }));
    set.failed_draws = ensemble.draws - column.size() - set.lost_draws;
    if (column.empty()) continue;
    std::sort(column.begin(), column.end());
    for (double const chance : {0.05, 0.5, 0.95}) {
      search.sets[s].band_pct.push_back(sampling::sorted_quantile(column, chance));
    }
  }
  return {};
}

Result<LinkSearch> settled_search(LeverageWorld const& world, Screen screen, std::size_t target,
                                  ChokepointRequest const& request,
                                  std::optional<Draws> const& draws, RunControl const& control) {
  // Ceilings bound the price system, not this model.
  screen.ceiling.clear();
  screen.k_proven = 0;
  Links links;
  for (std::size_t c = 0; c < screen.candidates.size(); ++c) {
    links.push_back(leverage::denied_links(screen, target, std::span(&c, 1)));
  }
  auto const full =
      leverage::equilibrium_evaluator(world.base, links, screen.candidates, target, world.closure);
  ChokepointOptions options;
  options.k = request.k;
  if (request.sender_limit_pct) options.sender_limit = *request.sender_limit_pct / 100;
  // Small cases are tried out in full: then the best is proven to be so.
  options.proof_evaluations = 2'000;
  options.reported = request.top;
  auto const found = leverage::find_chokepoints(screen, full, options, control);
  if (!found) return fail(found.error());
  auto search = search_of(*found, screen, world.base.regions, true);
  if (draws) {
    auto const bands =
        add_bands(world, screen, links, target, *draws, *request.ensemble, *found, search, control);
    if (!bands) return fail(bands.error());
  }
  return search;
}

Result<LinkSearch> price_search(LeverageWorld const& world, Screen const& screen,
                                std::size_t target, ChokepointRequest const& request,
                                RunControl const& control) {
  // The limit on senders is one on losses once trade has settled, which this model does not know:
  // it is not applied here, and the answer says so.
  auto const full =
      leverage::price_evaluator(world.prices, screen, target, leverage::SenderCost::prices);
  ChokepointOptions options;
  options.k = request.k;
  options.proof_evaluations = request.proof_evaluations;
  options.reported = request.top;
  auto const found = leverage::find_chokepoints(screen, full, options, control);
  if (!found) return fail(found.error());
  return search_of(*found, screen, world.base.regions, false);
}

Result<JoinAnswer> who_joins(LeverageWorld const& world, std::size_t target, double wanted_pct,
                             std::vector<std::size_t> const& senders,
                             std::vector<std::size_t> const& sectors) {
  std::vector<std::pair<double, std::size_t>> alone;
  for (auto const sender : senders) {
    if (sender == target) continue;
    double share = 0;
    auto const& data = world.prices.data();
    for (std::size_t j = 0; j < world.prices.sectors(); ++j) {
      share += world.prices.share(j, target, sender) *
               data.spending[target * world.prices.sectors() + j] / data.theta[j];
    }
    if (share > 0) alone.emplace_back(-share, sender);
  }
  std::sort(alone.begin(), alone.end());
  std::vector<std::size_t> suppliers;
  for (auto const& each : alone) suppliers.push_back(each.second);
  std::sort(suppliers.begin(), suppliers.end());
  bool const all_asked = alone.size() <= most_members;
  if (!all_asked) alone.resize(most_members);
  std::vector<std::size_t> candidates;
  for (auto const& each : alone) candidates.push_back(each.second);
  std::sort(candidates.begin(), candidates.end());
  leverage::EquilibriumPowerOptions const options{sectors, false, world.closure};
  auto const evaluate =
      [&](std::span<std::size_t const> members) -> Result<leverage::CoalitionOutcome> {
    auto const power = leverage::equilibrium_power(world.base, members, target, options);
    if (!power) return fail(power.error());
    leverage::CoalitionOutcome outcome;
    outcome.lost = !power->lost.empty();
    outcome.failed = !power->failed.empty();
    outcome.target_loss = power->target_loss_pct.value_or(0);
    for (std::size_t m = 0; m < power->sender_loss_pct.size(); ++m) {
      outcome.member_losses.emplace_back(members[m], power->sender_loss_pct[m]);
    }
    return outcome;
  };
  auto const found =
      leverage::who_must_join(candidates, wanted_pct, evaluate, {}, {.evaluations = 5'000});
  if (!found) return fail(found.error());
  JoinAnswer join;
  join.wanted_pct = wanted_pct;
  join.reached = found->reached;
  join.smallest = found->reached && found->smallest;
  join.candidates = candidates.size();
  join.all_asked = all_asked;
  join.lost = found->outcome.lost;
  join.loss_pct = found->outcome.target_loss;
  join.suppliers = suppliers.size();
  join.failed = found->failed;
  join.no_answer = found->outcome.failed;
  auto const& losses = found->outcome.member_losses;
  for (std::size_t m = 0; m < found->members.size(); ++m) {
    join.members.push_back({world.base.regions[found->members[m]],
                            losses.empty() ? std::nullopt : std::optional{losses[m].second}});
  }
  if (!join.reached && !all_asked) {
    auto const all = evaluate(suppliers);
    if (!all) return fail(all.error());
    if (!all->lost && !all->failed) join.all_loss_pct = all->target_loss;
  }
  join.evaluations = found->evaluations;
  return join;
}

/// How often a link alone is among the k most harmful, over draws of the elasticities.
Result<void> add_top_share(LeverageWorld const& world, Screen const& screen, Draws const& draws,
                           ChokepointRequest const& request, ChokepointsAnswer& answer,
                           RunControl const& control) {
  std::size_t const count = screen.candidates.size();
  auto const& ensemble = *request.ensemble;
  if (count == 0) return {};
  DenseMatrix losses(ensemble.draws, count);
  auto const done = parallel_for(ensemble.draws, control, "draws", [&](std::size_t draw) {
    Screen drawn = screen;
    auto const base = draws.base(world, Seed{ensemble.seed}, draw);
    if (base) drawn.theta.assign(base->theta.begin(), base->theta.end());
    for (std::size_t c = 0; c < count; ++c) {
      losses(draw, c) = leverage::additive_loss(drawn, drawn.weight, std::span(&c, 1));
    }
  });
  if (!done) return fail(done.error());
  auto const ranks = sampling::rank_statistics(losses, request.k, std::array{0.5});
  for (std::size_t c = 0; c < count; ++c) {
    if (ranks.top_share[c] > 0) {
      answer.top_share.emplace_back(screen.candidates[c].label, ranks.top_share[c]);
    }
  }
  std::stable_sort(answer.top_share.begin(), answer.top_share.end(),
                   [](auto const& a, auto const& b) { return a.second > b.second; });
  answer.draws = ensemble.draws;
  answer.warnings.push_back(fmt::format(
      "{} Links are ranked one by one, by the screen, which sees no two sellers together.",
      draws.drawn != nullptr ? draws.drawn->words : draw_words(*draws.ranges)));
  return {};
}

}  // namespace

Result<ChokepointsAnswer> run_chokepoints(TradeGround const& ground,
                                          ChokepointRequest const& request,
                                          ParameterSource const& source,
                                          RunControl const& control) {
  ErrorList errors;
  auto const targets = region_places({request.target}, "--target", ground.space, errors);
  auto sectors = sector_places(request.sectors, "--sectors", ground.space, errors);
  if (request.sectors.empty() && !request.services) sectors = goods_of(ground.space);
  auto const senders = region_places(request.senders, "--senders", ground.space, errors);
  if (!errors.empty()) return fail(errors.joined());
  auto const target = targets.front();
  auto const world = open_leverage_world(ground, request.model, source);
  if (!world) return fail(world.error());
  leverage::PriceScreenOptions options;
  options.unit = request.products ? leverage::DenialUnit::product : leverage::DenialUnit::link;
  options.k = request.k;
  options.sectors = sectors;
  options.sellers = senders;
  auto const screen = leverage::price_screen(world->prices, target, options, control);
  if (!screen) return fail(screen.error());
  ChokepointsAnswer answer;
  answer.target = request.target;
  answer.k = request.k;
  answer.sender_limit_pct = request.sender_limit_pct;
  answer.services = request.services || !request.sectors.empty();
  for (auto const& candidate : screen->candidates) {
    // Services pay no tariffs: no set of elasticities estimates theirs.
    if (ground.space.labels().sectors[candidate.group].service) {
      answer.theta_assumed.push_back(candidate.label);
    }
  }
  answer.setting = world->setting;
  answer.warnings = world->warnings;
  std::optional<Draws> draws;
  if (request.ensemble && request.drawn) {
    draws = Draws{std::nullopt, &*request.drawn, &request.model, &source};
  } else if (request.ensemble) {
    auto found = theta_ranges(ground, request.model, source, world->base.theta);
    if (!found) return fail(found.error());
    draws = Draws{*std::move(found), nullptr, nullptr, nullptr};
  }
  auto settled = settled_search(*world, *screen, target, request, draws, control);
  if (!settled) return fail(settled.error());
  answer.settled = *std::move(settled);
  auto prices = price_search(*world, *screen, target, request, control);
  if (!prices) return fail(prices.error());
  answer.prices = *std::move(prices);
  if (answer.settled.failed > 0) {
    answer.warnings.push_back(
        fmt::format("{} sets of links have no answer once trade has settled and are left out ({}).",
                    answer.settled.failed, answer.settled.first_failure));
  }
  if (request.sender_limit_pct) {
    answer.warnings.push_back(
        "The limit on senders is applied to losses once trade has settled; the search at unchanged "
        "wages, and its bound, know no limit.");
  }
  if (request.reach_pct) {
    auto join = who_joins(
        *world, target, *request.reach_pct, senders,
        answer.services && request.sectors.empty() ? std::vector<std::size_t>{} : sectors);
    if (!join) return fail(join.error());
    answer.join = *std::move(join);
    answer.join->goods_only = !answer.services;
  }
  if (draws) {
    auto const shares = add_top_share(*world, *screen, *draws, request, answer, control);
    if (!shares) return fail(shares.error());
  }
  return answer;
}

}  // namespace linchpin::study
