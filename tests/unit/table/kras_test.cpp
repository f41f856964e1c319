// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/repair/kras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "linchpin/core/random.h"
#include "linchpin/table/repair/ras.h"
#include "support/fixtures.h"
#include "support/sparse.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using test::matrix;
using test::text_of;
using testing::HasSubstr;
using Of = ConstraintTerm::Of;

Constraint row(std::size_t i, double target, double sigma = 0) {
  return {{{Of::row, i, 0, 1}}, target, sigma, "row " + std::to_string(i + 1)};
}
Constraint column(std::size_t j, double target, double sigma = 0) {
  return {{{Of::column, 0, j, 1}}, target, sigma, "column " + std::to_string(j + 1)};
}
Constraint cell(std::size_t i, std::size_t j, double target, double sigma = 0) {
  return {{{Of::cell, i, j, 1}}, target, sigma, "cell"};
}

/// With exact margins and nothing else the answer is that of RAS (same objective, same zeros).
TEST(Kras, IsRasForExactMargins) {
  auto const seed = matrix({{1, 2, 0}, {3, 4, 1}, {0, 5, 6}});
  std::vector<double> const rows{5, 6, 12}, columns{5, 9, 9};
  auto expected = seed;
  ASSERT_TRUE(ras(expected, rows, columns));
  std::vector<Constraint> constraints;
  for (std::size_t k = 0; k < 3; ++k) {
    constraints.push_back(row(k, rows[k]));
    constraints.push_back(column(k, columns[k]));
  }
  auto z = test::sparse(seed);
  auto const report = kras(z, constraints);
  ASSERT_TRUE(report) << text_of(report.error());
  EXPECT_LT(report->exact_error, 1e-12);
  EXPECT_EQ(report->seed_pull, 0);
  auto const found = FlowMatrix(z).to_dense();
  for (std::size_t k = 0; k < 9; ++k) EXPECT_NEAR(found.values()[k], expected.values()[k], 1e-9);
}

/// Two statements about one cell: the mean weighted by 1 / sigma^2, (12/1 + 15/4) / (1/1 + 1/4).
TEST(Kras, SharesAGapByReliability) {
  auto z = test::sparse(matrix({{10}}));
  auto const report = kras(z, std::vector{cell(0, 0, 12, 1), cell(0, 0, 15, 2)});
  ASSERT_TRUE(report) << text_of(report.error());
  EXPECT_NEAR(z.value[0], 12.6, 1e-4);
  EXPECT_NEAR(report->value[0], z.value[0], 1e-12);
  EXPECT_LT(report->seed_pull, 1e-5);
}

/// Row targets sum to 10, column targets to 12. With equal sigma each of the four gives way by a
/// quarter of the gap: minimise sum r^2 subject to sum r(rows) - sum r(columns) = -2.
TEST(Kras, SharesAGapOfTotalsAmongAllTargets) {
  auto z = test::sparse(matrix({{1, 2}, {3, 4}}));
  auto const report =
      kras(z, std::vector{row(0, 4, 0.5), row(1, 6, 0.5), column(0, 5, 0.5), column(1, 7, 0.5)});
  ASSERT_TRUE(report) << text_of(report.error());
  EXPECT_NEAR(report->value[0], 4.5, 1e-4);
  EXPECT_NEAR(report->value[1], 6.5, 1e-4);
  EXPECT_NEAR(report->value[2], 4.5, 1e-4);
  EXPECT_NEAR(report->value[3], 6.5, 1e-4);
}

/// An exact target does not give way, however reliable its opponent.
TEST(Kras, MeetsExactTargetsWhateverContradicts) {
  auto z = test::sparse(matrix({{1, 2}, {3, 4}}));
  auto const report =
      kras(z, std::vector{row(0, 4), row(1, 6), column(0, 5, 1e-3), column(1, 7, 1)});
  ASSERT_TRUE(report) << text_of(report.error());
  EXPECT_NEAR(report->value[0], 4, 1e-11);
  EXPECT_NEAR(report->value[1], 6, 1e-11);
  EXPECT_NEAR(report->value[2] + report->value[3], 10, 1e-11);
  EXPECT_NEAR(report->value[2], 5 - 2e-6, 1e-5);  // gap 2, shares 1e-6 : 1
}

TEST(Kras, KeepsSignsAndMeetsMixedConstraints) {
  auto z = test::sparse(matrix({{7, 3, 5, -3}, {2, 9, 8, 1}, {-2, 0, 2, 1}}));
  std::vector<Constraint> constraints{row(0, 15), row(1, 26), cell(0, 3, -4)};
  constraints.push_back(
      {{{Of::row, 2, 0, 1}, {Of::column, 0, 0, -2}}, -20, 0, "row 3 - 2 column 1"});
  constraints.push_back({{{Of::cell, 0, 0, 1}, {Of::cell, 1, 1, -1}}, 0, 0, "two equal cells"});
  auto const report = kras(z, constraints);
  ASSERT_TRUE(report) << text_of(report.error());
  auto const found = FlowMatrix(z).to_dense();
  EXPECT_NEAR(found(0, 3), -4, 1e-11);
  EXPECT_NEAR(found(0, 0), found(1, 1), 1e-10);
  EXPECT_EQ(found(2, 1), 0);
  EXPECT_LT(found(2, 0), 0);
  EXPECT_LT(report->exact_error, 1e-12);
}

TEST(Kras, NamesExactTargetsThatContradict) {
  auto z = test::sparse(matrix({{1, 2}, {3, 4}}));
  auto const before = z;
  auto const failed = kras(z, std::vector{row(0, 4), row(1, 6), column(0, 5), column(1, 7)});
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::bad_value);
  EXPECT_THAT(text_of(failed.error()), HasSubstr("contradicts"));
  EXPECT_THAT(text_of(failed.error()), HasSubstr("column"));
  EXPECT_EQ(z, before);
}

TEST(Kras, NamesTargetsNoCellCanReach) {
  auto z = test::sparse(matrix({{1, 2}, {0, 0}}));
  auto const failed = kras(z, std::vector{row(1, 4)});
  ASSERT_FALSE(failed);
  EXPECT_THAT(text_of(failed.error()), HasSubstr("all its cells are zero"));
  auto const sign = kras(z, std::vector{row(0, -4)});
  ASSERT_FALSE(sign);
  EXPECT_THAT(text_of(sign.error()), HasSubstr("signs"));
  // Uncertain, it gives way: to the nearest it can reach.
  auto const soft = kras(z, std::vector{row(1, 4, 1), row(0, 6)});
  ASSERT_TRUE(soft) << text_of(soft.error());
  EXPECT_NEAR(soft->value[1], 6, 1e-11);
}

TEST(Kras, RefusesNonsense) {
  auto z = test::sparse(matrix({{1, 2}, {3, 4}}));
  auto const failed = kras(z, std::vector{row(7, 4), row(0, 1, -1), column(0, std::nan(""))});
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().further.size(), 2U) << text_of(failed.error());
}

/// Sales, costs and balance of every industry, all uncertain but the balance; ten orders of
/// magnitude of money; sigma one to fifty percent.
TEST(Kras, MeetsTheBalanceOfManyIndustriesOnAnyThreads) {
  constexpr std::size_t n = 120;
  Rng rng(Seed{5}, 0);
  DenseMatrix seed(n + 1, n + 3);
  for (std::size_t i = 0; i <= n; ++i) {
    for (std::size_t j = 0; j < n + 3; ++j) {
      bool const empty = rng.uniform() < 0.4 || (i == n && j >= n);
      seed(i, j) = empty ? 0 : std::exp(3 * rng.normal());
      if (j + 1 == n + 3 && rng.uniform() < 0.3) seed(i, j) = -0.1 * seed(i, j);
    }
  }
  std::vector<Constraint> constraints;
  auto z = test::sparse(seed);
  for (std::size_t k = 0; k < n; ++k) {
    double sales = 0, costs = 0;
    for (std::size_t j = 0; j < n + 3; ++j) sales += seed(k, j);
    for (std::size_t i = 0; i <= n; ++i) costs += seed(i, k);
    double const target = std::max(sales, 1.0);
    constraints.push_back(row(k, target, target * (0.01 + 0.5 * rng.uniform())));
    constraints.push_back(column(k, costs * 1.1, costs * (0.01 + 0.5 * rng.uniform())));
    constraints.push_back({{{Of::row, k, 0, 1}, {Of::column, 0, k, -1}}, 0, 0, "balance"});
  }
  auto two = z;
  auto const report = kras(z, constraints, {}, {.threads = 1});
  ASSERT_TRUE(report) << text_of(report.error());
  EXPECT_LT(report->exact_error, 1e-11);
  EXPECT_LT(report->iterations, 40U);
  ASSERT_TRUE(kras(two, constraints, {}, {.threads = 2}));
  EXPECT_EQ(z, two);
}

TEST(Kras, StopsWhenAsked) {
  auto z = test::sparse(matrix({{1, 2}, {3, 4}}));
  RunControl control;
  control.cancel.cancel();
  auto const stopped = kras(z, std::vector{row(0, 4)}, {}, control);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace linchpin
