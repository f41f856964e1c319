// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/static_output.h"

#include <gtest/gtest.h>

#include <limits>
#include <numeric>

#include "linchpin/core/random.h"
#include "support/fixtures.h"

namespace linchpin::disrupt {
namespace {

/// Miller & Blair (2009), chapter 2: A of the two-sector example, final use (350, 1700). Sector 1
/// can make 700 instead of 1000, sector 2 its 2000.
StaticSystem miller_blair() {
  return {test::matrix({{0.15, 0.25}, {0.20, 0.05}}), {350, 1700}, {700, 2000}};
}

double total(DenseVector const& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

void expect_allocation(Result<StaticOutput> const& result, DenseVector const& output,
                       DenseVector const& final_use) {
  ASSERT_TRUE(result) << result.error().what;
  for (std::size_t i = 0; i < output.size(); ++i) {
    EXPECT_NEAR(result->output[i], output[i], 1e-8);
    EXPECT_NEAR(result->final_use[i], final_use[i], 1e-8);
  }
}

/// x2 = 1700 / 0.95 + 0.2 * 700 / 0.95 = 1936.84210526…, f1 = 0.85 * 700 - 0.25 * x2; the same optimum
/// for both objectives.
TEST(StaticOutput, LinearProgrammeMatchesTheTwoSectorExample) {
  for (auto const goal : {StaticObjective::output, StaticObjective::final_use}) {
    expect_allocation(most_possible(miller_blair(), goal), {700, 1840 / 0.95},
                      {595 - 0.25 * 1840 / 0.95, 1700});
  }
  EXPECT_NEAR(1840 / 0.95, 1936.84210526, 1e-8);
  EXPECT_NEAR(595 - 0.25 * 1840 / 0.95, 110.78947368, 1e-8);
}

/// Proportional: everybody gets 0.7. Industries first: they order 650 of sector 1, so 50 is left for
/// final use, and x = L (50, 1700) with det(I - A) = 0.7575.
TEST(StaticOutput, RationingMatchesTheTwoSectorExample) {
  auto const system = miller_blair();
  expect_allocation(rationed(system, StaticRationing::proportional), {700, 1400}, {245, 1190});
  auto const mixed = rationed(system, StaticRationing::industries_first);
  expect_allocation(mixed, {472.5 / 0.7575, (0.85 * 1700 + 0.2 * 50) / 0.7575}, {50, 1700});
  EXPECT_NEAR(mixed->output[0], 623.76237624, 1e-8);
  EXPECT_NEAR(mixed->output[1], 1920.79207921, 1e-8);
  // Sector 1 can fill both orders of industries, so serving them one by one changes nothing.
  expect_allocation(rationed(system, StaticRationing::largest_first), mixed->output, {50, 1700});
  expect_allocation(rationed(system, StaticRationing::random, 7), mixed->output, {50, 1700});
  auto const best = most_possible(system, StaticObjective::output);
  auto const least = rationed(system, StaticRationing::proportional);
  EXPECT_GE(total(best->output), total(mixed->output));
  EXPECT_GE(total(mixed->output), total(least->output));
}

/// Sector 1 makes 400 of the 650 that industries order: 150 for itself, 500 for sector 2. Largest
/// first: sector 2 gets its 400, sector 1 nothing of its own product, so it stops, and sector 2 with it.
/// Industries first:
/// nothing of sector 1 is left for final use, and its 400 cannot carry more than f2 = 400 / L12.
TEST(StaticOutput, PrioritiesAreServedInFullWhileThereIsEnough) {
  auto system = miller_blair();
  system.most_output = {400, 2000};
  expect_allocation(rationed(system, StaticRationing::largest_first), {0, 0}, {0, 0});
  auto const mixed = rationed(system, StaticRationing::industries_first);
  ASSERT_TRUE(mixed) << mixed.error().what;
  EXPECT_EQ(mixed->final_use[0], 0);
  EXPECT_GT(mixed->final_use[1], 0);
  EXPECT_LE(mixed->final_use[1], 400 * 0.7575 / 0.25 + 1e-6);
}

/// Whatever rule: no cap is broken, what is used was made, and the programme makes at least as much.
TEST(StaticOutput, NoRuleBreaksTheCapsOrBeatsTheProgramme) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Rng rng(Seed{seed}, 3);
    auto const n = 2 + seed % 7;
    StaticSystem system{DenseMatrix(n, n), DenseVector(n), DenseVector(n)};
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t i = 0; i < n; ++i) {
        bool const none = rng.uniform() < 0.3;
        system.coefficients(i, j) = none ? 0 : 0.9 * rng.uniform() / static_cast<double>(n);
      }
      system.most_final[j] = 100 * rng.uniform();
      system.most_output[j] = rng.uniform() < 0.3 ? 400 : 150 * rng.uniform();
    }
    auto const best = most_possible(system, StaticObjective::final_use);
    ASSERT_TRUE(best) << best.error().what;
    for (auto const rule : {StaticRationing::proportional, StaticRationing::industries_first,
                            StaticRationing::largest_first, StaticRationing::random}) {
      auto const found = rationed(system, rule, seed);
      ASSERT_TRUE(found) << found.error().what;
      for (std::size_t i = 0; i < n; ++i) {
        double used = found->final_use[i];
        for (std::size_t j = 0; j < n; ++j) used += system.coefficients(i, j) * found->output[j];
        EXPECT_LE(used, found->output[i] + 1e-7) << "seed " << seed;
        EXPECT_LE(found->output[i], system.most_output[i]);
        EXPECT_LE(found->final_use[i], system.most_final[i]);
      }
      EXPECT_LE(total(found->final_use), total(best->final_use) + 1e-6) << "seed " << seed;
    }
  }
}

TEST(StaticOutput, ReportsAllFaultsOfASystem) {
  auto system = miller_blair();
  system.coefficients(0, 1) = -0.1;
  system.most_output[1] = -1;
  system.most_final[0] = std::numeric_limits<double>::quiet_NaN();
  for (auto const& error : {most_possible(system, StaticObjective::output).error(),
                            rationed(system, StaticRationing::proportional).error()}) {
    EXPECT_EQ(error.code, ErrorCode::bad_value);
    EXPECT_EQ(error.further.size(), 2U);
  }
  system.most_output = {1};
  EXPECT_EQ(rationed(system, StaticRationing::random).error().code, ErrorCode::size_mismatch);
  auto unproductive = miller_blair();
  unproductive.coefficients(0, 0) = 1.2;
  EXPECT_EQ(rationed(unproductive, StaticRationing::proportional).error().code,
            ErrorCode::unproductive_table);
}

}  // namespace
}  // namespace linchpin::disrupt
