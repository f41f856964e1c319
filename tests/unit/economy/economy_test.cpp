// SPDX-License-Identifier: Apache-2.0
#include "linchpin/economy/economy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "support/fixtures.h"
#include "support/random_economy.h"

namespace linchpin {
namespace {

using testing::HasSubstr;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

Error refusal(Table table, BalanceTolerance const& tolerance = {}) {
  auto economy = Economy::make(std::move(table), tolerance);
  EXPECT_FALSE(economy.has_value());
  return economy ? Error{} : economy.error();
}

/// Source: Miller & Blair (2009), chapter 2: x = (1000, 2000), v = (650, 1400).
TEST(Economy, ComputesOutputAndValueAdded) {
  auto const economy = Economy::make(test::miller_blair()).value();
  EXPECT_EQ(economy.size(), 2U);
  EXPECT_EQ(economy.output()[IndustryId{0}], 1000);
  EXPECT_EQ(economy.output()[IndustryId{1}], 2000);
  EXPECT_EQ(economy.value_added()[IndustryId{0}], 650);
  EXPECT_EQ(economy.value_added()[IndustryId{1}], 1400);
  EXPECT_EQ(economy.flows()(IndustryId{0}, IndustryId{1}), 500);
  EXPECT_EQ(economy.final_demand()(IndustryId{1}, FinalColumnId{0}), 1700);
  EXPECT_EQ(economy.final_by_region()(IndustryId{1}, RegionId{0}), 1700);
  EXPECT_EQ(economy.info().title, "Miller & Blair, two sectors");
}

/// GDP = (91.6, 145.7, 224.2), as printed with the data set.
TEST(Economy, AddsUpLeather) {
  auto const economy = Economy::make(test::leather()).value();
  std::vector<double> gdp(3, 0.0);
  for (std::size_t i = 0; i < 9; ++i) gdp[i / 3] += economy.value_added()[IndustryId{i}];
  EXPECT_NEAR(gdp[0], 91.6, 1e-10);
  EXPECT_NEAR(gdp[1], 145.7, 1e-10);
  EXPECT_NEAR(gdp[2], 224.2, 1e-10);
}

TEST(Economy, SumsCategoriesIntoRegionsAndKeepsNegativeCells) {
  auto table =
      test::random_table({.regions = 3, .sectors = 4, .seed = Seed{8}, .inventory_change = 0.3});
  auto const Y = table.Y;
  auto const economy = Economy::make(std::move(table)).value();
  bool negative = false;
  for (std::size_t i = 0; i < economy.size(); ++i) {
    for (std::size_t r = 0; r < 3; ++r) {
      EXPECT_EQ(economy.final_by_region()(IndustryId{i}, RegionId{r}),
                Y(i, 2 * r) + Y(i, 2 * r + 1));
      negative = negative || Y(i, 2 * r + 1) < 0;
    }
  }
  EXPECT_TRUE(negative);
}

/// x = Z u + Y u and v = x - u'Z hold whatever the publisher rounded; world value added is world
/// final demand.
TEST(Economy, KeepsTheAccountingIdentities) {
  auto table = test::random_table({.regions = 4, .sectors = 6, .seed = Seed{9}});
  for (auto& value : table.output) value = std::round(value);
  auto const economy = Economy::make(std::move(table)).value();
  double value_added = 0, final_demand = 0;
  for (std::size_t i = 0; i < economy.size(); ++i) {
    value_added += economy.value_added()[IndustryId{i}];
    for (std::size_t r = 0; r < 4; ++r) {
      final_demand += economy.final_by_region()(IndustryId{i}, RegionId{r});
    }
  }
  EXPECT_NEAR(value_added, final_demand, 1e-12 * final_demand);
}

TEST(Economy, ReportsHowFarTheTableWasOffBalance) {
  auto table = test::miller_blair();
  table.output[0] += 0.5;
  table.output[1] -= 1;
  auto const economy = Economy::make(std::move(table)).value();
  auto const& balance = economy.balance();
  EXPECT_EQ(balance.largest_gap, 1);
  EXPECT_EQ(balance.largest_gap_at, IndustryId{1});
  EXPECT_EQ(balance.total_gap, 1.5);
  EXPECT_DOUBLE_EQ(balance.relative_total_gap, 1.5 / 3000);
  EXPECT_EQ(balance.negative_value_added, 0U);
  EXPECT_EQ(balance.zero_output, 0U);
}

TEST(Economy, CountsOddIndustries) {
  auto const economy =
      Economy::make(test::balanced_table("t", test::full_labels({"A"}, {"1", "2", "3"}),
                                         test::matrix({{0, 80, 0}, {10, 25, 0}, {0, 0, 0}}),
                                         test::matrix({{110}, {65}, {0}})))
          .value();
  EXPECT_EQ(economy.balance().negative_value_added, 1U);
  EXPECT_EQ(economy.balance().zero_output, 1U);
}

TEST(Economy, ReportsAllBadCellsAtOnce) {
  auto table = test::leather();
  table.Z(0, 1) = -5;
  table.Z(3, 4) = nan;
  table.Y(8, 2) = infinity;
  table.output[2] = nan;
  table.value_added(0, 5) = nan;
  auto const error = refusal(std::move(table));
  EXPECT_EQ(error.code, ErrorCode::invalid_table);
  EXPECT_EQ(error.what, "the intermediate flow is -5");
  EXPECT_EQ(error.where, "ARG:1 -> ARG:2");
  ASSERT_EQ(error.further.size(), 4U);
  EXPECT_EQ(error.further[0].what, "published output is nan");
  EXPECT_EQ(error.further[0].where, "ARG:3");
  EXPECT_EQ(error.further[1].where, "TUR:1 -> TUR:2");
  EXPECT_EQ(error.further[2].what, "published value added is nan");
  EXPECT_EQ(error.further[2].where, "TUR:3");
  EXPECT_EQ(error.further[3].what, "final demand is inf");
  EXPECT_EQ(error.further[3].where, "DEU:3");
}

TEST(Economy, ReportsAllUnbalancedIndustriesAtOnce) {
  auto table = test::leather();
  table.output[0] *= 1.05;
  table.output[4] *= 0.9;
  table.value_added(0, 7) += 20;
  auto const error = refusal(std::move(table));
  EXPECT_EQ(error.code, ErrorCode::unbalanced_table);
  EXPECT_EQ(error.where, "ARG:1");
  EXPECT_THAT(error.what, HasSubstr("sells 77.7 but its published output is 81.585"));
  ASSERT_EQ(error.further.size(), 2U);
  EXPECT_EQ(error.further[0].where, "TUR:2");
  EXPECT_EQ(error.further[1].where, "DEU:2");
  EXPECT_THAT(error.further[1].what, HasSubstr("its published value added is 78.4"));
}

TEST(Economy, AcceptsImbalanceWithinTheTolerance) {
  auto table = test::leather();
  table.output[0] *= 1.05;
  EXPECT_TRUE(Economy::make(table, {.relative = 0.06}).has_value());
  EXPECT_FALSE(Economy::make(table, {.relative = 0.04}).has_value());
}

/// Publishers round cells to whole units: a large table may be off by 113 units in an industry of
/// any size, but in a small table that is no rounding.
TEST(Economy, AcceptsRoundingOfLargeTablesOnly) {
  auto const off_by_100 = [](double size) {
    auto table =
        test::balanced_table("t", test::full_labels({"A"}, {"1", "2"}),
                             test::matrix({{0, 0}, {0, 0}}), test::matrix({{size}, {200}}));
    table.output[1] += 100;
    return table;
  };
  EXPECT_TRUE(Economy::make(off_by_100(5e6)).has_value());
  EXPECT_FALSE(Economy::make(off_by_100(5e3)).has_value());
}

TEST(Economy, TakesValueAddedAsTheResidualIfNoneIsPublished) {
  auto table = test::miller_blair();
  table.value_added = DenseMatrix{};
  table.labels.value_added_rows.clear();
  auto const economy = Economy::make(std::move(table)).value();
  EXPECT_EQ(economy.value_added()[IndustryId{0}], 650);
}

TEST(Economy, RefusesNegativeOutput) {
  auto const error =
      refusal(test::balanced_table("t", test::full_labels({"A"}, {"1", "2"}),
                                   test::matrix({{0, 1}, {1, 0}}), test::matrix({{100}, {-40}})));
  EXPECT_EQ(error.code, ErrorCode::invalid_table);
  EXPECT_EQ(error.where, "A:2");
  EXPECT_THAT(error.what, HasSubstr("output is negative (-39)"));
}

TEST(Economy, RefusesWrongShapes) {
  auto table = test::leather();
  table.Y = DenseMatrix(9, 2);
  EXPECT_EQ(refusal(std::move(table)).what, "matrix sizes do not fit the labels");
  table = test::leather();
  table.value_added = DenseMatrix(2, 9);
  EXPECT_EQ(refusal(std::move(table)).code, ErrorCode::invalid_table);
}

TEST(Economy, IsCheapToCopyAndSharesItsTable) {
  auto const economy = Economy::make(test::leather()).value();
  auto const copy = economy;
  EXPECT_EQ(copy.flows().raw(), economy.flows().raw());
  EXPECT_EQ(copy.table(), test::leather());
}

}  // namespace
}  // namespace linchpin
