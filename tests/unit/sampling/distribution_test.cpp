// SPDX-License-Identifier: Apache-2.0
#include "linchpin/sampling/distribution.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace linchpin::sampling {
namespace {

using Kind = DistributionKind;

TEST(Distribution, QuantilesOfClosedForms) {
  Distribution const uniform{Kind::uniform, 2, 6};
  EXPECT_DOUBLE_EQ(uniform.quantile(0.25), 3);
  // Symmetric triangle on [0, 2]: below the peak F(x) = x²/2.
  Distribution const triangle{Kind::triangular, 0, 2};
  EXPECT_DOUBLE_EQ(triangle.quantile(0.5), 1);
  EXPECT_DOUBLE_EQ(triangle.quantile(0.125), 0.5);
  EXPECT_DOUBLE_EQ(triangle.quantile(0.875), 1.5);
  // Peak at 0.4 on [0, 1]: F(0.4) = 0.4; above, 1 − F(x) = (1 − x)² / 0.6.
  Distribution const skewed{Kind::triangular, 0, 1, 0.4};
  EXPECT_DOUBLE_EQ(skewed.quantile(0.4), 0.4);
  EXPECT_DOUBLE_EQ(skewed.quantile(1 - 0.36 / 0.6), 0.4);
  EXPECT_DOUBLE_EQ(skewed.quantile(1 - 0.09 / 0.6), 0.7);
  // A peak at an end.
  EXPECT_DOUBLE_EQ((Distribution{Kind::triangular, 0, 1, 1.0}).quantile(0.25), 0.5);
  EXPECT_DOUBLE_EQ((Distribution{Kind::triangular, 0, 1, 0.0}).quantile(0.75), 0.5);
}

// Source: tables of the normal distribution, z(0.95) = 1.6448536270, z(0.975) = 1.9599639845.
TEST(Distribution, NormalAndLognormalGoThroughTheirEnds) {
  Distribution const normal{Kind::normal, -1.6448536269514722, 1.6448536269514722};
  EXPECT_NEAR(normal.quantile(0.05), -1.6448536269514722, 1e-14);
  EXPECT_NEAR(normal.quantile(0.975), 1.959963984540054, 1e-13);
  EXPECT_NEAR(normal.standard_deviation(), 1, 1e-15);
  Distribution const factor{Kind::lognormal, 0.5, 2};
  EXPECT_NEAR(factor.quantile(0.05), 0.5, 1e-14);
  EXPECT_NEAR(factor.quantile(0.5), 1, 1e-14);
  EXPECT_NEAR(factor.quantile(0.95), 2, 1e-14);
  EXPECT_NEAR(factor.standardised(0), 1, 1e-14);
}

// Mean and deviation against sums over 200 000 quantiles at the middles of equal intervals.
TEST(Distribution, MomentsAgreeWithQuantiles) {
  std::vector<Distribution> const all{{Kind::uniform, 2, 6},
                                      {Kind::triangular, 0, 2},
                                      {Kind::triangular, -1, 5, 0.5},
                                      {Kind::normal, 3, 4},
                                      {Kind::lognormal, 0.5, 2}};
  for (auto const& each : all) {
    double mean = 0, square = 0;
    constexpr int count = 200'000;
    for (int k = 0; k < count; ++k) {
      double const x = each.quantile((k + 0.5) / count);
      mean += x / count;
      square += x * x / count;
    }
    EXPECT_NEAR(each.mean(), mean, 2e-5) << to_string(each.kind);
    EXPECT_NEAR(each.standard_deviation(), std::sqrt(square - mean * mean), 1e-4)
        << to_string(each.kind);
  }
}

// Half-width h: a uniform number has deviation h/√3, a symmetric triangle h/√6.
TEST(Distribution, DeviationOfSymmetricOnes) {
  EXPECT_DOUBLE_EQ((Distribution{Kind::uniform, 1, 5}).standardised(1), 3 + 2 / std::sqrt(3.0));
  EXPECT_DOUBLE_EQ((Distribution{Kind::triangular, 1, 5}).standardised(-1),
                   3 - 2 / std::sqrt(6.0));
}

TEST(Distribution, FaultsAreFoundAtOnce) {
  EXPECT_TRUE(check({Kind::uniform, 0, 1}, "x"));
  auto const empty = check({Kind::uniform, 1, 1}, "s.toml:3");
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().where, "s.toml:3");
  auto const two = check({Kind::lognormal, 0, -1, 0.5}, "x");
  ASSERT_FALSE(two);
  EXPECT_EQ(two.error().further.size(), 2U);
  EXPECT_FALSE(check({Kind::triangular, 0, 1, 1.5}, "x"));
  EXPECT_FALSE(check({Kind::uniform, 0, 1, 0.5}, "x"));
  EXPECT_FALSE(check({Kind::uniform, 0, std::nan("")}, "x"));
  EXPECT_EQ(distribution_kind("lognormal"), Kind::lognormal);
  EXPECT_EQ(distribution_kind("gauss"), std::nullopt);
}

}  // namespace
}  // namespace linchpin::sampling
