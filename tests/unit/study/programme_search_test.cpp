// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/programme_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace linchpin::study {
namespace {

/// (x − 3)² + 2 (y − 2)² with outlay x + y: without a limit (3, 2); with x + y = B the Lagrangian
/// gives x = 3 − 2 d / 3, y = 2 − d / 3, d = 5 − B, and a price of 4 d / 3.
ProgrammeProblem bowl(double budget) {
  ProgrammeProblem problem;
  problem.low = {0, 0};
  problem.high = {5, 5};
  problem.budget = budget;
  problem.value = [](std::span<double const> x) -> Result<ProgrammeValue> {
    return ProgrammeValue{std::pow(x[0] - 3, 2) + 2 * std::pow(x[1] - 2, 2), x[0] + x[1]};
  };
  problem.starts = {{0, 0}};
  problem.more_starts = 2;
  return problem;
}

TEST(ProgrammeSearch, FindsTheLowestPointWhereTheBudgetIsNoLimit) {
  auto const best = search_programme(bowl(10));
  ASSERT_TRUE(best) << best.error().what;
  EXPECT_NEAR(best->x[0], 3, 2e-3);
  EXPECT_NEAR(best->x[1], 2, 2e-3);
  EXPECT_EQ(best->ends.size(), 3);
  auto const price = shadow_price(bowl(10), *best);
  ASSERT_TRUE(price);
  EXPECT_EQ(*price, 0);
}

TEST(ProgrammeSearch, SpendsTheBudgetAndPricesIt) {
  constexpr double budget = 3.5, short_by = 5 - budget;
  auto const best = search_programme(bowl(budget));
  ASSERT_TRUE(best) << best.error().what;
  EXPECT_NEAR(best->x[0], 3 - 2 * short_by / 3, 5e-3);
  EXPECT_NEAR(best->x[1], 2 - short_by / 3, 5e-3);
  EXPECT_LE(best->value.outlay, budget * (1 + 1e-5));
  auto const price = shadow_price(bowl(budget), *best);
  ASSERT_TRUE(price);
  // Over a step of a twentieth of the budget the price falls by 4/3 of half the step.
  EXPECT_NEAR(*price, 4 * (short_by - 0.025 * budget) / 3, 0.03);
}

TEST(ProgrammeSearch, OneInstrumentIsAsGoodAsAGrid) {
  // Two valleys, the deeper one out of the way of the first start.
  auto const height = [](double x) { return 0.3 * x + std::cos(5 * x); };
  ProgrammeProblem problem;
  problem.low = {0};
  problem.high = {3};
  problem.budget = 2.5;
  problem.value = [&](std::span<double const> x) -> Result<ProgrammeValue> {
    return ProgrammeValue{height(x[0]), x[0]};
  };
  problem.starts = {{2.5}, {0}};
  problem.more_starts = 4;
  double grid = 1e9;
  for (int k = 0; k <= 25000; ++k) grid = std::min(grid, height(1e-4 * k));
  auto const best = search_programme(problem);
  ASSERT_TRUE(best) << best.error().what;
  EXPECT_NEAR(best->value.objective, grid, 1e-4);
}

TEST(ProgrammeSearch, GoesAroundWhatCannotBeComputed) {
  auto problem = bowl(10);
  auto const whole = problem.value;
  problem.value = [whole](std::span<double const> x) -> Result<ProgrammeValue> {
    if (x[0] > 4.5) return fail(ErrorCode::not_converged, "no", "there", "elsewhere");
    return whole(x);
  };
  problem.starts = {{5, 5}, {1, 1}};
  auto const best = search_programme(problem);
  ASSERT_TRUE(best);
  EXPECT_NEAR(best->x[0], 3, 5e-3);
  problem.value = [](std::span<double const>) -> Result<ProgrammeValue> {
    return fail(ErrorCode::not_converged, "nowhere", "there", "elsewhere");
  };
  auto const none = search_programme(problem);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().what, "nowhere");
}

TEST(ProgrammeSearch, StopsWhenAsked) {
  RunControl control{.threads = 1};
  control.cancel.cancel();
  auto const stopped = search_programme(bowl(3), control);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace linchpin::study
