// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/chokepoints.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "linchpin/leverage/chokepoint_screen.h"
#include "linchpin/leverage/coalition.h"
#include "linchpin/leverage/cost_power.h"
#include "linchpin/leverage/defence.h"
#include "linchpin/leverage/pair_power.h"
#include "linchpin/leverage/price_chokepoints.h"
#include "support/each_set.h"
#include "unit/leverage/random_price_world.h"

namespace linchpin::leverage {
namespace {

using linchpin::test::each_set;

using Set = std::vector<std::size_t>;

bool within(DenialOutcome const& outcome, std::optional<double> limit) {
  for (auto const& [owner, loss] : outcome.sender_losses) {
    if (limit && loss > *limit) return false;
  }
  return true;
}

/// The search against all sets, with and without a limit on each sender, on ten random worlds.
TEST(Chokepoints, EqualBruteForceOnRandomWorlds) {
  for (std::uint64_t draw = 0; draw < 10; ++draw) {
    Rng rng(Seed{31}, draw);
    auto const world = random_price_world(4, 4, rng, 0.7);
    auto const screen = price_screen(world, 0, {.k = 3}).value();
    auto const full = price_evaluator(world, screen, 0);
    for (std::optional<double> const limit :
         {std::optional<double>{}, std::optional<double>{0.02}}) {
      double best = 0;
      Set best_set;
      each_set(screen.candidates.size(), 3, [&](Set const& set) {
        auto const outcome = full(set).value();
        double const loss = outcome.target_loss;
        // The ceiling is proven to dominate: no set may exceed it.
        ASSERT_LE(loss, additive_loss(screen, screen.ceiling, set) + 1e-12);
        if (within(outcome, limit) && loss > best) {
          best = loss;
          best_set = set;
        }
      });
      auto const answer = find_chokepoints(screen, full, {.k = 3, .sender_limit = limit}).value();
      if (best_set.empty()) {
        EXPECT_TRUE(answer.sets.empty());
        continue;
      }
      ASSERT_FALSE(answer.sets.empty());
      EXPECT_TRUE(answer.optimal);
      EXPECT_EQ(answer.sets[0].members, best_set);
      EXPECT_EQ(answer.sets[0].loss, best);
      EXPECT_EQ(*answer.bound, best);
      for (auto const& [owner, loss] : answer.sets[0].coalition) {
        EXPECT_LE(loss, limit.value_or(INFINITY));
      }
    }
  }
}

/// Stopped early, the bound is still one; without ceilings and time nothing is proven.
TEST(Chokepoints, SaysWhatIsProven) {
  Rng rng(Seed{32}, 0);
  auto const world = random_price_world(6, 6, rng, 0.7);
  auto screen = price_screen(world, 0, {.k = 4}).value();
  auto const full = price_evaluator(world, screen, 0);
  auto const early = find_chokepoints(screen, full, {.k = 4, .proof_evaluations = 1}).value();
  ASSERT_TRUE(early.bound);
  auto const none = find_chokepoints(screen, full, {.k = 4, .proof_evaluations = 0}).value();
  auto const whole = find_chokepoints(screen, full, {.k = 4}).value();
  EXPECT_TRUE(whole.optimal);
  EXPECT_LE(whole.sets[0].loss, *early.bound);
  EXPECT_LE(*early.bound, *none.bound + 1e-12);
  EXPECT_FALSE(none.optimal);
  // The screen and the swaps find it here without proof.
  EXPECT_EQ(none.sets[0].members, whole.sets[0].members);
  screen.ceiling.clear();
  auto const heuristic = find_chokepoints(screen, full, {.k = 4, .proof_evaluations = 100}).value();
  EXPECT_FALSE(heuristic.bound);
  EXPECT_FALSE(heuristic.optimal);
}

/// The best of the screen are all beyond the limit: the search still finds sets within it.
TEST(Chokepoints, LooksBeyondTheScreenUnderALimit) {
  Rng rng(Seed{36}, 0);
  auto const world = random_price_world(8, 8, rng, 0.7);
  auto const screen = price_screen(world, 0, {.k = 3}).value();
  auto const full = price_evaluator(world, screen, 0);
  ChokepointOptions options{.k = 3, .sender_limit = 0.004, .resolved = 5, .proof_evaluations = 0};
  auto const found = find_chokepoints(screen, full, options).value();
  options.proof_evaluations = 20'000;
  auto const proven = find_chokepoints(screen, full, options).value();
  ASSERT_FALSE(found.sets.empty());
  EXPECT_GT(found.over_limit, 0U);
  EXPECT_GE(proven.sets[0].loss, found.sets[0].loss);
  EXPECT_GE(found.sets[0].loss, 0.9 * proven.sets[0].loss);
  EXPECT_LE(proven.sets[0].loss, *found.bound);
}

/// Near-monopolies are worth more than what adjoints at zero see: two sellers of 0.49 each.
TEST(Chokepoints, SeesThatSellersAreWorthMoreTogether) {
  Screen screen;
  screen.theta = {1, 1};
  screen.weight = {0.1, 0.12};
  screen.ceiling = screen.weight;
  screen.k_proven = 2;
  screen.candidates = {{"a:0", 0, 0.49, {0}}, {"b:0", 0, 0.49, {1}}, {"a:1", 1, 0.5, {0}}};
  auto const full = [&](std::span<std::size_t const> set) -> Result<DenialOutcome> {
    return DenialOutcome{additive_loss(screen, screen.weight, set), {}, false};
  };
  auto const answer = find_chokepoints(screen, full, {.k = 2}).value();
  EXPECT_EQ(answer.sets[0].members, (Set{0, 1}));
  EXPECT_NEAR(answer.sets[0].loss, -0.1 * std::log(0.02), 1e-12);
  EXPECT_TRUE(answer.optimal);
  auto const one = find_chokepoints(screen, full, {.k = 1}).value();
  EXPECT_EQ(one.sets[0].members, (Set{2}));
}

TEST(Chokepoints, DenyProductsToo) {
  Rng rng(Seed{33}, 0);
  auto const world = random_price_world(4, 5, rng);
  auto const screen = price_screen(world, 1, {.unit = DenialUnit::product, .k = 2}).value();
  EXPECT_EQ(screen.candidates.size(), 5U);
  auto const answer = find_chokepoints(screen, price_evaluator(world, screen, 1), {.k = 2}).value();
  ASSERT_TRUE(answer.optimal);
  EXPECT_EQ(answer.sets[0].members.size(), 2U);
  EXPECT_GE(answer.sets[0].coalition.size(), 2U);
}

TEST(Chokepoints, DefinesTheDegenerateCases) {
  Screen screen;
  auto const full = [](std::span<std::size_t const>) -> Result<DenialOutcome> {
    return DenialOutcome{};
  };
  auto const nothing = find_chokepoints(screen, full).value();
  EXPECT_TRUE(nothing.sets.empty() && nothing.optimal);
  EXPECT_EQ(*nothing.bound, 0);
  // A sole seller: the loss is no number, the set stands apart.
  auto data =
      PriceWorldData{{"target", "sender"}, {"goods"}, {0, 1, 0, 1}, {0.5, 0}, {1, 1}, {1, 1}, {4}};
  auto const world = PriceWorld::make(data).value();
  auto const captive = price_screen(world, 0).value();
  auto const answer = find_chokepoints(captive, price_evaluator(world, captive, 0)).value();
  EXPECT_TRUE(answer.sets.empty());
  EXPECT_EQ(answer.monopolies, (std::vector<Set>{{0}}));
  screen.candidates = {{"x", 3, 2.0, {}}};
  EXPECT_EQ(find_chokepoints(screen, full).error().code, ErrorCode::bad_value);
}

TEST(Coalition, IsTheSmallestThatReachesTheLoss) {
  Rng rng(Seed{34}, 0);
  auto const world = random_price_world(6, 3, rng);
  Set const candidates{1, 2, 3, 4, 5};
  auto const evaluate = [&](std::span<std::size_t const> members) -> Result<CoalitionOutcome> {
    auto const power = power_over(world, members, 0).value();
    CoalitionOutcome outcome{power.network.log_cost, !power.network.monopoly.empty(), {}};
    for (std::size_t m = 0; m < members.size(); ++m) {
      outcome.member_losses.emplace_back(members[m], power.sender_network[m]);
    }
    return outcome;
  };
  double const all = evaluate(candidates)->target_loss;
  for (double const part : {0.05, 0.2, 0.5, 0.8, 1.0}) {
    auto const answer = who_must_join(candidates, part * all, evaluate).value();
    ASSERT_TRUE(answer.reached && answer.smallest);
    EXPECT_GE(answer.outcome.target_loss, part * all);
    each_set(5, answer.members.size() - 1, [&](Set set) {
      for (std::size_t& member : set) member += 1;
      EXPECT_LT(evaluate(set)->target_loss, part * all);
    });
    EXPECT_EQ(answer.outcome.member_losses.size(), answer.members.size());
  }
  auto const beyond = who_must_join(candidates, 2 * all, evaluate).value();
  EXPECT_FALSE(beyond.reached);
  EXPECT_EQ(beyond.members, candidates);
  EXPECT_FALSE(who_must_join({}, 0.1, evaluate)->reached);
}

/// Defender, attacker, defender on a small world: all pairs of diversifications by hand.
TEST(Defence, FindsTheMeasuresThatHelpMost) {
  Rng rng(Seed{35}, 0);
  auto const world = random_price_world(4, 3, rng);
  auto const links = price_screen(world, 0).value();
  std::vector<DefenceMeasure> measures;
  for (auto const& candidate : links.candidates) {
    measures.push_back({candidate.label, 1 + rng.uniform()});
  }
  auto const attack = [&](std::span<std::size_t const> set) -> Result<WorstCase> {
    PriceWorld defended = world;
    for (std::size_t const m : set) {
      DeniedLink const link{links.candidates[m].group, 0, links.candidates[m].owners[0]};
      defended = diversified(defended, link, 0.3).value();
    }
    auto const screen = price_screen(defended, 0, {.k = 2}).value();
    auto const worst =
        find_chokepoints(screen, price_evaluator(defended, screen, 0), {.k = 2}).value();
    return WorstCase{worst.sets[0].loss, *worst.bound};
  };
  auto const answer = plan_defence(measures, attack, {.k = 2}).value();
  EXPECT_TRUE(answer.exhaustive);
  double least = answer.undefended.loss;
  each_set(measures.size(), 2, [&](Set const& set) { least = std::min(least, attack(set)->loss); });
  EXPECT_EQ(answer.best.worst.loss, least);
  EXPECT_EQ(answer.least_possible, least);
  EXPECT_FALSE(answer.all_at_once);
  EXPECT_LT(least, answer.undefended.loss);
  double rate = 0;
  each_set(measures.size(), 2, [&](Set const& set) {
    double cost = 0;
    for (std::size_t const m : set) cost += measures[m].cost;
    rate = std::max(rate, (answer.undefended.loss - attack(set)->loss) / cost);
  });
  EXPECT_NEAR(
      (answer.undefended.loss - answer.best_per_cost.worst.loss) / answer.best_per_cost.cost, rate,
      1e-15);
  // Where not all sets are tried nothing bounds what plans can do: one that helps another attack is
  // enough. Here both measures at once are worse than either.
  auto const worse = [](std::span<std::size_t const> set) -> Result<WorstCase> {
    return WorstCase{set.empty() ? 1.0 : set.size() == 1 ? 0.5 : 0.8, 1};
  };
  std::array const two{DefenceMeasure{"a", 1}, DefenceMeasure{"b", 1}};
  auto const few = plan_defence(two, worse, {.k = 1, .evaluations = 0}).value();
  EXPECT_FALSE(few.exhaustive);
  EXPECT_FALSE(few.least_possible);
  EXPECT_EQ(few.all_at_once, 0.8);
  EXPECT_EQ(few.best.worst.loss, 0.5);
  // A budget that buys nothing, and no measures at all.
  auto const poor = plan_defence(measures, attack, {.k = 2, .budget = 0.5}).value();
  EXPECT_TRUE(poor.best.measures.empty());
  auto const none = plan_defence({}, attack).value();
  EXPECT_TRUE(none.exhaustive);
  EXPECT_EQ(none.best.worst.loss, none.undefended.loss);
  measures[0].cost = -1;
  EXPECT_EQ(plan_defence(measures, attack).error().where, measures[0].label);
}

}  // namespace
}  // namespace linchpin::leverage
