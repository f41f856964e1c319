// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/leontief_system.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <lapacke.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "support/fixtures.h"
#include "support/random_economy.h"

namespace linchpin::depend {
namespace {

using testing::HasSubstr;

LeontiefSystem system_of(Table table) {
  auto economy = Economy::make(std::move(table));
  EXPECT_TRUE(economy.has_value());
  auto system = LeontiefSystem::make(*economy);
  EXPECT_TRUE(system.has_value());
  return *system;
}

DenseMatrix identity(std::size_t n) {
  DenseMatrix result(n, n);
  for (std::size_t i = 0; i < n; ++i) result(i, i) = 1.0;
  return result;
}

void expect_near(DenseMatrix const& actual, test::Rows const& expected, double tolerance) {
  ASSERT_EQ(actual.rows(), expected.size());
  for (std::size_t i = 0; i < actual.rows(); ++i) {
    for (std::size_t j = 0; j < actual.columns(); ++j) {
      EXPECT_NEAR(actual(i, j), expected[i][j], tolerance) << "row " << i << " column " << j;
    }
  }
}

/// Source: Miller & Blair (2009), chapter 2; A exact, L to the eight printed decimals.
TEST(LeontiefSystem, MatchesMillerAndBlair) {
  auto const system = system_of(test::miller_blair());
  auto const A = [&](IndustryId i, IndustryId j) { return system.coefficient(i, j); };
  EXPECT_NEAR(A(IndustryId{0}, IndustryId{0}), 0.15, 1e-15);
  EXPECT_NEAR(A(IndustryId{0}, IndustryId{1}), 0.25, 1e-15);
  EXPECT_NEAR(A(IndustryId{1}, IndustryId{0}), 0.20, 1e-15);
  EXPECT_NEAR(A(IndustryId{1}, IndustryId{1}), 0.05, 1e-15);
  test::Rows const L{{1.25412541, 0.33003300}, {0.26402640, 1.12211221}};
  auto right = identity(2);
  system.solve(right);
  expect_near(right, L, 1e-8);
  auto left = identity(2);
  system.solve_left(left);
  expect_near(left, L, 1e-8);
}

/// New final demand (600, 1500). Source: Miller & Blair (2009), chapter 2 (book: 1247.5, 1841.6);
/// labour coefficients (0.30, 0.25), same chapter. Eight decimals from an independent computation.
TEST(LeontiefSystem, MatchesPublishedNewDemand) {
  auto const system = system_of(test::miller_blair());
  auto x = test::matrix({{600}, {1500}});
  system.solve(x);
  expect_near(x, {{1247.52475248}, {1841.58415842}}, 1e-8);
  EXPECT_NEAR(0.30 * x(0, 0), 374.25742574, 1e-8);
  EXPECT_NEAR(0.25 * x(1, 0), 460.39603960, 1e-8);
}

/// Cost-push prices p' = v_c L: one at base; (1.08151815, 1.02145215) when value added per unit of
/// output of the first industry costs 10 % more (eight decimals, independent computation).
TEST(LeontiefSystem, MatchesPriceModel) {
  auto const system = system_of(test::miller_blair());
  auto const share = system.value_added_share();
  DenseMatrix cost(2, 2);
  for (std::size_t j = 0; j < 2; ++j) cost(0, j) = cost(1, j) = share[IndustryId{j}];
  cost(1, 0) *= 1.1;
  system.solve_left(cost);
  expect_near(cost, {{1, 1}, {1.08151815, 1.02145215}}, 1e-8);
}

/// Ghosh inverse G = x^-1 L x and value added times G = output.
/// Source: Miller & Blair (2009), chapter 12; eight decimals from an independent computation.
TEST(LeontiefSystem, GivesGhoshInverse) {
  auto const system = system_of(test::miller_blair());
  auto const x = system.economy().output().raw();
  auto L = identity(2);
  system.solve(L);
  DenseMatrix G(2, 2);
  for (std::size_t i = 0; i < 2; ++i) {
    for (std::size_t j = 0; j < 2; ++j) G(i, j) = L(i, j) * x[j] / x[i];
  }
  expect_near(G, {{1.25412541, 0.66006601}, {0.13201320, 1.12211221}}, 1e-8);
  EXPECT_NEAR(650 * G(0, 0) + 1400 * G(1, 0), 1000, 1e-8);
  EXPECT_NEAR(650 * G(0, 1) + 1400 * G(1, 1), 2000, 1e-8);
}

TEST(LeontiefSystem, LeavesIndustriesWithoutOutputAlone) {
  auto const economy =
      test::random_economy({.regions = 3, .sectors = 4, .seed = Seed{5}, .zero_output = 3});
  ASSERT_GT(economy.balance().zero_output, 0U);
  auto const system = LeontiefSystem::make(economy).value();
  auto L = identity(economy.size());
  system.solve(L);
  for (std::size_t j = 0; j < economy.size(); ++j) {
    if (economy.output()[IndustryId{j}] != 0) continue;
    EXPECT_EQ(system.value_added_share()[IndustryId{j}], 1.0);
    for (std::size_t i = 0; i < economy.size(); ++i) {
      EXPECT_EQ(system.coefficient(IndustryId{i}, IndustryId{j}), 0.0);
      EXPECT_EQ(L(i, j), i == j ? 1.0 : 0.0);
    }
  }
}

/// Negative value added is no obstacle as long as the whole is productive: industry 2 buys 1.05 of
/// inputs per unit of output here.
TEST(LeontiefSystem, AcceptsNegativeValueAddedOfAProductiveTable) {
  auto table =
      test::balanced_table("t", test::full_labels({"A"}, {"1", "2"}),
                           test::matrix({{10, 80}, {10, 25}}), test::matrix({{110}, {65}}));
  ASSERT_LT(table.value_added(0, 1), 0);
  auto const system = system_of(std::move(table));
  auto L = identity(2);
  system.solve(L);
  for (double const value : L.values()) EXPECT_GE(value, 0);
  EXPECT_LT(system.residual(), 1e-13);
}

TEST(LeontiefSystem, RefusesAnUnproductiveTable) {
  // Final demand is negative throughout, so the three industries buy more than they make.
  auto table = test::balanced_table(
      "t", test::full_labels({"A", "B"}, {"1", "2"}),
      test::matrix({{10, 0, 0, 0}, {0, 10, 0, 0}, {0, 0, 50, 80}, {0, 0, 70, 50}}),
      test::matrix({{90, 0}, {0, 90}, {-20, -10}, {-10, -10}}));
  auto const economy = Economy::make(std::move(table));
  ASSERT_TRUE(economy.has_value());
  auto const system = LeontiefSystem::make(*economy);
  ASSERT_FALSE(system.has_value());
  EXPECT_EQ(system.error().code, ErrorCode::unproductive_table);
  EXPECT_EQ(system.error().where, "B:2");
  EXPECT_THAT(system.error().hint, HasSubstr("B:2 buys 1.3 per unit of output"));
}

/// A closed circle (all output is used up in making it) has spectral radius one exactly.
TEST(LeontiefSystem, RefusesAClosedCircle) {
  auto table = test::balanced_table("t", test::full_labels({"A"}, {"1", "2", "3"}),
                                    test::matrix({{1, 2, 0}, {2, 1, 0}, {0, 0, 1}}),
                                    test::matrix({{0}, {0}, {5}}));
  auto const system = LeontiefSystem::make(Economy::make(std::move(table)).value());
  ASSERT_FALSE(system.has_value());
  EXPECT_EQ(system.error().code, ErrorCode::unproductive_table);
  EXPECT_EQ(system.error().where, "A:2");
}

TEST(LeontiefSystem, StopsWhenCancelled) {
  auto const economy = test::random_economy({.regions = 10, .sectors = 20, .seed = Seed{3}});
  RunControl control;
  control.cancel.cancel();
  auto const system = LeontiefSystem::make(economy, control);
  ASSERT_FALSE(system.has_value());
  EXPECT_EQ(system.error().code, ErrorCode::cancelled);
}

TEST(LeontiefSystem, ReportsProgressToTheEnd) {
  auto const economy = test::random_economy({.regions = 10, .sectors = 20, .seed = Seed{3}});
  RunControl control;
  std::vector<std::size_t> seen;
  control.progress = [&](std::string_view, std::size_t done, std::size_t total) {
    EXPECT_EQ(total, 200U);
    seen.push_back(done);
  };
  ASSERT_TRUE(LeontiefSystem::make(economy, control).has_value());
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  ASSERT_FALSE(seen.empty());
  EXPECT_EQ(seen.back(), 200U);
}

class LargeSystem : public testing::Test {
 protected:
  // 703 industries: no tile or block size divides it.
  static constexpr std::size_t regions = 19, sectors = 37, n = regions * sectors;
  static Economy const& economy() {
    static Economy const result =
        test::random_economy({.regions = regions, .sectors = sectors, .seed = Seed{42}});
    return result;
  }
  static DenseMatrix random_matrix(std::size_t rows, std::size_t columns) {
    DenseMatrix result(rows, columns);
    Rng rng{Seed{7}, 0};
    for (auto& value : result.values()) value = rng.uniform();
    return result;
  }
  static bool same_bits(DenseMatrix const& a, DenseMatrix const& b) {
    return a.values().size() == b.values().size() &&
           std::memcmp(a.data(), b.data(), a.values().size_bytes()) == 0;
  }
};

TEST_F(LargeSystem, HasTheSameBitsWithOneOrManyThreads) {
  auto const right = random_matrix(n, 150);
  auto const left = random_matrix(150, n);
  auto const solved = [&](unsigned threads) {
    RunControl control;
    control.threads = threads;
    auto const system = LeontiefSystem::make(economy(), control).value();
    auto x = right;
    auto y = left;
    system.solve(x, control);
    system.solve_left(y, control);
    return std::pair{x, y};
  };
  auto const one = solved(1);
  for (unsigned const threads : {2U, 3U}) {
    auto const many = solved(threads);
    EXPECT_TRUE(same_bits(one.first, many.first)) << threads << " threads";
    EXPECT_TRUE(same_bits(one.second, many.second)) << threads << " threads";
  }
}

/// LAPACK (with row exchanges) is the reference: relative difference at most 1e-12.
TEST_F(LargeSystem, AgreesWithLapack) {
  auto const system = LeontiefSystem::make(economy()).value();
  DenseMatrix matrix(n, n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      matrix(i, j) = (i == j ? 1.0 : 0.0) - system.coefficient(IndustryId{i}, IndustryId{j});
    }
  }
  auto const size = static_cast<lapack_int>(n);
  std::vector<lapack_int> pivots(n);
  ASSERT_EQ(LAPACKE_dgetrf(LAPACK_ROW_MAJOR, size, size, matrix.data(), size, pivots.data()), 0);
  auto const sides = random_matrix(n, 70);
  auto ours = sides;
  auto theirs = sides;
  system.solve(ours);
  ASSERT_EQ(LAPACKE_dgetrs(LAPACK_ROW_MAJOR, 'N', size, 70, matrix.data(), size, pivots.data(),
                           theirs.data(), 70),
            0);
  for (std::size_t k = 0; k < ours.values().size(); ++k) {
    ASSERT_NEAR(ours.values()[k], theirs.values()[k], 1e-12 * std::abs(theirs.values()[k]));
  }
  EXPECT_LT(system.residual(), 1e-13);
}

/// solve_left is solve of the transposed system: y'(I - A)^-1 b read from either side.
TEST_F(LargeSystem, SolvesFromBothSidesAlike) {
  auto const system = LeontiefSystem::make(economy()).value();
  auto right = random_matrix(n, 1);
  auto left = random_matrix(1, n);
  auto const b = right;
  auto const y = left;
  system.solve(right);
  system.solve_left(left);
  double one = 0, other = 0;
  for (std::size_t i = 0; i < n; ++i) {
    one += y(0, i) * right(i, 0);
    other += left(0, i) * b(i, 0);
  }
  EXPECT_NEAR(one, other, 1e-12 * one);
}

}  // namespace
}  // namespace linchpin::depend
