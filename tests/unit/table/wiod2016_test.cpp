// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>

#include "support/format_cases.h"

namespace linchpin {
namespace {

using test::problem_of;
using test::replaced;
using test::text_of;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string sample() { return test::read_file(test::case_path("wiod2016/WIOT2014.csv")); }

Result<Table> read(std::string text) {
  return test::read_members(wiod2016_format(), "WIOT2014.csv", {{"WIOT2014.csv", std::move(text)}});
}
std::string problem(std::string text) {
  return problem_of(wiod2016_format(), "WIOT2014.csv", {{"WIOT2014.csv", std::move(text)}});
}

TEST(Wiod2016, NumbersBecomeIndustriesAndKindsOfFinalDemand) {
  auto const table = read_table(test::case_path("wiod2016/WIOT2014.csv"));
  ASSERT_TRUE(table) << text_of(table.error());
  ASSERT_EQ(table->size(), 9U);
  EXPECT_EQ(table->labels.industry_label(1), "AUS:C26");
  EXPECT_EQ(table->labels.industry_label(8), "ROW:U");
  EXPECT_FALSE(table->labels.sectors[1].service);
  EXPECT_TRUE(table->labels.sectors[2].service);
  EXPECT_EQ(table->labels.categories[0].label, "CONS_h");
  EXPECT_EQ(table->labels.categories[4].label, "INVEN");
  EXPECT_TRUE(table->labels.categories[4].inventory_change);
  EXPECT_THAT(table->labels.value_added_rows,
              ElementsAre("TXSP", "EXP_adj", "PURR", "PURNR", "VA", "IntTTM"));
  EXPECT_EQ(table->info.year, 2014);
  EXPECT_LT(test::worst_imbalance(*table), 1e-9);
}

TEST(Wiod2016, StataNamesAndMissingQuotesMakeNoDifference) {
  auto text = sample();
  auto const plain = read(text);
  std::string stata;
  for (std::size_t at = 0; at < text.size(); ++at) {
    // "AUS1" -> vAUS01 in the header
    if (at < text.find('\n') && text[at] == '"' && std::isupper(text[at + 1]) != 0 &&
        at + 4 < text.size() && text[at + 4] >= '0' && text[at + 4] <= '9') {
      auto const stop = text.find('"', at + 1);
      stata += "v" + text.substr(at + 1, 3) + (stop - at == 5 ? "0" : "") +
               text.substr(at + 4, stop - at - 4);
      at = stop;
      continue;
    }
    stata += text[at];
  }
  EXPECT_THAT(stata, HasSubstr(",vAUS01,"));
  auto const table = read(stata);
  ASSERT_TRUE(table && plain) << text_of(table.error());
  EXPECT_EQ(*table, *plain);
}

/// write.csv of R without row.names = FALSE puts a column in front; the label columns have any
/// order.
TEST(Wiod2016, FindsLabelColumnsByName) {
  auto text = sample();
  std::string moved;
  for (std::size_t at = 0, line = 0; at < text.size(); ++line) {
    auto const stop = text.find('\n', at);
    moved += (line == 0 ? "\"\"," : "\"" + std::to_string(line) + "\",") +
             text.substr(at, stop - at) + "\n";
    at = stop + 1;
  }
  auto const table = read(moved);
  auto const plain = read(text);
  ASSERT_TRUE(table && plain) << text_of(table.error());
  EXPECT_EQ(*table, *plain);
}

TEST(Wiod2016, SaysWhatIsWrongAndWhere) {
  EXPECT_THAT(problem(replaced(sample(), "\"AUS17\"", "\"AUS170\"")),
              HasSubstr("'AUS170' has no number from 1 to 61"));
  EXPECT_THAT(problem(replaced(sample(), "\"AUS17\"", "\"AUS1\"")),
              HasSubstr("the column 'AUS1' appears twice"));
  EXPECT_THAT(problem(replaced(sample(), "\"AUS\",17,2014", "\"AUS\",57,2014")),
              AllOf(HasSubstr("unknown_label"), HasSubstr("numbers go from 1 to 56")));
  EXPECT_THAT(problem(replaced(sample(), "\"AUS\",17,2014", "\"AUT\",17,2014")),
              HasSubstr("the row 'AUT:C26' is not an industry of the header"));
  EXPECT_THAT(problem(test::without_line(sample(), "\"VA\"")), HasSubstr("there is no row 'VA'"));
  EXPECT_THAT(problem(replaced(sample(), "2014,", "2014,~")), HasSubstr("is not a number"));
}

TEST(Wiod2016, ExcelFilesAreNamedAsSuch) {
  auto const says_so = AllOf(HasSubstr("bad_format | this is an Excel workbook"),
                             HasSubstr("save the sheet as CSV"));
  EXPECT_THAT(problem_of(wiod2016_format(), "WIOT2014.xlsb",
                         {{"[Content_Types].xml", "<"}, {"xl/workbook.bin", "x"}}),
              says_so);
  std::string const xls = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 more";
  EXPECT_THAT(problem_of(wiod2016_format(), "wiot11.xls", {{"wiot11.xls", xls}}), says_so);
  EXPECT_TRUE(wiod2016_format().matches(Bundle::of_texts("wiot11.xls", {{"wiot11.xls", xls}})));
}

}  // namespace
}  // namespace linchpin
