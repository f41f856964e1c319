// SPDX-License-Identifier: Apache-2.0
#include "linchpin/sampling/given_data.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "linchpin/sampling/design.h"

namespace linchpin::sampling {
namespace {

struct Draws {
  DenseMatrix points;
  std::vector<double> values;
  std::vector<bool> usable;
};

template <class Function>
Draws draw(std::size_t count, std::size_t factors, Seed seed, Function const& f) {
  auto const design = Design::make(DesignKind::sobol, count, factors, seed);
  Draws draws{DenseMatrix(count, factors), {}, std::vector<bool>(count, true)};
  std::vector<double> x(factors);
  for (std::size_t k = 0; k < count; ++k) {
    design->point(k, x);
    for (std::size_t i = 0; i < factors; ++i) draws.points(k, i) = x[i];
    draws.values.push_back(f(x));
  }
  return draws;
}

/// Ishigami & Homma (1990), a = 7, b = 0.1, on (−π, π)³.
double ishigami(std::vector<double> const& u) {
  std::vector<double> x;
  for (double const each : u) x.push_back(std::numbers::pi * (2 * each - 1));
  return std::sin(x[0]) + 7 * std::pow(std::sin(x[1]), 2) +
         0.1 * std::pow(x[2], 4) * std::sin(x[0]);
}

// Source: closed form, computed to eight digits by an independent implementation (as in
// sensitivity_test.cpp). All within four standard errors of the bootstrap, most within two.
TEST(GivenDataIndices, Ishigami) {
  double const exact[] = {0.31390519, 0.44241114, 0};
  std::size_t near = 0;
  for (std::size_t const count : {256U, 1000U, 4096U}) {
    for (std::uint64_t const seed : {1ULL, 2ULL, 3ULL, 4ULL}) {
      auto const draws = draw(count, 3, Seed{seed}, ishigami);
      auto const found = given_data_indices(draws.points, draws.values, draws.usable, Seed{seed});
      ASSERT_EQ(found.first.size(), 3U);
      EXPECT_EQ(found.draws, count);
      for (std::size_t i = 0; i < 3; ++i) {
        auto const& each = found.first[i];
        near += std::abs(each.value - exact[i]) < 2 * each.standard_error ? 1 : 0;
        EXPECT_NEAR(each.value, exact[i], 4 * each.standard_error)
            << count << " draws, seed " << seed << ", factor " << i;
        EXPECT_GT(each.standard_error, 0);
        EXPECT_LT(each.standard_error, 1.2 / std::sqrt(static_cast<double>(count)));
      }
      EXPECT_TRUE(distinguishable(found.first[0]));
      EXPECT_TRUE(distinguishable(found.first[1]));
      EXPECT_FALSE(distinguishable(found.first[2]));
    }
  }
  EXPECT_GE(near, 30U);  // of 36
}

TEST(GivenDataIndices, WhatDoesNothingIsNotDistinguishable) {
  // One factor of twenty matters; the others are found to matter in hardly any of the cases.
  std::size_t wrong = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    auto const draws = draw(500, 20, Seed{seed}, [](auto const& x) { return x[0] + x[0] * x[1]; });
    auto const found = given_data_indices(draws.points, draws.values, draws.usable, Seed{seed});
    EXPECT_GT(found.first[0].value, 0.8);
    for (std::size_t i = 2; i < 20; ++i) wrong += distinguishable(found.first[i]) ? 1 : 0;
  }
  EXPECT_LE(wrong, 9U);  // of 180
}

TEST(GivenDataIndices, FailedDrawsAreLeftOut) {
  auto draws = draw(300, 2, Seed{5}, [](auto const& x) { return x[0]; });
  auto clean = draws;
  for (std::size_t k = 0; k < 30; ++k) {
    draws.values[7 * k] = 1e9;
    draws.usable[7 * k] = clean.usable[7 * k] = false;
  }
  auto const found = given_data_indices(draws.points, draws.values, draws.usable, Seed{1});
  auto const other = given_data_indices(clean.points, clean.values, clean.usable, Seed{1});
  EXPECT_EQ(found.draws, 270U);
  EXPECT_NEAR(found.first[0].value, 1, 1e-3);
  EXPECT_EQ(found.first[0].value, other.first[0].value);
}

TEST(GivenDataIndices, NothingVariesOrTooFewDraws) {
  auto const flat = draw(100, 2, Seed{1}, [](auto const&) { return 3.0; });
  EXPECT_TRUE(given_data_indices(flat.points, flat.values, flat.usable, Seed{1}).first.empty());
  auto const few = draw(20, 2, Seed{1}, [](auto const& x) { return x[0]; });
  EXPECT_TRUE(given_data_indices(few.points, few.values, few.usable, Seed{1}).first.empty());
}

}  // namespace
}  // namespace linchpin::sampling
