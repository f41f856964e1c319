// SPDX-License-Identifier: Apache-2.0
// The samples of tests/cases/table/china_nbs; expected numbers worked out by hand.
#include <gtest/gtest.h>

#include <string>

#include "linchpin/table/check.h"
#include "linchpin/table/mapping.h"
#include "linchpin/table/read.h"
#include "support/format_fixtures.h"

namespace linchpin {
namespace {

using test::Release;

TableFormat const format = china_nbs_format();
constexpr auto split_file = "china_2020_2.csv";
constexpr auto joint_file = "china_2017_2.csv";
constexpr double digits = 1e-12;

Release split() { return std::move(Release("china_nbs").remove(joint_file)); }
Release joint() { return std::move(Release("china_nbs").remove(split_file)); }

TEST(ChinaNbs, ReadsImportsInRowsOfTheirOwn) {
  EXPECT_TRUE(format.matches(split().bundle()));
  auto const table = split().read(format);
  ASSERT_TRUE(table) << test::text_of(table.error());
  auto const& labels = table->labels;
  EXPECT_EQ(test::labels_of(labels.regions), (std::vector<std::string>{"CHN", "ROW"}));
  EXPECT_EQ(labels.regions[0].name, "China");
  EXPECT_EQ(test::labels_of(labels.sectors), (std::vector<std::string>{"01", "02"}));
  EXPECT_EQ(labels.sectors[0].name, "Goods");
  EXPECT_FALSE(labels.sectors[0].service);
  EXPECT_TRUE(labels.sectors[1].service);
  EXPECT_EQ(test::labels_of(labels.categories),
            (std::vector<std::string>{"TC", "FU201", "FU202", "EX"}));
  EXPECT_TRUE(labels.categories[2].inventory_change);
  EXPECT_EQ(table->info.year, 2020);
  EXPECT_EQ(table->info.unit, (MonetaryUnit{"CNY", 1e4}));
  EXPECT_FALSE(table->info.estimated);
  EXPECT_TRUE(table->Z == FlowMatrix([] {
                DenseMatrix Z(4, 4);
                Z(0, 0) = 10, Z(0, 1) = 20, Z(1, 0) = 15, Z(1, 1) = 5, Z(2, 0) = 4, Z(2, 1) = 3;
                return Z;
              }()));
  EXPECT_EQ(table->Y(0, 0), 40);
  EXPECT_EQ(table->Y(0, 2), -1);
  EXPECT_EQ(table->Y(0, 3), 0) << "exports are bought abroad";
  EXPECT_EQ(table->Y(0, 7), 6);
  EXPECT_EQ(table->Y(2, 7), 0.5) << "re-exports";
  EXPECT_EQ(table->Y(3, 0), 2);
  EXPECT_EQ(table->output, (DenseVector{80, 50, 17, 2}));
  ASSERT_EQ(labels.value_added_rows.size(), 5U);
  EXPECT_EQ(labels.value_added_rows[1], "VA002 Net taxes on production");
  EXPECT_EQ(table->value_added(1, 0), -4);
  EXPECT_EQ(table->value_added(4, 2), 17);
  test::expect_balanced(*table, digits);
  EXPECT_FALSE(has_errors(check_table(*table)));
}

/// Import share of sector 001: 18 of 14 + 23 + 10 + 18 + 20 + 6 - 1 = 90, a fifth.
TEST(ChinaNbs, SplitsOneColumnOfImports) {
  EXPECT_TRUE(format.matches(joint().bundle()));
  auto const table = joint().read(format);
  ASSERT_TRUE(table) << test::text_of(table.error());
  EXPECT_TRUE(table->info.estimated);
  EXPECT_NE(table->info.history.find("import share"), std::string::npos);
  EXPECT_EQ(test::labels_of(table->labels.categories),
            (std::vector<std::string>{"FU101", "FU102", "FU103", "FU201", "FU202", "EX"}));
  EXPECT_NEAR(table->Z(0, 0), 0.8 * 14, digits);
  EXPECT_NEAR(table->Z(2, 0), 0.2 * 14, digits);
  EXPECT_NEAR(table->Z(2, 1), 0.2 * 23, digits);
  EXPECT_EQ(table->Z(1, 0), 15);
  EXPECT_EQ(table->Z(3, 0), 0);
  EXPECT_NEAR(table->Y(0, 1), 0.8 * 18, digits);
  EXPECT_NEAR(table->Y(2, 4), -0.2, digits);
  EXPECT_EQ(table->Y(0, 11), 6) << "exports hold no imports";
  EXPECT_EQ(table->Y(2, 11), 0);
  EXPECT_EQ(table->output, (DenseVector{78, 52, 18, 0}));
  test::expect_balanced(*table, digits);
  EXPECT_FALSE(has_errors(check_table(*table)));
}

TEST(ChinaNbs, SeveralTablesNeedAMember) {
  Release const both("china_nbs");
  test::expect_refused(both, format, ErrorCode::missing_value, "china_2017_2.csv");
  auto const table = both.read(format, {.member = split_file});
  ASSERT_TRUE(table) << test::text_of(table.error());
  EXPECT_EQ(table->info.year, 2020);
}

TEST(ChinaNbs, AddsUpWhileReading) {
  Mapping const sectors{"m.csv", {{"01", "all", "", 1}, {"02", "all", "", 2}}};
  auto const table = split().read(format, {.sectors = &sectors});
  ASSERT_TRUE(table) << test::text_of(table.error());
  EXPECT_EQ(table->size(), 2U);
  EXPECT_EQ(table->Z(0, 0), 50);
  EXPECT_EQ(table->Z(1, 0), 7);
}

TEST(ChinaNbs, RefusesWhatIsWrong) {
  using test::expect_refused;
  auto const changed = [](char const* old, char const* fresh) {
    return std::move(split().replace(split_file, old, fresh));
  };
  expect_refused(changed("\"EX\"", "\"EXP\""), format, ErrorCode::unknown_label, "'EXP'");
  expect_refused(changed("\"EX\"", "\"EXP\""), format, ErrorCode::unknown_label,
                 "there is no column 'EX'");
  expect_refused(changed("\"02\",\"Production and supply of electric power and heat power\","
                         "\"电力\",\"Imports\"",
                         "\"03\",\"\",\"\",\"Imports\""),
                 format, ErrorCode::missing_value, "no row '02' of origin 'Imports'");
  expect_refused(changed("\"Domestic\",10,20", "\"Domestic\",10,"), format,
                 ErrorCode::missing_value, "is empty");
  expect_refused(changed("\"Domestic\",10,20", "\"Domestic\",10,2o"), format, ErrorCode::bad_format,
                 "2o");
  expect_refused(changed("\"Domestic\",10,20", "\"Imports\",10,20"), format,
                 ErrorCode::duplicate_label, "'01' appears twice");
  expect_refused(changed("\"Domestic\",10,20", "\"Doméstic\",10,20"), format,
                 ErrorCode::unknown_label, "");
  auto bad = joint();
  bad.replace(joint_file, ",18,78", ",91,78");
  expect_refused(bad, format, ErrorCode::bad_value, "imports to be split are 91");
  auto none = joint();
  none.replace(joint_file, "\"IM\"", "\"ERR\"");
  expect_refused(none, format, ErrorCode::missing_value, "neither a column 'IM'");
}

}  // namespace
}  // namespace linchpin
