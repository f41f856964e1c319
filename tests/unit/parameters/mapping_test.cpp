// SPDX-License-Identifier: Apache-2.0
#include "linchpin/parameters/mapping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace linchpin::parameters {
namespace {

using ::testing::HasSubstr;

SectorParameters mapped(std::vector<std::string> const& texts,
                        std::vector<std::string> const& labels) {
  std::vector<ParameterFile> files;
  for (auto const& text : texts) {
    auto file = read_parameter_file(text, "p.csv");
    if (!file) throw std::runtime_error(file.error().what);
    files.push_back(std::move(*file));
  }
  std::vector<SectorLabel> sectors;
  for (auto const& label : labels) sectors.push_back({label, label, false});
  return map_to_sectors(files, sectors);
}

/// c14 is C26 and C27: the mean of 40 and 60; c15 is C29 and C30, of which one has a row.
TEST(MapToSectors, SectorsGetTheMeanOfTheirDivisions) {
  auto const result = mapped({"key,value,status\ninventory_days.C26,40,assumption\n"
                              "inventory_days.C27,60,read\ninventory_days.C29,15,read\n"},
                             {"c14", "c15", "c1"});
  EXPECT_EQ(result.inventory_days[0], 50);
  EXPECT_EQ(result.inventory_days[1], 15);
  EXPECT_FALSE(result.inventory_days[2]);
  EXPECT_EQ(result.used, 2U);
  EXPECT_EQ(result.assumptions, 1U) << "a mean with one assumption in it is one";
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_THAT(result.findings[0], HasSubstr("1 of 3 sectors find no row of inventory_days"));
  EXPECT_THAT(result.findings[0], HasSubstr("c1"));
  EXPECT_TRUE(result.resourcing_elasticity.empty()) << "no file sets them";
  EXPECT_TRUE(result.criticality.empty());
}

TEST(MapToSectors, OwnLabelsWinAndLaterFilesWin) {
  std::string const first = "key,value\ninventory_days.chips,7\ninventory_days.C26,20\n";
  EXPECT_EQ(mapped({first}, {"C26", "chips"}).inventory_days[0], 20);
  EXPECT_EQ(mapped({first}, {"C26", "chips"}).inventory_days[1], 7);
  std::string const own = "key,value\ninventory_days.c14,9\ninventory_days.C26,20\n";
  EXPECT_EQ(mapped({own}, {"c14"}).inventory_days[0], 9) << "its own label, in the same file";
  std::string const later = "key,value\ninventory_days.C26,30\ninventory_days.C27,50\n";
  EXPECT_EQ(mapped({own, later}, {"c14"}).inventory_days[0], 40) << "a later file";
  EXPECT_EQ(mapped({later, own}, {"c14"}).inventory_days[0], 9);
  EXPECT_EQ(mapped({"key,value\ninventory_days.*,5\n"}, {"chips"}).inventory_days[0], 5);
}

/// c14 is C26 and C27, c15 is C29 and C30. As an input c14 is as critical as its worse part; c15 as
/// a user needs it in one of two divisions.
TEST(MapToSectors, InputsCountByTheirMostCriticalPartAndUsersByTheirMean) {
  auto const whole =
      mapped({"key,value\ncriticality.*>*,0\ncriticality.C26>C29-C30,1\n"}, {"c14", "c15"});
  EXPECT_EQ(whole.criticality(0, 1), 1);
  EXPECT_EQ(whole.criticality(1, 0), 0);
  auto const half =
      mapped({"key,value\ncriticality.*>*,0\ncriticality.C26>C29,1\n"}, {"c14", "c15"});
  EXPECT_EQ(half.criticality(0, 1), 0.5);
  EXPECT_EQ(half.used, 4U);
  auto const quarter =
      mapped({"key,value\ncriticality.*>*,0\ncriticality.C26>C29,0.5\n"}, {"c14", "c15"});
  EXPECT_EQ(quarter.criticality(0, 1), 0.5) << "a quarter, rounded to the next half";
  auto const later = mapped({"key,value\ncriticality.C26>C29,1\n", "key,value\ncriticality.*>*,0\n"},
                            {"C26", "C29"});
  EXPECT_EQ(later.criticality(0, 1), 0) << "the later row wins";
}

TEST(MapToSectors, PairsWithoutARatingAreReported) {
  auto const result = mapped({",C26,C29\nC26,1,NA\n"}, {"C26", "C29", "chips"});
  EXPECT_EQ(result.criticality(0, 0), 1);
  EXPECT_EQ(result.criticality(0, 1), 0);
  ASSERT_EQ(result.findings.size(), 2U);
  EXPECT_THAT(result.findings[1], HasSubstr("8 of 9 pairs of input and user have no rating"));
  EXPECT_THAT(result.findings[1], HasSubstr("no rating at all as an input: C29, chips"));
}

}  // namespace
}  // namespace linchpin::parameters
