// SPDX-License-Identifier: Apache-2.0
#include "linchpin/sampling/sensitivity.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

#include "linchpin/sampling/design.h"

namespace linchpin::sampling {
namespace {

using Function = std::function<double(std::vector<double> const&)>;

DenseMatrix evaluate(std::size_t groups, std::size_t factors, Seed seed, Function const& f) {
  auto const design = Design::make(DesignKind::saltelli, groups * (factors + 2), factors, seed);
  DenseMatrix values(groups, factors + 2);
  std::vector<double> x(factors);
  for (std::size_t k = 0; k < design->draws(); ++k) {
    design->point(k, x);
    values.values()[k] = f(x);
  }
  return values;
}

/// Ishigami & Homma (1990), a = 7, b = 0.1, on (−π, π)³.
double ishigami(std::vector<double> const& u) {
  std::vector<double> x;
  for (double const each : u) x.push_back(std::numbers::pi * (2 * each - 1));
  return std::sin(x[0]) + 7 * std::pow(std::sin(x[1]), 2) +
         0.1 * std::pow(x[2], 4) * std::sin(x[0]);
}

double sobol_g(std::vector<double> const& x) {
  double const a[] = {0, 1, 4.5, 9, 99, 99, 99, 99};
  double product = 1;
  for (std::size_t i = 0; i < 8; ++i) product *= (std::abs(4 * x[i] - 2) + a[i]) / (1 + a[i]);
  return product;
}

struct Expected {
  std::vector<double> first, total;
  double variance;
};

/// Every index within three bootstrap standard errors of its exact value (plus what the exact
/// values are rounded by).
void expect_indices(Function const& f, Expected const& expected) {
  auto const factors = expected.first.size();
  constexpr std::size_t groups = 4096;
  for (std::uint64_t const seed : {1ULL, 2ULL, 3ULL}) {
    auto const values = evaluate(groups, factors, Seed{seed}, f);
    auto const found = sensitivity_indices(values, std::vector<bool>(groups, true), Seed{seed});
    ASSERT_EQ(found.factors.size(), factors);
    EXPECT_EQ(found.groups, groups);
    EXPECT_NEAR(found.variance, expected.variance, 0.01 * expected.variance);
    for (std::size_t i = 0; i < factors; ++i) {
      auto const& [first, total] = found.factors[i];
      EXPECT_NEAR(first.value, expected.first[i], 3 * first.standard_error + 5e-9)
          << "seed " << seed << ", first " << i;
      EXPECT_NEAR(total.value, expected.total[i], 3 * total.standard_error + 5e-9)
          << "seed " << seed << ", total " << i;
      EXPECT_LT(first.standard_error, 0.05);
      EXPECT_LT(total.standard_error, 0.05);
      EXPECT_LE(total.low, total.value);
      EXPECT_GE(total.high, total.value);
    }
  }
}

// Source: closed form, computed to eight digits by an independent implementation (models, 7); the
// same to four digits in the documentation of SALib.
TEST(SensitivityIndices, Ishigami) {
  expect_indices(ishigami, {{0.31390519, 0.44241114, 0},
                            {0.55758886, 0.44241114, 0.24368366},
                            13.84458794});
}

TEST(SensitivityIndices, SobolG) {
  double const small = 0.00007162, small_total = 0.00010495;
  expect_indices(sobol_g,
                 {{0.71619217, 0.17904804, 0.02367577, 0.00716192, small, small, small, small},
                  {0.78714413, 0.24219819, 0.03431691, 0.01046039, small_total, small_total,
                   small_total, small_total},
                  0.46542443});
}

TEST(SensitivityIndices, AFailedDrawTakesItsGroupWithIt) {
  constexpr std::size_t groups = 512;
  auto values = evaluate(groups, 3, Seed{4}, ishigami);
  auto const whole = sensitivity_indices(values, std::vector<bool>(groups, true), Seed{4});
  std::vector<bool> complete(groups, true);
  for (std::size_t g = 0; g < groups; g += 100) {
    complete[g] = false;
    values(g, 3) = 1e30;  // what stands in a group that is left out does not matter
  }
  auto const rest = sensitivity_indices(values, complete, Seed{4});
  EXPECT_EQ(rest.dropped, 6U);
  EXPECT_EQ(rest.groups, groups - 6);
  EXPECT_NEAR(rest.factors[1].total.value, whole.factors[1].total.value, 0.05);
}

TEST(SensitivityIndices, NothingVaries) {
  auto const values = evaluate(100, 2, Seed{1}, [](auto const&) { return 5.0; });
  auto const found = sensitivity_indices(values, std::vector<bool>(100, true), Seed{1});
  EXPECT_TRUE(found.factors.empty());
  EXPECT_EQ(found.mean, 5.0);
  EXPECT_EQ(found.groups, 100U);
  EXPECT_TRUE(sensitivity_indices(values, std::vector<bool>(100, false), Seed{1}).factors.empty());
}

TEST(SensitivityIndices, TheSeedDecidesTheInterval) {
  auto const values = evaluate(128, 3, Seed{1}, ishigami);
  std::vector<bool> const all(128, true);
  auto const one = sensitivity_indices(values, all, Seed{1});
  auto const again = sensitivity_indices(values, all, Seed{1});
  auto const other = sensitivity_indices(values, all, Seed{2});
  EXPECT_EQ(one.factors[0].total.low, again.factors[0].total.low);
  EXPECT_NE(one.factors[0].total.low, other.factors[0].total.low);
  EXPECT_EQ(one.factors[0].total.value, other.factors[0].total.value);
}

}  // namespace
}  // namespace linchpin::sampling
