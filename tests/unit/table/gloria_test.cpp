// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "linchpin/table/read.h"
#include "support/format_fixtures.h"

namespace linchpin {
namespace {

using test::Release;

TableFormat const format = gloria_format();

/// The sample of tests/cases/table/gloria, and D U and D Y of its supply and use by an independent
/// program (numpy, double precision, printed to 12 decimals).
TEST(Gloria, BuildsIndustryByIndustry) {
  Release const release("gloria");
  EXPECT_TRUE(format.matches(release.bundle()));
  auto const table = release.read(format);
  ASSERT_TRUE(table) << test::text_of(table.error());
  EXPECT_EQ(test::labels_of(table->labels.regions), (std::vector<std::string>{"DEU", "XAS"}));
  EXPECT_EQ(table->labels.regions[1].name, "Rest of Asia");
  EXPECT_EQ(test::labels_of(table->labels.sectors),
            (std::vector<std::string>{"Growing wheat", "Electronic equipment", "Road transport"}));
  EXPECT_FALSE(table->labels.sectors[0].service);
  EXPECT_FALSE(table->labels.sectors[1].service);
  EXPECT_TRUE(table->labels.sectors[2].service);
  ASSERT_EQ(table->labels.categories.size(), 6U);
  EXPECT_FALSE(table->labels.categories[3].inventory_change);
  EXPECT_TRUE(table->labels.categories[4].inventory_change);
  EXPECT_EQ(table->info.year, 2019);
  EXPECT_EQ(table->info.unit, (MonetaryUnit{"USD", 1e3}));
  EXPECT_NE(table->info.history.find("model D"), std::string::npos);
  constexpr double digits = 1e-11;
  EXPECT_NEAR(table->Z(0, 0), 443.607283035325, digits);
  EXPECT_NEAR(table->Z(0, 5), 143.498037505451, digits);
  EXPECT_NEAR(table->Z(4, 1), 186.235599418445, digits);
  EXPECT_NEAR(table->Z(4, 4), 401.310441242309, digits);
  EXPECT_NEAR(table->Y(1, 0), 2872.856347965683, digits);
  EXPECT_NEAR(table->Y(1, 4), -68.634288724058, digits);
  EXPECT_EQ(table->output, (DenseVector{6010, 7664, 4695, 7811, 7452, 8504}));
  test::expect_balanced(*table, 1e-9);
}

TEST(Gloria, ReadsFolderAndCompressedMembersThroughReadTable) {
  test::TemporaryFolder const folder;
  Release const release("gloria");
  for (auto const& [name, text] : release.files()) {
    test::write_file(folder.file(name), text);
  }
  auto const table = read_table(folder.path());
  ASSERT_TRUE(table) << test::text_of(table.error());
  EXPECT_EQ(table->Z, release.read(format)->Z);
}

TEST(Gloria, OtherSeparatorsAndDecimalCommas) {
  auto const plain = Release("gloria").read(format);
  ASSERT_TRUE(plain);
  Release other("gloria");
  for (auto const* file :
       {"T-Results_2019_059_Markup001(full).csv", "V-Results_2019_059_Markup001(full).csv"}) {
    other.replace_all(file, ',', ";");
    other.replace_all(file, '\n', ",0\r\n");  // the last number of each line gets a decimal comma
  }
  other.replace_all("sectors.csv", ',', "\t");
  auto const table = other.read(format);
  ASSERT_TRUE(table) << test::text_of(table.error());
  EXPECT_EQ(table->Z, plain->Z);
  EXPECT_EQ(table->value_added, plain->value_added);
}

TEST(Gloria, MarginSheetsAreNotTaken) {
  Release release("gloria");
  release.add("20240111_120secMother_AllCountries_002_T-Results_2019_059_Markup002(full).csv",
              "9,9\n");
  EXPECT_TRUE(release.read(format));
}

TEST(Gloria, ListsWithoutTitlesAndOwnKindsOfUse) {
  Release release("gloria");
  release.file("sectors.csv") = "\xEF\xBB\xBFWheat\r\nChips\r\nTrucks\r\n";
  release.add("value_added.csv", "Value_added_names\nA\nB\nC\nD\nE\nF\n");
  auto const table = release.read(format);
  ASSERT_TRUE(table) << test::text_of(table.error());
  EXPECT_EQ(table->labels.sectors[1].label, "Chips");
  EXPECT_EQ(table->labels.value_added_rows.back(), "F");
}

TEST(Gloria, TooLargeIsSaidBeforeReading) {
  auto const table = Release("gloria").read(format, {.memory_limit = 100});
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().code, ErrorCode::too_large);
}

TEST(Gloria, RefusesWhatDoesNotFit) {
  constexpr auto* T = "T-Results_2019_059_Markup001(full).csv";
  constexpr auto* Y = "Y-Results_2019_059_Markup001(full).csv";
  constexpr auto* V = "V-Results_2019_059_Markup001(full).csv";
  auto const release = [] { return Release("gloria"); };
  auto const refused = [](Release const& each, ErrorCode code, std::string_view text) {
    test::expect_refused(each, format, code, text);
  };
  refused(release().remove(Y), ErrorCode::missing_value, "no file of final demand");
  refused(release().remove(V), ErrorCode::missing_value, "no file of value added");
  refused(release().remove("regions.csv"), ErrorCode::missing_value, "ReadMe workbook");
  refused(release().replace(T, "0,0,0", "0,0"), ErrorCode::bad_format, "the line has 11");
  refused(release().replace(T, "0,0,0", "0,x,0"), ErrorCode::bad_format, "'x' is not a number");
  refused(release().replace(T, "0,0,0", "0,nan,0"), ErrorCode::bad_value, "not a finite number");
  refused(release().replace(T, "0,0,0", "0,,0"), ErrorCode::missing_value, "the cell is empty");
  refused(release().replace("regions.csv", "XAS", "DEU"), ErrorCode::duplicate_label, "twice");
  refused(release().replace("regions.csv", "XAS,Rest of Asia\n", "XAS,Rest of Asia\n3,USA,US\n"),
          ErrorCode::bad_format, "the line has 12");
  auto cut = release();
  cut.file(T).resize(cut.file(T).rfind('\n', cut.file(T).size() - 2) + 1);
  refused(cut, ErrorCode::size_mismatch, "ends after 11 lines");
  auto longer = release();
  longer.file(V) += "0,0,0,0,0,0,0,0,0,0,0,0\n";
  refused(longer, ErrorCode::size_mismatch, "more lines");
  // Industries and products the other way round: everything stands where zeros should be.
  auto swapped = release();
  std::swap(swapped.file("regions.csv"), swapped.file("sectors.csv"));
  EXPECT_FALSE(swapped.read(format));
  refused(release().replace(T, "0,0,0", "5,0,0"), ErrorCode::bad_format, "have zeros");
}

TEST(Gloria, SaysAllProblemsAtOnce) {
  Release release("gloria");
  release.replace("T-Results_2019_059_Markup001(full).csv", "0,0,0", "a,b,0");
  release.replace("Y-Results_2019_059_Markup001(full).csv", "0,0,0", "c,0,0");
  auto const table = release.read(format);
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().further.size(), 2U) << test::text_of(table.error());
}

TEST(Gloria, CancelsAndReportsProgress) {
  Release const release("gloria");
  RunControl control;
  std::size_t reports = 0;
  control.progress = [&](std::string_view, std::size_t done, std::size_t total) {
    ++reports;
    EXPECT_LE(done, total);
  };
  auto const bundle = release.bundle();
  ASSERT_TRUE(format.read(bundle, {}, control));
  EXPECT_GT(reports, 0U);
  control.cancel.cancel();
  auto const stopped = format.read(bundle, {}, control);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace linchpin
