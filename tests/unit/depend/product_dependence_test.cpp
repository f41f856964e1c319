// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/product_dependence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "support/fixtures.h"
#include "support/table_fixtures.h"

namespace linchpin::depend {
namespace {

using test::matrix;

/// Three regions A, B, C with one sector. Purchases (seller in rows): A 10 10 0, B 30 10 40,
/// C 10 0 20; output 20, 80, 30.
Economy three() {
  return Economy::make(test::balanced_table("three", test::full_labels({"A", "B", "C"}, {"s"}),
                                            matrix({{1, 2, 0}, {3, 1, 0}, {1, 0, 2}}),
                                            matrix({{9, 8, 0}, {27, 9, 40}, {9, 0, 18}})))
      .value();
}

std::vector<ProductDependence> of_members(Economy const& economy,
                                          std::vector<RegionId> const& members) {
  double clipped = 0;
  return sector_dependence(economy, region_purchases(economy, clipped), members).value();
}

TEST(RegionPurchases, AddIntermediateAndFinalUse) {
  double clipped = 0;
  auto const purchases = region_purchases(three(), clipped);
  double const expected[3][3] = {{10, 10, 0}, {30, 10, 40}, {10, 0, 20}};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t r = 0; r < 3; ++r) EXPECT_DOUBLE_EQ(purchases(i, r), expected[i][r]);
  }
  EXPECT_EQ(clipped, 0.0);
}

/// Every money unit of output is bought by somebody: row sums are output.
TEST(RegionPurchases, SumToOutputOnLeather) {
  auto const economy = Economy::make(test::leather()).value();
  double clipped = 0;
  auto const purchases = region_purchases(economy, clipped);
  for (std::size_t i = 0; i < economy.size(); ++i) {
    auto const row = purchases.row(i);
    EXPECT_NEAR(std::accumulate(row.begin(), row.end(), 0.0), economy.output()[IndustryId{i}],
                1e-12 * economy.output()[IndustryId{i}]);
  }
}

TEST(RegionPurchases, StocksRunDownCountAsZeroAndAreSaid) {
  auto table = test::balanced_table("stocks", test::full_labels({"A", "B"}, {"s"}),
                                    matrix({{1, 1}, {1, 1}}), matrix({{9, -3}, {2, 9}}));
  auto const economy = Economy::make(std::move(table)).value();
  double clipped = 0;
  auto const purchases = region_purchases(economy, clipped);
  EXPECT_EQ(purchases(0, 1), 0.0);
  EXPECT_DOUBLE_EQ(clipped, 2.0);
}

/// By hand: A imports 30 from B and 10 from C of purchases of 50 and has an output of 20; without
/// A's demand only B sells abroad (40 to C).
TEST(SectorDependence, OfOneRegion) {
  auto const result = of_members(three(), {RegionId{0}});
  ASSERT_EQ(result.size(), 1U);
  auto const& a = result.front().indicators;
  EXPECT_NEAR(a.cdi1.value(), 0.625, 1e-15);
  EXPECT_NEAR(a.cdi2.value(), 0.8, 1e-15);
  EXPECT_NEAR(a.cdi3.value(), 2.0, 1e-15);
  EXPECT_TRUE(a.critical);
  EXPECT_EQ(a.largest_origin, 1U);
  EXPECT_EQ(a.dominant_exporter, 1U);
  EXPECT_DOUBLE_EQ(a.dominant_share, 1.0);
  EXPECT_TRUE(a.single_point_of_failure);
}

/// By hand: C imports 40 from B of purchases of 60, output 30; the others sell 10 (A) and 30 (B)
/// abroad to anyone but C.
TEST(SectorDependence, LeavesTheBuyersOwnDemandOutOfTheWorldMarket) {
  auto const c = of_members(three(), {RegionId{2}}).front().indicators;
  EXPECT_DOUBLE_EQ(c.cdi1.value(), 1.0);
  EXPECT_NEAR(c.cdi2.value(), 2.0 / 3, 1e-15);
  EXPECT_NEAR(c.cdi3.value(), 4.0 / 3, 1e-15);
  EXPECT_NEAR(c.world_hhi.value(), 0.625, 1e-15);
  EXPECT_DOUBLE_EQ(c.dominant_share, 0.75);
}

/// By hand: A and C together import 70 from B of purchases of 110; output 50; nobody else is left
/// to sell to.
TEST(SectorDependence, TakesAGroupAsOneBuyer) {
  auto const group = of_members(three(), {RegionId{0}, RegionId{2}}).front().indicators;
  EXPECT_DOUBLE_EQ(group.imports, 70);
  EXPECT_DOUBLE_EQ(group.purchases, 110);
  EXPECT_DOUBLE_EQ(group.cdi1.value(), 1.0);
  EXPECT_NEAR(group.cdi2.value(), 70.0 / 110, 1e-15);
  EXPECT_NEAR(group.cdi3.value(), 1.4, 1e-15);
  EXPECT_FALSE(group.world_hhi.has_value());
  auto const world = of_members(three(), {RegionId{0}, RegionId{1}, RegionId{2}});
  EXPECT_EQ(world.front().indicators.imports, 0.0) << "the world imports nothing";
}

/// The same table where B is a rest of world without a list of members, or two countries.
TEST(SectorDependence, KnowsRegionsOfSeveralCountries) {
  for (bool const listed : {true, false}) {
    auto table = three().table();
    table.labels.regions[1].name = "Rest of world";
    table.labels.regions[1].members =
        listed ? std::vector<std::string>{"AUT", "BEL"} : std::vector<std::string>{};
    auto const a = of_members(Economy::make(std::move(table)).value(), {RegionId{0}});
    auto const& indicators = a.front().indicators;
    EXPECT_NEAR(indicators.cdi1.value(), 0.625, 1e-15);
    EXPECT_NEAR(indicators.cdi1_least.value(), 0.0625, 1e-15);
    EXPECT_FALSE(indicators.critical || indicators.single_point_of_failure);
    EXPECT_TRUE(indicators.possibly_critical);
  }
}

TEST(SectorDependence, RefusesThresholdsOutOfRange) {
  double clipped = 0;
  auto const economy = three();
  auto const result = sector_dependence(economy, region_purchases(economy, clipped), {RegionId{0}},
                                        {.concentration = 2});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::bad_value);
}

constexpr char const* toy_trade =
    "year,exporter,importer,product,value\n"
    "2022,CHN,DEU,850440,40\n"
    "2022,CHN,FRA,850440,20\n"
    "2022,USA,DEU,850440,25\n"
    "2022,JPN,FRA,850440,15\n"
    "2022,DEU,FRA,850440,45\n"
    "2022,FRA,DEU,850440,15\n"
    "2022,DEU,USA,850440,70\n"
    "2022,CHN,USA,850440,90\n"
    "2022,USA,JPN,850440,20\n"
    "2022,JPN,CHN,850440,10\n"
    "2022,CHN,USA,010121,3\n"
    "2021,CHN,DEU,850440,1\n";

class TradeFiles : public ::testing::Test {
 protected:
  ProductTrade read(std::vector<TradeBuyer> buyers) {
    auto const path = test::write_file(folder_.file("trade.csv"), toy_trade);
    return read_product_trade({path}, {.buyers = std::move(buyers)}).value();
  }
  test::TemporaryFolder folder_;
};

/// The toy product as trade of a group: imports 60, 25 and 15 from outside, 60 among members,
/// exports of 70; others trade 90, 20 and 10 among themselves.
TEST_F(TradeFiles, GiveTheToyProductForAGroup) {
  auto const trade = read({{"EU", {"DEU", "FRA"}}});
  auto const result = trade_dependence(trade, 0).value();
  ASSERT_EQ(result.size(), 2U) << "a product that the buyer does not import has no line";
  EXPECT_EQ(trade.years[result[0].year].year, 2021);
  EXPECT_EQ(trade.years[result[1].year].year, 2022);
  EXPECT_EQ(trade.products[result[1].product], "850440");
  auto const& eu = result[1].indicators;
  EXPECT_NEAR(eu.cdi1.value(), 0.445, 1e-15);
  EXPECT_NEAR(eu.cdi2.value(), 0.625, 1e-15);
  EXPECT_NEAR(eu.cdi3.value(), 10.0 / 7.0, 1e-15);
  EXPECT_TRUE(eu.critical);
  EXPECT_EQ(trade.countries[*eu.largest_origin], "CHN");
  EXPECT_EQ(trade.countries[*eu.dominant_exporter], "CHN");
  EXPECT_NEAR(eu.dominant_share, 0.75, 1e-15);
  EXPECT_TRUE(eu.single_point_of_failure);
}

/// By hand: Germany imports 40, 25 and 15 and exports 45 + 70; without inner trade CDI2 is 1.
TEST_F(TradeFiles, GiveTheIndicatorsOfOneCountry) {
  auto const trade = read({{"DEU", {"DEU"}}, {"FRA", {"FRA"}}});
  auto const result = trade_dependence(trade, 0).value();
  ASSERT_EQ(result.size(), 2U);
  EXPECT_NEAR(result[1].indicators.cdi1.value(), 0.25 + 625.0 / 6400 + 225.0 / 6400, 1e-15);
  EXPECT_DOUBLE_EQ(result[1].indicators.cdi2.value(), 1.0);
  EXPECT_NEAR(result[1].indicators.cdi3.value(), 80.0 / 115, 1e-15);
  EXPECT_FALSE(result[1].indicators.critical);
  EXPECT_EQ(trade_dependence(trade, 1).value().size(), 1U) << "France imports in 2022 only";
  EXPECT_FALSE(trade_dependence(trade, 0, {.outside_share = 7}));
}

}  // namespace
}  // namespace linchpin::depend
