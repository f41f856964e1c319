// SPDX-License-Identifier: Apache-2.0
// The sample of tests/cases/table/oecd_national; expected numbers worked out by hand.
#include <gtest/gtest.h>

#include <string>

#include "linchpin/table/check.h"
#include "linchpin/table/read.h"
#include "support/format_fixtures.h"

namespace linchpin {
namespace {

using test::Release;

TableFormat const format = oecd_national_format();
constexpr auto file = "OECD21ed_CHN_2018.csv";
constexpr double digits = 1e-12;

/// Imports 24, of which 4 are purchases abroad; the other 20 are a quarter of domestic use, 80.
TEST(OecdNational, SplitsImportsAndKeepsPurchasesAbroad) {
  Release const release("oecd_national");
  EXPECT_TRUE(format.matches(release.bundle()));
  auto const table = release.read(format);
  ASSERT_TRUE(table) << test::text_of(table.error());
  auto const& labels = table->labels;
  EXPECT_EQ(test::labels_of(labels.regions), (std::vector<std::string>{"CHN", "ROW"}));
  EXPECT_EQ(test::labels_of(labels.categories),
            (std::vector<std::string>{"HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "CONS_ABR",
                                      "CONS_NONRES", "EXPO"}));
  EXPECT_TRUE(labels.categories[4].inventory_change);
  EXPECT_EQ(labels.sectors[0].name, "Goods");
  EXPECT_FALSE(labels.sectors[0].service);
  EXPECT_TRUE(labels.sectors[1].service);
  EXPECT_EQ(table->info.year, 2018);
  EXPECT_EQ(table->info.unit, (MonetaryUnit{"USD", 1e6}));
  EXPECT_TRUE(table->info.estimated);
  EXPECT_NEAR(table->Z(0, 0), 7.5, digits);
  EXPECT_NEAR(table->Z(0, 1), 15, digits);
  EXPECT_NEAR(table->Z(2, 0), 2.5, digits);
  EXPECT_NEAR(table->Z(2, 1), 5, digits);
  EXPECT_EQ(table->Z(1, 0), 8);
  EXPECT_NEAR(table->Y(0, 0), 22.5, digits);
  EXPECT_NEAR(table->Y(2, 0), 7.5, digits);
  EXPECT_EQ(table->Y(0, 5), 0) << "what residents buy abroad is imported";
  EXPECT_EQ(table->Y(2, 5), 4);
  EXPECT_EQ(table->Y(0, 8 + 6), 2) << "what visitors buy is exported";
  EXPECT_EQ(table->Y(0, 8 + 7), 20);
  EXPECT_EQ(table->output, (DenseVector{82, 50, 24, 0}));
  ASSERT_EQ(labels.value_added_rows.size(), 4U);
  EXPECT_EQ(labels.value_added_rows[2], "VALU Value added at basic prices");
  EXPECT_EQ(table->value_added(1, 1), 2);
  EXPECT_EQ(table->value_added(2, 0), 63);
  // 3 + 1 on final use, 0.5 - 0.5 abroad.
  EXPECT_NE(table->info.history.find("taxes less subsidies on final use, 4, left out"),
            std::string::npos)
      << table->info.history;
  test::expect_balanced(*table, digits);
  EXPECT_FALSE(has_errors(check_table(*table)));
}

TEST(OecdNational, RefusesWhatIsWrong) {
  using test::expect_refused;
  auto const changed = [](char const* old, char const* fresh) {
    return std::move(Release("oecd_national").replace(file, old, fresh));
  };
  expect_refused(changed("\"IMPO\"", "\"IMPORT\""), format, ErrorCode::unknown_label,
                 "there is no column 'IMPO'");
  expect_refused(changed("\"VALU\"", "\"VALUE\""), format, ErrorCode::unknown_label,
                 "there is no row 'VALU'");
  expect_refused(changed("\"01\",\"Goods\"", "\"03\",\"Goods\""), format, ErrorCode::unknown_label,
                 "'03'");
  expect_refused(changed(",-24", ",-124"), format, ErrorCode::bad_value, "imports to be split");
  expect_refused(changed(",-24", ",-3"), format, ErrorCode::bad_value, "imports to be split");
  expect_refused(changed("10,20,30", "10,20,inf"), format, ErrorCode::bad_value, "inf");
  Release nameless("oecd_national");
  auto const text = nameless.file(file);
  nameless.remove(file).add("table_2018.csv", text);
  expect_refused(nameless, format, ErrorCode::missing_value, "which country");
}

}  // namespace
}  // namespace linchpin
