// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/csv.h"

#include <gtest/gtest.h>

#include "sample_results.h"

namespace linchpin {
namespace {

/// Reads RFC 4180 back, character by character: the plain reference of the writer.
std::vector<std::vector<std::string>> parse_csv(std::string const& text) {
  std::vector<std::vector<std::string>> rows(1);
  std::string cell;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      cell += '"';
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == ',' || c == '\n')) {
      rows.back().push_back(cell);
      cell.clear();
      if (c == '\n') rows.emplace_back();
    } else {
      cell += c;
    }
  }
  rows.pop_back();
  return rows;
}

TEST(CsvText, ReadsBackWithFormulasDefused) {
  auto const results = test::sample_results();
  auto const rows = parse_csv(csv_text(results.tables.front()));
  auto const hostile = test::hostile_texts();
  ASSERT_EQ(rows.size(), hostile.size() + 1);
  EXPECT_EQ(rows.front(), (std::vector<std::string>{"label", "count", "value"}));
  for (std::size_t i = 0; i < hostile.size(); ++i) {
    ASSERT_EQ(rows[i + 1].size(), 3U);
    bool const formula = i >= 1 && i <= 6;
    EXPECT_EQ(rows[i + 1][0], formula ? "'" + hostile[i] : hostile[i]) << i;
  }
  EXPECT_EQ(rows[1][1], "-1") << "numbers are never changed";
  EXPECT_EQ(rows[3][1], "") << "undefined";
  EXPECT_EQ(rows[3][2], "");
}

TEST(WriteCsv, MakesOneFilePerTableAndADictionary) {
  test::TemporaryFolder const folder("csv");
  ASSERT_TRUE(write_csv(test::sample_results(), folder.path() / "deep" / "tables"));
  auto const tables = folder.path() / "deep" / "tables";
  EXPECT_TRUE(std::filesystem::exists(tables / "hostile.csv"));
  EXPECT_TRUE(std::filesystem::exists(tables / "long_one.csv"));
  auto const rows = parse_csv(test::read_all(tables / "columns.csv"));
  ASSERT_EQ(rows.size(), 5U);
  EXPECT_EQ(rows[3], (std::vector<std::string>{"hostile", "value", "Value", "%", "number",
                                               "A value. Empty: the baseline is zero."}));
}

}  // namespace
}  // namespace linchpin
