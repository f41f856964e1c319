// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/supply_tree_run.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "linchpin/core/parallel.h"
#include "linchpin/core/random.h"
#include "linchpin/leverage/log_cost.h"
#include "linchpin/leverage/supply_tree.h"
#include "linchpin/sampling/quantiles.h"
#include "linchpin/study/leverage_world.h"
#include "linchpin/study/supply_tree_inputs.h"

namespace linchpin::study {
namespace {

using leverage::SupplyTree;
using leverage::TreeScreen;

std::vector<std::string> labels_of(TreeScreen const& screen, std::vector<std::size_t> const& set) {
  std::vector<std::string> labels;
  for (auto const c : set) labels.push_back(screen.screen.candidates[c].label);
  return labels;
}

Result<leverage::ChokepointAnswer> search(SupplyTree const& tree, TreeScreen const& screen,
                                          SupplyTreeRequest const& request,
                                          RunControl const& control) {
  leverage::ChokepointOptions options;
  options.k = request.k;
  options.proof_evaluations = request.proof_evaluations;
  options.reported = request.top;
  return leverage::find_chokepoints(screen.screen, leverage::tree_evaluator(tree, screen), options,
                                    control);
}

void add_stages(TreeInputs const& inputs, SupplyTree const& tree, SupplyTreeAnswer& answer) {
  auto const& stages = tree.stages();
  std::vector<double> const nothing(stages.size(), 0);
  auto const shares = tree.cost_shares(nothing);
  for (std::size_t s = 0; s < stages.size(); ++s) {
    if (tree.used()[s] == 0) continue;
    TreeStageRow row;
    row.stage = stages[s].name;
    row.title = inputs.technology.stages[s].title;
    row.cost_share_pct = 100 * shares[s];
    row.gates = stages[s].needed.has_value();
    double most = 0;
    for (auto const& maker : stages[s].makers) {
      if (maker.country == inputs.target) {
        row.home_share_pct += 100 * maker.share;
      } else if (maker.share > most) {
        most = maker.share;
        row.largest = maker.name;
      }
    }
    row.largest_share_pct = 100 * most;
    auto denied = nothing;
    denied[s] = most;
    auto const denial = tree.without(denied);
    row.stops = !denial.stopped.empty();
    if (!row.stops) row.cost_pct = leverage::dearer_pct(denial.log_cost);
    answer.stages.push_back(std::move(row));
  }
}

void add_actors(TreeInputs const& inputs, SupplyTree const& tree, SupplyTreeAnswer& answer) {
  for (auto const& actor : leverage::tree_actors(tree, inputs.target)) {
    TreeActorRow row{actor.name,   inputs.countries[actor.country],
                     actor.firm,   {},
                     std::nullopt, 100 * actor.value};
    for (auto const s : actor.denial.stopped) row.stopped.push_back(tree.stages()[s].name);
    if (row.stopped.empty()) row.cost_pct = leverage::dearer_pct(actor.denial.log_cost);
    answer.actors.push_back(std::move(row));
  }
  auto const rows = [&](std::vector<leverage::TreeCut> const& cuts) {
    std::vector<TreeCutRow> list;
    for (auto const& cut : cuts) list.push_back({tree.stages()[cut.stage].name, cut.members});
    return list;
  };
  answer.link_cuts = rows(leverage::link_cuts(tree, inputs.target));
  answer.country_cuts = rows(leverage::country_cuts(tree, inputs.target));
}

struct TreeDraw {
  bool solved = false;
  std::vector<std::optional<double>> cost_pct;  ///< [set reported]; empty: stops the product
  std::vector<std::string> best;                ///< links of the best set
};

TreeDraw one_draw(TreeInputs const& inputs, SupplyTreeRequest const& request,
                  std::vector<std::vector<leverage::TreeLink>> const& sets, std::size_t place) {
  TreeDraw draw;
  Rng rng(Seed{request.ensemble->seed}, place);
  std::vector<double> values;
  for (auto const& number : inputs.technology.numbers) {
    values.push_back(peaked(number.low, number.value, number.high, rng.uniform()));
  }
  auto const theta = peaked(inputs.theta.low, inputs.theta.value, inputs.theta.high, rng.uniform());
  auto const tree = tree_of(inputs, values, theta);
  if (!tree) return draw;
  auto const screen = leverage::tree_screen(*tree, inputs.target, request.k);
  auto const found = search(*tree, screen, request, {});
  if (!found) return draw;
  draw.solved = true;
  for (auto const& set : sets) {
    std::vector<double> denied(tree->stages().size(), 0);
    for (auto const& link : set) {
      denied[link.stage] =
          std::min(1.0, denied[link.stage] + tree->stages()[link.stage].makers[link.maker].share);
    }
    auto const denial = tree->without(denied);
    draw.cost_pct.push_back(denial.stopped.empty()
                                ? std::optional{leverage::dearer_pct(denial.log_cost)}
                                : std::nullopt);
  }
  if (!found->sets.empty()) draw.best = labels_of(screen, found->sets.front().members);
  return draw;
}

Result<void> add_draws(TreeInputs const& inputs, TreeScreen const& screen,
                       leverage::ChokepointAnswer const& found, SupplyTreeRequest const& request,
                       SupplyTreeAnswer& answer, RunControl const& control) {
  auto const& ensemble = *request.ensemble;
  std::vector<std::vector<leverage::TreeLink>> sets;
  for (auto const& set : found.sets) {
    auto& links = sets.emplace_back();
    for (auto const c : set.members) links.push_back(screen.links[c]);
  }
  std::vector<TreeDraw> drawn(ensemble.draws);
  auto const done = parallel_for(ensemble.draws, control, "draws", [&](std::size_t draw) {
    drawn[draw] = one_draw(inputs, request, sets, draw);
  });
  if (!done) return fail(done.error());
  answer.draws = ensemble.draws;
  answer.seed = ensemble.seed;
  auto const solved = static_cast<std::size_t>(
      std::count_if(drawn.begin(), drawn.end(), [](auto const& each) { return each.solved; }));
  answer.failed_draws = ensemble.draws - solved;
  if (solved == 0) return {};
  for (std::size_t s = 0; s < sets.size(); ++s) {
    auto& set = answer.sets[s];
    std::vector<double> column;
    std::size_t best = 0;
    std::set<std::string> const links(set.links.begin(), set.links.end());
    for (auto const& draw : drawn) {
      if (!draw.solved) continue;
      if (draw.cost_pct[s]) column.push_back(*draw.cost_pct[s]);
      if (std::set<std::string>(draw.best.begin(), draw.best.end()) == links) ++best;
    }
    set.stopped_draws = solved - column.size();
    set.best_share = static_cast<double>(best) / static_cast<double>(solved);
    std::sort(column.begin(), column.end());
    if (column.empty()) continue;
    for (double const chance : {0.05, 0.5, 0.95}) {
      set.band_pct.push_back(sampling::sorted_quantile(column, chance));
    }
  }
  for (auto const& candidate : screen.screen.candidates) {
    auto const in_best = std::count_if(drawn.begin(), drawn.end(), [&](auto const& draw) {
      return std::find(draw.best.begin(), draw.best.end(), candidate.label) != draw.best.end();
    });
    if (in_best == 0) continue;
    answer.link_shares.emplace_back(candidate.label,
                                    static_cast<double>(in_best) / static_cast<double>(solved));
  }
  std::stable_sort(answer.link_shares.begin(), answer.link_shares.end(),
                   [](auto const& a, auto const& b) { return a.second > b.second; });
  answer.warnings.emplace_back(
      "Over draws costs, amounts, shares and the elasticity are triangular in the ranges of the "
      "technology's numbers, independent of each other, the elasticity one for all stages; shares "
      "of a file of makers have no ranges.");
  return {};
}

}  // namespace

Result<SupplyTreeAnswer> run_supply_tree(SupplyTreeRequest const& request,
                                         ParameterSource const& source, RunControl const& control) {
  auto const inputs = open_tree_inputs(request, source);
  if (!inputs) return fail(inputs.error());
  auto const tree = tree_of(*inputs, inputs->technology.values(), inputs->theta.value);
  if (!tree) return fail(tree.error());
  auto const screen = leverage::tree_screen(*tree, inputs->target, request.k);
  auto const found = search(*tree, screen, request, control);
  if (!found) return fail(found.error());
  SupplyTreeAnswer answer;
  answer.technology = inputs->technology.name;
  answer.title = inputs->technology.title;
  answer.product = inputs->technology.stages[inputs->technology.product].name;
  answer.target = request.target;
  answer.k = request.k;
  answer.theta = inputs->theta.value;
  answer.theta_words = inputs->theta.note;
  answer.makers_words =
      request.providers.empty()
          ? std::string{"countries, by the technology's numbers"}
          : fmt::format("those of {}; other stages by country", request.providers);
  answer.needed = inputs->needed;
  add_stages(*inputs, *tree, answer);
  for (auto const& each : found->sets) {
    TreeLinkSet set{
        labels_of(screen, each.members), leverage::dearer_pct(each.loss), {}, {}, 0, std::nullopt};
    for (auto const& [country, value] : each.coalition) {
      set.value_pct.emplace_back(inputs->countries[country], 100 * value);
    }
    answer.sets.push_back(std::move(set));
  }
  if (found->bound) answer.bound_pct = leverage::dearer_pct(*found->bound);
  answer.optimal = found->optimal;
  answer.evaluations = found->evaluations;
  add_actors(*inputs, *tree, answer);
  if (request.ensemble) {
    auto const done = add_draws(*inputs, screen, *found, request, answer, control);
    if (!done) return fail(done.error());
  }
  return answer;
}

}  // namespace linchpin::study
