// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/chokepoint_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "linchpin/leverage/adjoint_screen.h"
#include "linchpin/leverage/chokepoint_screen.h"
#include "linchpin/leverage/coalition.h"
#include "linchpin/leverage/equilibrium_power.h"
#include "linchpin/leverage/log_cost.h"
#include "linchpin/leverage/price_chokepoints.h"
#include "linchpin/study/chokepoint_draws.h"

namespace linchpin::study {
namespace {

using leverage::ChokepointAnswer;
using leverage::ChokepointOptions;
using leverage::Screen;

/// Coalitions beyond these regions are not tried: the largest suppliers, by the price system.
constexpr std::size_t most_members = 12;

/// Sets of the price screen that are solved for partial cuts, too.
constexpr std::size_t sets_by_prices = 25;

/// Losses in per cent; `exact`: they are fractions already, else logs of a price index.
LinkSearch search_of(ChokepointAnswer const& found, Screen const& screen,
                     std::vector<std::string> const& regions, bool exact) {
  auto const pct = [&](double loss) { return exact ? 100 * loss : leverage::loss_pct(loss); };
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

/// The search once trade has settled: full denials are screened by prices, partial cuts by first
/// order.
Result<LinkSearch> settled_search(LeverageWorld const& world, ChokepointSearch& search,
                                  ChokepointRequest const& request, RunControl const& control) {
  auto const& candidates = search.prices.candidates;
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    search.links.push_back(leverage::denied_links(search.prices, search.target, std::span(&c, 1)));
  }
  Screen screen = search.prices;
  if (request.cut < 1) {
    auto first_order = leverage::adjoint_screen(world.base, candidates, search.links, search.target,
                                                world.closure);
    if (!first_order) return fail(first_order.error());
    screen = *std::move(first_order);
  }
  // Ceilings bound the price system, not this model.
  screen.ceiling.clear();
  screen.k_proven = 0;
  auto const full = leverage::equilibrium_evaluator(world.base, search.links, candidates,
                                                    search.target, world.closure);
  ChokepointOptions options;
  options.k = request.k;
  if (request.sender_limit_pct) options.sender_limit = *request.sender_limit_pct / 100;
  // Small cases are tried out in full: then the best is proven to be so.
  options.proof_evaluations = 2'000;
  options.reported = request.top;
  if (request.cut < 1) {
    // First order is blind to sellers who are worth more together: prices are not.
    options.also = leverage::best_screened(search.prices, request.k, sets_by_prices);
  }
  auto found = leverage::find_chokepoints(screen, full, options, control);
  if (!found) return fail(found.error());
  auto sets = search_of(*found, screen, world.base.regions, true);
  if (request.cut < 1) {
    for (std::size_t s = 0; s < sets.sets.size(); ++s) {
      sets.sets[s].first_order_pct = 100 * found->sets[s].screen_loss;
    }
  }
  search.found = *std::move(found);
  return sets;
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
                             std::vector<std::size_t> const& sectors, double cut) {
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
  leverage::EquilibriumPowerOptions const options{sectors, false, world.closure, 1 - cut};
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
  options.cut = request.cut;
  auto screen = leverage::price_screen(world->prices, target, options, control);
  if (!screen) return fail(screen.error());
  ChokepointSearch search{*std::move(screen), {}, target, {}};
  ChokepointsAnswer answer;
  answer.target = request.target;
  answer.k = request.k;
  answer.cut = request.cut;
  answer.sender_limit_pct = request.sender_limit_pct;
  answer.services = request.services || !request.sectors.empty();
  for (auto const& candidate : search.prices.candidates) {
    // Services pay no tariffs: no set of elasticities estimates theirs.
    if (ground.space.labels().sectors[candidate.group].service) {
      answer.theta_assumed.push_back(candidate.label);
    }
  }
  answer.setting = world->setting;
  answer.warnings = world->warnings;
  auto settled = settled_search(*world, search, request, control);
  if (!settled) return fail(settled.error());
  answer.settled = *std::move(settled);
  auto prices = price_search(*world, search.prices, target, request, control);
  if (!prices) return fail(prices.error());
  answer.prices = *std::move(prices);
  if (answer.settled.failed > 0) {
    answer.warnings.push_back(
        fmt::format("{} sets of links have no answer once trade has settled and are left out ({}).",
                    answer.settled.failed, answer.settled.first_failure));
  }
  if (request.sender_limit_pct) {
    answer.warnings.emplace_back(
        "The limit on senders is applied to losses once trade has settled; the search at unchanged "
        "wages, and its bound, know no limit.");
  }
  if (request.reach_pct) {
    auto join =
        who_joins(*world, target, *request.reach_pct, senders,
                  answer.services && request.sectors.empty() ? std::vector<std::size_t>{} : sectors,
                  request.cut);
    if (!join) return fail(join.error());
    answer.join = *std::move(join);
    answer.join->goods_only = !answer.services;
  }
  if (request.ensemble) {
    auto const draws =
        LeverageDraws::make(ground, *world, request.model, source, Seed{request.ensemble->seed},
                            request.drawn ? &*request.drawn : nullptr);
    if (!draws) return fail(draws.error());
    auto const done = add_chokepoint_draws(search, request, *draws, answer, control);
    if (!done) return fail(done.error());
  }
  return answer;
}

}  // namespace linchpin::study
