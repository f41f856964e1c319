// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/compute.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "linchpin/localize/productivity.h"

namespace linchpin::localize {
namespace {

DomesticMeans some_means() {
  return {.wafers = 1'000,
          .dies_per_wafer = 60,
          .die_yield = 0.5,
          .dies_per_chip = 2,
          .memory_stacks = 60'000,
          .stacks_per_chip = 8,
          .packages = 20'000,
          .package_yield = 0.8,
          .power = 30,
          .power_per_chip = 1.5};
}

TEST(Compute, TheScarcestMeansBind) {
  auto const supply = domestic_supply(some_means());
  EXPECT_NEAR(supply.limits[0], 12'000, 1e-9);
  EXPECT_NEAR(supply.limits[1], 6'000, 1e-9);
  EXPECT_NEAR(supply.limits[2], 16'000, 1e-9);
  EXPECT_NEAR(supply.limits[3], 20'000, 1e-9);
  EXPECT_EQ(supply.binding, Constraint::memory);
  EXPECT_NEAR(supply.chips, 6'000, 1e-9);
}

/// Shadow values are what one more and one less do.
TEST(Compute, ShadowValuesAreOneSidedDerivatives) {
  auto means = some_means();
  auto const supply = domestic_supply(means);
  means.memory_stacks += 1;
  EXPECT_NEAR(domestic_supply(means).chips - supply.chips, supply.gain_of_more[1], 1e-9);
  means.memory_stacks -= 2;
  EXPECT_NEAR(supply.chips - domestic_supply(means).chips, supply.loss_of_less[1], 1e-9);
  EXPECT_DOUBLE_EQ(supply.gain_of_more[0], 0);
  EXPECT_DOUBLE_EQ(supply.loss_of_less[0], 0);
}

TEST(Compute, AtATieMoreOfOneBringsNothing) {
  DomesticMeans means;
  means.wafers = means.memory_stacks = means.packages = 10;
  means.power = 1;
  auto const supply = domestic_supply(means);
  EXPECT_EQ(supply.binding, Constraint::wafers);
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_DOUBLE_EQ(supply.gain_of_more[k], 0);
    EXPECT_DOUBLE_EQ(supply.loss_of_less[k], 1);
  }
  EXPECT_DOUBLE_EQ(supply.loss_of_less[3], 0);
}

TEST(Compute, SourcesAddUp) {
  Fleet legal{
      .source = ComputeSource::legal_imports, .chips = 100, .performance = 1e15, .uptime = 0.9};
  Fleet rented = legal;
  rented.source = ComputeSource::rented;
  rented.cluster = 8'000;
  auto const compute = effective_compute(std::vector{legal, rented, legal});
  EXPECT_NEAR(compute.by_source[0], 2 * 100 * 1e15 * 0.4 * 0.9, 1e3);
  auto const spread = 0.4 / (1 + 0.05 * std::log(1'000));
  EXPECT_NEAR(compute.by_source[2], 100 * 1e15 * spread * 0.9, 1e3);
  EXPECT_DOUBLE_EQ(compute.by_source[3], 0);
  EXPECT_NEAR(compute.total(), compute.by_source[0] + compute.by_source[2], 1e3);
}

TEST(Compute, GapsAreInMonthsOfTheFrontiersGrowth) {
  EXPECT_NEAR(*gap_months(1, 4, 2), 24, 1e-12);
  EXPECT_NEAR(*gap_months(4, 4, 2), 0, 1e-12);
  EXPECT_LT(*gap_months(8, 4, 2), 0);
  EXPECT_FALSE(gap_months(0, 4, 2));
  EXPECT_NEAR(yearly_factor(8), std::exp2(1.5), 1e-14);
  EXPECT_NEAR(training_time(1e24, 1'000, 4e14), 2.5e6, 1e-3);
}

/// 384 chips of 780 TFLOP/s, 128 GB and 3.2 TB/s at 559 kW against 72 of 2,500, 192 GB and 8 TB/s
/// at 145 kW. Ratios computed independently from published figures of both systems.
TEST(Compute, ScaleUpBuysPerformanceWithPower) {
  ScaleUpSystem const many{384, 780e12, 128e9, 3.2e12, 559e3};
  ScaleUpSystem const few{72, 2'500e12, 192e9, 8e12, 145e3};
  auto const ratio = compare(many, few);
  EXPECT_NEAR(ratio.power_per_performance, 2.317, 5e-4);
  EXPECT_NEAR(ratio.memory, 3.556, 5e-4);
  EXPECT_NEAR(ratio.bandwidth, 2.133, 5e-4);
  EXPECT_NEAR(ratio.power_per_bandwidth, 1.8, 0.05);
  EXPECT_NEAR(ratio.power_per_memory, 1.1, 0.05);
  EXPECT_NEAR(energy_cost_per_petaflop(many, 1.2, 0.08), 1'570, 1);
  EXPECT_NEAR(energy_cost_per_petaflop(few, 1.2, 0.08), 677, 0.5);
}

TEST(Compute, AssessmentPutsItTogether) {
  Fleet const legal{.source = ComputeSource::legal_imports, .chips = 100, .performance = 1e15};
  Fleet made{.performance = 5e14};
  std::vector const fleets{legal};
  ComputeCase const question{fleets, some_means(), made, 1e21, 2};
  auto const answer = assess(question);
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_EQ(answer->supply.binding, Constraint::memory);
  EXPECT_NEAR(answer->compute.by_source[3], 6'000 * 5e14 * 0.4, 1e6);
  EXPECT_NEAR(answer->shadow_values[1], 0.8 / 8 * 5e14 * 0.4, 1);
  EXPECT_NEAR(*answer->gap, 12 * std::log2(1e21 / answer->compute.total()), 1e-9);
}

TEST(Compute, AssessmentReportsEverything) {
  auto means = some_means();
  means.die_yield = 0;
  means.power = -1;
  auto const answer = assess({{}, means, Fleet{.uptime = 3}, 0, 1});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().further.size() + 1, 5U);
}

TEST(Productivity, StocksServeTheirLifetime) {
  ComputeStock stock;
  for (int year = 0; year < 10; ++year) stock = next_stock(stock, 100, 1);
  EXPECT_DOUBLE_EQ(stock.total(), 400) << "bought at the beginning, ages 1 to 4 at the end";
  for (int year = 0; year < 3; ++year) stock = next_stock(stock, 0, 1);
  EXPECT_DOUBLE_EQ(stock.total(), 100) << "a cut-off bites as vintages leave";
}

TEST(Productivity, GainsSaturateAndLag) {
  ProductivityGain const gain{.most = 0.1, .half_compute = 50, .lag = 4};
  EXPECT_NEAR(long_run_gain(gain, 50, 1), 0.05, 1e-15);
  EXPECT_NEAR(long_run_gain(gain, 1e12, 0.5), 0.05, 1e-9);
  EXPECT_DOUBLE_EQ(long_run_gain(gain, 0, 1), 0);
  EXPECT_NEAR(next_gain(gain, 0, 0.05, 4), 0.05 * (1 - std::exp(-1)), 1e-15);
  EXPECT_FALSE(check(ProductivityGain{.half_compute = 0}, "x"));
}

}  // namespace
}  // namespace linchpin::localize
