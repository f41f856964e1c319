// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "linchpin/disrupt/model.h"
#include "support/fixtures.h"

/// When a cut bites and how much, on an example that can be followed by hand: A and B sell parts to
/// C (60 and 40 a year) and to C's final users (30 and 10), and to their own final users.
namespace linchpin::disrupt {
namespace {

constexpr std::size_t part_a = 0, part_b = 2, good_c = 5;

Economy parts() {
  DenseMatrix Z(6, 6), Y(6, 3);
  Z(part_a, good_c) = 60;
  Z(part_b, good_c) = 40;
  Y(part_a, 2) = 30;
  Y(part_b, 2) = 10;
  Y(part_a, 0) = 10;
  Y(part_b, 1) = 50;
  Y(good_c, 2) = 200;
  auto economy = Economy::make(test::balanced_table(
      "parts", test::full_labels({"A", "B", "C"}, {"part", "good"}), std::move(Z), std::move(Y)));
  if (!economy) throw std::runtime_error(economy.error().what);
  return *std::move(economy);
}

Cut cut_of_a(Course course) {
  Cut cut;
  cut.sellers = {RegionId{0}};
  cut.buyers = {RegionId{2}};
  cut.sectors = {SectorId{0}};
  cut.course = course;
  return cut;
}

Path run(Scenario const& scenario, OrderRule rule, int days = 10) {
  ModelOptions options;
  options.inventory_days = {20, 20};
  options.days = days;
  options.order_rule = rule;
  auto path = simulate(parts(), scenario, options);
  if (!path) throw std::runtime_error(path.error().what);
  return *std::move(path);
}

/// The cut of day t acts on what is served on day t: A, who sells 100 of which 90 to C, makes 10 on
/// the very first day; C's stock first falls, then its output.
TEST(Cuts, BiteOnTheirFirstDay) {
  auto const path = run({"cut", {cut_of_a({.share = 1, .from_day = 3})}, {}}, OrderRule::fixed);
  EXPECT_EQ(path.output_relative(part_a, 2), 1.0);
  EXPECT_DOUBLE_EQ(path.output_relative(part_a, 3), 0.1);
  EXPECT_EQ(path.output_relative(part_b, 3), 1.0);
  EXPECT_EQ(path.output_relative(good_c, 3), 1.0);
  // Final users of C: 40 parts a year, of which 30 from A.
  EXPECT_EQ(path.final_use_relative(2 * 2 + 0, 2), 1.0);
  EXPECT_DOUBLE_EQ(path.final_use_relative(2 * 2 + 0, 3), 0.25);
}

TEST(Cuts, EndOnTheDayNamed) {
  auto const path =
      run({"cut", {cut_of_a({.share = 1, .from_day = 3, .to_day = 5})}, {}}, OrderRule::fixed);
  EXPECT_DOUBLE_EQ(path.output_relative(part_a, 4), 0.1);
  EXPECT_GE(path.output_relative(part_a, 5), 1.0);
}

/// Day 3 + k of a ramp of 4 days has the share (k + 1) / 4; final use alone, so nothing else moves.
TEST(Cuts, RampRisesInEqualSteps) {
  auto cut = cut_of_a({.share = 0.8, .from_day = 3, .to_day = -1, .ramp_days = 4});
  cut.intermediate = false;
  auto const path = run({"cut", {cut}, {}}, OrderRule::fixed);
  double const expected[] = {1, 1, 1, 0.94, 0.88, 0.82, 0.76, 0.76};  // 1 - 0.3 c
  for (std::size_t t = 0; t < 8; ++t) {
    EXPECT_NEAR(path.output_relative(part_a, t), expected[t], 1e-14) << t;
  }
  EXPECT_EQ(path.output_relative(part_b, 9), 1.0);
}

/// Two cuts of a half each leave a quarter: 60 + 30 sold to C become 22.5, with 10 at home 32.5.
TEST(Cuts, OverlappingCutsMultiply) {
  auto const half = cut_of_a({.share = 0.5});
  auto const path = run({"cut", {half, half}, {}}, OrderRule::fixed);
  EXPECT_DOUBLE_EQ(path.output_relative(part_a, 0), 0.325);
}

TEST(Cuts, CapacityLossesMultiply) {
  Scenario const scenario{
      "loss", {}, {{{IndustryId{part_a}}, {.share = 0.5}}, {{IndustryId{part_a}}, {.share = 0.2}}}};
  EXPECT_DOUBLE_EQ(run(scenario, OrderRule::fixed).output_relative(part_a, 0), 0.4);
}

TEST(Cuts, ExemptionsKeepAFlow) {
  auto cut = cut_of_a({.share = 1});
  cut.exemptions = {{.seller_industries = {},
                     .seller_regions = {},
                     .buyer_industries = {IndustryId{good_c}},
                     .buyer_regions = {}}};
  auto const path = run({"cut", {cut}, {}}, OrderRule::fixed);
  EXPECT_DOUBLE_EQ(path.output_relative(part_a, 0), 0.7);  // only final use is cut
}

TEST(Cuts, NeverTouchDeliveriesAtHome) {
  auto cut = cut_of_a({.share = 1});
  cut.buyers = {RegionId{0}, RegionId{2}};
  EXPECT_DOUBLE_EQ(run({"cut", {cut}, {}}, OrderRule::fixed).output_relative(part_a, 0), 0.1);
}

/// Re-sourcing: C asks B for all of its 100 + 40 parts; B, who made 100, is asked for 190 and can
/// make 100: everybody gets 10/19 of what he asked for.
TEST(Cuts, BuyersTurnToTheOtherSeller) {
  auto const path = run({"cut", {cut_of_a({.share = 1})}, {}}, OrderRule::reweighted);
  EXPECT_DOUBLE_EQ(path.output_relative(part_a, 0), 0.1);
  EXPECT_DOUBLE_EQ(path.output_relative(part_b, 0), 1.0);
  EXPECT_DOUBLE_EQ(path.final_use_relative(2 * 2 + 0, 0), 10.0 / 19.0);
  EXPECT_DOUBLE_EQ(path.final_use_relative(1 * 2 + 0, 0), 10.0 / 19.0);
}

/// Nobody left who books: the product is not to be had, C lives on its stock of 20 days, of which
/// the last 16 (psi 0.8) hold output down, and never a number is undefined.
TEST(Cuts, NoSellerLeft) {
  auto cut = cut_of_a({.share = 1});
  cut.sellers = {RegionId{0}, RegionId{1}};
  auto const path = run({"cut", {cut}, {}}, OrderRule::reweighted, 60);
  EXPECT_EQ(path.final_use_relative(2 * 2 + 0, 0), 0.0);
  EXPECT_EQ(path.output_relative(good_c, 4), 1.0);
  ASSERT_EQ(path.shortages.size(), 1U);
  EXPECT_EQ(path.shortages[0].industry, IndustryId{good_c});
  EXPECT_EQ(path.shortages[0].product, SectorId{0});
  EXPECT_EQ(path.shortages[0].first_day, 5);  // 15 days left on the morning of day 5, 16 needed
  EXPECT_EQ(path.shortages[0].lowest_inventory_day, 59);
  EXPECT_DOUBLE_EQ(path.output_relative(good_c, 5), 15.0 / 16.0);
  EXPECT_FALSE(path.region_recovery_day[2].has_value());
}

/// The loss in money: A sells 30 less a year to C's final users for 2 days; a day is 1/365 year.
TEST(Cuts, LossesAddUpOverDays) {
  auto cut = cut_of_a({.share = 1, .from_day = 0, .to_day = 2});
  cut.intermediate = false;
  auto const path = run({"cut", {cut}, {}}, OrderRule::fixed, 4);
  EXPECT_NEAR(path.output_loss[part_a], 60.0 / 365.0, 1e-14);
  EXPECT_NEAR(path.output_loss_pct[part_a], 15.0, 1e-12);  // 30 % on two days of four
  EXPECT_NEAR(path.region_output_loss[0], 60.0 / 365.0, 1e-14);
  EXPECT_NEAR(path.region_value_added_loss[0], 60.0 / 365.0, 1e-14);  // A buys nothing
  EXPECT_NEAR(path.region_final_use_loss[2], 60.0 / 365.0, 1e-14);
  EXPECT_NEAR(path.region_final_use_loss_pct[2], 100 * 30.0 / 240.0 / 2, 1e-12);
  EXPECT_NEAR(path.world_output_loss_pct, 100 * 30.0 / 400.0 / 2, 1e-12);
  EXPECT_NEAR(path.world_value_added_loss_pct, 100 * 30.0 / 300.0 / 2, 1e-12);
  EXPECT_EQ(path.region_output_loss[1], 0.0);
}

TEST(Cuts, RecoveryDayIsTheFirstGoodDayAfterTheLastBadOne) {
  Scenario const scenario{
      "loss", {}, {{{IndustryId{part_a}}, {.share = 0.5, .from_day = 2, .to_day = 5}}}};
  auto const path = run(scenario, OrderRule::fixed);
  EXPECT_EQ(path.region_recovery_day[0], 5);
  EXPECT_EQ(path.region_recovery_day[2], 0);
}

}  // namespace
}  // namespace linchpin::disrupt
