// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/chips.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace linchpin::localize {
namespace {

/// 665 mm², three densities of defects: computed independently, to the five digits given.
TEST(Chips, Yields) {
  struct Expected {
    double defects, poisson, murphy, two, three;
  };
  for (auto const& each : {Expected{0.1, .51427, .53351, .56320, .54846},
                           Expected{0.2, .26448, .30584, .36072, .33258},
                           Expected{0.5, .03597, .08406, .14107, .10670}}) {
    EXPECT_NEAR(die_yield(YieldModel::poisson, 6.65, each.defects), each.poisson, 5e-6);
    EXPECT_NEAR(die_yield(YieldModel::murphy, 6.65, each.defects), each.murphy, 5e-6);
    EXPECT_NEAR(die_yield(YieldModel::negative_binomial, 6.65, each.defects, 2), each.two, 5e-6);
    EXPECT_NEAR(die_yield(YieldModel::negative_binomial, 6.65, each.defects, 3), each.three, 5e-6);
  }
}

TEST(Chips, TheNegativeBinomialGoesOverIntoItsLimits) {
  auto const infinite = std::numeric_limits<double>::infinity();
  auto const of = [](double clustering) {
    return die_yield(YieldModel::negative_binomial, 6.65, 0.2, clustering);
  };
  EXPECT_NEAR(of(1), die_yield(YieldModel::seeds, 6.65, 0.2), 1e-14);
  EXPECT_NEAR(of(1e9), die_yield(YieldModel::poisson, 6.65, 0.2), 1e-9);
  EXPECT_DOUBLE_EQ(of(infinite), die_yield(YieldModel::poisson, 6.65, 0.2));
  for (auto const model : {YieldModel::poisson, YieldModel::murphy, YieldModel::seeds,
                           YieldModel::negative_binomial}) {
    EXPECT_DOUBLE_EQ(die_yield(model, 6.65, 0), 1);
    EXPECT_EQ(yield_model(to_string(model)), model);
  }
  EXPECT_FALSE(yield_model("guess"));
}

/// 300 mm wafers: computed independently, to the digits given.
TEST(Chips, DiesPerWafer) {
  EXPECT_NEAR(dies_per_wafer(300, 665), 80.45, 0.005);
  EXPECT_NEAR(dies_per_wafer(300, 814), 63.48, 0.005);
  EXPECT_DOUBLE_EQ(dies_per_wafer(300, 1e6), 0);
}

TEST(Chips, TestingDiesFirstSavesGoodOnes) {
  Package const package{.wafer_cost = 10'000,
                        .dies_per_wafer = 80,
                        .die_yield = 0.5,
                        .dies = 2,
                        .other_cost = 1'000,
                        .package_yield = 0.9};
  EXPECT_NEAR(cost_of_known_good_dies(package), (2 * 10'000 / 40.0 + 1'000) / 0.9, 1e-9);
  EXPECT_NEAR(cost_of_untested_dies(package), (2 * 125.0 + 1'000) / (0.9 * 0.25), 1e-9);
}

/// Datasheet values times bits: computed.
TEST(Chips, TotalProcessingPerformance) {
  EXPECT_NEAR(total_processing_performance(1978.9e12, 8), 15'831, 0.5);
  EXPECT_NEAR(total_processing_performance(624e12, 8), 4'992, 1e-9);
  EXPECT_NEAR(total_processing_performance(296e12, 8), 2'368, 1e-9);
  EXPECT_NEAR(performance_density(2'368, 814), 2.9, 0.05);
}

/// The published limits of ECCN 3A090.a and 3A090.c.
TEST(Chips, LimitsOfTheRules) {
  EXPECT_TRUE(test_accelerator(4'800, std::nullopt).by_performance);
  EXPECT_FALSE(test_accelerator(4'799, std::nullopt).controlled());
  EXPECT_TRUE(test_accelerator(1'600, 1'600 / 5.92 - 1e-6).by_density);
  EXPECT_FALSE(test_accelerator(1'599, 10).controlled());
  EXPECT_FALSE(test_accelerator(2'368, 814).controlled());
  EXPECT_TRUE(memory_is_controlled(300, 100));
  EXPECT_FALSE(memory_is_controlled(200, 100)) << "above, not at, the limit";
}

}  // namespace
}  // namespace linchpin::localize
