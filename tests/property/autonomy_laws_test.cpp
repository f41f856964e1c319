// SPDX-License-Identifier: Apache-2.0
// What must hold for any makers: over random ones with ladders, tools, entry and stocks, alone and
// in whole worlds.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "linchpin/core/random.h"
#include "linchpin/localize/autonomy.h"
#include "unit/localize/coupled_fixtures.h"
#include "unit/localize/coupled_laws.h"

namespace linchpin::localize {
namespace {

using enum InstrumentKind;

/// Random makers in a random world: a ladder with tools that may be missing, makers abroad who
/// learn, money that may bind.
CoupledCase random_case(std::uint64_t stream) {
  Rng rng(Seed{23}, stream);
  auto each = test::coupled_case(true, stream);
  auto& maker = each.maker;
  maker.cost.learning_rate = 0.25 * rng.uniform();
  maker.cost.tool_penalty = 0.5 * rng.uniform();
  maker.spillovers = {rng.uniform(), 0.4 * rng.uniform()};
  maker.forgetting = 0.05 * rng.uniform();
  maker.quality_learning = 0.2 * rng.uniform();
  maker.catch_up.absorption.base_speed = 0.1 + 0.4 * rng.uniform();
  maker.catch_up.own_growth = 0.04 * rng.uniform();
  maker.catch_up.frontier_growth = 0.06 * rng.uniform();
  maker.markup = 0.3 * rng.uniform();
  maker.makers = 1 + std::floor(10 * rng.uniform());
  maker.entry_cost = 0.1 * rng.uniform();
  maker.loan_share = 0.6 * rng.uniform();
  maker.funds_per_sales = 0.5 + rng.uniform();
  maker.capacity.hurdle_spread = 0.1 * static_cast<double>(stream % 4);
  maker.ladder = {{"low", 0.5, {"etcher"}}, {"middle", 0.8, {"scanner"}}, {"high", 1, {"laser"}}};
  each.start.tools = {{"etcher", 0.6 + 0.4 * rng.uniform(), 9 * rng.uniform(), rng.uniform()},
                      {"scanner", rng.uniform(), 9 * rng.uniform(), rng.uniform()},
                      {"laser", rng.uniform(), 9 * rng.uniform(), rng.uniform()}};
  maker.cost.first_tools = mean_access(each.start.tools, maker.gate);
  each.abroad = {.learning_rate = 0.2 * rng.uniform(),
                 .floor = 0.5 * rng.uniform(),
                 .years_of_experience = 2 + 8 * rng.uniform(),
                 .spillover = 0.3 * rng.uniform()};
  auto ready = calibrated(std::move(each), 0.4 + 0.5 * rng.uniform(), 2 + 6 * rng.uniform());
  if (!ready) throw std::runtime_error(ready.error().what);
  return *std::move(ready);
}

AutonomyCase curve_case(std::uint64_t stream) {
  AutonomyCase each;
  each.technology = random_case(stream);
  each.years = 4;
  each.cut_off.tool_control = 0.5;
  return each;
}

constexpr std::uint64_t worlds = 6;

/// With a ladder, entry and stocks beside it.
TEST(AutonomyLaws, AProductionSubsidyNeverLowersExperience) {
  for (std::uint64_t stream = 0; stream < worlds; ++stream) {
    auto const each = random_case(stream);
    for (double const others : {0.0, 2.0}) {
      PolicyState policy;
      policy.makers_added = others;
      policy.stockpile = 0.05 * others;
      test::expect_subsidies_keep_experience(each, policy, 8, stream);
    }
  }
}

/// Whatever has been put by and whoever has entered.
TEST(AutonomyLaws, AStricterControlNeverRaisesForeignAccessOfTheYear) {
  for (std::uint64_t stream = 0; stream < worlds; ++stream) {
    auto each = random_case(stream);
    each.start.stock = 0.1 * static_cast<double>(stream);
    each.start.entrants = static_cast<double>(stream);
    test::expect_controls_cut_access(each, stream);
  }
}

/// What others deny of tools never raises quality at given sales: it slows catching up, closes
/// gates and makes production dearer.
TEST(AutonomyLaws, DenyingToolsNeverRaisesQuality) {
  for (std::uint64_t stream = 0; stream < 40; ++stream) {
    auto const each = random_case(stream % worlds);
    Rng rng(Seed{31}, stream);
    auto maker = each.maker;
    maker.quality_learning = 0;  // sales move with cost: that channel has its own tests
    auto const open = rng.uniform();
    std::vector<double> before(12, 2);
    for (double const access : {1.0, open, open / 2, 0.0}) {
      auto state = each.start;
      Surroundings around;
      around.foreign_made = each.foreign_made;
      around.home_appeal = each.home_appeal;
      around.policy.tool_access = access;
      for (auto& most : before) {
        around.foreign_quality = state.quality.frontier;
        state = one_period(maker, state, around).next;
        EXPECT_LE(state.quality.relative(), most * (1 + 1e-12)) << stream << ' ' << access;
        most = state.quality.relative();
      }
    }
  }
}

/// Where every tool is there the steps below the top bind nobody.
TEST(AutonomyLaws, ALadderWithAllItsToolsIsItsTop) {
  for (std::uint64_t stream = 0; stream < worlds; ++stream) {
    auto with = random_case(stream);
    for (auto& tool : with.start.tools) tool.access = 1;
    with.maker.cost.first_tools = 1;
    auto without = with;
    without.maker.ladder.clear();
    without.start.tools = {{"tools", 1, 0}};
    PolicyState policy;
    policy.research_effort = 1.5;
    auto const ladder = test::path_under(with, policy, 8),
               none = test::path_under(without, policy, 8);
    for (std::size_t t = 0; t < ladder.size(); ++t) {
      EXPECT_EQ(ladder[t].outcome.next.quality, none[t].outcome.next.quality) << stream << ' ' << t;
      EXPECT_DOUBLE_EQ(ladder[t].welfare, none[t].welfare);
      EXPECT_FALSE(ladder[t].outcome.gated);
    }
  }
}

/// Entrants take money and output from each other: at the same sales experience is never higher.
TEST(AutonomyLaws, EntryCostsAndFragments) {
  for (std::uint64_t stream = 0; stream < worlds; ++stream) {
    auto const each = random_case(stream);
    double experience = 1e300, resources = -1;
    for (double const added : {0.0, 1.0, 5.0}) {
      PolicyState policy;
      policy.makers_added = added;
      auto const outcome = step_at(each, each.start, policy, {});
      EXPECT_LE(outcome.next.experience, experience * (1 + 1e-12)) << stream;
      EXPECT_GE(outcome.resources, resources) << stream;
      EXPECT_NEAR(outcome.outlay, each.maker.entry_cost * added, 1e-12);
      auto const later = step_at(each, outcome.next, {}, {});
      EXPECT_DOUBLE_EQ(later.makers, each.maker.makers + added) << "entrants stay";
      EXPECT_NEAR(later.outlay, 0, 1e-12);
      experience = outcome.next.experience;
      resources = outcome.resources;
    }
  }
}

/// A cut-off of one year takes less the more of it leaks: who learns what from it comes later.
TEST(AutonomyLaws, LeakageNeverRaisesTheLossOfOneYear) {
  for (std::uint64_t stream = 0; stream < worlds; ++stream) {
    auto each = curve_case(stream);
    each.cut_off.years = 1;
    each.programme = {{purchase_subsidy, 2025, 2040, 0.1}, {stockpile, 2025, 2027, 0.05}};
    std::vector<double> with(4, 1), without(4, 1);
    for (double const leakage : {0.0, 0.3, 0.6, 1.0}) {
      each.cut_off.leakage = leakage;
      auto const curve = autonomy_curve(each);
      ASSERT_TRUE(curve) << curve.error().what;
      for (std::size_t t = 0; t < 4; ++t) {
        EXPECT_LE(curve->loss_with[t], with[t] + 1e-7) << stream << ' ' << leakage << ' ' << t;
        EXPECT_LE(curve->loss_without[t], without[t] + 1e-7) << stream << ' ' << leakage;
        with[t] = curve->loss_with[t];
        without[t] = curve->loss_without[t];
      }
    }
    for (double const loss : with) EXPECT_NEAR(loss, 0, 1e-7) << "all leaks";
  }
}

/// Over several years captured demand teaches, and a leak takes some of that away: only a cut-off
/// that nobody answers by learning or building need take less the more leaks.
TEST(AutonomyLaws, LeakageNeverRaisesTheLossWhereNobodyLearns) {
  for (std::uint64_t stream = 0; stream < worlds; ++stream) {
    auto each = curve_case(stream);
    auto& maker = each.technology.maker;
    maker.cost.learning_rate = 0;
    maker.quality_learning = 0;
    maker.funds_per_sales = 0;
    each.technology.abroad = {};
    each.years = 3;
    std::vector<double> before(3, 1);
    for (double const leakage : {0.0, 0.3, 0.6, 1.0}) {
      each.cut_off.leakage = leakage;
      auto const curve = autonomy_curve(each);
      ASSERT_TRUE(curve) << curve.error().what;
      for (std::size_t t = 0; t < 3; ++t) {
        EXPECT_LE(curve->loss_with[t], before[t] + 1e-7) << stream << ' ' << leakage << ' ' << t;
        before[t] = curve->loss_with[t];
      }
    }
  }
}

/// More put by never makes a cut-off dearer.
TEST(AutonomyLaws, AStockNeverRaisesTheLoss) {
  for (std::uint64_t stream = 0; stream < worlds; ++stream) {
    auto each = curve_case(stream);
    each.years = 2;
    double before = 1;
    for (double const stock : {0.0, 0.2, 0.6, 3.0}) {
      each.technology.start.stock = stock;
      auto const curve = autonomy_curve(each);
      ASSERT_TRUE(curve) << curve.error().what;
      EXPECT_LE(curve->loss_with[0], before + 1e-7) << stream << ' ' << stock;
      before = curve->loss_with[0];
    }
  }
}

/// Makers abroad who learn make home goods relatively dearer: home makers never make more for it.
/// (Where their capacity is short they may sell more at home, for they sell less abroad.)
TEST(AutonomyLaws, LearningAbroadNeverRaisesWhatIsMadeAtHome) {
  for (std::uint64_t stream = 0; stream < worlds; ++stream) {
    auto each = random_case(stream);
    std::vector<double> made(6, 1e300), price(6, 1e300);
    for (double const rate : {0.0, 0.1, 0.3}) {
      each.abroad.learning_rate = rate;
      auto const path = test::path_under(each, {}, 6);
      for (std::size_t t = 0; t < path.size(); ++t) {
        EXPECT_LE(path[t].outcome.made, made[t] + 1e-9) << stream << ' ' << t;
        EXPECT_LE(path[t].prices.foreign, price[t] + 1e-9) << stream << ' ' << t;
        made[t] = path[t].outcome.made;
        price[t] = path[t].prices.foreign;
      }
    }
  }
}

/// Makers abroad who answer lost users with lower prices leave home makers less, and cost their own
/// regions what home users gain; where they have lost nobody they answer nothing.
TEST(AutonomyLaws, MakersAbroadWhoCutPricesLeaveLess) {
  for (std::uint64_t stream = 0; stream < worlds; ++stream) {
    auto each = random_case(stream);
    each.abroad.markup = 1;
    PolicyState policy;
    policy.purchase_subsidy = 0.3;
    std::vector<double> made(6, 1e300);
    for (double const answer : {0.0, 0.4, 1.0}) {
      each.abroad.answer = answer;
      auto const path = test::path_under(each, policy, 6);
      EXPECT_EQ(path[0].outcome.terms.foreign_cut, 0);
      for (std::size_t t = 0; t < path.size(); ++t) {
        auto const& outcome = path[t].outcome;
        EXPECT_LE(outcome.made, made[t] + 1e-9) << stream << ' ' << t;
        EXPECT_LE(outcome.terms.foreign_cut, answer / 2);
        made[t] = outcome.made;
      }
      EXPECT_EQ(path.back().outcome.terms.foreign_cut > 0, answer > 0) << stream;
    }
  }
}

}  // namespace
}  // namespace linchpin::localize
