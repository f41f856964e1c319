// SPDX-License-Identifier: Apache-2.0
// Partial cuts: first-order screens, and the search against all sets.
#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "linchpin/equilibrium/solve.h"
#include "linchpin/leverage/adjoint_screen.h"
#include "linchpin/leverage/chokepoint_screen.h"
#include "linchpin/leverage/cost_power.h"
#include "linchpin/leverage/equilibrium_power.h"
#include "linchpin/leverage/price_chokepoints.h"
#include "support/each_set.h"
#include "unit/equilibrium/equilibrium_fixtures.h"
#include "unit/leverage/random_price_world.h"

namespace linchpin::leverage {
namespace {

using linchpin::test::each_set;

using Set = std::vector<std::size_t>;

/// A small random world of trade, in equilibrium without deficits, and what can be cut.
struct SmallWorld {
  equilibrium::TradeBase base;
  Screen screen;
  std::vector<std::vector<DeniedLink>> links;

  SmallWorld(std::uint64_t draw, double cut) {
    Rng rng(Seed{77}, draw);
    TradeAccounts accounts;
    std::size_t const n = 4, sectors = 3;
    for (std::size_t i = 0; i < n; ++i) accounts.regions.push_back(std::string(1, char('A' + i)));
    for (std::size_t j = 0; j < sectors; ++j) accounts.sectors.push_back("s" + std::to_string(j));
    for (std::size_t j = 0; j < sectors; ++j) {
      accounts.theta.push_back(1.5 + 4 * rng.uniform());
      for (std::size_t m = 0; m < n; ++m) {
        for (std::size_t i = 0; i < n; ++i) {
          accounts.trade.push_back((m == i ? 20 : 1 + 8 * rng.uniform()) * (1 + rng.uniform()));
        }
      }
    }
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < sectors; ++j) {
        accounts.value_added_share.push_back(0.4 + 0.3 * rng.uniform());
        for (std::size_t k = 0; k < sectors; ++k) accounts.input_shares.push_back(1.0 / sectors);
      }
    }
    auto raw = equilibrium::calibrate(accounts).value();
    base = equilibrium::consistent_base(raw, equilibrium::DeficitRule::zero).value();
    screen.kept = 1 - cut;
    screen.theta.assign(base.theta.begin(), base.theta.end());
    screen.weight.assign(sectors, 1);
    for (std::size_t j = 0; j < sectors; ++j) {
      for (std::size_t i = 1; i < n; ++i) {
        screen.candidates.push_back(
            {accounts.regions[i] + ":" + accounts.sectors[j], j, cut * 0.1, {i}});
        links.push_back({{j, 0, i, 1 - cut}});
      }
    }
  }
};

/// The slopes are those of solutions: a central difference of the full model agrees to 1e-5.
TEST(PartialCuts, FirstOrderIsTheSlopeOfTheFullModel) {
  SmallWorld const world(0, 1e-4);
  auto const screen = adjoint_screen(world.base, world.screen.candidates, world.links, 0).value();
  auto const full = equilibrium_evaluator(world.base, world.links, world.screen.candidates, 0);
  double most = 0;
  for (std::size_t c = 0; c < screen.candidates.size(); ++c) {
    auto const loss = full(std::span(&c, 1))->target_loss;
    auto const slope = additive_loss(screen, screen.weight, std::span(&c, 1));
    if (loss <= 0) {
      EXPECT_EQ(slope, 0) << c;
      continue;
    }
    most = std::max(most, loss);
    // Second order is of the size of the cut.
    EXPECT_NEAR(slope / loss, 1, 1e-3) << c;
  }
  EXPECT_GT(most, 0);
}

/// Small cuts on ten random worlds: the best set of at most two links is that of all sets, and the
/// search has solved it without trying them all.
TEST(PartialCuts, EqualBruteForceOnRandomWorlds) {
  for (std::uint64_t draw = 0; draw < 10; ++draw) {
    for (double const cut : {0.1, 0.5}) {
      SmallWorld const world(draw, cut);
      auto const screen =
          adjoint_screen(world.base, world.screen.candidates, world.links, 0).value();
      auto const full = equilibrium_evaluator(world.base, world.links, world.screen.candidates, 0);
      double best = 0;
      Set best_set;
      each_set(screen.candidates.size(), 2, [&](Set const& set) {
        auto const outcome = full(set).value();
        if (outcome.failed.empty() && outcome.target_loss > best) {
          best = outcome.target_loss;
          best_set = set;
        }
      });
      ChokepointOptions options{.k = 2, .resolved = 5, .swap_candidates = 4};
      options.proof_evaluations = 0;
      auto const found = find_chokepoints(screen, full, options).value();
      ASSERT_FALSE(found.sets.empty());
      EXPECT_EQ(found.sets[0].members, best_set) << draw << " " << cut;
      EXPECT_NEAR(found.sets[0].loss, best, 1e-12);
      EXPECT_LT(found.evaluations, 30U);  // of 45 sets
      EXPECT_FALSE(found.bound);
      EXPECT_FALSE(found.optimal);
      // Nothing bounds this model: proven only where all sets are tried.
      options.proof_evaluations = 100;
      EXPECT_TRUE(find_chokepoints(screen, full, options)->optimal);
    }
  }
}

/// Two sellers of 0.49 each, nine tenths of both cut: worth more than the two best alone, which is
/// what first order takes. The set of another screen is solved beside those of the first.
TEST(PartialCuts, SetsOfAnotherScreenAreSolvedToo) {
  Screen prices;
  prices.theta = {1, 1, 1};
  prices.weight = {0.1, 0.12, 0.12};
  prices.candidates = {{"a:0", 0, 0.9 * 0.49, {0}},
                       {"b:0", 0, 0.9 * 0.49, {1}},
                       {"a:1", 1, 0.9 * 0.5, {0}},
                       {"a:2", 2, 0.9 * 0.5, {0}}};
  prices.kept = 0.1;
  auto const full = [&](std::span<std::size_t const> set) -> Result<DenialOutcome> {
    return DenialOutcome{additive_loss(prices, prices.weight, set), {}, false};
  };
  Screen first;  // every link by itself, as first order sees it
  for (auto const& candidate : prices.candidates) {
    first.candidates.push_back(candidate);
    first.candidates.back().group = first.theta.size();
    first.candidates.back().share = 0.5;
    first.theta.push_back(1);
    first.weight.push_back(prices.weight[candidate.group] * candidate.share);
  }
  ChokepointOptions options{.k = 2, .resolved = 1, .swap_candidates = 0, .proof_evaluations = 0};
  EXPECT_EQ(find_chokepoints(first, full, options)->sets[0].members, (Set{2, 3}));
  options.also = best_screened(prices, 2, 1);
  EXPECT_EQ(find_chokepoints(first, full, options)->sets[0].members, (Set{0, 1}));
}

/// At fixed wages the ceilings hold for partial cuts too: no set exceeds them, the best is proven.
TEST(PartialCuts, AreBoundedAtFixedWages) {
  for (std::uint64_t draw = 0; draw < 10; ++draw) {
    Rng rng(Seed{41}, draw);
    auto const world = random_price_world(4, 4, rng, 0.7);
    auto const screen = price_screen(world, 0, {.k = 3, .cut = 0.3}).value();
    auto const full = price_evaluator(world, screen, 0);
    double best = 0;
    each_set(screen.candidates.size(), 3, [&](Set const& set) {
      auto const loss = full(set)->target_loss;
      ASSERT_LE(loss, additive_loss(screen, screen.ceiling, set) + 1e-12);
      best = std::max(best, loss);
    });
    auto const found = find_chokepoints(screen, full, {.k = 3}).value();
    EXPECT_TRUE(found.optimal);
    EXPECT_EQ(found.sets[0].loss, best);
  }
}

/// One sector, no inputs: −ln(1 − cω)/θ by hand, with c = 0.3, ω = 0.6, θ = 4: ln(1/0.82)/4.
TEST(PartialCuts, AreTheClosedForm) {
  PriceWorldData data;
  data.regions = {"A", "B"};
  data.sectors = {"s"};
  data.shares = {0.4, 0.6, 0.1, 0.9};
  data.input_weights = {0, 0};
  data.final_shares = {1, 1};
  data.spending = {10, 10};
  data.theta = {4};
  auto const world = PriceWorld::make(data).value();
  auto const screen = price_screen(world, 0, {.k = 1, .cut = 0.3}).value();
  std::size_t const only = 0;
  auto const outcome = price_evaluator(world, screen, 0)(std::span(&only, 1)).value();
  EXPECT_NEAR(outcome.target_loss, 0.049612734, 1e-9);  // 0.198450938724…/4
  EXPECT_NEAR(outcome.target_loss, log_price_of_denial(0.18, 4), 1e-12);
  EXPECT_NEAR(outcome.sender_losses[0].second, 0.3 * 0.6, 1e-12);  // sales given up
  EXPECT_FALSE(outcome.lost);
}

/// A cut of all is the denial.
TEST(PartialCuts, OfAllAreDenials) {
  SmallWorld const whole(3, 1), nearly(3, 1 - 1e-9);
  std::size_t const link = 1;
  auto const denied = equilibrium_evaluator(whole.base, whole.links, whole.screen.candidates,
                                            0)(std::span(&link, 1))
                          .value();
  auto const cut = equilibrium_evaluator(nearly.base, nearly.links, nearly.screen.candidates,
                                         0)(std::span(&link, 1))
                       .value();
  EXPECT_NEAR(denied.target_loss, cut.target_loss, 1e-7);
}

}  // namespace
}  // namespace linchpin::leverage
