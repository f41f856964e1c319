// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/year.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "linchpin/core/random.h"

namespace linchpin::localize {
namespace {

struct Case {
  Maker maker;
  MakerState state;
  Surroundings around;
};

/// A follower: dearer, poorer, small.
Case follower() {
  Case each;
  each.maker.cost = {.first_cost = 1.5, .first_experience = 10, .learning_rate = 0.2};
  each.maker.capital_share = 0.3;
  each.maker.markup = 0.1;
  each.maker.capacity = {.lead_time = 1, .capital_cost = 1};
  each.maker.catch_up.absorption.base_speed = 0.1;
  each.maker.catch_up.control_effect = 0.5;
  each.maker.quality_learning = 0.1;
  each.maker.diffusion = Diffusion{0.1, 0.5};
  each.state.experience = 10;
  each.state.quality = {0.5, 1};
  each.state.capacity.installed = 20;
  each.state.home_share = 0.1;
  each.around.demand = 100;
  each.around.foreign_made = 500;
  return each;
}

std::vector<Outcome> run(Case each, PolicyState const& policy, int years) {
  std::vector<Outcome> path;
  each.around.policy = policy;
  for (int t = 0; t < years; ++t) {
    each.around.foreign_quality = each.state.quality.frontier;
    path.push_back(one_period(each.maker, each.state, each.around));
    each.state = path.back().next;
  }
  return path;
}

/// Random follower, the same for the same `stream`.
Case random_case(std::uint64_t stream) {
  Rng rng(Seed{7}, stream);
  auto each = follower();
  each.maker.cost.first_cost = 0.8 + rng.uniform();
  each.maker.cost.learning_rate = 0.3 * rng.uniform();
  each.maker.cost.floor = 0.3 * rng.uniform();
  each.maker.choice.price_coefficient = 1 + 8 * rng.uniform();
  each.maker.quality_learning = 0.2 * rng.uniform();
  each.maker.catch_up.kind = rng.uniform() < 0.5 ? CatchUpKind::exponential : CatchUpKind::logistic;
  each.maker.capacity.lead_time = 1 + std::floor(3 * rng.uniform());
  each.state.quality.level = 0.2 + 0.7 * rng.uniform();
  each.state.capacity.installed = 40 * rng.uniform();
  each.state.home_share = 0.3 * rng.uniform();
  each.state.tools = {{"scanner", rng.uniform(), 9 * rng.uniform()}, {"etcher", 1, 2}};
  each.maker.ladder = {{"low", 0.4, {}}, {"middle", 0.8, {"etcher"}}, {"high", 2, {"scanner"}}};
  if (rng.uniform() < 0.3) each.maker.diffusion.reset();
  return each;
}

TEST(Year, SharesAddUpAndNothingIsNegative) {
  for (std::uint64_t stream = 0; stream < 50; ++stream) {
    auto const each = random_case(stream);
    ASSERT_TRUE(check(each.maker, each.state, each.around, "x"));
    for (auto const& outcome : run(each, {}, 10)) {
      auto const stored = outcome.from_stock / each.around.demand;
      EXPECT_NEAR(outcome.home_share + outcome.foreign_share + outcome.unmet_share + stored, 1,
                  1e-12);
      EXPECT_GE(outcome.foreign_share, 0);
      EXPECT_GE(outcome.unmet_share, -1e-15);
      EXPECT_LE(outcome.made, outcome.next.capacity.installed * 2 + each.state.capacity.installed);
      EXPECT_TRUE(std::isfinite(outcome.investment_value));
    }
  }
}

/// Dearer goods at home and a subsidy on them: experience is never lower for it.
TEST(Year, AProductionSubsidyNeverLowersExperience) {
  for (std::uint64_t stream = 0; stream < 200; ++stream) {
    auto const each = random_case(stream);
    std::vector<double> before(12, 0);
    for (double const subsidy : {0.0, 0.1, 0.3, 0.6, 1.0}) {
      PolicyState policy;
      policy.production_subsidy = subsidy;
      auto const path = run(each, policy, 12);
      for (std::size_t t = 0; t < path.size(); ++t) {
        EXPECT_GE(path[t].next.experience, before[t] * (1 - 1e-12)) << stream << ' ' << subsidy;
        before[t] = path[t].next.experience;
      }
    }
  }
}

TEST(Year, AStricterControlNeverRaisesForeignAccessOfTheYear) {
  for (std::uint64_t stream = 0; stream < 200; ++stream) {
    auto const each = random_case(stream);
    double before = 1;
    for (double const access : {1.0, 0.8, 0.4, 0.1, 0.0}) {
      PolicyState policy;
      policy.product_access = access;
      auto const outcome = run(each, policy, 1).front();
      EXPECT_LE(outcome.foreign_share, before + 1e-12) << stream;
      before = outcome.foreign_share;
    }
    EXPECT_DOUBLE_EQ(before, 0);
  }
}

TEST(Year, ABanThatLeaksEverythingIsNoBan) {
  std::vector<Instrument> const ban{{InstrumentKind::product_control, 2000, 2100, 1, 1},
                                    {InstrumentKind::tool_control, 2000, 2100, 1, 1}};
  auto const with = run(follower(), policy_at(ban, 2025, 1), 10).back();
  auto const without = run(follower(), {}, 10).back();
  EXPECT_DOUBLE_EQ(with.next.experience, without.next.experience);
  EXPECT_DOUBLE_EQ(with.foreign_share, without.foreign_share);
  EXPECT_EQ(with.next.quality, without.next.quality);
}

/// Both channels of denial are visible: catch-up is slower, captured demand teaches more. Which of
/// them wins depends on the numbers: with much to learn from sales and little from others denial
/// backfires, the other way round it does not.
TEST(Year, DenialMayBackfire) {
  PolicyState denied;
  denied.product_access = 0.1;
  denied.tool_access = 0.3;
  auto each = follower();
  each.maker.spillovers.abroad = 0;
  auto const free = run(each, {}, 15);
  auto const cut = run(each, denied, 15);
  EXPECT_LT(cut[0].catch_up_speed, cut[0].undenied_speed);
  EXPECT_DOUBLE_EQ(free[0].catch_up_speed, free[0].undenied_speed);
  EXPECT_GT(cut.back().experience_gained, free.back().experience_gained);
  each.maker.quality_learning = 0.6;
  each.maker.catch_up.absorption.base_speed = 0.01;
  EXPECT_GT(run(each, denied, 15).back().next.quality.level,
            run(each, {}, 15).back().next.quality.level);
  each.maker.quality_learning = 0;
  each.maker.catch_up.absorption.base_speed = 0.3;
  EXPECT_LT(run(each, denied, 15).back().next.quality.level,
            run(each, {}, 15).back().next.quality.level);
}

/// After a cut that ends, the foreign share does not come back: experience stays.
TEST(Year, SharesShowHysteresis) {
  auto each = follower();
  each.maker.diffusion.reset();
  each.maker.cost.learning_rate = 0.25;
  auto const never = run(each, {}, 12).back();
  PolicyState cut;
  cut.product_access = 0.05;
  auto during = run(each, cut, 6).back();
  each.state = during.next;
  auto const after = run(each, {}, 6).back();
  EXPECT_LT(after.foreign_share, never.foreign_share);
}

TEST(Year, MissingToolsCapQuality) {
  auto each = follower();
  each.state.tools = {{"euv", 1, 0}};
  each.maker.ladder = {{"low", 0.55, {}}, {"high", 2, {"euv"}}};
  PolicyState policy;
  policy.tool_access = 0.1;
  auto const gated = run(each, policy, 20).back();
  EXPECT_NEAR(gated.next.quality.relative(), 0.55, 1e-12) << "so far behind the frontier";
  EXPECT_TRUE(gated.gated);
  EXPECT_EQ(gated.terms.reach.missing.front(), "euv");
  each.maker.readiness_rate = 0.5;
  EXPECT_GT(run(each, policy, 20).back().next.quality.relative(), 0.551)
      << "ready at home after 14 years";
}

/// A control on tools slows catching up until home-made ones are ready enough; research hastens
/// that.
TEST(Year, HomeMadeToolsUndoAControl) {
  auto each = follower();
  each.state.tools = {{"euv", 1, 5, 0.5}, {"software", 1, 9, 0}};
  PolicyState policy;
  policy.tool_access = 0.2;
  auto const denied = run(each, policy, 8);
  EXPECT_DOUBLE_EQ(denied[0].terms.denied, 1 - (0.2 + 1) / 2) << "one of two, the other is ready";
  EXPECT_LT(denied[0].catch_up_speed, denied[0].undenied_speed);
  EXPECT_DOUBLE_EQ(denied[3].terms.tools, 0.6);
  EXPECT_DOUBLE_EQ(denied[4].terms.tools, 1) << "from level 5 to 7 in four years";
  EXPECT_DOUBLE_EQ(denied[4].catch_up_speed, denied[4].undenied_speed);
  policy.research_effort = 2;
  EXPECT_DOUBLE_EQ(run(each, policy, 3)[2].terms.tools, 1) << "in two with twice the effort";
}

/// What the first year's tools cost is in its cost: only what changes costs more or less.
TEST(Year, CostKnowsTheToolsOfTheFirstYear) {
  auto each = follower();
  each.maker.cost.tool_penalty = 0.4;
  each.state.tools = {{"euv", 0, 2}, {"software", 1, 2}};
  each.maker.cost.first_tools = mean_access(each.state.tools, each.maker.gate);
  EXPECT_DOUBLE_EQ(terms_of(each.maker, each.state, each.around).cost.total(), 1.5);
  each.state.tools[0].readiness = 7;
  EXPECT_DOUBLE_EQ(terms_of(each.maker, each.state, each.around).cost.total(), 1.5 / 1.2);
}

TEST(Year, StocksCarryThroughACut) {
  auto each = follower();
  each.state.stock = 30;
  PolicyState cut;
  cut.product_access = 0;
  auto const outcome = run(each, cut, 1).front();
  EXPECT_DOUBLE_EQ(outcome.from_stock, 30);
  EXPECT_DOUBLE_EQ(outcome.next.stock, 0);
  PolicyState buying;
  buying.stockpile = 12;
  EXPECT_DOUBLE_EQ(run(follower(), buying, 1).front().next.stock, 12);
}

/// Newcomers share the market: each learns less from its own units.
TEST(Year, EntrySubsidiesFragment) {
  PolicyState policy;
  policy.makers_added = 3;
  EXPECT_LT(run(follower(), policy, 10).back().next.experience,
            run(follower(), {}, 10).back().next.experience);
}

/// Each newcomer costs once; all stay, and a larger number later tops up.
TEST(Year, EntrantsCostOnceAndStay) {
  auto each = follower();
  each.maker.entry_cost = 4;
  PolicyState entry;
  entry.makers_added = 3;
  auto const first = run(each, entry, 1).front();
  EXPECT_NEAR(first.outlay, 12, 1e-12);
  EXPECT_NEAR(first.resources, 12, 1e-12);
  EXPECT_DOUBLE_EQ(first.makers, 4);
  each.state = first.next;
  auto const idle = run(each, {}, 1).front();
  EXPECT_DOUBLE_EQ(idle.makers, 4);
  EXPECT_NEAR(idle.outlay, 0, 1e-12);
  entry.makers_added = 5;
  EXPECT_NEAR(run(each, entry, 2).front().outlay, 8, 1e-12);
  EXPECT_NEAR(run(each, entry, 2).back().outlay, 0, 1e-12);
}

/// Funds bind: nobody builds beyond what sales and loans pay for.
TEST(Year, MoneyMayBind) {
  auto each = follower();
  auto const rich = run(each, {}, 8).back().next.capacity.installed;
  each.maker.funds_per_sales = 0.01;
  EXPECT_LT(run(each, {}, 8).back().next.capacity.installed, rich);
}

TEST(Year, OutlayIsAMemoOfWhatIsPaid) {
  PolicyState policy;
  policy.production_subsidy = 0.2;
  policy.public_capacity = 10;
  auto const each = follower();
  auto const outcome = run(each, policy, 1).front();
  EXPECT_NEAR(outcome.outlay, 0.2 * 1.5 * 1.1 * outcome.made + 10, 1e-9);
}

/// No policy, no gap, equal growth: the calibrated first year repeats itself.
TEST(Year, TheBaselineStays) {
  Case each;
  each.maker.cost = {.first_cost = 1, .first_experience = 1, .learning_rate = 0};
  each.maker.catch_up.own_growth = each.maker.catch_up.frontier_growth = 0;
  each.maker.capital_share = 0.5;
  each.maker.capacity = {.lead_time = 1, .scrapping = 0, .capital_cost = 0.5, .utilisation = 1};
  each.state.capacity.installed = 37;
  each.state.home_share = 0.37;
  each.around.demand = 100;
  auto const terms = terms_of(each.maker, each.state, each.around);
  each.around.home_appeal = *calibrated_appeal(terms.choice, terms.offers, 0, 0.37);
  for (auto const& outcome : run(each, {}, 15)) {
    EXPECT_NEAR(outcome.home_share, 0.37, 1e-11);
    EXPECT_NEAR(outcome.foreign_share, 0.63, 1e-11);
    EXPECT_NEAR(outcome.next.quality.relative(), 1, 1e-14);
  }
}

TEST(Year, ChecksReportEverything) {
  auto each = follower();
  each.maker.yield = 0;
  each.maker.makers = 0;
  each.maker.cost.first_cost = 0;
  each.state.experience = 0;
  auto const result = check(each.maker, each.state, each.around, "robots");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().further.size() + 1, 4U);
  each = follower();
  each.around.foreign_price = 0;
  EXPECT_FALSE(check(each.maker, each.state, each.around, "robots"));
}

}  // namespace
}  // namespace linchpin::localize
