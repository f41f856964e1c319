// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/autonomy.h"

#include <gtest/gtest.h>

#include <cmath>

#include "unit/localize/coupled_fixtures.h"

namespace linchpin::localize {
namespace {

AutonomyCase autonomy_case(bool gap) {
  AutonomyCase each;
  each.technology = test::coupled_case(gap);
  each.years = 4;
  return each;
}

TEST(Autonomy, NoProgrammeAndNoGapCostsNothing) {
  auto const curve = autonomy_curve(autonomy_case(false));
  ASSERT_TRUE(curve) << curve.error().what;
  for (std::size_t t = 0; t < 4; ++t) {
    EXPECT_NEAR(curve->cost[t], 0, 1e-12);
    EXPECT_NEAR(curve->with[t].welfare, 1, 1e-10);
    EXPECT_NEAR(curve->loss_with[t], curve->loss_without[t], 1e-12);
    EXPECT_GT(curve->loss_with[t], 0);
    // Every year is like the first: so is what a cut-off takes.
    EXPECT_NEAR(curve->loss_with[t], curve->loss_with[0], 1e-6);
  }
}

/// A cut-off that lets everything through takes nothing.
TEST(Autonomy, ALeakThatLetsAllThroughIsNoCutOff) {
  auto each = autonomy_case(true);
  each.cut_off.leakage = 1;
  each.cut_off.first_year_loss = [](double) { return 0.5; };
  auto const curve = autonomy_curve(each);
  ASSERT_TRUE(curve) << curve.error().what;
  for (double const loss : curve->loss_without) EXPECT_NEAR(loss, 0, 1e-7);
}

/// The first year comes from the function alone: with D = 1 the curve is that function.
TEST(Autonomy, TheFirstYearIsPricedOnceOnly) {
  auto each = autonomy_case(true);
  each.cut_off.years = 1;
  each.cut_off.first_year_loss = [](double share) { return 0.1 * (1 - share); };
  each.programme = {{InstrumentKind::mandate, 2025, 2040, 0.3}};
  auto const curve = autonomy_curve(each);
  ASSERT_TRUE(curve) << curve.error().what;
  for (std::size_t t = 0; t < 4; ++t) {
    EXPECT_NEAR(curve->loss_with[t], 0.1 * (1 - curve->with[t].home_share), 1e-12);
    EXPECT_NEAR(curve->loss_without[t], 0.1 * (1 - curve->without[t].home_share), 1e-12);
    EXPECT_GE(curve->with[t].home_share, curve->without[t].home_share - 1e-9);
    EXPECT_GT(curve->cost[t], 0);
  }
}

TEST(Autonomy, ManageableMeansToTheEnd) {
  std::vector<double> const loss{0.03, 0.005, 0.02, 0.009, 0.004};
  EXPECT_EQ(manageable_from(loss, 0.01), 3);
  EXPECT_EQ(manageable_from(loss, 0.1), 0);
  EXPECT_EQ(manageable_from(loss, 0.001), std::nullopt);
}

/// One year, no discount: premium C against p × what is saved.
TEST(Insurance, IsTheRatioOfPremiumAndSavingForOneYear) {
  AutonomyCurve curve;
  curve.without.resize(1);
  curve.cost = {0.002};
  curve.value_without = {0.03};
  curve.value_with = {0.01};
  auto const found = insurance_of(curve, 1);
  EXPECT_EQ(found.verdict, Insurance::Verdict::pays_above);
  EXPECT_NEAR(*found.hazard, 0.1, 1e-12);
  curve.cost = {0.03};
  EXPECT_EQ(insurance_of(curve, 1).verdict, Insurance::Verdict::never);
  curve.cost = {-0.001};
  EXPECT_EQ(insurance_of(curve, 1).verdict, Insurance::Verdict::pays_without_cut_off);
}

/// Two years, saving only in the second: δ² p (1 − p) s = C (1 + δ) has two roots; the smaller one
/// counts. With s = 0.1, δ = 1, C = 0.01 each year: p (1 − p) = 0.2, p = (1 − √0.2) / 2.
TEST(Insurance, TakesTheSmallestRoot) {
  AutonomyCurve curve;
  curve.without.resize(2);
  curve.cost = {0.01, 0.01};
  curve.value_without = {0.05, 0.15};
  curve.value_with = {0.05, 0.05};
  EXPECT_NEAR(*insurance_of(curve, 1).hazard, (1 - std::sqrt(0.2)) / 2, 1e-10);
}

TEST(LossTable, InterpolatesAndSaysHowWell) {
  LossTable const table{{0.1, 0.5, 0.9}, {0.08, 0.05, 0}};
  EXPECT_DOUBLE_EQ(table.at(0), 0.0875);
  EXPECT_DOUBLE_EQ(table.at(0.3), 0.065);
  EXPECT_DOUBLE_EQ(table.at(0.95), 0);
  EXPECT_NEAR(table.leave_one_out_error(), 0.01, 1e-15);
}

TEST(Autonomy, SaysEverythingThatIsWrong) {
  auto each = autonomy_case(false);
  each.years = 0;
  each.cut_off.leakage = 2;
  each.programme = {{InstrumentKind::mandate, 2030, 2020, 3}};
  auto const wrong = autonomy_curve(each);
  ASSERT_FALSE(wrong);
  EXPECT_GE(wrong.error().further.size(), 3);
}

}  // namespace
}  // namespace linchpin::localize
