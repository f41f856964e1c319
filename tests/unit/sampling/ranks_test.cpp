// SPDX-License-Identifier: Apache-2.0
#include "linchpin/sampling/ranks.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "linchpin/core/random.h"

namespace linchpin::sampling {
namespace {

/// By hand: of six pairs of (1, 2, 3, 4) and (1, 3, 2, 4) one is discordant: 4/6.
TEST(KendallTau, CountsPairs) {
  std::array const x{1.0, 2.0, 3.0, 4.0}, y{1.0, 3.0, 2.0, 4.0}, back{4.0, 3.0, 2.0, 1.0};
  EXPECT_NEAR(kendall_tau(x, y).a, 4.0 / 6, 1e-15);
  EXPECT_NEAR(kendall_tau(x, y).b, 4.0 / 6, 1e-15);
  EXPECT_EQ(kendall_tau(x, x).b, 1);
  EXPECT_EQ(kendall_tau(x, back).a, -1);
  EXPECT_EQ(kendall_tau({}, {}).a, 0);
}

/// By hand: x ties in one pair, y in another; four of the six pairs agree, none disagrees.
TEST(KendallTau, TreatsTies) {
  std::array const x{1.0, 1.0, 2.0, 3.0}, y{1.0, 2.0, 2.0, 3.0}, flat{5.0, 5.0, 5.0, 5.0};
  EXPECT_NEAR(kendall_tau(x, y).a, 4.0 / 6, 1e-15);
  EXPECT_NEAR(kendall_tau(x, y).b, 4.0 / 5, 1e-15);
  EXPECT_NEAR(kendall_tau(x, x).b, 1, 1e-15);
  EXPECT_EQ(kendall_tau(x, flat).b, 0);
}

TEST(KendallTau, MatrixIsSymmetric) {
  Rng rng(Seed{71}, 0);
  DenseMatrix values(3, 20);
  for (double& value : values.values()) value = rng.normal();
  auto const taus = kendall_matrix(values);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(taus(i, i), 1);
    for (std::size_t j = 0; j < 3; ++j) {
      EXPECT_EQ(taus(i, j), taus(j, i));
      EXPECT_LT(std::abs(taus(i, j)), i == j ? 1.1 : 0.6);
    }
  }
}

TEST(Ranks, ShareTies) {
  EXPECT_EQ(ranks(std::array{3.0, 7.0, 3.0, 1.0}), (std::vector<double>{2.5, 1, 2.5, 4}));
}

/// By hand: three draws of three items.
TEST(RankStatistics, CountsTheTop) {
  DenseMatrix values(3, 3);
  double const given[] = {3, 2, 1, 3, 1, 2, 1, 2, 2};
  std::copy(std::begin(given), std::end(given), values.values().begin());
  auto const found = rank_statistics(values, 1, std::array{0.0, 0.5, 1.0});
  EXPECT_NEAR(found.top_share[0], 2.0 / 3, 1e-15);
  EXPECT_NEAR(found.top_share[1], 0.5 / 3, 1e-15);
  EXPECT_NEAR(found.top_share[2], 0.5 / 3, 1e-15);
  EXPECT_EQ(found.quantiles(0, 0), 1);
  EXPECT_EQ(found.quantiles(0, 1), 1);
  EXPECT_EQ(found.quantiles(0, 2), 3);
  EXPECT_EQ(found.quantiles(1, 1), 2);  // of 1.5, 2, 3
  auto const all = rank_statistics(values, 9, {});
  for (double const share : all.top_share) EXPECT_EQ(share, 1);
}

}  // namespace
}  // namespace linchpin::sampling
