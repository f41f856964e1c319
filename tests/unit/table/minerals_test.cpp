// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/minerals/minerals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char const* header =
    "commodity,kind,country,iso3,year,production,unit,world,share,status,source\n";

class MineralFiles : public ::testing::Test {
 protected:
  std::filesystem::path write(std::string_view text) {
    return test::write_file(folder_.file("minerals.csv"), text);
  }
  std::string production_faults(std::string const& lines) {
    auto const result = read_mineral_production(write(header + lines));
    return result ? "nothing" : test::text_of(result.error());
  }
  test::TemporaryFolder folder_;
};

TEST_F(MineralFiles, ReadsProducersOthersAndHiddenOnes) {
  auto const result = read_mineral_production(
      write(std::string{header} + "Boron,all,Turkey,TUR,2024,60,t,100,0.6,estimated,S\n"
                                  "Boron,all,Chile,CHL,2024,30,t,100,0.3,reported,S\n"
                                  "Boron,all,Other countries,,2024,10,t,100,0.1,estimated,S\n"
                                  "Boron,all,United States,USA,2024,,t,100,,withheld,S\n"
                                  "Boron,all,Turkey,TUR,2023,50,t,50,1,reported,S\n"));
  ASSERT_TRUE(result) << test::text_of(result.error());
  ASSERT_EQ(result->size(), 2U);
  auto const& boron = result->front();
  EXPECT_EQ(boron.world, 100);
  EXPECT_EQ(boron.producers.size(), 2U);
  EXPECT_EQ(boron.others, 10);
  EXPECT_THAT(boron.hidden, ElementsAre("United States"));
  EXPECT_TRUE(boron.estimated);
  EXPECT_FALSE(result->back().estimated);
  EXPECT_EQ(result->back().year, 2023);
}

TEST_F(MineralFiles, SaysEverythingThatIsWrong) {
  auto const text = production_faults(
      "Boron,all,Turkey,TUR,2024,60,t,100,0.6,estimated,S\n"
      "Boron,all,Turkey,TUR,2024,30,t,100,0.3,estimated,S\n"
      "Boron,all,Chile,CHL,2024,-1,t,100,0.3,estimated,S\n"
      "Boron,all,Peru,PER,2024,many,t,100,0.3,estimated,S\n"
      "Boron,all,Russia,RUS,2024,5,t,100,0.3,guessed,S\n"
      "Boron,all,China,CHN,2024,50,t,100,0.5,reported,S\n"
      "Boron,all,Iran,IRN,soon,1,t,100,0.3,reported,S\n"
      "Boron,all,Iran\n");
  EXPECT_THAT(text, HasSubstr("duplicate_label | 'Turkey' stands here twice"));
  EXPECT_THAT(text, HasSubstr("-1 is not above zero"));
  EXPECT_THAT(text, HasSubstr("minerals.csv:5, column 6"));
  EXPECT_THAT(text, HasSubstr("unknown status 'guessed'"));
  EXPECT_THAT(text, HasSubstr("producers sum to 110, the world to 100"));
  EXPECT_THAT(text, HasSubstr("'soon' is not a year"));
  EXPECT_THAT(text, HasSubstr("the line has 3 fields, the header has 11"));
  EXPECT_THAT(production_faults(""), HasSubstr("the file has no line"));
  auto const columns = read_mineral_production(write("commodity,kind\n"));
  ASSERT_FALSE(columns);
  EXPECT_EQ(columns.error().further.size(), 7U) << "each missing column is named";
}

TEST_F(MineralFiles, UsesNameTheirSectorsAndReasons) {
  auto const good = read_mineral_uses(
      write("commodity,isic3,isic4,reason,status\nTin,c14,C26 C27,solder,assumption\n"));
  ASSERT_TRUE(good) << test::text_of(good.error());
  EXPECT_THAT(good->front().sectors, ElementsAre("c14", "C26", "C27"));
  auto const bad = read_mineral_uses(write(
      "commodity,isic3,isic4,reason,status\nTin,,,solder,assumption\nTin,c14,C26,,assumption\n"
      "Tin,c14,C27,again,assumption\n"));
  ASSERT_FALSE(bad);
  auto const text = test::text_of(bad.error());
  EXPECT_THAT(text, HasSubstr("no sector is named"));
  EXPECT_THAT(text, HasSubstr("minerals.csv:3, column 4"));
  EXPECT_THAT(text, HasSubstr("'Tin' stands here twice with 'c14'"));
}

std::filesystem::path shipped(char const* name) {
  return std::filesystem::path{LINCHPIN_SOURCE_DIR} / "data/minerals" / name;
}

/// Shares of 2024 that the printed chapters of the USGS Mineral Commodity Summaries 2025 give as
/// text or table; figures to the digits of the table.
TEST(ShippedMinerals, HoldWhatTheSourceSays) {
  auto const all = read_mineral_production(shipped("production.csv"));
  ASSERT_TRUE(all) << test::text_of(all.error());
  auto const share = [&](char const* commodity, char const* kind, char const* country) {
    for (auto const& each : *all) {
      if (each.commodity != commodity || each.year != 2024) continue;
      if (each.kind.find(kind) == std::string::npos) continue;
      for (auto const& producer : each.producers) {
        if (producer.iso3 == country) return producer.production / each.world;
      }
    }
    return 0.0;
  };
  EXPECT_NEAR(share("Gallium", "Primary", "CHN"), 750.0 / 762, 1e-6);
  EXPECT_NEAR(share("Rare earths", "Mine", "CHN"), 270.0 / 393.95, 1e-6);
  EXPECT_NEAR(share("Cobalt", "Mine", "COD"), 220.0 / 288.2, 1e-6);
  EXPECT_NEAR(share("Helium", "helium", "USA"), 81.0 / 185, 1e-6) << "from gas and from storage";
  EXPECT_NEAR(share("Niobium", "Mine", "BRA"), 100.0 / 108.47, 1e-6);
}

/// Every mineral has a use, every use a mineral and a reason.
TEST(ShippedMinerals, UsesAndProductionNameTheSameMinerals) {
  auto const all = read_mineral_production(shipped("production.csv"));
  auto const uses = read_mineral_uses(shipped("uses.csv"));
  ASSERT_TRUE(all && uses);
  std::set<std::string> produced, used;
  std::map<std::string, std::set<int>> years;
  for (auto const& each : *all) {
    produced.insert(each.commodity);
    years[each.commodity].insert(each.year);
    EXPECT_LE(each.others, each.world);
  }
  for (auto const& use : *uses) {
    used.insert(use.commodity);
    EXPECT_EQ(use.status, "assumption");
    EXPECT_GT(use.reason.size(), 5U);
  }
  EXPECT_EQ(produced, used);
  EXPECT_GT(produced.size(), 70U);
}

}  // namespace
}  // namespace linchpin
