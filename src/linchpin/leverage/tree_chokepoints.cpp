// SPDX-License-Identifier: Apache-2.0
// Searches on supply trees: candidates with bounds, single actors, smallest cuts.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

#include "linchpin/core/contracts.h"
#include "linchpin/leverage/cost_power.h"
#include "linchpin/leverage/supply_tree.h"

namespace linchpin::leverage {
namespace {

std::string label_of(TreeStage const& stage, StageMaker const& maker) {
  return fmt::format("{}:{}", maker.name, stage.name);
}

/// Makers of a stage outside the target, largest share first.
std::vector<std::size_t> foreign_makers(TreeStage const& stage, std::size_t target) {
  std::vector<std::size_t> makers;
  for (std::size_t m = 0; m < stage.makers.size(); ++m) {
    if (stage.makers[m].country != target && stage.makers[m].share > 0) makers.push_back(m);
  }
  std::stable_sort(makers.begin(), makers.end(), [&](std::size_t a, std::size_t b) {
    return stage.makers[a].share > stage.makers[b].share;
  });
  return makers;
}

/// [stage] upper bounds on the share of the product's cost that passes through it.
std::vector<double> ceilings(SupplyTree const& tree, std::size_t target, std::size_t k) {
  auto const& stages = tree.stages();
  std::vector<double> const nothing(stages.size(), 0);
  std::vector<double> most(stages.size(), 0);
  for (std::size_t l = 0; l < stages.size(); ++l) {
    auto const makers = foreign_makers(stages[l], target);
    if (makers.empty()) continue;
    for (std::size_t m = 0; m < std::min(k, makers.size()); ++m) {
      most[l] += stages[l].makers[makers[m]].share;
    }
    // Sets that stop a stage have no cost: bounds are for the others, which leave so much of it.
    if (stages[l].needed) most[l] = std::min(most[l], 1 - *stages[l].needed);
    if (tree.stops(l, most[l])) most[l] = 1 - stages[l].makers[makers.back()].share;
    most[l] = std::max(0.0, most[l]);
  }
  auto const before = tree.cost_shares(nothing);
  auto const after = tree.cost_shares(most);
  double const dearer = std::exp(tree.without(most).log_cost);
  std::vector<double> weights(stages.size(), 0);
  for (std::size_t l = 0; l < stages.size(); ++l) {
    // In units of the product's cost without denials: what passes through the stage at most, and
    // what does not pass through it at least.
    double const through = after[l] * dearer, rest = std::max(0.0, 1 - before[l]);
    weights[l] = through > 0 ? std::min(1.0, through / (through + rest)) : 0;
  }
  return weights;
}

std::vector<TreeCut> fewest_first(std::vector<TreeCut> cuts) {
  std::stable_sort(cuts.begin(), cuts.end(), [](auto const& a, auto const& b) {
    return a.members.size() < b.members.size();
  });
  return cuts;
}

std::vector<double> denied_by(SupplyTree const& tree, TreeScreen const& screen,
                              std::span<std::size_t const> set) {
  std::vector<double> denied(tree.stages().size(), 0);
  for (auto const c : set) {
    auto const& link = screen.links[c];
    denied[link.stage] += tree.stages()[link.stage].makers[link.maker].share;
  }
  for (auto& each : denied) each = std::min(1.0, each);
  return denied;
}

}  // namespace

TreeScreen tree_screen(SupplyTree const& tree, std::size_t target, std::size_t k) {
  TreeScreen answer;
  auto const& stages = tree.stages();
  auto& screen = answer.screen;
  screen.weight = tree.cost_shares(std::vector<double>(stages.size(), 0));
  screen.ceiling = ceilings(tree, target, k);
  screen.k_proven = k;
  for (std::size_t l = 0; l < stages.size(); ++l) {
    screen.theta.push_back(stages[l].theta);
    screen.most.push_back(std::min(monopoly_share, 1 - stages[l].needed.value_or(0)));
    // Cost shares are shares: rounding must not make them less than their ceilings.
    screen.ceiling[l] = std::max(screen.ceiling[l], screen.weight[l]);
    if (tree.used()[l] == 0) continue;
    for (auto const m : foreign_makers(stages[l], target)) {
      auto const& maker = stages[l].makers[m];
      screen.candidates.push_back({label_of(stages[l], maker), l, maker.share, {maker.country}});
      answer.links.push_back({l, m});
    }
  }
  return answer;
}

DenialEvaluator tree_evaluator(SupplyTree const& tree, TreeScreen const& screen) {
  return [&tree, &screen,
          own = tree.own_shares()](std::span<std::size_t const> set) -> Result<DenialOutcome> {
    auto const denial = tree.without(denied_by(tree, screen, set));
    DenialOutcome outcome;
    outcome.target_loss = denial.log_cost;
    outcome.lost = !denial.stopped.empty();
    std::map<std::size_t, double> values;
    for (auto const c : set) {
      auto const& link = screen.links[c];
      auto const& maker = tree.stages()[link.stage].makers[link.maker];
      values[maker.country] += maker.share * own[link.stage];
    }
    outcome.sender_losses.assign(values.begin(), values.end());
    return outcome;
  };
}

std::vector<TreeActor> tree_actors(SupplyTree const& tree, std::size_t target) {
  auto const& stages = tree.stages();
  auto const own = tree.own_shares();
  // (is a firm, country, name) to what it makes of each stage.
  std::map<std::tuple<bool, std::size_t, std::string>, std::vector<double>> makes;
  for (std::size_t l = 0; l < stages.size(); ++l) {
    if (tree.used()[l] == 0) continue;
    for (auto const& maker : stages[l].makers) {
      if (maker.country == target || maker.share <= 0) continue;
      auto const& country = tree.countries()[maker.country];
      for (bool const firm : {false, true}) {
        if (firm && maker.name == country) continue;
        auto& of = makes[{firm, maker.country, firm ? maker.name : country}];
        of.resize(stages.size(), 0);
        of[l] = std::min(1.0, of[l] + maker.share);
      }
    }
  }
  std::vector<TreeActor> actors;
  for (auto const& [who, denied] : makes) {
    TreeActor actor{std::get<2>(who), std::get<1>(who), std::get<0>(who), tree.without(denied), 0};
    for (std::size_t l = 0; l < stages.size(); ++l) actor.value += denied[l] * own[l];
    actors.push_back(std::move(actor));
  }
  std::stable_sort(actors.begin(), actors.end(), [](auto const& a, auto const& b) {
    bool const stops_a = !a.denial.stopped.empty(), stops_b = !b.denial.stopped.empty();
    if (stops_a != stops_b) return stops_a;
    return a.denial.log_cost > b.denial.log_cost;
  });
  return actors;
}

std::vector<TreeCut> link_cuts(SupplyTree const& tree, std::size_t target) {
  std::vector<TreeCut> cuts;
  for (std::size_t l = 0; l < tree.stages().size(); ++l) {
    if (tree.used()[l] == 0) continue;
    auto const& stage = tree.stages()[l];
    TreeCut cut{l, {}};
    double denied = 0;
    for (auto const m : foreign_makers(stage, target)) {
      if (tree.stops(l, denied)) break;
      cut.members.push_back(label_of(stage, stage.makers[m]));
      denied += stage.makers[m].share;
    }
    if (tree.stops(l, denied)) cuts.push_back(std::move(cut));
  }
  return fewest_first(std::move(cuts));
}

std::vector<TreeCut> country_cuts(SupplyTree const& tree, std::size_t target) {
  std::vector<TreeCut> cuts;
  for (std::size_t l = 0; l < tree.stages().size(); ++l) {
    if (tree.used()[l] == 0) continue;
    std::vector<double> shares(tree.countries().size(), 0);
    for (auto const& maker : tree.stages()[l].makers) shares[maker.country] += maker.share;
    shares[target] = 0;
    std::vector<std::size_t> order(shares.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return shares[a] > shares[b]; });
    TreeCut cut{l, {}};
    double denied = 0;
    for (auto const country : order) {
      if (shares[country] <= 0 || tree.stops(l, denied)) break;
      denied += shares[country];
      cut.members.push_back(tree.countries()[country]);
    }
    if (tree.stops(l, denied)) cuts.push_back(std::move(cut));
  }
  return fewest_first(std::move(cuts));
}

}  // namespace linchpin::leverage
