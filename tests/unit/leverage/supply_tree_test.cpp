// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/supply_tree.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "linchpin/core/random.h"
#include "linchpin/leverage/chokepoint_screen.h"
#include "support/each_set.h"

namespace linchpin::leverage {
namespace {

using linchpin::test::each_set;

using Set = std::vector<std::size_t>;

/// A product (own cost 2) of three units of a part (own cost 1) from makers in A, B and at home.
SupplyTree small_tree(std::optional<double> needed = std::nullopt) {
  std::vector<TreeStage> stages(2);
  stages[0] = {"product", 2, 2, std::nullopt, {{1, 3}}, {{"B", 1, 0.5}, {"H", 2, 0.5}}};
  stages[1] = {"part", 1, 1, needed, {}, {{"a1", 0, 0.6}, {"a2", 0, 0.2}, {"B", 1, 0.1}}};
  return SupplyTree::make(stages, 0, {"A", "B", "H"}).value();
}

/// By hand: c = 2 + 3 = 5; without 0.6 of the part it costs 1/0.4 = 2.5, so c = 9.5; without half
/// of the product c rises by 0.5^(−1/2) = 1.41421356.
TEST(SupplyTree, CostsAreTheRolledUpBill) {
  auto const tree = small_tree();
  EXPECT_NEAR(tree.without(std::vector{0.0, 0.6}).log_cost, std::log(9.5 / 5), 1e-14);
  EXPECT_NEAR(tree.without(std::vector{0.5, 0.0}).log_cost, 0.5 * std::log(2), 1e-14);
  EXPECT_NEAR(tree.without(std::vector{0.5, 0.6}).log_cost, std::log(9.5 / 5) + 0.5 * std::log(2),
              1e-14);
  auto const shares = tree.cost_shares(std::vector{0.0, 0.0});
  EXPECT_NEAR(shares[0], 1, 1e-15);
  EXPECT_NEAR(shares[1], 0.6, 1e-15);
  EXPECT_NEAR(tree.own_shares()[0], 0.4, 1e-15);
  EXPECT_NEAR(tree.own_shares()[1], 0.6, 1e-15);
  // Others make the last 0.1 of the part: nobody named can stop it.
  EXPECT_TRUE(link_cuts(tree, 2).empty());
  EXPECT_TRUE(country_cuts(tree, 2).empty());
}

/// Half must be left: 0.6 gone stops it, 0.5 gone does not.
TEST(SupplyTree, StagesThatGateStop) {
  auto const tree = small_tree(0.5);
  EXPECT_EQ(tree.without(std::vector{0.0, 0.6}).stopped, (Set{1}));
  EXPECT_TRUE(tree.without(std::vector{0.0, 0.5}).stopped.empty());
  ASSERT_EQ(link_cuts(tree, 2).size(), 1U);
  EXPECT_EQ(link_cuts(tree, 2)[0].members, (std::vector<std::string>{"a1:part"}));
  EXPECT_EQ(country_cuts(tree, 2)[0].members, (std::vector<std::string>{"A"}));
  // A's own makers deny A nothing: B's 0.1 of the part does not stop it, both makers of the product
  // do.
  ASSERT_EQ(link_cuts(tree, 0).size(), 1U);
  EXPECT_EQ(link_cuts(tree, 0)[0].members, (std::vector<std::string>{"B:product", "H:product"}));
  auto const actors = tree_actors(tree, 2);
  EXPECT_EQ(actors[0].name, "A");
  EXPECT_FALSE(actors[0].firm);
  EXPECT_EQ(actors[0].denial.stopped, (Set{1}));
  EXPECT_NEAR(actors[0].value, 0.8 * 0.6, 1e-15);
  EXPECT_EQ(actors[1].name, "a1");
  EXPECT_TRUE(actors[1].firm);
}

SupplyTree random_tree(std::uint64_t draw) {
  Rng rng(Seed{91}, draw);
  std::vector<std::string> const countries{"A", "B", "C", "D", "H"};
  std::vector<TreeStage> stages(5);
  for (std::size_t l = 0; l < stages.size(); ++l) {
    auto& stage = stages[l];
    stage.name = "s" + std::to_string(l);
    stage.own_cost = 0.1 + rng.uniform();
    stage.theta = 0.5 + 4 * rng.uniform();
    if (rng.uniform() < 0.3) stage.needed = 0.6 * rng.uniform();
    for (std::size_t k = l + 1; k < stages.size(); ++k) {
      if (k == l + 1 || rng.uniform() < 0.4) stage.inputs.push_back({k, 0.2 + rng.uniform()});
    }
    double left = 1;
    for (std::size_t m = 0; m < 3; ++m) {
      auto const country = static_cast<std::size_t>(5 * rng.uniform());
      double const share = m == 2 && rng.uniform() < 0.3 ? left : left * rng.uniform();
      left -= share;
      stage.makers.push_back({"m" + std::to_string(m), country, std::max(0.0, share)});
    }
  }
  return SupplyTree::make(stages, 0, countries).value();
}

/// Search, bound and smallest cut against every set of at most three links, on thirty trees.
TEST(SupplyTree, EqualBruteForceOnRandomTrees) {
  std::size_t with_cut = 0;
  for (std::uint64_t draw = 0; draw < 30; ++draw) {
    auto const tree = random_tree(draw);
    auto const screen = tree_screen(tree, 4, 3);
    auto const full = tree_evaluator(tree, screen);
    double best = 0;
    std::size_t fewest = 99;
    each_set(screen.links.size(), 3, [&](Set const& set) {
      auto const outcome = full(set).value();
      if (outcome.lost) {
        fewest = std::min(fewest, set.size());
        return;
      }
      best = std::max(best, outcome.target_loss);
      // The ceiling is proven to dominate.
      ASSERT_LE(outcome.target_loss,
                additive_loss(screen.screen, screen.screen.ceiling, set) + 1e-12);
    });
    auto const found = find_chokepoints(screen.screen, full, {.k = 3}).value();
    EXPECT_TRUE(found.optimal) << draw;
    if (best > 0) {
      ASSERT_FALSE(found.sets.empty());
      EXPECT_NEAR(found.sets[0].loss, best, 1e-12) << draw;
    }
    auto const cuts = link_cuts(tree, 4);
    if (fewest == 99) {
      EXPECT_TRUE(cuts.empty() || cuts[0].members.size() > 3) << draw;
    } else {
      ++with_cut;
      ASSERT_FALSE(cuts.empty()) << draw;
      EXPECT_EQ(cuts[0].members.size(), fewest) << draw;
    }
  }
  EXPECT_GT(with_cut, 5U);
  EXPECT_LT(with_cut, 30U);
}

/// Denying more never makes the product cheaper, and makers of a stage are worth more together.
TEST(SupplyTree, LossesAreSupermodular) {
  auto const tree = small_tree();
  auto const loss = [&](double product, double part) {
    return tree.without(std::vector{product, part}).log_cost;
  };
  EXPECT_GT(loss(0, 0.8), loss(0, 0.6) + loss(0, 0.2));
  EXPECT_GT(loss(0, 0.6), loss(0, 0.2));
}

TEST(SupplyTree, ReportsAllThatIsWrong) {
  std::vector<TreeStage> stages(2);
  stages[0] = {"product", -1, 0, 2.0, {{7, 1}}, {{"B", 9, 1.5}}};
  stages[1] = {"part", 1, 1, std::nullopt, {}, {{"a", 0, 0.9}, {"b", 0, 0.9}}};
  auto const bad = SupplyTree::make(stages, 0, {"A"});
  ASSERT_FALSE(bad);
  EXPECT_GE(bad.error().further.size(), 5U);
  stages[0] = {"product", 1, 1, std::nullopt, {{1, 1}}, {}};
  stages[1] = {"part", 1, 1, std::nullopt, {{0, 1}}, {}};
  auto const circle = SupplyTree::make(stages, 0, {"A"});
  ASSERT_FALSE(circle);
  EXPECT_NE(circle.error().what.find("circle"), std::string::npos);
  stages[0] = {"product", 0, 1, std::nullopt, {}, {}};
  EXPECT_FALSE(SupplyTree::make(stages, 0, {"A"}));
}

/// Nobody abroad makes anything: nothing to deny, loss 0, proven.
TEST(SupplyTree, WithoutMakersAbroadNothingCanBeDenied) {
  std::vector<TreeStage> stages(1);
  stages[0] = {"product", 1, 1, std::nullopt, {}, {{"H", 0, 1.0}}};
  auto const tree = SupplyTree::make(stages, 0, {"H"}).value();
  auto const screen = tree_screen(tree, 0, 5);
  auto const found = find_chokepoints(screen.screen, tree_evaluator(tree, screen), {}).value();
  EXPECT_TRUE(found.sets.empty());
  EXPECT_TRUE(found.optimal);
  EXPECT_TRUE(tree_actors(tree, 0).empty());
}

}  // namespace
}  // namespace linchpin::leverage
