// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/nowcast/trade_cube.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "linchpin/table/nowcast/concordance.h"
#include "linchpin/table/nowcast/concordance_folder.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char const* small_cube =
    "exporter,importer,sector,value_musd,tariff\n"
    "CHN,CHN,1,70,0\n"
    "CHN,USA,1,30,0.05\n"
    "USA,USA,1,20,0\n"
    "USA,CHN,2,5,0.1\n";

class CubeFiles : public ::testing::Test {
 protected:
  std::filesystem::path write(std::string const& text,
                              std::string const& name = "ICIO2022_trade_tariff.csv") {
    return test::write_file(folder_.file(name), text);
  }
  test::TemporaryFolder folder_;
};

TEST_F(CubeFiles, ReadsCellsAndTakesTheYearFromTheName) {
  auto const cube = read_trade_cube(write(small_cube));
  ASSERT_TRUE(cube) << test::text_of(cube.error());
  EXPECT_THAT(cube->regions, ElementsAre("CHN", "USA"));
  EXPECT_THAT(cube->sectors, ElementsAre("1", "2"));
  EXPECT_EQ(cube->year, 2022);
  EXPECT_EQ(cube->value(0, 1, 0), 30);
  EXPECT_EQ(cube->value(0, 1, 1), 0) << "not named in the file";
  EXPECT_EQ(cube->output(0, 0), 100);
  EXPECT_EQ(cube->absorption(1, 0), 50);
}

TEST_F(CubeFiles, LeavesTariffsAsideUnlessAsked) {
  auto const path = write(small_cube);
  auto const without = read_trade_cube(path);
  ASSERT_TRUE(without);
  EXPECT_TRUE(without->tariffs.empty());
  auto const with = read_trade_cube(path, {.tariffs = true});
  ASSERT_TRUE(with);
  EXPECT_EQ(with->tariffs[with->cell(0, 1, 0)], 0.05);
  auto const missing = read_trade_cube(
      write("exporter,importer,sector,value_musd\nA,A,1,1\n", "plain.csv"), {.tariffs = true});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::missing_value);
}

TEST_F(CubeFiles, SaysAllThatIsWrong) {
  auto const cube =
      read_trade_cube(write("exporter,importer,sector,value_musd\n"
                            "A,A,1,-3\n"
                            "A,B,1,x\n"
                            "A,B\n"));
  ASSERT_FALSE(cube);
  auto const text = test::text_of(cube.error());
  EXPECT_THAT(text, HasSubstr("negative"));
  EXPECT_THAT(text, HasSubstr("'x'"));
  EXPECT_THAT(text, HasSubstr("2 fields"));
}

TEST_F(CubeFiles, RefusesTheSameCellTwiceAndForeignHeaders) {
  auto const twice =
      read_trade_cube(write("exporter,importer,sector,value_musd\nA,A,1,3\nA,A,1,3\n"));
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().code, ErrorCode::duplicate_label);
  auto const foreign = read_trade_cube(write("from,to\nA,B\n"));
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().code, ErrorCode::bad_format);
  EXPECT_FALSE(read_trade_cube(write("")));
}

TEST_F(CubeFiles, SourcingSaysSharesAndWhatMoved) {
  auto const before = read_trade_cube(write(small_cube));
  auto const after = read_trade_cube(
      write("exporter,importer,sector,value_musd\nCHN,USA,1,10\nUSA,USA,1,40\nUSA,CHN,2,5\n",
            "ICIO2023.csv"));
  ASSERT_TRUE(before && after);
  auto const years = sourcing_over_time({*before, *after}, "USA", "1");
  ASSERT_TRUE(years) << test::text_of(years.error());
  EXPECT_DOUBLE_EQ((*years)[0].shares[0], 0.6);
  EXPECT_DOUBLE_EQ((*years)[1].shares[0], 0.2);
  EXPECT_DOUBLE_EQ((*years)[1].moved, 0.4);
  EXPECT_FALSE(sourcing_over_time({*before}, "CHN", "9"));
  EXPECT_FALSE(sourcing_over_time({*before}, "JPN", "1"));
}

/// A cube of a table adds up what it sold; stocks run down cannot be sold.
TEST(CubeOfATable, KeepsRowTotals) {
  auto const table = test::random_table(3, 4, Rng{Seed{7}, 1});
  double clipped = -1;
  auto const cube = cube_of(table, clipped);
  EXPECT_EQ(clipped, 0) << "final use is large in this table";
  for (std::size_t i = 0; i < table.size(); ++i) {
    EXPECT_DOUBLE_EQ(cube.output(i / 4, i % 4), table.output[i]);
  }
}

TEST_F(CubeFiles, ConcordanceMayBeManyToMany) {
  auto const concordance = read_concordance(
      write("from,to,name\nc4,T,Textiles\nc5,T,\nc14,E,Electronics\nc14,F,\n", "map.csv"));
  ASSERT_TRUE(concordance) << test::text_of(concordance.error());
  EXPECT_THAT(concordance->from, ElementsAre("c4", "c5", "c14"));
  EXPECT_THAT(concordance->to, ElementsAre("T", "E", "F"));
  EXPECT_THAT(concordance->targets_of(2), ElementsAre(1, 2));
  auto const twice = read_concordance(write("from,to\na,b\na,b\n", "map.csv"));
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().code, ErrorCode::duplicate_label);
  EXPECT_FALSE(read_concordance(write("a,b\n1,2\n", "map.csv")));
}

TEST(ConcordanceFolders, PreferTheExactOne) {
  auto small = identity_concordance({"01", "02"});
  small.file = "small-x.csv";
  auto large = identity_concordance({"01", "02", "03"});
  large.file = "large-x.csv";
  ConcordanceFolder const folder({large, small});
  auto const exact = folder.find({"01", "02"}, {"01", "02", "03"}, "table");
  ASSERT_TRUE(exact);
  EXPECT_EQ((*exact)->file, "small-x.csv");
  auto const none = folder.find({"07"}, {"01", "02", "03"}, "table");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::missing_value);
  EXPECT_FALSE(folder.find({"01"}, {"01", "02", "03"}, "table")) << "both fit";
  ASSERT_TRUE(folder.find_classification({"01", "02"}, "x"));
  auto const unknown = folder.find_classification({"01", "02"}, "y");
  ASSERT_FALSE(unknown);
  EXPECT_THAT(unknown.error().hint, HasSubstr("x"));
}

}  // namespace
}  // namespace linchpin
