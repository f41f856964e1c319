// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/lu.h"

#include <gtest/gtest.h>

#include <cmath>

#include "linchpin/core/random.h"

namespace linchpin::depend {
namespace {

/// I - A with A >= 0 and column sums of 0.5 to 0.95, heavy tails.
DenseMatrix random_system(std::size_t n) {
  Rng rng{Seed{n}, 0};
  DenseMatrix matrix(n, n);
  for (std::size_t j = 0; j < n; ++j) {
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += matrix(i, j) = std::exp(2.0 * rng.normal());
    double const inputs = 0.5 + 0.45 * rng.uniform();
    for (std::size_t i = 0; i < n; ++i) {
      matrix(i, j) = (i == j ? 1.0 : 0.0) - inputs * matrix(i, j) / sum;
    }
  }
  return matrix;
}

/// The textbook triple loop: slow, plain and right.
DenseMatrix plain_factors(DenseMatrix matrix) {
  auto const n = matrix.rows();
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = k + 1; i < n; ++i) {
      matrix(i, k) /= matrix(k, k);
      for (std::size_t j = k + 1; j < n; ++j) matrix(i, j) -= matrix(i, k) * matrix(k, j);
    }
  }
  return matrix;
}

/// Sizes on both sides of every block and tile edge.
class Factorise : public testing::TestWithParam<std::size_t> {};

TEST_P(Factorise, AgreesWithThePlainLoop) {
  auto const n = GetParam();
  auto factors = random_system(n);
  auto const expected = plain_factors(factors);
  auto const bad = factorise(factors, {});
  ASSERT_TRUE(bad.has_value());
  EXPECT_FALSE(bad->has_value());
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      ASSERT_NEAR(factors(i, j), expected(i, j), 1e-13 * std::abs(expected(i, j)) + 1e-16)
          << i << "," << j;
    }
  }
}

TEST_P(Factorise, FindsTheFirstBadPivot) {
  auto const n = GetParam();
  for (std::size_t const bad : {std::size_t{0}, n / 2, n - 1}) {
    auto matrix = random_system(n);
    matrix(bad, bad) = -0.5;  // the industry uses one and a half of itself
    auto const found = factorise(matrix, {});
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(*found, bad);
  }
}

TEST_P(Factorise, SolvesManySides) {
  auto const n = GetParam();
  auto const matrix = random_system(n);
  auto factors = matrix;
  ASSERT_TRUE(factorise(factors, {}).has_value());
  for (std::size_t const count : {1U, 3U, 64U, 65U, 130U}) {
    DenseMatrix right(n, count), left(count, n);
    Rng rng{Seed{1}, count};
    for (auto& value : right.values()) value = rng.uniform();
    for (auto& value : left.values()) value = rng.uniform();
    auto x = right;
    auto y = left;
    solve_factorised(factors, x, 2);
    solve_left_factorised(factors, y, 2);
    for (std::size_t const c : {std::size_t{0}, count / 2, count - 1}) {
      for (std::size_t i = 0; i < n; i += 1 + n / 40) {
        double from_right = 0, from_left = 0;
        for (std::size_t j = 0; j < n; ++j) {
          from_right += matrix(i, j) * x(j, c);
          from_left += y(c, j) * matrix(j, i);
        }
        ASSERT_NEAR(from_right, right(i, c), 1e-12);
        ASSERT_NEAR(from_left, left(c, i), 1e-12);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, Factorise,
                         testing::Values(1U, 2U, 63U, 64U, 65U, 128U, 129U, 192U, 193U, 257U, 385U,
                                         450U),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace linchpin::depend
