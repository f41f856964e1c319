// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "linchpin/table/aggregate.h"
#include "support/fixtures.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using test::leather;
using test::text_of;
using testing::ElementsAre;
using testing::HasSubstr;

LabelDiff labels_of(TableDiff const& diff, std::string const& kind) {
  for (auto const& each : diff.labels) {
    if (each.kind == kind) return each;
  }
  ADD_FAILURE() << "no labels of kind " << kind;
  return {};
}

TEST(Diff, FindsNothingBetweenEqualTables) {
  auto const diff = diff_tables(leather(), leather());
  ASSERT_TRUE(diff) << text_of(diff.error());
  EXPECT_TRUE(diff->same);
  EXPECT_EQ(diff->cells_compared, 81U + 27U + 9U);
  EXPECT_EQ(diff->cells_different, 0U);
  EXPECT_TRUE(diff->worst.empty());
  EXPECT_TRUE(diff->remarks.empty());
  EXPECT_EQ(diff->multipliers_compared, 9U);
  EXPECT_EQ(diff->mean_multiplier_change, 0);
  EXPECT_TRUE(diff->multipliers.empty());
}

TEST(Diff, NamesTheCellsThatDiffer) {
  auto changed = leather();
  changed.Z(7, 1) += 5;  // DEU:2 -> TUR... large in amount
  changed.Y(5, 0) *= 2;  // TUR:3 -> ARG:FD, 1.2 to 2.4: largest in proportion
  auto const diff = diff_tables(leather(), changed, {.top = 2});
  ASSERT_TRUE(diff);
  EXPECT_FALSE(diff->same);
  EXPECT_EQ(diff->cells_different, 2U);
  EXPECT_NEAR(diff->total_absolute_difference, 6.2, 1e-12);
  ASSERT_EQ(diff->worst.size(), 2U);
  EXPECT_EQ(diff->worst[0].seller, "DEU:2");
  EXPECT_EQ(diff->worst[0].buyer, "ARG:2");
  EXPECT_EQ(diff->worst[0].b - diff->worst[0].a, 5);
  EXPECT_EQ(diff->worst_relative[1].seller, "TUR:3");
  EXPECT_EQ(diff->worst_relative[1].buyer, "ARG:FD");
  EXPECT_GT(diff->mean_multiplier_change, 0);
  EXPECT_EQ(diff->multipliers[0].industry, "ARG:2");
}

/// One table has a region less and another order of sectors: the rest is still compared.
TEST(Diff, ComparesWhatTheLabelsShare) {
  auto const full = leather();
  Mapping regions{"map", {{"ARG", "ARG", "", 0}, {"TUR", "WORLD", "", 0}, {"DEU", "WORLD", "", 0}}};
  Mapping sectors{"map", {{"3", "3", "", 0}, {"2", "2", "", 0}, {"1", "1", "", 0}}};
  auto const small = aggregate(full, &regions, &sectors);
  ASSERT_TRUE(small);
  auto const diff = diff_tables(full, *small);
  ASSERT_TRUE(diff) << text_of(diff.error());
  EXPECT_THAT(labels_of(*diff, "region").only_in_a, ElementsAre("TUR", "DEU"));
  EXPECT_THAT(labels_of(*diff, "region").only_in_b, ElementsAre("WORLD"));
  EXPECT_TRUE(labels_of(*diff, "sector").reordered);
  EXPECT_EQ(labels_of(*diff, "industry").common, 3U);
  EXPECT_EQ(diff->cells_compared, 9U + 3U + 3U);
  EXPECT_NEAR(diff->total_absolute_difference, 0, 1e-12);
  EXPECT_EQ(diff->totals.size(), 6U);  // whole table and ARG
}

TEST(Diff, ConvertsScalesAndRemarksOnTheRest) {
  auto thousand = leather();
  thousand.info.unit.scale = 1e3;
  thousand.info.year = 2012;
  for (double& value : thousand.Z.values()) value *= 1e3;
  for (double& value : thousand.Y.values()) value *= 1e3;
  for (double& value : thousand.value_added.values()) value *= 1e3;
  for (double& value : thousand.output) value *= 1e3;
  auto const diff = diff_tables(leather(), thousand);
  ASSERT_TRUE(diff);
  EXPECT_NEAR(diff->total_absolute_difference, 0, 1e-10);
  EXPECT_NEAR(diff->totals[0].b, 936.6, 1e-9);
  ASSERT_EQ(diff->remarks.size(), 2U);
  EXPECT_THAT(diff->remarks[0], HasSubstr("converted"));
  EXPECT_THAT(diff->remarks[1], HasSubstr("2011 and 2012"));
}

TEST(Diff, OtherCurrenciesAreComparedAsTheyStand) {
  auto unnamed = leather();  // as read from a tidy CSV, which names no unit
  unnamed.info.unit = {"", 1};
  auto million = leather();
  million.info.unit = {"EUR", 1e6};
  auto const diff = diff_tables(million, unnamed);
  ASSERT_TRUE(diff);
  EXPECT_EQ(diff->total_absolute_difference, 0);
  EXPECT_EQ(diff->totals[0].a, diff->totals[0].b);
  ASSERT_FALSE(diff->remarks.empty());
  EXPECT_THAT(diff->remarks[0], HasSubstr("as they stand"));
}

TEST(Diff, RefusesTablesWithNothingInCommon) {
  auto const failed = diff_tables(leather(), test::miller_blair());
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::bad_value);
}

/// Source: Miller & Blair (2009), two-sector example: u'L = (1.51815182, 1.45214521), eight digits.
TEST(Multipliers, MatchTheWorkedExample) {
  auto const m = output_multipliers(test::miller_blair());
  ASSERT_TRUE(m);
  EXPECT_NEAR((*m)[0], 1.51815182, 1e-8);
  EXPECT_NEAR((*m)[1], 1.45214521, 1e-8);
}

TEST(Multipliers, SayWhenATableIsNotProductive) {
  auto table = test::miller_blair();
  table.Z(0, 0) = 1200;  // uses more of its own product than it makes
  auto const m = output_multipliers(table);
  ASSERT_FALSE(m);
  EXPECT_EQ(m.error().code, ErrorCode::unproductive_table);
  auto const diff = diff_tables(test::miller_blair(), table);
  ASSERT_TRUE(diff);
  EXPECT_THAT(diff->remarks[0], HasSubstr("no multipliers"));
}

}  // namespace
}  // namespace linchpin
