// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/region_groups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "linchpin/table/check.h"
#include "support/fixtures.h"

namespace linchpin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

Table grouped(std::string const& text) {
  return group_regions(test::leather(), std::vector{parse_region_group(text, "test").value()}, "test")
      .value();
}

TEST(RegionGroups, KeepIndustriesApart) {
  auto const before = test::leather();
  auto const table = grouped("EU=DEU,TUR");
  ASSERT_THAT(table.labels.regions, SizeIs(2));
  EXPECT_EQ(table.labels.regions[0].label, "ARG");
  EXPECT_EQ(table.labels.regions[1].label, "EU");
  EXPECT_THAT(table.labels.regions[1].members, ElementsAre("TUR", "DEU"));
  ASSERT_EQ(table.size(), 9U);
  EXPECT_EQ(table.labels.industry_label(0), "ARG:1");
  EXPECT_EQ(table.labels.industry_label(3), "EU:TUR 1");
  EXPECT_EQ(table.labels.industry_label(8), "EU:DEU 3");
  for (std::size_t i = 0; i < 9; ++i) {
    for (std::size_t j = 0; j < 9; ++j) EXPECT_EQ(table.Z(i, j), before.Z(i, j));
    EXPECT_EQ(table.Y(i, 0), before.Y(i, 0));
    EXPECT_EQ(table.Y(i, 1), before.Y(i, 1) + before.Y(i, 2));
    EXPECT_EQ(table.output[i], before.output[i]);
  }
  EXPECT_THAT(table.info.history, HasSubstr("regions taken as one: EU = DEU + TUR"));
}

/// The group stands where its first member stood; those behind it move up with their flows.
TEST(RegionGroups, MoveTogetherFromDifferentPlaces) {
  auto const before = test::leather();
  auto const table = grouped("X=DEU,ARG");
  EXPECT_EQ(table.labels.regions[0].label, "X");
  EXPECT_EQ(table.labels.industry_label(3), "X:DEU 1");
  EXPECT_EQ(table.labels.industry_label(6), "TUR:1");
  std::size_t const place[] = {0, 1, 2, 6, 7, 8, 3, 4, 5};  // new industry -> old one
  for (std::size_t i = 0; i < 9; ++i) {
    for (std::size_t j = 0; j < 9; ++j) EXPECT_EQ(table.Z(i, j), before.Z(place[i], place[j]));
    EXPECT_EQ(table.value_added(0, i), before.value_added(0, place[i]));
  }
}

TEST(RegionGroups, SatelliteAccountsGoAlong) {
  auto table = test::leather();
  table.satellites.rows = {{"CO2", "kg"}};
  table.satellites.F = DenseMatrix(1, 9);
  table.satellites.F_Y = DenseMatrix(1, 3);
  for (std::size_t i = 0; i < 9; ++i) table.satellites.F(0, i) = static_cast<double>(i);
  for (std::size_t r = 0; r < 3; ++r) table.satellites.F_Y(0, r) = static_cast<double>(10 * (r + 1));
  auto const result =
      group_regions(table, std::vector{RegionGroup{"X", {"ARG", "DEU"}}}, "test").value();
  EXPECT_EQ(result.satellites.F(0, 3), 6);
  EXPECT_EQ(result.satellites.F(0, 6), 3);
  EXPECT_EQ(result.satellites.F_Y(0, 0), 40);
  EXPECT_EQ(result.satellites.F_Y(0, 1), 20);
}

TEST(RegionGroups, AllFaultsAreToldAtOnce) {
  std::vector<RegionGroup> const groups{{"EU", {"DEU", "FRA"}}, {"ARG", {"DEU"}}, {"Z", {}}};
  auto const result = group_regions(test::leather(), groups, "--group");
  ASSERT_FALSE(result.has_value());
  auto const text = [&] {
    std::string all = result.error().what;
    for (auto const& error : result.error().further) all += "; " + error.what;
    return all;
  }();
  EXPECT_THAT(text, HasSubstr("there is no region 'FRA'"));
  EXPECT_THAT(text, HasSubstr("'DEU' is in two groups"));
  EXPECT_THAT(text, HasSubstr("'ARG' cannot be the label"));
  EXPECT_THAT(text, HasSubstr("group 'Z' has no member"));
}

TEST(RegionGroups, AreReadFromText) {
  auto const group = parse_region_group("EU=DEU,FRA", "--group").value();
  EXPECT_EQ(group.label, "EU");
  EXPECT_THAT(group.members, ElementsAre("DEU", "FRA"));
  for (auto const* bad : {"EU", "=DEU", "EU=", "EU=DEU,,FRA", ""}) {
    EXPECT_FALSE(parse_region_group(bad, "--group").has_value()) << bad;
  }
}

}  // namespace
}  // namespace linchpin
