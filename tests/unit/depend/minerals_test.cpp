// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/minerals.h"

#include <gtest/gtest.h>

#include <vector>

#include "support/fixtures.h"

namespace linchpin::depend {
namespace {

MineralProduction three_producers() {
  return {.commodity = "Tin",
          .kind = "Mine production",
          .year = 2024,
          .unit = "t",
          .world = 100,
          .producers = {{"A", "AAA", 20}, {"B", "BBB", 50}},
          .others = 30,
          .hidden = {},
          .source = "S"};
}

/// By hand: 0.04 + 0.25; the others are between nothing and one producer of 30 %.
TEST(MineralConcentration, IsBoundedWhereTheSourceAddsUpOthers) {
  auto const result = mineral_concentration(three_producers());
  EXPECT_NEAR(result.hhi, 0.29, 1e-15);
  EXPECT_NEAR(result.hhi_most, 0.38, 1e-15);
  EXPECT_NEAR(result.effective_producers, 1 / 0.29, 1e-13);
  EXPECT_EQ(result.largest, 1U);
  EXPECT_DOUBLE_EQ(result.largest_share, 0.5);
  EXPECT_DOUBLE_EQ(result.others_share, 0.3);
}

TEST(MineralConcentration, OfOthersAloneNamesNobody) {
  auto production = three_producers();
  production.producers.clear();
  production.others = 100;
  auto const result = mineral_concentration(production);
  EXPECT_EQ(result.hhi, 0.0);
  EXPECT_EQ(result.hhi_most, 1.0);
  EXPECT_FALSE(result.largest.has_value());
  EXPECT_EQ(result.effective_producers, 0.0);
}

/// The leather table: sector 1 has outputs 77.7 (ARG), 112.7 (TUR) and 156.3 (DEU) of 936.6 in all;
/// value added 52.3 + 69.8 + 95.3.
TEST(UsingSectors, HaveTheirSizeInTheWorld) {
  auto const economy = Economy::make(test::leather()).value();
  std::vector<MineralUse> const uses{{"Tin", {"9", "1"}, "solder", "assumption"},
                                     {"Zinc", {"2"}, "galvanises", "assumption"},
                                     {"Tin", {"3", "C26"}, "cans", "assumption"}};
  auto const tin = using_sectors(economy, uses, "Tin");
  ASSERT_EQ(tin.size(), 2U);
  EXPECT_EQ(tin[0].use, 0U);
  EXPECT_EQ(tin[0].sector, SectorId{0});
  EXPECT_NEAR(tin[0].output, 77.7 + 112.7 + 156.3, 1e-9);
  EXPECT_NEAR(tin[0].value_added, 52.3 + 69.8 + 95.3, 1e-9);
  EXPECT_NEAR(tin[0].output_share, 346.7 / 936.6, 1e-9);
  EXPECT_EQ(tin[0].largest_region, RegionId{2});
  EXPECT_NEAR(tin[0].largest_region_share, 156.3 / 346.7, 1e-9);
  EXPECT_EQ(tin[1].use, 2U);
  EXPECT_EQ(tin[1].sector, SectorId{2});
  EXPECT_TRUE(using_sectors(economy, uses, "Lead").empty());
}

}  // namespace
}  // namespace linchpin::depend
