// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "linchpin/leverage/chokepoint_screen.h"
#include "linchpin/leverage/defence.h"
#include "linchpin/leverage/log_cost.h"
#include "linchpin/leverage/price_chokepoints.h"
#include "linchpin/study/chokepoint_run.h"

namespace linchpin::study {
namespace {

using leverage::DefenceMeasure;
using leverage::DeniedLink;
using leverage::PriceWorld;
using leverage::WorstCase;

std::optional<double> bound_pct(WorstCase const& worst) {
  if (!std::isfinite(worst.bound)) return std::nullopt;
  return leverage::loss_pct(worst.bound);
}

/// The attack on `world` that hurts most, and how much none can exceed.
Result<WorstCase> worst_attack(PriceWorld const& world, std::size_t target, std::size_t k,
                               std::vector<std::size_t> const& sectors, RunControl const& control) {
  leverage::PriceScreenOptions options;
  options.k = k;
  options.sectors = sectors;
  auto const screen = leverage::price_screen(world, target, options, control);
  if (!screen) return fail(screen.error());
  auto const full = leverage::price_evaluator(world, *screen, target);
  leverage::ChokepointOptions search;
  search.k = k;
  search.resolved = 20;
  search.swap_candidates = 10;
  search.proof_evaluations = 0;
  auto const found = leverage::find_chokepoints(*screen, full, search, control);
  if (!found) return fail(found.error());
  return WorstCase{found->sets.empty() ? 0 : found->sets.front().loss,
                   found->bound.value_or(std::numeric_limits<double>::infinity())};
}

enum class Option { diversify, localise, stockpile };

struct Menu {
  std::vector<DeniedLink> links;
  std::vector<Option> options;
  std::vector<DefenceMeasure> measures;
};

Result<std::vector<Option>> options_of(DefendRequest const& request) {
  std::vector<Option> options;
  for (auto const& name : request.options) {
    if (name == "diversify") {
      options.push_back(Option::diversify);
    } else if (name == "localise") {
      options.push_back(Option::localise);
    } else if (name == "stockpile") {
      options.push_back(Option::stockpile);
    } else {
      return fail(ErrorCode::bad_value, fmt::format("'{}' is no option", name), "--options",
                  "use diversify, localise, stockpile");
    }
  }
  return options;
}

/// Part of what goes through a link that is left after the measure.
double kept(Option option, DefendRequest const& request) {
  return option == Option::stockpile ? 1 - request.stock_days / 365.0 : request.kept_share;
}

/// "TWN:C26", with what is done where there is a choice; cost in per cent of all spending.
DefenceMeasure measure_of(Option option, std::string const& link, double bought_pct,
                          DefendRequest const& request) {
  double const moved = (1 - kept(option, request)) * bought_pct;
  if (request.options.empty()) return {link, moved};
  switch (option) {
    case Option::diversify:
      return {"diversify " + link, request.diversify_premium * moved};
    case Option::localise:
      return {"localise " + link, request.localise_premium * moved};
    case Option::stockpile:
      return {"stockpile " + link, request.holding_rate * moved};
  }
  return {link, moved};
}

/// The links that hurt most one by one, and what it costs to buy less through them.
Result<Menu> menu_of(LeverageWorld const& world, std::size_t target, DefendRequest const& request,
                     std::vector<std::size_t> const& sectors, std::vector<Option> const& options,
                     RunControl const& control) {
  leverage::PriceScreenOptions ask;
  ask.k = 1;
  ask.sectors = sectors;
  auto const screen = leverage::price_screen(world.prices, target, ask, control);
  if (!screen) return fail(screen.error());
  std::vector<std::size_t> order(screen->candidates.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<double> loss;
  for (std::size_t c = 0; c < order.size(); ++c) {
    loss.push_back(leverage::additive_loss(*screen, screen->weight, std::span(&c, 1)));
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return loss[a] > loss[b]; });
  if (order.size() > request.measures) order.resize(request.measures);
  auto const& data = world.prices.data();
  std::size_t const all_sectors = world.prices.sectors();
  double all = 0;
  for (std::size_t j = 0; j < all_sectors; ++j) all += data.spending[target * all_sectors + j];
  Menu menu;
  for (auto const c : order) {
    auto const& candidate = screen->candidates[c];
    double const bought = candidate.share * data.spending[target * all_sectors + candidate.group];
    for (auto const option : options) {
      menu.links.push_back({candidate.group, target, candidate.owners.front()});
      menu.options.push_back(option);
      menu.measures.push_back(measure_of(option, candidate.label, 100 * bought / all, request));
    }
  }
  return menu;
}

DefencePlanAnswer plan_of(leverage::DefencePlan const& plan,
                          std::vector<DefenceMeasure> const& measures) {
  DefencePlanAnswer answer;
  for (auto const m : plan.measures) answer.measures.push_back(measures[m].label);
  answer.cost_pct = plan.cost;
  answer.loss_pct = leverage::loss_pct(plan.worst.loss);
  answer.bound_pct = bound_pct(plan.worst);
  return answer;
}

}  // namespace

Result<DefendAnswer> run_defend(TradeGround const& ground, DefendRequest const& request,
                                ParameterSource const& source, RunControl const& control) {
  ErrorList errors;
  auto const targets = region_places({request.target}, "--target", ground.space, errors);
  auto sectors = sector_places(request.sectors, "--sectors", ground.space, errors);
  if (request.sectors.empty() && !request.services) sectors = goods_of(ground.space);
  if (!errors.empty()) return fail(errors.joined());
  auto const target = targets.front();
  auto const world = open_leverage_world(ground, request.model, source);
  if (!world) return fail(world.error());
  auto chosen = options_of(request);
  if (!chosen) return fail(chosen.error());
  if (chosen->empty()) chosen->push_back(Option::diversify);
  auto const menu = menu_of(*world, target, request, sectors, *chosen, control);
  if (!menu) return fail(menu.error());
  auto const attack = [&](std::span<std::size_t const> taken) -> Result<WorstCase> {
    PriceWorld defended = world->prices;
    for (auto const m : taken) {
      double const left = kept(menu->options[m], request);
      auto next = menu->options[m] == Option::diversify
                      ? leverage::diversified(defended, menu->links[m], left)
                      : leverage::brought_home(defended, menu->links[m], left);
      if (!next) return fail(next.error());
      defended = *std::move(next);
    }
    return worst_attack(defended, target, request.attack_links, sectors, control);
  };
  leverage::DefenceOptions options;
  options.k = request.k;
  options.evaluations = 300;
  auto const found = leverage::plan_defence(menu->measures, attack, options);
  if (!found) return fail(found.error());
  DefendAnswer answer;
  answer.target = request.target;
  answer.k = request.k;
  answer.attack_links = request.attack_links;
  answer.factor = request.kept_share;
  answer.priced = !request.options.empty();
  answer.services = request.services || !request.sectors.empty();
  for (std::size_t m = 0; m < menu->measures.size(); ++m) {
    if (ground.space.labels().sectors[menu->links[m].sector].service) {
      answer.theta_assumed.push_back(menu->measures[m].label);
    }
  }
  answer.undefended_pct = leverage::loss_pct(found->undefended.loss);
  answer.undefended_bound_pct = bound_pct(found->undefended);
  answer.best = plan_of(found->best, menu->measures);
  answer.best_per_cost = plan_of(found->best_per_cost, menu->measures);
  for (auto const& plan : found->ladder) answer.ladder.push_back(plan_of(plan, menu->measures));
  answer.exhaustive = found->exhaustive;
  if (found->least_possible) answer.least_possible_pct = leverage::loss_pct(*found->least_possible);
  if (found->all_at_once) answer.all_at_once_pct = leverage::loss_pct(*found->all_at_once);
  for (auto const& measure : menu->measures) {
    answer.measures.emplace_back(measure.label, measure.cost);
  }
  answer.setting = world->setting;
  answer.warnings = world->warnings;
  if (!request.options.empty()) {
    answer.warnings.push_back(fmt::format(
        "Costs are yearly premiums in per cent of all it spends, by assumption: {:g} % on what is "
        "moved to other sellers, {:g} % on what is made at home, {:g} % of the value of stocks of "
        "{} "
        "days.",
        100 * request.diversify_premium, 100 * request.localise_premium, 100 * request.holding_rate,
        request.stock_days));
  }
  return answer;
}

}  // namespace linchpin::study
