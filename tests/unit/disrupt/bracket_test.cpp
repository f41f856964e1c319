// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/bracket.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "support/fixtures.h"

/// Bounds that can be followed by hand: A and B sell parts to C's maker of goods (60 and 40 a year) and
/// to C's final users (30 and 10), and to their own final users (10 and 50); C makes 200 of goods for
/// its own final users. A stops selling to C for 100 days; everybody holds 20 days of parts.
namespace linchpin::disrupt {
namespace {

constexpr RegionId a{0}, b{1}, c{2};

Economy parts() {
  DenseMatrix Z(6, 6), Y(6, 3);
  Z(0, 5) = 60;
  Z(2, 5) = 40;
  Y(0, 2) = 30;
  Y(2, 2) = 10;
  Y(0, 0) = 10;
  Y(2, 1) = 50;
  Y(5, 2) = 200;
  auto economy = Economy::make(test::balanced_table(
      "parts", test::full_labels({"A", "B", "C"}, {"part", "good"}), std::move(Z), std::move(Y)));
  if (!economy) throw std::runtime_error(economy.error().what);
  return *std::move(economy);
}

Scenario cut_of_a(Course course) {
  Cut cut;
  cut.sellers = {a};
  cut.buyers = {c};
  cut.sectors = {SectorId{0}};
  cut.course = course;
  return {"cut", {cut}};
}

ModelOptions options_with(double overproduction) {
  ModelOptions options;
  options.inventory_days = {20, 20};
  options.days = 100;
  options.overproduction_max = overproduction;
  return options;
}

StaticBounds bounds_of(Scenario const& scenario, double overproduction, RegionId region = c) {
  auto bounds = static_bounds(parts(), scenario, options_with(overproduction), region);
  if (!bounds) throw std::runtime_error(bounds.error().what);
  return *std::move(bounds);
}

constexpr double tolerance = 1e-6;

TEST(Bracket, NothingIsLostWithoutAShock) {
  auto const bounds = bounds_of({}, 1.0);
  EXPECT_EQ(bounds.best, 0);
  EXPECT_EQ(bounds.best_world, 0);
  EXPECT_EQ(bounds.worst, 0);
  EXPECT_EQ(bounds.worst_by_seller, 0);
}

/// Best: B's 100 a year go to C whole: 80 to industry (20 from stock), 20 of 40 to final users. Lost: 20
/// of C's 240; A, who has nobody else to sell to, serves B's final users. Worst: B delivers its 40,
/// stocks 4 (psi holds back 80 % of them): 44 % of goods; final users get 88 + 10 of 240. If nobody can
/// stand in for A, 4 % of goods.
TEST(Bracket, FullCutMatchesTheSumByHand) {
  auto const bounds = bounds_of(cut_of_a({}), 1.0);
  EXPECT_NEAR(bounds.best, 100 * 20 / 240.0, tolerance);
  EXPECT_NEAR(bounds.best_world, 100 * 20 / 300.0, tolerance);
  EXPECT_NEAR(bounds.worst, 100 * 142 / 240.0, tolerance);
  EXPECT_NEAR(bounds.worst_world, 100 * 142 / 300.0, tolerance);
  EXPECT_NEAR(bounds.worst_by_seller, 100 * 222 / 240.0, tolerance);
  EXPECT_FALSE(bounds.partial_cuts);
}

/// With B able to make 125 nobody lacks anything.
TEST(Bracket, SpareCapacityIsUsedFromTheFirstDay) {
  auto const bounds = bounds_of(cut_of_a({}), 1.25);
  EXPECT_EQ(bounds.best, 0);
  EXPECT_EQ(bounds.best_world, 0);
  EXPECT_NEAR(bounds.worst, 100 * 142 / 240.0, tolerance);
}

/// A makes nothing and C's good has stocks for 20 days: 100 of parts for 80 of input, 40 of C's final
/// users, 50 of B's and 10 of A's. The region named comes first: B's users lack nothing if the question is
/// about B; C gets 80 and 20 of its 40 if it is about C.
TEST(Bracket, TheRegionNamedComesFirst) {
  Scenario scenario;
  scenario.capacity_losses = {{{IndustryId{0}}, {}}};
  EXPECT_EQ(bounds_of(scenario, 1.0, b).best, 0);
  EXPECT_EQ(bounds_of(scenario, 1.0, a).best, 0);
  EXPECT_NEAR(bounds_of(scenario, 1.0, c).best, 100 * 20 / 240.0, tolerance);
  EXPECT_NEAR(bounds_of(scenario, 1.0, c).best_world, 100 * 80 / 300.0, tolerance);
}

/// Besides the cut, B can make 20 only.
Scenario cut_without_b(Course course) {
  auto scenario = cut_of_a(course);
  scenario.capacity_losses = {{{IndustryId{2}}, {.share = 0.8}}};
  return scenario;
}

/// The cut ends after 50 of 100 days: A can sell what it makes in 50 days to industry, but final users
/// want no more than 15 of it. Goods: 50 + 20 of B + 20 of stocks, of 100; final users 180 + 15 of 240.
TEST(Bracket, WhatIsNotSoldDuringACutCanBeSoldAfter) {
  Course const half_time{.share = 1, .from_day = 0, .to_day = 50};
  auto const bounds = bounds_of(cut_without_b(half_time), 1.0);
  EXPECT_NEAR(bounds.best, 100 * 45 / 240.0, tolerance);
  EXPECT_FALSE(bounds.partial_cuts);
  EXPECT_EQ(bounds_of(cut_of_a(half_time), 1.0).best, 0);
}

/// Half of A's deliveries all the time: 30 to industry, 15 to final users. Goods: 30 + 20 + 20 of 100.
/// Worst, with B whole: 30 + 40 + 4 of 100, and 15 + 10 for final users.
TEST(Bracket, APartialCutCapsDeliveries) {
  EXPECT_NEAR(bounds_of(cut_without_b({.share = 0.5}), 1.0).best, 100 * 85 / 240.0, tolerance);
  auto const bounds = bounds_of(cut_of_a({.share = 0.5}), 1.0);
  EXPECT_EQ(bounds.best, 0);
  EXPECT_NEAR(bounds.worst, 100 * (240 - 148 - 25) / 240.0, tolerance);
  EXPECT_TRUE(bounds.partial_cuts);
}

/// Half of C's own capacity: half of its goods, whoever sells it parts.
TEST(Bracket, CapacityThatIsLostIsLostInBothCases) {
  Scenario scenario;
  scenario.capacity_losses = {{{IndustryId{5}}, {.share = 0.5}}};
  auto const bounds = bounds_of(scenario, 1.0);
  EXPECT_NEAR(bounds.best, 100 * 100 / 240.0, tolerance);
  EXPECT_NEAR(bounds.worst, 100 * 100 / 240.0, tolerance);
}

/// A demand that falls is no shortage, but it is a loss of final use in both cases.
TEST(Bracket, DemandShiftsMoveBothCases) {
  Scenario scenario;
  scenario.demand_shifts = {{{c}, {SectorId{1}}, false, {.share = 0.12}}};
  auto const bounds = bounds_of(scenario, 1.0);
  EXPECT_NEAR(bounds.best, 10, tolerance);
  EXPECT_NEAR(bounds.worst, 10, tolerance);
}

/// What the worst case may use of 20 days: all but the day that must be there in the morning under
/// leontief (19 + 40 of 100), all but psi times the target under ario.
TEST(Bracket, TheProductionFunctionHoldsStocksBack) {
  auto options = options_with(1.0);
  options.production = Production::leontief;
  auto const bounds = static_bounds(parts(), cut_of_a({}), options, c);
  ASSERT_TRUE(bounds) << bounds.error().what;
  EXPECT_NEAR(bounds->worst, 100 * (240 - 118 - 10) / 240.0, tolerance);
  EXPECT_NEAR(bounds->best, 100 * 20 / 240.0, tolerance);
}

/// An input that is not critical limits nothing: only the final users of parts lose.
TEST(Bracket, WhatIsNotCriticalDoesNotBind) {
  auto options = options_with(1.0);
  options.production = Production::half_critical;
  options.criticality = DenseMatrix(2, 2);
  auto bounds = static_bounds(parts(), cut_of_a({}), options, c);
  ASSERT_TRUE(bounds) << bounds.error().what;
  EXPECT_EQ(bounds->best, 0);
  EXPECT_NEAR(bounds->worst, 100 * 30 / 240.0, tolerance);
  options.criticality(0, 1) = 0.5;  // important: spared in the best case, needed in the worst
  bounds = static_bounds(parts(), cut_of_a({}), options, c);
  ASSERT_TRUE(bounds) << bounds.error().what;
  EXPECT_EQ(bounds->best, 0);
  EXPECT_NEAR(bounds->worst, 100 * (240 - 118 - 10) / 240.0, tolerance);
}

/// A substitute for parts may help: the best case does not count on parts at all, the worst does.
TEST(Bracket, ASubstituteHelpsInTheBestCaseOnly) {
  auto options = options_with(1.0);
  options.production = Production::leontief;
  options.substitutions = {{.product = SectorId{0}, .by = SectorId{1}, .share = 0.5}};
  auto const bounds = static_bounds(parts(), cut_of_a({}), options, c);
  ASSERT_TRUE(bounds) << bounds.error().what;
  EXPECT_EQ(bounds->best, 0);
  EXPECT_NEAR(bounds->worst, 100 * (240 - 118 - 10) / 240.0, tolerance);
  EXPECT_EQ(bounds->left_out.size(), 1U);
}

TEST(Bracket, SaysInWordsWhyCentralIsOutside) {
  StaticBounds const bounds{.days = 10, .best = 1, .worst = 2, .partial_cuts = true};
  ModelOptions options;
  EXPECT_EQ(make_bracket(c, bounds, 1.5, options).outside_bracket, "");
  EXPECT_EQ(make_bracket(c, bounds, 1.0, options).outside_bracket, "");
  EXPECT_NE(make_bracket(c, bounds, 0.5, options).outside_bracket.find("order amplification"),
            std::string::npos);
  EXPECT_NE(make_bracket(c, bounds, 3, options).outside_bracket.find("orders follow production"),
            std::string::npos);
  EXPECT_EQ(make_bracket(c, bounds, 3, options).central, 3);
}

TEST(Bracket, RefusesWhatTheDailyModelRefuses) {
  auto options = options_with(1.0);
  options.psi = 2;
  options.inventory_days = {20};
  auto const refused = static_bounds(parts(), {}, options, c);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().further.size(), 1U);
  RunControl control;
  control.cancel.cancel();
  auto const stopped = static_bounds(parts(), {}, options_with(1.0), c, control);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace linchpin::disrupt
