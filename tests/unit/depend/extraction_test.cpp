// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/extraction.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "linchpin/depend/extraction_all.h"
#include "support/fixtures.h"
#include "support/random_economy.h"

namespace linchpin::depend {
namespace {

using testing::HasSubstr;

LeontiefSystem system_of(Table table) {
  return LeontiefSystem::make(Economy::make(std::move(table)).value()).value();
}

double sum(std::span<double const> values) {
  double result = 0;
  for (double const value : values) result += value;
  return result;
}

/// Source: Miller & Blair (2009), section 12.2, on the table of chapter 2; eight decimals from an
/// independent computation.
TEST(Extraction, MatchesMillerAndBlair) {
  auto const system = system_of(test::miller_blair());
  IndustryId const one{0}, two{1};
  auto const total = extract(system, {.kind = ExtractionKind::total, .suppliers = {one}}).value();
  EXPECT_NEAR(2000 - total.output[1], 1789.47368421, 1e-8);
  EXPECT_NEAR(total.output[0], 1000, 1e-8);
  EXPECT_NEAR(sum(total.output), 1210.52631579, 1e-8);
  EXPECT_NEAR(total.taken_away, 150 + 500 + 200 + 350, 1e-9);  // row, column and final use once
  auto const other = extract(system, {.kind = ExtractionKind::total, .suppliers = {two}}).value();
  EXPECT_NEAR(1000 - other.output[0], 411.76470588, 1e-8);
  EXPECT_NEAR(sum(other.output), 2588.23529412, 1e-8);
  auto const back = extract(system, {.kind = ExtractionKind::backward, .suppliers = {one}}).value();
  EXPECT_NEAR(1000 - back.output[0], 797.36842105, 1e-8);
  EXPECT_NEAR(2000 - back.output[1], 1789.47368421, 1e-8);
  EXPECT_NEAR(sum(back.output), 413.15789474, 1e-8);
  auto const ahead = extract(system, {.kind = ExtractionKind::forward, .suppliers = {one}}).value();
  EXPECT_NEAR(1000 - ahead.output[0], 350, 1e-8);
  EXPECT_NEAR(2000 - ahead.output[1], 1863.15789474, 1e-8);
}

/// Germany's purchases by Turkey taken away, A_(DEU,TUR) = 0, in the leather table: six decimals
/// from an independent computation.
TEST(Extraction, MatchesLeatherBlock) {
  auto const system = system_of(test::leather());
  Extraction question;
  question.suppliers = {IndustryId{6}, IndustryId{7}, IndustryId{8}};
  question.buyers = {IndustryId{3}, IndustryId{4}, IndustryId{5}};
  auto const loss = extract(system, question).value();
  auto const output = sum_by_region(system.space(), loss.output);
  EXPECT_NEAR(output[0], 3.940312, 1e-6);
  EXPECT_NEAR(output[1], 6.968319, 1e-6);
  EXPECT_NEAR(output[2], 46.436826, 1e-6);
  auto const value_added = sum_by_region(system.space(), loss.value_added);
  EXPECT_NEAR(value_added[0], 2.384799, 1e-6);
  EXPECT_NEAR(value_added[1], 3.757720, 1e-6);
  EXPECT_NEAR(value_added[2], 20.827396, 1e-6);
  EXPECT_NEAR(loss.taken_away, 27.6, 1e-12);  // the nine cells of the table
  EXPECT_EQ(loss.resourced, 0.0);
}

/// By hand: B:p buys 10 of product p from C:p and 30 from A:p, nothing from itself. Extracting C
/// moves its 10 to A, so A's sales to B are 40 and the table is another one.
TEST(Extraction, ResourcesFromTheRemainingSuppliersOfTheSameProduct) {
  auto const labels = test::full_labels({"A", "B", "C"}, {"p"});
  auto const before = test::matrix({{0, 30, 0}, {0, 0, 0}, {0, 10, 0}});
  auto const system = system_of(
      test::balanced_table("t", labels, before, test::matrix({{5, 0, 0}, {0, 100, 0}, {0, 0, 7}})));
  Extraction question;
  question.suppliers = {IndustryId{2}};
  question.buyers = {IndustryId{1}};
  question.resourced = true;
  auto const loss = extract(system, question).value();
  EXPECT_NEAR(loss.output[0], -10, 1e-12);
  EXPECT_NEAR(loss.output[1], 0, 1e-12);
  EXPECT_NEAR(loss.output[2], 10, 1e-12);
  EXPECT_NEAR(loss.resourced, 10, 1e-12);
  EXPECT_EQ(loss.not_resourced, 0.0);
}

TEST(Extraction, SaysWhatNobodyElseCanSupply) {
  auto const labels = test::full_labels({"A", "B"}, {"p", "q"});
  // B:p buys p from A only (20) and q from A (4) and B (1).
  auto const system = system_of(test::balanced_table(
      "t", labels, test::matrix({{0, 0, 20, 0}, {0, 0, 4, 0}, {0, 0, 0, 0}, {0, 0, 1, 0}}),
      test::matrix({{1, 0}, {1, 0}, {0, 100}, {0, 9}})));
  Extraction question;
  question.suppliers = {IndustryId{0}, IndustryId{1}};
  question.buyers = {IndustryId{2}, IndustryId{3}};
  question.resourced = true;
  auto const loss = extract(system, question).value();
  EXPECT_NEAR(loss.taken_away, 24, 1e-12);
  EXPECT_NEAR(loss.resourced, 4, 1e-12);
  EXPECT_NEAR(loss.not_resourced, 20, 1e-12);
  EXPECT_NEAR(loss.output[0], 20, 1e-12);
  EXPECT_NEAR(loss.output[1], 4, 1e-12);
  EXPECT_NEAR(loss.output[3], -4, 1e-12);
}

TEST(Extraction, OfNothingLosesNothing) {
  auto const system = system_of(test::leather());
  Extraction question;
  question.suppliers = {IndustryId{6}};
  question.buyers = {IndustryId{3}};
  question.share = 0;
  auto const nothing = extract(system, question).value();
  for (double const loss : nothing.output) EXPECT_EQ(loss, 0.0);
}

TEST(Extraction, RefusesWhatCannotBeExtracted) {
  auto const system = system_of(test::leather());
  auto const error_of = [&](Extraction const& question) {
    auto const loss = extract(system, question);
    EXPECT_FALSE(loss.has_value());
    return loss ? Error{} : loss.error();
  };
  IndustryId const a{0}, b{3};
  for (double const share : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_EQ(error_of({.suppliers = {a}, .buyers = {b}, .share = share}).code,
              ErrorCode::bad_value);
    EXPECT_EQ(extract_all_pairs(system, share, false).error().code, ErrorCode::bad_value);
    EXPECT_EQ(extract_all_industries(system, ExtractionKind::total, share).error().code,
              ErrorCode::bad_value);
  }
  EXPECT_EQ(error_of({.suppliers = {a}, .buyers = {a}}).where, "ARG:1");
  EXPECT_EQ(error_of({.suppliers = {a, a}, .buyers = {b}}).code, ErrorCode::bad_value);
  EXPECT_EQ(error_of({.suppliers = {}, .buyers = {b}}).code, ErrorCode::missing_value);
  EXPECT_EQ(error_of({.suppliers = {a}, .buyers = {}}).code, ErrorCode::missing_value);
  EXPECT_THAT(error_of({.kind = ExtractionKind::total, .suppliers = {a}, .resourced = true}).what,
              HasSubstr("ordered elsewhere"));
  // All problems at once.
  EXPECT_EQ(error_of({.suppliers = {}, .buyers = {}, .share = 2}).further.size(), 2U);
}

TEST(Extraction, RefusesAnIndustryWithoutOutput) {
  auto const economy =
      test::random_economy({.regions = 3, .sectors = 4, .seed = Seed{5}, .zero_output = 3});
  auto const system = LeontiefSystem::make(economy).value();
  for (std::size_t i = 0; i < economy.size(); ++i) {
    IndustryId const id{i};
    if (economy.output()[id] > 0) continue;
    auto const loss = extract(system, {.kind = ExtractionKind::total, .suppliers = {id}});
    ASSERT_FALSE(loss.has_value());
    EXPECT_EQ(loss.error().code, ErrorCode::missing_value);
    EXPECT_EQ(loss.error().where, economy.space().label(id));
  }
}

/// Cancelling is honoured and nothing is returned in part.
TEST(Extraction, StopsWhenCancelled) {
  auto const system = system_of(test::leather());
  RunControl control;
  control.cancel.cancel();
  EXPECT_EQ(extract_all_pairs(system, 1, true, control).error().code, ErrorCode::cancelled);
  EXPECT_EQ(extract(system, {.kind = ExtractionKind::total, .suppliers = {IndustryId{0}}}, control)
                .error()
                .code,
            ErrorCode::cancelled);
}

}  // namespace
}  // namespace linchpin::depend
