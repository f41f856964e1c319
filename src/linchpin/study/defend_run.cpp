// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "linchpin/leverage/chokepoint_screen.h"
#include "linchpin/leverage/defence.h"
#include "linchpin/leverage/price_chokepoints.h"
#include "linchpin/study/chokepoint_run.h"

namespace linchpin::study {
namespace {

using leverage::DefenceMeasure;
using leverage::DeniedLink;
using leverage::PriceWorld;
using leverage::WorstCase;

double loss_pct(double log_cost) { return -100 * std::expm1(-log_cost); }

std::optional<double> bound_pct(WorstCase const& worst) {
  if (!std::isfinite(worst.bound)) return std::nullopt;
  return loss_pct(worst.bound);
}

/// The attack on `world` that hurts most, and how much none can exceed.
Result<WorstCase> worst_attack(PriceWorld const& world, std::size_t target, std::size_t k,
                               RunControl const& control) {
  leverage::PriceScreenOptions options;
  options.k = k;
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

struct Menu {
  std::vector<DeniedLink> links;
  std::vector<DefenceMeasure> measures;
};

/// The links that hurt most one by one, and what it costs to buy less through them.
Result<Menu> menu_of(LeverageWorld const& world, std::size_t target, DefendRequest const& request,
                     RunControl const& control) {
  leverage::PriceScreenOptions options;
  options.k = 1;
  auto const screen = leverage::price_screen(world.prices, target, options, control);
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
  std::size_t const sectors = world.prices.sectors();
  double all = 0;
  for (std::size_t j = 0; j < sectors; ++j) all += data.spending[target * sectors + j];
  Menu menu;
  for (auto const c : order) {
    auto const& candidate = screen->candidates[c];
    double const bought = candidate.share * data.spending[target * sectors + candidate.group];
    menu.links.push_back({candidate.group, target, candidate.owners.front()});
    menu.measures.push_back({candidate.label, 100 * (1 - request.kept_share) * bought / all});
  }
  return menu;
}

DefencePlanAnswer plan_of(leverage::DefencePlan const& plan,
                          std::vector<DefenceMeasure> const& measures) {
  DefencePlanAnswer answer;
  for (auto const m : plan.measures) answer.measures.push_back(measures[m].label);
  answer.cost_pct = plan.cost;
  answer.loss_pct = loss_pct(plan.worst.loss);
  answer.bound_pct = bound_pct(plan.worst);
  return answer;
}

}  // namespace

Result<DefendAnswer> run_defend(TradeGround const& ground, DefendRequest const& request,
                                ParameterSource const& source, RunControl const& control) {
  ErrorList errors;
  auto const targets = region_places({request.target}, "--target", ground.space, errors);
  if (!errors.empty()) return fail(errors.joined());
  auto const target = targets.front();
  auto const world = open_leverage_world(ground, request.model, source);
  if (!world) return fail(world.error());
  auto const menu = menu_of(*world, target, request, control);
  if (!menu) return fail(menu.error());
  auto const attack = [&](std::span<std::size_t const> taken) -> Result<WorstCase> {
    PriceWorld defended = world->prices;
    for (auto const m : taken) {
      auto next = leverage::diversified(defended, menu->links[m], request.kept_share);
      if (!next) return fail(next.error());
      defended = *std::move(next);
    }
    return worst_attack(defended, target, request.attack_links, control);
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
  answer.undefended_pct = loss_pct(found->undefended.loss);
  answer.undefended_bound_pct = bound_pct(found->undefended);
  answer.best = plan_of(found->best, menu->measures);
  answer.best_per_cost = plan_of(found->best_per_cost, menu->measures);
  for (auto const& plan : found->ladder) answer.ladder.push_back(plan_of(plan, menu->measures));
  answer.exhaustive = found->exhaustive;
  answer.least_possible_pct = loss_pct(found->least_possible);
  for (auto const& measure : menu->measures) {
    answer.measures.emplace_back(measure.label, measure.cost);
  }
  answer.setting = world->setting;
  answer.warnings = world->warnings;
  return answer;
}

}  // namespace linchpin::study
