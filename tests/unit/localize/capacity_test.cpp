// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/capacity.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "linchpin/localize/learning.h"

namespace linchpin::localize {
namespace {

TEST(Capacity, OrdersWorkAfterTheirLeadTime) {
  CapacityTerms const terms{.lead_time = 2, .scrapping = 0.1};
  Capacity capacity{100, {}};
  capacity = next_capacity(capacity, terms, 50, 1);
  EXPECT_DOUBLE_EQ(capacity.installed, 90);
  EXPECT_DOUBLE_EQ(capacity.on_order(), 50);
  capacity = next_capacity(capacity, terms, 0, 1);
  EXPECT_NEAR(capacity.installed, 81 + 50, 1e-12);
  EXPECT_TRUE(capacity.pipeline.empty());
}

TEST(Capacity, QuartersMakeAYear) {
  CapacityTerms const terms{.lead_time = 0.75, .scrapping = 0.2};
  auto const year = next_capacity({100, {}}, terms, 40, 1);
  Capacity quarters{100, {}};
  for (int k = 0; k < 4; ++k) quarters = next_capacity(quarters, terms, k == 0 ? 40 : 0, 0.25);
  EXPECT_NEAR(quarters.installed, year.installed, 1e-12);
}

TEST(Capacity, UseStopsAtWhatStands) {
  auto const use = use_of({100, {}}, 120, 0.9);
  EXPECT_DOUBLE_EQ(use.made, 90);
  EXPECT_DOUBLE_EQ(use.utilisation, 1);
  EXPECT_DOUBLE_EQ(use.unserved, 30);
  EXPECT_DOUBLE_EQ(use_of({0, {}}, 5, 1).utilisation, 0);
  EXPECT_NEAR(use_of({100, {}}, 45, 0.9).utilisation, 0.5, 1e-14);
}

/// A margin of capital × CRF pays the capital back exactly.
TEST(Capacity, ValueIsZeroAtTheCapitalRecoveryFactor) {
  CapacityTerms const terms{
      .lead_time = 0, .scrapping = 0, .capital_cost = 80, .lifetime = 12, .utilisation = 1};
  auto const margin = 80 * capital_recovery_factor(0.07, 12);
  EXPECT_NEAR(investment_value(terms, margin, 0.07), 0, 1e-11);
  EXPECT_NEAR(investment_value(terms, margin, 0.07, 0.25), 20, 1e-11);
  auto later = terms;
  later.lead_time = 3;
  EXPECT_NEAR(investment_value(later, margin, 0.07), 80 * (std::pow(1.07, -3) - 1), 1e-11);
}

TEST(Capacity, PrivateOrdersMustPayAndBePaid) {
  CapacityTerms const terms{.capital_cost = 10};
  Capacity const now{100, {{20, 1}}};
  auto const rich = Finance{std::numeric_limits<double>::infinity(), 0, 0};
  EXPECT_DOUBLE_EQ(private_order(now, terms, 150, 1, rich), 30);
  EXPECT_DOUBLE_EQ(private_order(now, terms, 150, 0, rich), 0);
  EXPECT_DOUBLE_EQ(private_order(now, terms, 110, 1, rich), 0);
  EXPECT_DOUBLE_EQ(private_order(now, terms, 150, 1, {50, 0.5, 0}), 10);
  EXPECT_DOUBLE_EQ(private_order(now, terms, 150, 1, {50, 0.5, 40}), 14);
  EXPECT_DOUBLE_EQ(private_order(now, terms, 150, 1, {50, 0.5, 0}, 0.5), 20);
  EXPECT_DOUBLE_EQ(private_order(now, terms, 150, 1, {}, 1), 30) << "a full subsidy needs no money";
}

/// Hurdles apart: half order where capacity is just worth its cost, more the more it is worth; with
/// all hurdles alike it is all or none.
TEST(Capacity, OrdersRiseSmoothlyWithWhatCapacityIsWorth) {
  EXPECT_DOUBLE_EQ(order_share(0, 10, 0.3), 0.5);
  EXPECT_NEAR(order_share(3, 10, 0.3), 1 / (1 + std::exp(-1.0)), 1e-15);
  EXPECT_NEAR(order_share(3, 10, 0.3) + order_share(-3, 10, 0.3), 1, 1e-15);
  double before = 0;
  for (double value = -1e6; value <= 1e6; value += 1e4) {
    auto const share = order_share(value, 10, 0.3);
    EXPECT_GE(share, before);
    EXPECT_LE(share, 1);
    before = share;
  }
  for (double const value : {-1e3, -1.0, -1e-3, 1e-3, 1.0, 1e3}) {
    EXPECT_EQ(order_share(value, 10, 0), value > 0 ? 1 : 0);
    EXPECT_NEAR(order_share(value, 10, 1e-6), order_share(value, 10, 0), 1e-12) << value;
  }
  CapacityTerms const terms{.capital_cost = 10, .hurdle_spread = 0.3};
  Capacity const now{100, {{20, 1}}};
  auto const rich = Finance{std::numeric_limits<double>::infinity(), 0, 0};
  EXPECT_NEAR(private_order(now, terms, 150, 3, rich), 30 / (1 + std::exp(-1.0)), 1e-12);
  EXPECT_DOUBLE_EQ(private_order(now, terms, 150, 3, {50, 0.5, 0}), 10) << "money binds";
}

/// A part of the cost paid by somebody else never lowers orders, and raises them where hurdles
/// differ.
TEST(Capacity, AnInvestmentSubsidyNeverLowersOrders) {
  for (double const spread : {0.0, 0.05, 0.3, 2.0}) {
    for (double const margin : {0.5, 1.5, 2.0, 4.0}) {
      CapacityTerms const terms{.capital_cost = 10, .hurdle_spread = spread};
      for (double const funds : {40.0, 1e9}) {
        double before = -1;
        for (double subsidy = 0; subsidy <= 1; subsidy += 0.1) {
          auto const value = investment_value(terms, margin, 0.08, subsidy);
          auto const order = private_order({100, {}}, terms, 150, value, {funds, 0, 0}, subsidy);
          EXPECT_GE(order, before) << spread << ' ' << margin << ' ' << subsidy;
          if (spread > 0 && funds > 1e6 && before < 50 * (1 - 1e-9)) EXPECT_GT(order, before);
          before = order;
        }
      }
    }
  }
}

TEST(Capacity, ChecksReportEverything) {
  auto const result = check(CapacityTerms{-1, 1, 0, 0, 2}, "x");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().further.size() + 1, 5U);
}

}  // namespace
}  // namespace linchpin::localize
