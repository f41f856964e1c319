// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "linchpin/table/read.h"
#include "support/format_fixtures.h"

namespace linchpin {
namespace {

using test::Release;

TableFormat const format = adb_mrio_format();
constexpr auto* file = "ADB-MRIO-2019_Dec2022.csv";

Release sample() { return Release("adb_mrio"); }

/// The numbers stand in tests/cases/table/adb_mrio.
TEST(AdbMrio, ReadsASheetSavedAsCsv) {
  auto const release = sample();
  EXPECT_TRUE(format.matches(release.bundle()));
  auto const table = release.read(format);
  ASSERT_TRUE(table) << test::text_of(table.error());
  EXPECT_EQ(test::labels_of(table->labels.regions),
            (std::vector<std::string>{"PRC", "USA", "RoW"}));
  EXPECT_EQ(test::labels_of(table->labels.sectors), (std::vector<std::string>{"c1", "c14"}));
  EXPECT_EQ(test::labels_of(table->labels.categories),
            (std::vector<std::string>{"F1", "F2", "F3", "F4", "F5"}));
  EXPECT_EQ(table->labels.value_added_rows.size(), 6U);
  EXPECT_EQ(table->Z(0, 0), 160.5);
  EXPECT_EQ(table->Z(0, 5), 27.5);
  EXPECT_EQ(table->Y(1, 0), 1884);
  EXPECT_EQ(table->Y(1, 4), -1);
  EXPECT_EQ(table->Y(5, 14), 0);  // an empty cell
  EXPECT_EQ(table->output[5], 6178);
  EXPECT_EQ(table->info.year, 2019);  // not the month of the release
  EXPECT_EQ(table->info.unit, (MonetaryUnit{"USD", 1e6}));
  test::expect_balanced(*table, 1e-9);
}

TEST(AdbMrio, KindsOfFinalDemandAreKnown) {
  auto const table = sample().read(format);
  ASSERT_TRUE(table);
  EXPECT_TRUE(table->labels.categories[4].inventory_change);
  EXPECT_FALSE(table->labels.categories[0].inventory_change);
  EXPECT_EQ(table->labels.categories[0].name, "Final consumption of households");
}

TEST(AdbMrio, SemicolonsDecimalCommasAndQuotedCommas) {
  auto const plain = sample().read(format);
  ASSERT_TRUE(plain);
  auto release = sample();
  std::string text;
  bool quoted = false;
  for (char const c : release.file(file)) {
    if (c == '"') quoted = !quoted;
    text += quoted ? c : c == ',' ? ';' : c == '.' ? ',' : c;
  }
  release.file(file) = text;
  auto const table = release.read(format);
  ASSERT_TRUE(table) << test::text_of(table.error());
  EXPECT_EQ(table->Z, plain->Z);
  EXPECT_EQ(table->Y, plain->Y);
}

TEST(AdbMrio, HeaderMayHaveCountriesBelowTheCodes) {
  auto release = sample();
  auto& text = release.file(file);
  auto const countries = text.find(",,,,PRC");
  auto const codes = text.find(",,,,c1");
  auto const end = text.find('\n', codes) + 1;
  auto const first = text.substr(countries, codes - countries);
  text.replace(countries, end - countries, text.substr(codes, end - codes) + first);
  auto const table = release.read(format);
  ASSERT_TRUE(table) << test::text_of(table.error());
  EXPECT_EQ(table->Z(0, 0), 160.5);
}

TEST(AdbMrio, RefusesWhatDoesNotFit) {
  auto const refused = [](Release const& each, ErrorCode code, std::string_view text) {
    test::expect_refused(each, format, code, text);
  };
  refused(sample().replace(file, "PRC,c14,", "PRC,c15,"), ErrorCode::unknown_label, "PRC:c15");
  refused(sample().replace(file, "PRC,c14,", "PRC,c1,"), ErrorCode::duplicate_label, "twice");
  refused(sample().replace(file, "160.5", "much"), ErrorCode::bad_format, "'much'");
  refused(sample().replace(file, "160.5,", ""), ErrorCode::bad_format, "fields");
  refused(sample().replace(file, "ToT,r64", "ToT,r77"), ErrorCode::unknown_label, "r77");
  refused(sample().replace(file, ",F5,F1", ",F6,F1"), ErrorCode::missing_value, "F");
  auto cut = sample();
  cut.file(file).resize(cut.file(file).find(",Electrical and optical equipment,RoW,c14"));
  refused(cut, ErrorCode::missing_value, "RoW:c14");
}

TEST(AdbMrio, DoesNotTakeOtherTables) {
  for (auto const* text : {"country,sector,AUS_c1,AUS_c2,AUS_HH,OUTPUT\nAUS,c1,1,2,3,6\n",
                           "a,b,c1,c2,F1,F2\n1,2,3,4,5,6\n", "c1,c2,F1,F2\n", ""}) {
    EXPECT_FALSE(format.matches(Bundle::of_texts("x.csv", {{"x.csv", text}}))) << text;
  }
}

}  // namespace
}  // namespace linchpin
