// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/coupled_year.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "linchpin/localize/coupled_economy.h"
#include "unit/localize/coupled_fixtures.h"
#include "unit/localize/coupled_laws.h"

namespace linchpin::localize {
namespace {

TEST(CoupledYear, NoPolicyAndNoGapIsTheBaseInEveryYear) {
  auto const each = test::coupled_case(false);
  for (auto const& year : test::path_under(each, {}, 8)) {
    EXPECT_NEAR(year.welfare, 1, 1e-10);
    EXPECT_NEAR(year.outcome.home_share, each.start.home_share, 1e-10);
    EXPECT_NEAR(year.outcome.unmet_share, 0, 1e-12);
    EXPECT_NEAR(year.prices.home, 0, 1e-10);
    EXPECT_LE(year.rounds, 2);
    for (double const other : year.welfare_abroad) EXPECT_NEAR(other, 1, 1e-10);
  }
}

/// Makers without a markup earn what capacity costs: whatever room orders leave for wear and
/// growth, plants in a steady state are worth their money, and are built.
TEST(CoupledYear, WhatIsWornOutIsReplacedWhereTheMarkupIsNotNegative) {
  for (double const scrapping : {0.05, 0.2}) {
    for (double const markup : {0.0, 0.2}) {
      auto each = test::coupled_case(false);
      auto& maker = each.maker;
      maker.markup = markup;
      maker.capacity.scrapping = scrapping;
      maker.aimed_utilisation = 0;
      auto const per_margin =
          investment_value(maker.capacity, 1, maker.discount_rate) + maker.capacity.capital_cost;
      maker.capital_share =
          (1 + 1e-9) * maker.capacity.capital_cost / per_margin / maker.cost.first_cost;
      ASSERT_LT(maker.capital_share, 1);
      for (double const growth : {0.0, 0.08}) {
        each.demand_growth = growth;
        auto const ready = calibrated(each, 1, 4);
        ASSERT_TRUE(ready) << ready.error().what;
        EXPECT_LT(ready->maker.aimed_utilisation, ready->maker.capacity.utilisation);
        auto const first = step_at(*ready, ready->start, {}, {});
        EXPECT_GT(first.investment_value, 0) << scrapping << ' ' << markup << ' ' << growth;
        EXPECT_GT(first.ordered, 0.9 * scrapping * ready->start.capacity.installed);
      }
    }
  }
}

/// Where hurdles differ the first year's orders are the same ones, whatever part of makers places
/// them: the share at home stays where nothing else moves. A subsidy on plants moves it.
TEST(CoupledYear, HurdlesThatDifferLeaveTheFirstYearAsItIs) {
  auto each = test::coupled_case(false);
  each.maker.markup = 0.02;
  each.maker.aimed_utilisation = 0;
  double plain_order = 0;
  for (double const spread : {0.0, 0.1, 0.5}) {
    each.maker.capacity.hurdle_spread = spread;
    auto const ready = calibrated(each, 1, 4);
    ASSERT_TRUE(ready) << ready.error().what;
    auto const first = step_at(*ready, ready->start, {}, {});
    if (spread <= 0) plain_order = first.ordered;
    EXPECT_NEAR(first.ordered, plain_order, 1e-9 * plain_order) << spread;
    auto const path = test::path_under(*ready, {}, 6);
    EXPECT_NEAR(path.back().outcome.home_share, ready->start.home_share, 1e-6) << spread;
    PolicyState paid;
    paid.investment_subsidy = 0.3;
    auto const more = step_at(*ready, ready->start, paid, {});
    if (spread > 0) {
      EXPECT_GT(more.ordered, 1.01 * first.ordered) << spread;
    } else {
      EXPECT_EQ(more.ordered, first.ordered);
    }
  }
}

/// Makers who replace what wears out have the money for it, however little they are said to have.
TEST(CoupledYear, MoneyIsThereForWhatTheFirstYearOrders) {
  auto each = test::coupled_case(false);
  each.maker.funds_per_sales = 0;
  each.maker.loan_share = 0.3;
  auto const ready = calibrated(each, 1, 4);
  ASSERT_TRUE(ready) << ready.error().what;
  EXPECT_GT(ready->maker.funds_per_sales, 0);
  auto const path = test::path_under(*ready, {}, 6);
  EXPECT_NEAR(path.back().outcome.home_share, ready->start.home_share, 1e-6);
}

/// Own progress beyond the frontier's makes home makers the frontier; nobody is better than it.
TEST(CoupledYear, NobodyIsBeyondTheFrontier) {
  auto each = test::coupled_case(true);
  each.maker.catch_up.own_growth = 0.3;
  for (auto const& year : test::path_under(each, {}, 10))
    EXPECT_LE(year.outcome.next.quality.relative(), 1);
}

/// Makers abroad get cheaper by Wright's law: E = 1 + t / years where nothing else moves.
TEST(CoupledYear, MakersAbroadLearn) {
  auto each = test::coupled_case(false);
  each.maker.cost.learning_rate = 0;
  each.abroad = {.learning_rate = 0.2, .floor = 0.25, .years_of_experience = 4};
  auto const path = test::path_under(each, {}, 6);
  EXPECT_DOUBLE_EQ(path[0].outcome.terms.foreign_cost, 1);
  for (std::size_t t = 1; t < path.size(); ++t) {
    // What home makers lose those abroad make.
    double made = 0;
    for (std::size_t k = 0; k < t; ++k) {
      made += each.foreign_made + each.start_made - path[k].outcome.made;
    }
    auto const experience = 1 + made / (4 * each.foreign_made);
    EXPECT_NEAR(path[t - 1].outcome.next.experience_abroad, experience, 1e-12);
    EXPECT_NEAR(path[t].outcome.terms.foreign_cost,
                0.25 + 0.75 * std::pow(experience, std::log2(0.8)), 1e-12);
    EXPECT_LT(path[t].prices.foreign, path[t - 1].prices.foreign);
    EXPECT_LT(path[t].outcome.made, path[t - 1].outcome.made);
  }
  each.abroad.spillover = 2;
  EXPECT_FALSE(calibrated(each, 1, 4));
}

/// What home makers make teaches others unless tools, and with them what they know, are denied.
TEST(CoupledYear, AControlSwitchesOffWhatMakersAbroadLearnFromHome) {
  auto each = test::coupled_case(true);
  each.abroad = {.learning_rate = 0.2, .years_of_experience = 4, .spillover = 0.3};
  PolicyState denied;
  denied.tool_access = 0;
  auto const open = step_at(each, each.start, {}, {});
  auto const shut = step_at(each, each.start, denied, {});
  auto const first = each.foreign_made + 0.3 * each.start_made;
  auto const of_home = [&](Outcome const& outcome) {
    auto const abroad = each.foreign_made + each.start_made - outcome.made;
    return (outcome.next.experience_abroad - 1) * 4 * first - abroad;
  };
  EXPECT_NEAR(of_home(open), 0.3 * open.made, 1e-12);
  EXPECT_NEAR(of_home(shut), 0, 1e-12);
}

/// Shares of the economy are those of the technology.
TEST(CoupledYear, SharesAndPricesAgree) {
  auto const each = test::coupled_case(true);
  PolicyState policy;
  policy.mandate = 0.2;
  policy.production_subsidy = 0.1;
  for (auto const& year : test::path_under(each, policy, 10)) {
    auto const served = year.outcome.home_share + year.outcome.foreign_share;
    EXPECT_NEAR(year.home_spending, year.outcome.home_share / served, 1e-6);
    EXPECT_LT(year.rounds, 20);
    EXPECT_TRUE(std::isfinite(year.welfare));
    EXPECT_LE(year.outcome.next.quality.level, 1);
  }
}

TEST(CoupledYear, AProductionSubsidyNeverLowersExperience) {
  for (std::uint64_t stream = 0; stream < 4; ++stream) {
    test::expect_subsidies_keep_experience(test::coupled_case(true, stream), {}, 10, stream);
  }
}

TEST(CoupledYear, AStricterControlNeverRaisesForeignAccessOfTheYear) {
  for (std::uint64_t stream = 0; stream < 4; ++stream) {
    test::expect_controls_cut_access(test::coupled_case(true, stream), stream);
  }
}

TEST(CoupledYear, ABanThatLeaksEverythingIsNoBan) {
  auto const each = test::coupled_case(true);
  std::vector<Instrument> const ban{{InstrumentKind::product_control, 2000, 2100, 1, 1},
                                    {InstrumentKind::tool_control, 2000, 2100, 1, 1}};
  auto const with = test::path_under(each, policy_at(ban, 2025, 1), 6);
  auto const without = test::path_under(each, {}, 6);
  for (std::size_t t = 0; t < with.size(); ++t) {
    EXPECT_DOUBLE_EQ(with[t].welfare, without[t].welfare);
    EXPECT_DOUBLE_EQ(with[t].outcome.home_share, without[t].outcome.home_share);
  }
}

/// A ban costs, more so where origins change less readily; it costs nobody more than it costs home.
TEST(CoupledYear, ABanCostsMoreTheShorterTheHorizon) {
  auto const each = test::coupled_case(true);
  PolicyState ban;
  ban.product_access = 0;
  auto const outcome = step_at(each, each.start, ban, {});
  EXPECT_DOUBLE_EQ(outcome.foreign_share, 0);
  double before = 0;
  for (double const horizon : {1.0, 0.6, 0.3}) {
    auto const year = priced(each, outcome, ban, {}, horizon);
    ASSERT_TRUE(year) << year.error().what;
    EXPECT_GT(1 - year->welfare, before);
    before = 1 - year->welfare;
    EXPECT_NEAR(year->home_spending, 1, 1e-12);
  }
}

/// One loop finds what two nested ones find: technology at given prices, prices at given
/// technology.
TEST(CoupledYear, IsTheFixedPointOfNestedLoops) {
  auto const each = test::coupled_case(true, 2);
  PolicyState policy;
  policy.mandate = 0.3;
  policy.production_subsidy = 0.2;
  auto state = each.start;
  LinePrices prices;
  for (int t = 0; t < 5; ++t) {
    auto const year = coupled_year(each, state, policy, prices);
    ASSERT_TRUE(year) << year.error().what;
    auto nested = prices;
    double welfare = 0, before = 1;
    for (int round = 0; round < 60 && std::abs(welfare - before) > 1e-12; ++round) {
      auto const outcome = step_at(each, state, policy, nested);
      auto const answer = priced(each, outcome, policy, nested);
      ASSERT_TRUE(answer) << answer.error().what;
      nested = answer->prices;
      before = welfare;
      welfare = answer->welfare;
    }
    EXPECT_NEAR(year->welfare, welfare, 1e-8);
    EXPECT_NEAR(year->prices.home, nested.home, 1e-6);
    EXPECT_NEAR(year->prices.exports, nested.exports, 1e-6);
    state = year->outcome.next;
    prices = year->prices;
  }
}

/// Paid to users at home a subsidy does not go abroad: exports stay, the share at home rises as
/// with one to makers, and the region is better off.
TEST(CoupledYear, APurchaseSubsidyStaysAtHome) {
  auto const each = test::coupled_case(true);
  PolicyState makers, users;
  makers.production_subsidy = 0.2;
  users.purchase_subsidy = 0.2;
  auto const none = test::path_under(each, {}, 6).back();
  auto const to_makers = test::path_under(each, makers, 6).back();
  auto const to_users = test::path_under(each, users, 6).back();
  EXPECT_GT(to_makers.exported, 1.5 * none.exported);
  EXPECT_NEAR(to_users.exported, none.exported, 0.1 * none.exported);
  EXPECT_GT(to_users.outcome.home_share, none.outcome.home_share + 0.02);
  EXPECT_GT(to_users.welfare, to_makers.welfare);
  EXPECT_GT(to_users.outcome.outlay, 0);
}

/// What is sold abroad is what capacity leaves; buyers abroad then pay more.
TEST(CoupledYear, ExportsAreHeldBackByCapacity) {
  auto each = test::coupled_case(true);
  PolicyState policy;
  policy.production_subsidy = 0.4;
  auto const year = test::path_under(each, policy, 1).front();
  EXPECT_GT(year.prices.scarcity, 0.01);
  EXPECT_LT(year.exported, year.prices.exports);
  EXPECT_GT(year.outcome.unmet_share + year.outcome.foreign_share, 0);
  auto const made = year.outcome.home_share + year.outcome.exported;
  EXPECT_NEAR(made, each.start.capacity.installed * each.maker.yield, 1e-6);
  EXPECT_NEAR(year.outcome.exported / year.exported, each.start_exports, 1e-6 * each.start_exports);
  each.start.capacity.installed *= 10;
  auto const plenty = test::path_under(each, policy, 1).front();
  EXPECT_DOUBLE_EQ(plenty.prices.scarcity, 0);
  EXPECT_GT(plenty.exported, year.exported);
}

/// Bound users lose what the other side was worth to them, no more: with mandates on a part b of
/// users the price index of the line rises by −(b/θ) ln of the free share at home.
TEST(CoupledYear, AMandateCostsWhatBoundUsersLose) {
  auto each = test::coupled_case(false);
  each.maker.choice.thresholds = {.alpha = 1, .beta = 1, .lowest = -1, .highest = 0};
  auto const ready = calibrated(each, 1, 4);
  ASSERT_TRUE(ready) << ready.error().what;
  PolicyState policy;
  policy.mandate = 0.3;
  auto outcome = step_at(*ready, ready->start, policy, {});
  auto const share = ready->start.home_share;
  outcome.home_share = outcome.next.home_share = 0.3 + 0.7 * share;  // everybody has switched
  outcome.foreign_share = 1 - outcome.home_share;
  outcome.unmet_share = 0;
  auto const year = priced(*ready, outcome, {}, {});
  ASSERT_TRUE(year) << year.error().what;
  auto const& base = ready->base;
  auto const spent = base.final_share[base.grid.industry(0, ready->line)];
  auto const lost = -0.3 / base.theta[ready->line] * std::log(share) * spent;
  EXPECT_NEAR(1 - year->welfare, lost, 0.5 * lost);
}

/// A market that grows everywhere alike changes neither shares nor prices nor utilisation, but
/// makes a ban dearer.
TEST(CoupledYear, AGrowingMarketKeepsItsShares) {
  auto const flat = test::coupled_case(false);
  auto each = flat;
  each.demand_growth = 0.1;
  each.maker.capacity.utilisation = 0.9;
  auto const ready = calibrated(each, 1, 4);
  ASSERT_TRUE(ready) << ready.error().what;
  CoupledEconomy economy{*ready};
  auto state = ready->start;
  LinePrices prices;
  PolicyState ban;
  ban.product_access = 0;
  double before = 0;
  for (int t = 0; t < 8; ++t) {
    prices.size = std::pow(1.1, t);
    auto const year = coupled_year(economy, state, {}, prices);
    ASSERT_TRUE(year) << year.error().what;
    EXPECT_NEAR(year->outcome.home_share, flat.start.home_share, 1e-3) << t;
    EXPECT_NEAR(year->outcome.utilisation, 0.9, 0.02) << t;
    EXPECT_NEAR(year->outcome.made / prices.size, flat.start.home_share + flat.start_exports, 0.01);
    EXPECT_NEAR(year->prices.home, 0, 1e-3);
    EXPECT_NEAR(year->welfare, 1, 1e-4);
    auto const cut = step_at(*ready, state, ban, year->prices);
    auto const priced_cut = priced(economy, cut, ban, year->prices);
    ASSERT_TRUE(priced_cut) << priced_cut.error().what;
    EXPECT_GT(1 - priced_cut->welfare, before);
    before = 1 - priced_cut->welfare;
    state = year->outcome.next;
    prices = year->prices;
  }
}

/// Thresholds that contradict the shares of the first year give way, and only then.
TEST(Calibrated, BuyersOfTheFirstYearFindItGoodEnough) {
  EXPECT_DOUBLE_EQ(test::coupled_case(true).thresholds_scaled, 1);
  auto each = test::coupled_case(true);
  each.maker.choice.thresholds = {.alpha = 8, .beta = 1, .lowest = 0, .highest = 1};
  auto const ready = calibrated(each, 0.4, 4);
  ASSERT_TRUE(ready) << ready.error().what;
  EXPECT_LT(ready->thresholds_scaled, 1);
  EXPECT_NEAR(ready->maker.choice.thresholds.addressable(0.4), 1.1 * each.start.home_share, 1e-9);
}

TEST(Calibrated, RefusesAMarketWithoutHomeMakers) {
  auto each = test::coupled_case(true);
  each.base.share[each.base.grid.pair(each.line, 0, 0)] = 0;
  auto const wrong = calibrated(each, 0.6, 4);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, ErrorCode::bad_value);
}

}  // namespace
}  // namespace linchpin::localize
