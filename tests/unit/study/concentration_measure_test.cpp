// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "linchpin/depend/product_dependence.h"
#include "linchpin/results/json.h"
#include "linchpin/study/measures/list.h"
#include "support/fixtures.h"
#include "support/table_fixtures.h"

namespace linchpin::study {
namespace {

using ::testing::HasSubstr;

depend::LeontiefSystem system_of(Table table) {
  return depend::LeontiefSystem::make(Economy::make(std::move(table)).value()).value();
}

Result<std::vector<ResultTable>> ask(depend::LeontiefSystem const& system,
                                     MeasureRequest const& request) {
  return concentration_measure.run({&system, 1}, request, {});
}

/// A imports 30 from B and 10 from C of purchases of 50, output 20: by hand, as in
/// product_dependence_test.
depend::LeontiefSystem three() {
  return system_of(test::balanced_table("three", test::full_labels({"A", "B", "C"}, {"s"}),
                                        test::matrix({{1, 2, 0}, {3, 1, 0}, {1, 0, 2}}),
                                        test::matrix({{9, 8, 0}, {27, 9, 40}, {9, 0, 18}})));
}

TEST(ConcentrationMeasure, AnswersForEveryRegionOrThoseNamed) {
  auto const system = three();
  auto const all = ask(system, {});
  ASSERT_TRUE(all);
  EXPECT_EQ((*all)[0].rows(), 3U);
  auto const one = ask(system, {.buyers = {{RegionId{0}, {}}}, .detail = true});
  ASSERT_TRUE(one);
  auto const rows = rows_to_json((*one)[1]);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0]["buyer"], "A");
  EXPECT_EQ(rows[0]["sector"], "s");
  EXPECT_NEAR(rows[0]["cdi1"], 0.625, 1e-15);
  EXPECT_NEAR(rows[0]["cdi2"], 0.8, 1e-15);
  EXPECT_NEAR(rows[0]["cdi3"], 2.0, 1e-15);
  EXPECT_NEAR(rows[0]["hhi_with_home"], 0.04 + 0.64 * 0.625, 1e-15);
  EXPECT_EQ(rows[0]["largest_origin"], "B");
  EXPECT_EQ(rows[0]["single_point_of_failure"], 1);
}

TEST(ConcentrationMeasure, RefusesIndustriesAndSuppliers) {
  auto const system = three();
  auto const result =
      ask(system, {.buyers = {{RegionId{0}, IndustryId{0}}}, .suppliers = {{RegionId{1}, {}}}});
  ASSERT_FALSE(result);
  auto const text = test::text_of(result.error());
  EXPECT_THAT(text, HasSubstr("'A:s' is an industry, not a region"));
  EXPECT_THAT(text, HasSubstr("concentration is over all suppliers"));
}

TEST(ConcentrationMeasure, SaysWhenStocksWereRunDown) {
  auto const system = system_of(test::balanced_table("stocks", test::full_labels({"A", "B"}, {"s"}),
                                                     test::matrix({{1, 1}, {1, 1}}),
                                                     test::matrix({{9, -3}, {2, 9}})));
  auto const result = ask(system, {});
  ASSERT_TRUE(result);
  EXPECT_THAT((*result)[0].note, HasSubstr("2 USD million in all"));
}

TEST(ConcentrationMeasure, StopsWhenAskedTo) {
  RunControl control;
  control.cancel.cancel();
  auto const system = three();
  auto const result = concentration_measure.run({&system, 1}, {}, control);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::cancelled);
}

TEST(ConcentrationMeasure, CanBeFoundByName) {
  auto const found = find_measure("concentration");
  ASSERT_TRUE(found);
  EXPECT_EQ(*found, &concentration_measure);
}

}  // namespace
}  // namespace linchpin::study
