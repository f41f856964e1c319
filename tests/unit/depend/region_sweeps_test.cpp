// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/region_sweeps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "linchpin/depend/leontief_system.h"
#include "support/fixtures.h"

namespace linchpin::depend {
namespace {

using ::testing::HasSubstr;

/// Two regions with one sector each, which use `own` of their own output and buy `cross` from each
/// other per unit of output: the spectral radius is own + cross.
Economy two_regions(double own, double cross) {
  DenseMatrix Z = test::matrix({{own, cross}, {cross, own}});
  double const rest = 1 - own - cross;
  DenseMatrix Y = test::matrix({{rest, 0}, {0, rest}});
  return Economy::make(test::balanced_table("two", test::full_labels({"A", "B"}, {"1"}),
                                            std::move(Z), std::move(Y)))
      .value();
}

Result<LeontiefSystem> sweep(Economy const& economy) {
  return LeontiefSystem::make(economy, {.method = SolveMethod::iterative});
}

/// L of two regions alike: row sums are 1 / (1 - own - cross), worked out by hand.
TEST(RegionSweeps, SolveByHand) {
  auto const system = sweep(two_regions(0.3, 0.5)).value();
  DenseMatrix ones(2, 1);
  ones(0, 0) = ones(1, 0) = 1;
  system.solve(ones);
  EXPECT_NEAR(ones(0, 0), 5, 1e-11);
  EXPECT_NEAR(ones(1, 0), 5, 1e-11);
  DenseMatrix unit(1, 2);
  unit(0, 0) = 1;
  system.solve_left(unit);
  // (1 - own) / ((1 - own)^2 - cross^2) and cross / (…) = 0.7 / 0.24, 0.5 / 0.24
  EXPECT_NEAR(unit(0, 0), 0.7 / 0.24, 1e-11);
  EXPECT_NEAR(unit(0, 1), 0.5 / 0.24, 1e-11);
  EXPECT_LE(system.error_bound(), 1e-10);
  EXPECT_GE(system.error_bound(), system.residual());
}

/// Each region by itself is productive, both together are not: only the sweeps can tell.
TEST(RegionSweeps, TablesThatUseUpTheirOutputAreRefused) {
  for (double const cross : {0.5, 0.6, 0.9}) {
    auto const system = sweep(two_regions(0.5, cross));
    ASSERT_FALSE(system.has_value()) << cross;
    EXPECT_EQ(system.error().code, ErrorCode::unproductive_table) << cross;
  }
  EXPECT_TRUE(sweep(two_regions(0.5, 0.48)).has_value());
  auto const alone = sweep(two_regions(1.0, 0.0));
  ASSERT_FALSE(alone.has_value());
  EXPECT_EQ(alone.error().code, ErrorCode::unproductive_table);
  EXPECT_EQ(alone.error().where, "A:1");
}

/// Productive, but each sweep shrinks the error by 0.1 % only: no answer is better than a poor one.
TEST(RegionSweeps, SlowConvergenceIsAnErrorNotAnAnswer) {
  auto const slow = sweep(two_regions(0.5, 0.49975));
  ASSERT_FALSE(slow.has_value());
  EXPECT_EQ(slow.error().code, ErrorCode::not_converged);
  EXPECT_THAT(slow.error().hint, HasSubstr("--method direct"));
  EXPECT_TRUE(LeontiefSystem::make(two_regions(0.5, 0.49975)).has_value());
}

TEST(RegionSweeps, ZeroRightHandSidesStayZero) {
  auto const system = sweep(two_regions(0.3, 0.5)).value();
  DenseMatrix zero(2, 2);
  system.solve(zero);
  system.solve_left(zero);
  for (double const value : zero.values()) EXPECT_EQ(value, 0);
}

TEST(RegionSweeps, CanBeCancelled) {
  RunControl control;
  control.cancel.cancel();
  auto const system =
      LeontiefSystem::make(two_regions(0.3, 0.5), {.method = SolveMethod::iterative}, control);
  ASSERT_FALSE(system.has_value());
  EXPECT_EQ(system.error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace linchpin::depend
