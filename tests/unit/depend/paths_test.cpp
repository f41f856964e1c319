// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/paths.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "support/fixtures.h"
#include "support/random_economy.h"

namespace linchpin::depend {
namespace {

LeontiefSystem system_of(Table table) {
  return LeontiefSystem::make(Economy::make(std::move(table)).value()).value();
}

/// v_c A^m f by final product, m = 0 … 3, and the sum over all m = f.
/// Source: Miller & Blair (2009), table of chapter 2; all digits of an independent computation.
TEST(Paths, LayersMatchMillerAndBlair) {
  auto const system = system_of(test::miller_blair());
  auto const layers =
      supply_layers(system, {.suppliers = {IndustryId{0}, IndustryId{1}}}, 60).value();
  test::Rows const expected{
      {227.5, 1190}, {83.125, 335.75}, {26.29375, 117.725}, {8.7915625, 37.814375}};
  for (std::size_t m = 0; m < expected.size(); ++m) {
    EXPECT_NEAR(layers(m, 0), expected[m][0], 1e-9) << m;
    EXPECT_NEAR(layers(m, 1), expected[m][1], 1e-9) << m;
  }
  double first = 0, second = 0;
  for (std::size_t m = 0; m <= 60; ++m) {
    first += layers(m, 0);
    second += layers(m, 1);
  }
  EXPECT_NEAR(first, 350, 1e-9);
  EXPECT_NEAR(second, 1700, 1e-9);
}

/// By hand on the table of Miller & Blair: from industry 1, v_c = 0.65. Ends at once 0.65*350 =
/// 227.5; 1>2: 0.65*0.25*1700 = 276.25; 1>1>2: 41.4375; 1>1: 34.125; 1>2>2: 13.8125;
/// 1>2>1>2: 13.8125 (equal products, longer); 1>2>1: 11.375.
TEST(Paths, HeaviestPathsOfMillerAndBlair) {
  auto const system = system_of(test::miller_blair());
  auto const found = heaviest_paths(system, {.suppliers = {IndustryId{0}}, .count = 7}).value();
  IndustryId const a{0}, b{1};
  std::vector<std::pair<std::vector<IndustryId>, double>> const expected{
      {{a, b}, 276.25},   {{a}, 227.5},         {{a, a, b}, 41.4375},
      {{a, a}, 34.125},   {{a, b, b}, 13.8125}, {{a, b, a, b}, 13.8125},
      {{a, b, a}, 11.375}};
  ASSERT_EQ(found.paths.size(), expected.size());
  double shown = 0;
  for (std::size_t k = 0; k < expected.size(); ++k) {
    EXPECT_EQ(found.paths[k].industries, expected[k].first) << k;
    EXPECT_NEAR(found.paths[k].value, expected[k].second, 1e-9) << k;
    shown += expected[k].second;
  }
  EXPECT_NEAR(found.shown, shown, 1e-9);
  // v_c times row 1 of L times f.
  EXPECT_NEAR(found.total, 0.65 * (1.25412541 * 350 + 0.33003300 * 1700), 1e-5);
  EXPECT_EQ(found.negative_final_use, 0.0);
  EXPECT_GT(found.heaviest_left_out, 0);
  EXPECT_LE(found.heaviest_left_out, 11.375 * (1 + 1e-11));
}

TEST(Paths, ListEverythingWhereChainsEnd) {
  // A sells to B, B to C, C to final use: one path from A.
  auto const system =
      system_of(test::balanced_table("t", test::full_labels({"A", "B", "C"}, {"p"}),
                                     test::matrix({{0, 10, 0}, {0, 0, 20}, {0, 0, 0}}),
                                     test::matrix({{0, 0, 0}, {0, 0, 0}, {0, 0, 30}})));
  auto const found = heaviest_paths(system, {.suppliers = {IndustryId{0}}}).value();
  ASSERT_EQ(found.paths.size(), 1U);
  EXPECT_EQ(found.paths.front().industries.size(), 3U);
  EXPECT_NEAR(found.paths.front().value, 10, 1e-12);
  EXPECT_NEAR(found.shown, found.total, 1e-12);
  EXPECT_EQ(found.heaviest_left_out, 0.0);
  auto const none =
      heaviest_paths(system, {.suppliers = {IndustryId{0}}, .final_region = RegionId{1}}).value();
  EXPECT_TRUE(none.paths.empty());
  EXPECT_EQ(none.total, 0.0);
}

TEST(Paths, KeepNegativeFinalUseAndNegativeValueAddedApart) {
  // Industry 2 has value added -5; final use of 1 is negative for region B (stocks run down).
  auto table =
      test::balanced_table("t", test::full_labels({"A", "B"}, {"1"}),
                           test::matrix({{10, 80}, {10, 25}}), test::matrix({{120, -10}, {65, 0}}));
  ASSERT_LT(table.value_added(0, 1), 0);
  auto const system = system_of(std::move(table));
  auto const found =
      heaviest_paths(system, {.suppliers = {IndustryId{0}, IndustryId{1}}, .count = 50}).value();
  for (auto const& path : found.paths) EXPECT_EQ(path.industries.front(), IndustryId{0});
  EXPECT_LT(found.negative_final_use, 0);
  EXPECT_LT(found.negative_suppliers, 0);
  // v_c L f sums to final use.
  EXPECT_NEAR(found.total + found.negative_final_use + found.negative_suppliers, 175, 1e-10);
}

/// Four identical industries: all paths of one length weigh the same, so order is by length, then
/// by industry.
TEST(Paths, BreakTiesByLengthThenByIndustry) {
  auto const system = system_of(test::balanced_table(
      "t", test::full_labels({"A"}, {"1", "2", "3"}),
      test::matrix({{0, 8, 8}, {8, 0, 8}, {8, 8, 0}}), test::matrix({{16}, {16}, {16}})));
  PathQuestion const question{.suppliers = {IndustryId{2}, IndustryId{0}, IndustryId{1}},
                              .count = 3 + 6 + 12};
  auto const found = heaviest_paths(system, question).value();
  ASSERT_EQ(found.paths.size(), question.count);
  for (std::size_t k = 1; k < found.paths.size(); ++k) {
    auto const& before = found.paths[k - 1].industries;
    auto const& after = found.paths[k].industries;
    EXPECT_TRUE(before.size() < after.size() || (before.size() == after.size() && before < after));
  }
}

TEST(Paths, RefuseBadQuestions) {
  auto const economy =
      test::random_economy({.regions = 3, .sectors = 4, .seed = Seed{5}, .zero_output = 3});
  auto const system = LeontiefSystem::make(economy).value();
  EXPECT_EQ(heaviest_paths(system, {}).error().code, ErrorCode::missing_value);
  EXPECT_EQ(
      heaviest_paths(system, {.suppliers = {IndustryId{0}}, .count = most_paths + 1}).error().code,
      ErrorCode::bad_value);
  bool idle_seen = false;
  for (std::size_t i = 0; i < economy.size(); ++i) {
    if (economy.output()[IndustryId{i}] > 0) continue;
    idle_seen = true;
    EXPECT_EQ(heaviest_paths(system, {.suppliers = {IndustryId{i}}}).error().where,
              economy.space().label(IndustryId{i}));
  }
  EXPECT_TRUE(idle_seen);
  RunControl control;
  control.cancel.cancel();
  EXPECT_EQ(heaviest_paths(system, {.suppliers = {IndustryId{0}}}, control).error().code,
            ErrorCode::cancelled);
}

}  // namespace
}  // namespace linchpin::depend
