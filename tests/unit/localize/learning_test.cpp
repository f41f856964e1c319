// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/learning.h"

#include <gtest/gtest.h>

#include <cmath>

#include "linchpin/localize/infant_industry.h"

namespace linchpin::localize {
namespace {

/// Computed by an independent implementation, to all digits given.
TEST(Learning, WrightsLaw) {
  EXPECT_NEAR(learning_exponent(0.2), 0.32192809, 5e-9);
  LearningCurve const curve{.first_cost = 1, .first_experience = 1, .learning_rate = 0.2};
  EXPECT_NEAR(unit_cost(curve, std::exp2(10)), 0.10737418, 5e-9);
  EXPECT_DOUBLE_EQ(unit_cost(curve, 1), 1);
}

TEST(Learning, TheFloorStaysAndMissingToolsCost) {
  LearningCurve const curve{.first_cost = 100,
                            .first_experience = 10,
                            .learning_rate = 0.2,
                            .floor = 40,
                            .tool_penalty = 0.5};
  EXPECT_NEAR(unit_cost(curve, 20), 40 + 60 * 0.8, 1e-12);
  EXPECT_NEAR(unit_cost(curve, 20, 0), (40 + 60 * 0.8) * 1.5, 1e-12);
  EXPECT_NEAR(unit_cost(curve, 1e300), 40, 1e-9);
  EXPECT_DOUBLE_EQ(unit_cost(curve, 0), 100) << "the law is not extended backwards";
}

/// Q = 1 of 10 in the world, a third of every other unit teaches: E = 4, cost 0.64 (computed).
TEST(Learning, SpilloversTeachAndControlsSwitchThemOff) {
  Spillovers const third;
  EXPECT_NEAR(experience_of({1, 1, 10}, third), 4, 1e-14);
  LearningCurve const curve{.first_cost = 1, .first_experience = 1, .learning_rate = 0.2};
  EXPECT_NEAR(unit_cost(curve, 4), 0.64, 1e-12);
  EXPECT_NEAR(experience_of({1, 4, 10}, third), 1 + 1 + 2, 1e-14);
  EXPECT_NEAR(experience_of({1, 4, 10}, third.with_denial(1)), 2, 1e-14);
  EXPECT_NEAR(experience_of({1, 4, 10}, third.with_denial(0.5)), 3, 1e-14);
}

TEST(Learning, WhatSpilledOverStaysLearned) {
  Spillovers const third;
  auto const before = next_experience(5, {1, 1, 10}, third);
  EXPECT_NEAR(before, 9, 1e-14);
  EXPECT_NEAR(next_experience(before, {1, 1, 10}, third.with_denial(1)), 10, 1e-14);
  EXPECT_NEAR(next_experience(10, {0, 0, 0}, third, 0.1), 9, 1e-14);
}

TEST(Learning, CapitalRecovery) {
  EXPECT_NEAR(capital_recovery_factor(0.05, 10), 0.05 / (1 - std::pow(1.05, -10)), 1e-15);
  EXPECT_DOUBLE_EQ(capital_recovery_factor(0, 8), 0.125);
  EXPECT_NEAR(capital_recovery_factor(1e-12, 8), 0.125, 1e-12);
}

TEST(Learning, CostByComponentAddsUp) {
  CostStructure const structure{.materials = 30,
                                .labour = 2,
                                .wage = 20,
                                .labour_learning = 0.2,
                                .capital = 100,
                                .interest = 0.05,
                                .lifetime = 10,
                                .utilisation = 0.8,
                                .yield = 0.5};
  auto const cost = cost_by_component(structure, 4);
  EXPECT_DOUBLE_EQ(cost.materials, 30);
  EXPECT_NEAR(cost.labour, 40 * 0.64, 1e-12);
  EXPECT_NEAR(cost.capital, 100 * capital_recovery_factor(0.05, 10) / 0.4, 1e-12);
  EXPECT_DOUBLE_EQ(cost.total(), cost.materials + cost.labour + cost.capital);
}

TEST(Learning, ChecksReportEverything) {
  auto const curve = check(LearningCurve{-1, 0, 1.2, 7, -1}, "photoresist");
  ASSERT_FALSE(curve);
  EXPECT_EQ(curve.error().where, "photoresist");
  EXPECT_EQ(curve.error().further.size(), 4U);
  EXPECT_FALSE(check(CostStructure{.utilisation = 0, .yield = 2}, "x"));
  EXPECT_TRUE(check(LearningCurve{}, "x"));
  EXPECT_TRUE(check(CostStructure{}, "x"));
}

/// c_0 = 150, p = 100, Q_0 = 1, one more a year, 5 %, 40 years. Computed by an independent
/// implementation, to all digits given.
std::vector<IndustryPeriod> young_industry(double learning_rate) {
  LearningCurve const curve{
      .first_cost = 150, .first_experience = 1, .learning_rate = learning_rate};
  std::vector<IndustryPeriod> path;
  for (int t = 0; t < 40; ++t) path.push_back({100, unit_cost(curve, 1 + t), 1, 0});
  return path;
}

TEST(InfantIndustry, PassesMillAndBastable) {
  auto const path = young_industry(0.2);
  EXPECT_DOUBLE_EQ(path[0].domestic_cost, 150);
  EXPECT_NEAR(path[1].domestic_cost, 120, 1e-12);
  EXPECT_NEAR(path[2].domestic_cost, 105.3156, 5e-5);
  EXPECT_NEAR(path[3].domestic_cost, 96, 1e-12);
  EXPECT_EQ(mill_crossing(path), 3U);
  EXPECT_NEAR(bastable_value(path, 0.05), 442.4429, 5e-5);
  EXPECT_NEAR(*crossing_experience(150, 100, 0.2), 3.52362280, 5e-9);
}

TEST(InfantIndustry, PassesMillAndFailsBastable) {
  auto const path = young_industry(0.1);
  EXPECT_TRUE(mill_crossing(path));
  EXPECT_LT(bastable_value(path, 0.05), 0);
  EXPECT_NEAR(*crossing_experience(150, 100, 0.1), 14.40361647, 5e-9);
}

TEST(InfantIndustry, DistortionCountsAndNeverIsAnAnswer) {
  std::vector<IndustryPeriod> const path{{100, 90, 2, 5}, {100, 90, 2, 0}};
  EXPECT_NEAR(bastable_value(path, 0.25), 15 + 20 / 1.25, 1e-12);
  EXPECT_FALSE(crossing_experience(150, 100, 0));
  EXPECT_DOUBLE_EQ(*crossing_experience(90, 100, 0.2), 1);
  EXPECT_FALSE(mill_crossing(std::vector<IndustryPeriod>{{100, 101, 1, 0}}));
}

}  // namespace
}  // namespace linchpin::localize
