// SPDX-License-Identifier: Apache-2.0
// A set that may have more links is never worse than the best with fewer, whatever is lost, beyond
// the limit or without an answer on the way.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "linchpin/core/random.h"
#include "linchpin/leverage/chokepoint_screen.h"
#include "linchpin/leverage/chokepoints.h"
#include "linchpin/leverage/price_chokepoints.h"
#include "linchpin/leverage/supply_tree.h"
#include "support/each_set.h"
#include "unit/leverage/random_price_world.h"

namespace linchpin::leverage {
namespace {

using Set = std::vector<std::size_t>;

double best_of(ChokepointAnswer const& answer) {
  return answer.sets.empty() ? 0 : answer.sets.front().loss;
}

/// A line of `stages` steps with five makers each abroad, half of them gates.
SupplyTree gated_tree(std::size_t stages, std::uint64_t draw) {
  Rng rng(Seed{17}, draw);
  std::vector<TreeStage> list(stages);
  for (std::size_t l = 0; l < stages; ++l) {
    auto& stage = list[l];
    stage.name = fmt::format("s{}", l);
    stage.own_cost = 0.05 + rng.uniform();
    stage.theta = 1 + 3 * rng.uniform();
    if (l % 2 == 1) stage.needed = 0.5;
    if (l + 1 < stages) stage.inputs.push_back({l + 1, 1});
    double left = 0.97;
    for (std::size_t m = 0; m < 5; ++m) {
      double const share = left * (0.3 + 0.5 * rng.uniform());
      left -= share;
      stage.makers.push_back({fmt::format("m{}", m), m, share});
    }
  }
  return SupplyTree::make(list, 0, {"A", "B", "C", "D", "E", "H"}).value();
}

TEST(MoreLinks, AreNeverWorseOnTreesWithGates) {
  for (std::uint64_t draw = 0; draw < 3; ++draw) {
    auto const tree = gated_tree(9, draw);
    double before = 0;
    for (std::size_t k = 1; k <= 20; ++k) {
      auto const screen = tree_screen(tree, 5, k);
      ChokepointOptions const options{.k = k, .proof_evaluations = 2000};
      auto const found =
          find_chokepoints(screen.screen, tree_evaluator(tree, screen), options).value();
      EXPECT_GE(best_of(found), before - 1e-12) << draw << " " << k;
      ASSERT_TRUE(found.bound);
      EXPECT_LE(best_of(found), *found.bound + 1e-12);
      before = best_of(found);
    }
    EXPECT_GT(before, 0);
  }
}

/// Search, with gates, against every set.
TEST(MoreLinks, AreTheBestOfAllOnTreesWithGates) {
  for (std::uint64_t draw = 0; draw < 4; ++draw) {
    auto const tree = gated_tree(4, draw);
    auto const screen = tree_screen(tree, 5, 5);
    auto const full = tree_evaluator(tree, screen);
    double best = 0;
    test::each_set(screen.links.size(), 5, [&](Set const& set) {
      auto const outcome = full(set).value();
      if (!outcome.lost) best = std::max(best, outcome.target_loss);
    });
    auto const found = find_chokepoints(screen.screen, full, {.k = 5}).value();
    EXPECT_TRUE(found.optimal);
    EXPECT_NEAR(best_of(found), best, 1e-12);
    // What stops the product is named once, by its fewest links.
    for (auto const& one : found.monopolies) {
      for (auto const& other : found.monopolies) {
        EXPECT_TRUE(&one == &other ||
                    !std::includes(one.begin(), one.end(), other.begin(), other.end()));
      }
    }
  }
}

/// Two countries sell all of a good that the target does not make: every large set of the screen
/// holds both. The other goods are still there to deny.
TEST(MoreLinks, AreNeverWorseWhereTwoSellersAreAMonopoly) {
  Rng rng(Seed{18}, 0);
  auto data = random_price_data(3, 8, rng, 0.5);
  data.shares[0] = 0;  // sector 0, buyer 0: nothing at home, half from each of the others
  data.shares[1] = data.shares[2] = 0.5;
  auto const world = PriceWorld::make(data).value();
  for (std::size_t const proof : {std::size_t{0}, std::size_t{300}, std::size_t{20'000}}) {
    double before = 0;
    for (std::size_t k = 1; k <= 10; ++k) {
      auto const screen = price_screen(world, 0, {.k = k}).value();
      auto const found = find_chokepoints(screen, price_evaluator(world, screen, 0),
                                          {.k = k, .proof_evaluations = proof})
                             .value();
      EXPECT_GE(best_of(found), before - 1e-12) << proof << " " << k;
      EXPECT_GT(best_of(found), 0);
      if (k > 1) {
        ASSERT_EQ(found.monopolies.size(), 1U);
        EXPECT_EQ(found.monopolies.front().size(), 2U);
      }
      before = best_of(found);
    }
  }
}

/// The same under a limit on senders, and with sets for which the model has no answer.
TEST(MoreLinks, AreNeverWorseUnderALimit) {
  for (std::uint64_t draw = 0; draw < 5; ++draw) {
    Rng rng(Seed{19}, draw);
    auto const world = random_price_world(5, 5, rng, 0.7);
    for (bool const failing : {false, true}) {
      double before = 0;
      for (std::size_t k = 1; k <= 6; ++k) {
        auto screen = price_screen(world, 0, {.k = k}).value();
        if (failing) screen.ceiling.clear();
        auto const prices = price_evaluator(world, screen, 0);
        auto const full = [&](std::span<std::size_t const> set) -> Result<DenialOutcome> {
          auto outcome = prices(set);
          // Every set of four with an even first member.
          if (failing && set.size() == 4 && set[0] % 2 == 0) outcome->failed = "no answer";
          return outcome;
        };
        auto const found = find_chokepoints(screen, full,
                                            {.k = k,
                                             .sender_limit = 0.004,
                                             .resolved = 5,
                                             .swap_candidates = 5,
                                             .proof_evaluations = 50})
                               .value();
        EXPECT_GE(best_of(found), before - 1e-12) << draw << " " << failing << " " << k;
        before = best_of(found);
      }
    }
  }
}

}  // namespace
}  // namespace linchpin::leverage
