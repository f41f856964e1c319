// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "linchpin/table/read.h"
#include "support/format_fixtures.h"

namespace linchpin {
namespace {

using test::Release;

TableFormat const format = figaro_format();
constexpr auto* matrix = "matrix_eu-ic-io_ind-by-ind_24ed_2019.csv";
constexpr auto* flat = "flatfile_eu-ic-io_ind-by-ind_24ed_2019.csv";

Release matrix_form() { return Release("figaro").remove(flat); }
Release flat_form() { return Release("figaro").remove(matrix); }

/// The numbers stand in tests/cases/table/figaro.
void expect_sample(Result<Table> const& table) {
  ASSERT_TRUE(table) << test::text_of(table.error());
  EXPECT_EQ(test::labels_of(table->labels.regions),
            (std::vector<std::string>{"AT", "DE", "FIGW1"}));
  EXPECT_EQ(test::labels_of(table->labels.sectors), (std::vector<std::string>{"A01", "C26"}));
  EXPECT_EQ(test::labels_of(table->labels.categories),
            (std::vector<std::string>{"P3_S13", "P3_S14", "P3_S15", "P51G", "P5M"}));
  EXPECT_FALSE(table->labels.categories[3].inventory_change);
  EXPECT_TRUE(table->labels.categories[4].inventory_change);
  ASSERT_EQ(table->labels.value_added_rows.size(), 6U);
  EXPECT_EQ(table->Z(0, 0), 273.25);
  EXPECT_EQ(table->Z(0, 5), 11.25);
  EXPECT_EQ(table->Y(1, 0), 158);
  EXPECT_EQ(table->Y(1, 14), -5);
  EXPECT_EQ(table->output[1], 2711.25);
  EXPECT_EQ(table->info.year, 2019);
  EXPECT_EQ(table->info.unit, (MonetaryUnit{"EUR", 1e6}));
  test::expect_balanced(*table, 1e-9);
}

TEST(Figaro, ReadsTheMatrix) {
  auto const release = matrix_form();
  EXPECT_TRUE(format.matches(release.bundle()));
  expect_sample(release.read(format));
}

TEST(Figaro, ReadsTheFlatForm) {
  auto const release = flat_form();
  EXPECT_TRUE(format.matches(release.bundle()));
  expect_sample(release.read(format));
}

TEST(Figaro, BothFormsAreTheSameTable) {
  auto const a = matrix_form().read(format);
  auto const b = flat_form().read(format);
  ASSERT_TRUE(a && b);
  EXPECT_EQ(a->labels, b->labels);
  EXPECT_EQ(a->Z, b->Z);
  EXPECT_EQ(a->Y, b->Y);
  EXPECT_EQ(a->value_added, b->value_added);
  EXPECT_EQ(a->output, b->output);
}

std::vector<std::string> lines_of(std::string const& text) {
  std::vector<std::string> lines;
  for (std::size_t start = 0; start < text.size();) {
    auto const stop = text.find('\n', start);
    lines.push_back(text.substr(start, stop - start));
    start = stop + 1;
  }
  return lines;
}

std::string joined(std::vector<std::string> const& lines) {
  std::string text;
  for (auto const& line : lines) text += line + "\n";
  return text;
}

TEST(Figaro, FlatLinesMayComeInAnyOrder) {
  auto const plain = flat_form().read(format);
  auto release = flat_form();
  auto lines = lines_of(release.file(flat));
  // By column instead of by row: labels then come in another order, so look cells up by label.
  std::stable_sort(lines.begin() + 1, lines.end(), [](std::string const& a, std::string const& b) {
    return a.substr(a.find(',')) < b.substr(b.find(','));
  });
  release.file(flat) = joined(lines);
  expect_sample(release.read(format));
  auto const small = release.read(format, {.memory_limit = 900});
  ASSERT_FALSE(small);
  EXPECT_EQ(small.error().code, ErrorCode::too_large);
}

TEST(Figaro, FlatFormWithoutJoinedCodesAndZeros) {
  auto release = flat_form();
  std::vector<std::string> lines;
  for (auto const& line : lines_of(release.file(flat))) {
    // Each row loses a cell: those of exports of consumption of non-profit institutions.
    if (line.ends_with(",0") || line.find("FIGW1,P3_S15,") != std::string::npos) continue;
    auto const second = line.find(',', line.find(',') + 1);
    lines.push_back(line.substr(second + 1));  // without icioiRow and icioiCol
  }
  // The kind of final demand must be named by one line.
  lines.push_back("FIGW1,C26,FIGW1,P3_S15,1.5");
  release.file(flat) = joined(lines);
  auto const table = release.read(format);
  ASSERT_TRUE(table) << test::text_of(table.error());
  EXPECT_EQ(table->Y(0, 12), 0);
  EXPECT_EQ(table->Y(5, 12), 1.5);
  EXPECT_NE(table->info.history.find("cells the file does not name are zero"), std::string::npos);
}

TEST(Figaro, OneMissingLineOfAFlatFileIsSeen) {
  auto release = flat_form();
  auto lines = lines_of(release.file(flat));
  lines.erase(lines.begin() + 30);
  release.file(flat) = joined(lines);
  test::expect_refused(release, format, ErrorCode::missing_value,
                       "have all cells, but not the row 'AT:C26'");
}

TEST(Figaro, QuotesBomAndDecimalCommas) {
  auto const plain = matrix_form().read(format);
  auto release = matrix_form();
  release.replace_all(matrix, ',', ";");
  release.replace_all(matrix, '.', ",");
  release.replace_all(matrix, '\n', "\r\n");
  release.replace(matrix, "rowLabels;AT_A01", "\xEF\xBB\xBFrowLabels;\"AT_A01\"");
  auto const table = release.read(format);
  ASSERT_TRUE(table) << test::text_of(table.error());
  EXPECT_EQ(table->Z, plain->Z);
}

TEST(Figaro, RestOfWorldOfOtherEditionsAndProducts) {
  auto release = matrix_form();
  auto& text = release.file(matrix);
  for (std::size_t at = 0; (at = text.find("FIGW1", at)) != std::string::npos;) {
    text.replace(at, 5, "WRL_REST");
  }
  for (std::size_t at = 0; (at = text.find("_A01", at)) != std::string::npos; at += 5) {
    text.replace(at, 4, "_CPA_A01");
  }
  auto const table = release.read(format);
  ASSERT_TRUE(table) << test::text_of(table.error());
  EXPECT_EQ(table->labels.regions[2].label, "WRL_REST");
  EXPECT_EQ(table->labels.sectors[0].label, "CPA_A01");
  EXPECT_NE(table->info.title.find("product by product"), std::string::npos);
}

TEST(Figaro, SeveralTablesNeedAName) {
  Release const both("figaro");
  auto const table = both.read(format);
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().code, ErrorCode::missing_value);
  expect_sample(both.read(format, {.member = matrix}));
}

TEST(Figaro, MatrixRefusesWhatDoesNotFit) {
  auto const refused = [](Release const& each, ErrorCode code, std::string_view text) {
    test::expect_refused(each, format, code, text);
  };
  refused(matrix_form().replace(matrix, "\nAT_C26", "\nAT_C27"), ErrorCode::unknown_label,
          "'AT:C27'");
  refused(matrix_form().replace(matrix, "\nAT_C26", "\nAT_A01"), ErrorCode::duplicate_label,
          "twice");
  refused(matrix_form().replace(matrix, "\nW2_D1,", "\nW2_D9,"), ErrorCode::unknown_label,
          "primary input");
  refused(matrix_form().replace(matrix, "273.25", "many"), ErrorCode::bad_format, "'many'");
  refused(matrix_form().replace(matrix, "273.25,", ""), ErrorCode::bad_format, "fields");
  refused(matrix_form().replace(matrix, ",DE_P51G", ",DE_P5M"), ErrorCode::duplicate_label, "P51G");
  auto cut = matrix_form();
  cut.file(matrix).resize(cut.file(matrix).find("\nW2_B2A3G") + 1);
  refused(cut, ErrorCode::missing_value, "B2A3G");
  auto shorter = matrix_form();
  shorter.file(matrix).resize(shorter.file(matrix).find("\nDE_A01") + 1);
  refused(shorter, ErrorCode::missing_value, "DE:A01");
}

TEST(Figaro, FlatRefusesWhatDoesNotFit) {
  auto const refused = [](Release const& each, ErrorCode code, std::string_view text) {
    test::expect_refused(each, format, code, text);
  };
  refused(flat_form().replace(flat, "AT,A01,AT,A01,273.25", "AT,A01,AT,A01,many"),
          ErrorCode::bad_format, "'many'");
  refused(flat_form().replace(flat, "AT,A01,AT,C26", "AT,A01,AT,A01"), ErrorCode::duplicate_label,
          "AT_A01, AT_A01 appears twice");
  refused(flat_form().replace(flat, "AT,A01,AT,A01,273.25", "AT,A01,AT,A01"), ErrorCode::bad_format,
          "the line has 6 fields");
  refused(flat_form().replace(flat, "AT,A01,AT,A01,", "W2,D77,AT,A01,"), ErrorCode::unknown_label,
          "primary input");
  refused(flat_form().replace(flat, "AT,A01,AT,A01,", "AT,A01,W2,D1,"), ErrorCode::unknown_label,
          "is a primary input");
  refused(flat_form().replace(flat, "AT,A01,AT,A01,", "AT,A01,AT,Z99,"), ErrorCode::missing_value,
          "no row 'AT_Z99'");
  // The area and the kind of final demand, put together, split elsewhere.
  refused(flat_form().replace(flat, "AT,A01,AT,P3_S13,", "AT,A01,AT_X,P3_S13,"),
          ErrorCode::missing_value, "no row 'AT_X_P3_S13'");
  auto cut = flat_form();
  cut.file(flat).resize(cut.file(flat).find("W2_D29X39"));
  refused(cut, ErrorCode::missing_value, "no row 'W2_D29X39'");
}

TEST(Figaro, DoesNotTakeOtherTables) {
  for (auto const* line : {"V1,AUS_A01,AUS_HFCE", "country,sector,AUS_c1", "rowLabels,a,b",
                           "seller_region,seller_sector,buyer_region,buyer_sector,value", ""}) {
    EXPECT_FALSE(format.matches(Bundle::of_texts("x.csv", {{"x.csv", line}}))) << line;
  }
}

}  // namespace
}  // namespace linchpin
