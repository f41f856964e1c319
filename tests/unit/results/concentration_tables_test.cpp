// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/concentration_tables.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "linchpin/results/json.h"
#include "linchpin/results/mineral_tables.h"
#include "support/fixtures.h"

namespace linchpin {
namespace {

/// Product k with imports from two origins; the first is dominant in the world if `single`.
depend::ProductDependence product(std::size_t k, double imports, bool critical, bool single) {
  std::array const from{critical ? imports : imports / 2, critical ? 0.0 : imports / 2};
  std::array const world{9.0, single ? 1.0 : 9.0};
  return {0, k, depend::product_indicators({from, imports, critical ? 0 : 10 * imports, world})};
}

class ConcentrationTables : public ::testing::Test {
 protected:
  std::vector<BuyerDependence> buyers_{{"EU",
                                        {product(0, 10, false, false), product(1, 20, true, false),
                                         product(2, 30, true, true), product(3, 40, false, true)}},
                                       {"USA", {}}};
  DependenceLabels labels_{.product = "product",
                           .unit = "as in the file",
                           .products = {"p0", "p1", "p2", "p3"},
                           .countries = {"CHN", "JPN"},
                           .years = {2022}};
};

TEST_F(ConcentrationTables, RankCriticalOnesFirstThenSinglePoints) {
  auto const tables = concentration_tables(buyers_, labels_, 10, false);
  ASSERT_EQ(tables.size(), 2U);
  auto const rows = rows_to_json(tables[1]);
  ASSERT_EQ(rows.size(), 3U) << "neither critical nor a single point: not shown";
  EXPECT_EQ(rows[0]["product"], "p2");
  EXPECT_EQ(rows[1]["product"], "p1");
  EXPECT_EQ(rows[2]["product"], "p3");
  EXPECT_EQ(rows[0]["rank"], 1);
  EXPECT_EQ(rows[0]["trade_year"], 2022);
  EXPECT_EQ(rows[0]["critical"], 1);
  EXPECT_EQ(rows[0]["largest_origin"], "CHN");
  EXPECT_DOUBLE_EQ(rows[0]["hirschman"], 100.0);
  EXPECT_TRUE(rows[0]["cdi3"].is_null());
  EXPECT_FALSE(rows[0]["cdi3_reason"].get<std::string>().empty());
  EXPECT_FALSE(rows[0].contains("hhi_with_home")) << "trade does not know purchases at home";
}

TEST_F(ConcentrationTables, CountEverythingWhateverIsShown) {
  auto const rows = rows_to_json(concentration_tables(buyers_, labels_, 1, false)[0]);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0]["imported"], 4);
  EXPECT_EQ(rows[0]["critical"], 2);
  EXPECT_EQ(rows[0]["single_points_of_failure"], 2);
  EXPECT_DOUBLE_EQ(rows[0]["imports"], 100);
  EXPECT_DOUBLE_EQ(rows[0]["critical_share"], 0.5);
  EXPECT_EQ(concentration_tables(buyers_, labels_, 1, false)[1].rows(), 1U);
  EXPECT_EQ(concentration_tables(buyers_, labels_, 1, true)[1].rows(), 4U);
}

/// By hand: 60 % from outside, half each from two: 0.4² + 0.6² · 0.5.
TEST_F(ConcentrationTables, KnowTheShareAtHomeOnTables) {
  std::array const from{3.0, 3.0}, world{1.0, 1.0};
  labels_.home_known = true;
  labels_.names = {"zero"};
  std::vector<BuyerDependence> const one{
      {"EU", {{0, 0, depend::product_indicators({from, 10, 4, world})}}}};
  auto const rows = rows_to_json(concentration_tables(one, labels_, 1, true)[1]);
  EXPECT_NEAR(rows[0]["hhi_with_home"], 0.34, 1e-15);
  EXPECT_EQ(rows[0]["name"], "zero");
}

TEST(MineralTables, RankByConcentrationAndBound) {
  std::vector<MineralProduction> const list{
      {"Tin", "Mine", 2024, "t", 100, {{"A", "AAA", 20}, {"B", "BBB", 50}}, 30, {"C"}, false, "S"},
      {"Gallium", "Primary", 2024, "kg", 10, {{"B", "BBB", 10}}, 0, {}, true, "S"}};
  auto const ranked = ranked_minerals(list, 5);
  auto const minerals = rows_to_json(minerals_table(ranked));
  ASSERT_EQ(minerals.size(), 2U);
  EXPECT_EQ(minerals[0]["commodity"], "Gallium");
  EXPECT_EQ(minerals[0]["hhi"], 1.0);
  EXPECT_TRUE(minerals[0]["hidden"].is_null());
  EXPECT_EQ(minerals[1]["hidden"], "C");
  EXPECT_NEAR(minerals[1]["hhi_most"], 0.38, 1e-15);
  auto const producers = rows_to_json(mineral_producers_table(ranked));
  ASSERT_EQ(producers.size(), 3U);
  EXPECT_EQ(producers[1]["iso3"], "BBB");
  EXPECT_EQ(ranked_minerals(list, 1).size(), 1U);
  auto const economy = Economy::make(test::leather()).value();
  std::vector<MineralUse> const uses{{"Tin", {"1"}, "solder", "assumption"}};
  auto const used = rows_to_json(mineral_uses_table(ranked, economy, uses));
  ASSERT_EQ(used.size(), 1U);
  EXPECT_EQ(used[0]["commodity"], "Tin");
  EXPECT_EQ(used[0]["largest_region"], "DEU");
  EXPECT_EQ(used[0]["largest_producer"], "B");
}

}  // namespace
}  // namespace linchpin
