// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "linchpin/table/mapping.h"
#include "support/format_cases.h"

namespace linchpin {
namespace {

using test::member;
using test::problem_of;
using test::replaced;
using test::text_of;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string sample() { return test::read_file(test::case_path("oecd_icio/2019.csv")); }
std::string extended() { return test::read_file(test::case_path("oecd_icio/2019_extended.csv")); }

std::string problem(std::string text) {
  return problem_of(oecd_icio_format(), "2019.csv", {{"2019.csv", std::move(text)}});
}

TEST(OecdIcio, IsRecognisedAndReadWithLabelsYearAndBalance) {
  auto const table = read_table(test::case_path("oecd_icio/2019.csv"));
  ASSERT_TRUE(table) << text_of(table.error());
  ASSERT_EQ(table->size(), 9U);
  EXPECT_EQ(table->labels.industry_label(4), "CHN:C26");
  EXPECT_EQ(table->labels.regions[1].name, "China");
  EXPECT_TRUE(table->labels.sectors[2].service) << "D is power";
  EXPECT_FALSE(table->labels.sectors[1].service);
  ASSERT_EQ(table->labels.categories.size(), 6U);
  EXPECT_EQ(table->labels.categories[4].label, "INVNT");
  EXPECT_TRUE(table->labels.categories[4].inventory_change);
  EXPECT_THAT(table->labels.value_added_rows, ElementsAre("TLS", "VA"));
  EXPECT_EQ(table->info.year, 2019);
  EXPECT_EQ(table->info.unit, (MonetaryUnit{"USD", 1e6}));
  EXPECT_THAT(table->info.history, HasSubstr("2019.csv (format oecd_icio)"));
  // Cells as they stand in the file.
  EXPECT_EQ(table->Z(0, 3), 2.25);
  EXPECT_EQ(table->Y(0, 0), 67);
  EXPECT_EQ(table->output[3], 402.25);
  EXPECT_LT(test::worst_imbalance(*table), 1e-9);
}

/// The extended case is the standard one with every Chinese industry split 1 to 3.
TEST(OecdIcio, PartsOfChinaAreAddedUp) {
  auto const whole = read_table(test::case_path("oecd_icio/2019.csv"));
  auto const table = read_table(test::case_path("oecd_icio/2019_extended.csv"));
  ASSERT_TRUE(whole && table) << text_of(table.error());
  ASSERT_EQ(table->size(), 9U);
  EXPECT_THAT(table->info.history, HasSubstr("CN1 to CHN, CN2 to CHN"));
  // Quarters of numbers with two binary places add up exactly, whatever the order of regions.
  double total = 0, expected = 0;
  for (std::size_t i = 0; i < 9; ++i) {
    auto const old = std::find_if(
        whole->labels.industries.begin(), whole->labels.industries.end(), [&](IndustryKey key) {
          return whole->labels.regions[key.region.index()] ==
                     table->labels.regions[table->labels.industries[i].region.index()] &&
                 key.sector == table->labels.industries[i].sector;
        });
    ASSERT_NE(old, whole->labels.industries.end());
    auto const k = static_cast<std::size_t>(old - whole->labels.industries.begin());
    EXPECT_EQ(table->output[i], whole->output[k]) << i;
    EXPECT_DOUBLE_EQ(table->value_added(1, i), whole->value_added(1, k)) << i;
    for (double const flow : table->Z.row(i)) total += flow;
    for (double const flow : whole->Z.row(k)) expected += flow;
  }
  EXPECT_DOUBLE_EQ(total, expected);
  EXPECT_LT(test::worst_imbalance(*table), 1e-9);
}

/// Older editions keep zero rows and columns of the whole country beside its parts.
TEST(OecdIcio, RowsOfTheWholeCountryMayStandBesideItsParts) {
  auto text = extended();
  auto const first_final = std::string{",AUS_HFCE"};
  text = replaced(text, first_final, ",CHN_A01" + first_final);
  std::string with_column;
  std::size_t line = 0;
  for (std::size_t at = 0; at < text.size(); ++line) {
    auto const stop = text.find('\n', at);
    auto row = text.substr(at, stop - at);
    if (line > 0) {
      std::size_t comma = 0;
      for (int k = 0; k < 13; ++k) comma = row.find(',', comma + (k > 0 ? 1 : 0));
      row.insert(comma, ",0");
    }
    with_column += row + "\n";
    if (line == 0)
      with_column += "CHN_A01" + [] {
        std::string zeros;
        for (int k = 0; k < 32; ++k) zeros += ",0";
        return zeros + "\n";
      }();
    at = stop + 1;
  }
  auto const table =
      test::read_members(oecd_icio_format(), "2019.csv", {{"2019.csv", with_column}});
  auto const without = test::read_members(oecd_icio_format(), "2019.csv", {{"2019.csv", text}});
  EXPECT_FALSE(without) << "rows of the old length";
  ASSERT_TRUE(table) << text_of(table.error());
  EXPECT_EQ(table->size(), 9U);
  EXPECT_LT(test::worst_imbalance(*table), 1e-9);
}

TEST(OecdIcio, OutputRowServesWhereThereIsNoColumn) {
  std::string text;
  auto const all = sample();
  for (std::size_t at = 0; at < all.size();) {
    auto const stop = all.find('\n', at);
    auto const row = all.substr(at, stop - at);
    text += row.substr(0, row.rfind(',')) + "\n";
    at = stop + 1;
  }
  auto const table = test::read_members(oecd_icio_format(), "2019.csv", {{"2019.csv", text}});
  ASSERT_TRUE(table) << text_of(table.error());
  EXPECT_EQ(table->output[3], 402.25);
}

TEST(OecdIcio, OneOfSeveralYearsIsChosenByName) {
  test::Members const zip{{"2018.csv", sample()}, {"2019.csv", sample()}, {"ReadMe.txt", "x"}};
  EXPECT_THAT(problem_of(oecd_icio_format(), "ICIO.zip", zip),
              AllOf(HasSubstr("it holds 2 tables: 2018.csv, 2019.csv"), HasSubstr("--member")));
  auto const table =
      test::read_members(oecd_icio_format(), "ICIO.zip", zip, {.member = "2018.csv"});
  ASSERT_TRUE(table) << text_of(table.error());
  EXPECT_EQ(table->info.year, 2018);
  EXPECT_THAT(problem_of(oecd_icio_format(), "ICIO.zip", zip, {.member = "2081.csv"}),
              HasSubstr("did you mean '2018.csv'?"));
  EXPECT_THAT(problem_of(oecd_icio_format(), "x.zip", {{"a.csv", "1,2"}, {"b.csv", "3"}}),
              HasSubstr("no member is a table of this format"));
}

TEST(OecdIcio, SemicolonsDecimalCommasAndCarriageReturnsMakeNoDifference) {
  std::string text = "\xEF\xBB\xBF";
  for (char const c : sample()) {
    if (c == '\n') text += '\r';
    text += c == ',' ? ';' : c == '.' ? ',' : c;
  }
  auto const table = test::read_members(oecd_icio_format(), "2019.csv", {{"2019.csv", text}});
  auto const plain = test::read_members(oecd_icio_format(), "2019.csv", {{"2019.csv", sample()}});
  ASSERT_TRUE(table && plain) << text_of(table.error());
  EXPECT_EQ(*table, *plain);
}

TEST(OecdIcio, QuotedLabelsAndExponentsMakeNoDifference) {
  auto text = replaced(sample(), "AUS_A01,37,", "\"AUS_A01\",3.7e1,");
  text = replaced(text, "V1,AUS_A01", "\"\",\"AUS_A01\"");
  auto const table = test::read_members(oecd_icio_format(), "2019.csv", {{"2019.csv", text}});
  auto const plain = test::read_members(oecd_icio_format(), "2019.csv", {{"2019.csv", sample()}});
  ASSERT_TRUE(table && plain) << text_of(table.error());
  EXPECT_EQ(*table, *plain);
}

TEST(OecdIcio, SaysWhatIsWrongAndWhere) {
  EXPECT_THAT(
      problem(replaced(sample(), "\nAUS_A01,37,28", "\nAUS_A01,37,x8")),
      AllOf(HasSubstr("bad_format | 'x8' is not a number"), HasSubstr("2019.csv:2, column 3")));
  EXPECT_THAT(problem(replaced(sample(), "\nAUS_A01,37,28", "\nAUS_A01,,28")),
              AllOf(HasSubstr("missing_value | the cell is empty"), HasSubstr(":2, column 2")));
  EXPECT_THAT(problem(replaced(sample(), "\nAUS_A01,37,28", "\nAUS_A01,37,nan")),
              HasSubstr("bad_value | 'nan' is not a finite number"));
  EXPECT_THAT(problem(replaced(sample(), "\nAUS_C26,64,", "\nAUS_C26,64,1,")),
              AllOf(HasSubstr("the line has 30 fields, the header has 29"), HasSubstr(":3")));
  EXPECT_THAT(problem(replaced(sample(), "\nAUS_C26,", "\nAUS_C62,")),
              AllOf(HasSubstr("unknown_label | the row 'AUS:C62' is not an industry"),
                    HasSubstr("did you mean 'AUS:C26'?")));
  EXPECT_THAT(problem(replaced(sample(), "\nAUS_C26,", "\nAUS_A01,")),
              HasSubstr("the row 'AUS:A01' appears twice, first in line 2"));
  EXPECT_THAT(problem(replaced(sample(), ",AUS_D,", ",AUS_C26,")),
              AllOf(HasSubstr("duplicate_label | the column 'AUS_C26' appears twice"),
                    HasSubstr("column 4")));
  EXPECT_THAT(problem(replaced(sample(), "CHN_GGFC", "CHN_GFCF")),
              AllOf(HasSubstr("there is no column 'CHN_GGFC'"),
                    HasSubstr("the column 'CHN_GFCF' appears twice")));
  EXPECT_THAT(problem(replaced(sample(), "CHN_GGFC", "CHNGGFC")),
              HasSubstr("the column name 'CHNGGFC' is not a region"));
}

TEST(OecdIcio, ACutOffFileNamesWhatIsMissing) {
  EXPECT_THAT(problem(test::without_line(sample(), "VA,")),
              HasSubstr("missing_value | there is no row 'VA'"));
  EXPECT_THAT(problem(test::without_line(sample(), "ROW_C26,")),
              HasSubstr("there is no row 'ROW:C26'"));
  auto const text = sample();
  auto const cut = problem(text.substr(0, text.find("\nCHN_D") + 30));
  EXPECT_THAT(cut, HasSubstr("not cut off"));
}

TEST(OecdIcio, ReportsManyProblemsAtOnceButNotAll) {
  auto text = sample();
  std::string garbage = text.substr(0, text.find('\n') + 1);
  for (int k = 0; k < 100; ++k) garbage += "XXX_Y,1\n";
  auto const problems = problem(garbage);
  EXPECT_THAT(problems, HasSubstr("stopped after 20 problems"));
  EXPECT_EQ(std::count(problems.begin(), problems.end(), '\n'), 21);
}

TEST(OecdIcio, IsNotMistakenForOthers) {
  for (auto const* header : {"country,sector,AAA_c1,AAA_HH,OUTPUT\n", "seller_region,seller_sector",
                             "rowLabels,AT_A01,AT_A02", ",AAA_c1,AAA_c2,AAA_HFCE"}) {
    auto const bundle = Bundle::of_texts("x.csv", {{"x.csv", header}});
    EXPECT_FALSE(oecd_icio_format().matches(bundle)) << header;
  }
}

TEST(OecdIcio, AddsUpRegionsWhileReading) {
  Mapping const mapping{"m.csv", {{"AUS", "WEST", ""}, {"ROW", "WEST", ""}, {"CHN", "CHN", ""}}};
  auto const whole = read_table(test::case_path("oecd_icio/2019.csv"));
  auto const table = read_table(test::case_path("oecd_icio/2019.csv"), {.regions = &mapping});
  ASSERT_TRUE(whole && table) << text_of(table.error());
  ASSERT_EQ(table->size(), 6U);
  EXPECT_EQ(table->Z(0, 3), whole->Z(0, 3) + whole->Z(6, 3));
  EXPECT_EQ(table->output[1], whole->output[1] + whole->output[7]);
  EXPECT_LT(test::worst_imbalance(*table), 1e-9);
}

TEST(OecdIcio, HugeInputEndsInAnError) {
  EXPECT_THAT(
      problem_of(oecd_icio_format(), "2019.csv", {{"2019.csv", sample()}}, {.memory_limit = 1000}),
      HasSubstr("too_large"));
  EXPECT_THAT(problem("V1" + std::string(10'000'000, ',') + "\n"),
              AllOf(HasSubstr("too_large"), HasSubstr("over 1000000 fields")));
  auto const header = sample().substr(0, sample().find('\n') + 1);
  EXPECT_THAT(problem(header + "AUS_A01" + std::string(10'000'000, ',') + "\n"),
              HasSubstr("over 1000000 fields"));
}

}  // namespace
}  // namespace linchpin
