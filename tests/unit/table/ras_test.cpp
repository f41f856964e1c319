// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/repair/ras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "linchpin/core/random.h"
#include "support/fixtures.h"
#include "support/sparse.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using test::matrix;
using test::text_of;
using testing::HasSubstr;

using Targets = std::vector<double>;

/// Projecting coefficients: A0 x1 scaled to new intermediate sales and purchases.
/// Source: three-sector example in the manner of Miller & Blair (2009), chapter 7; result computed
/// independently, eight decimals.
TEST(Ras, MatchesTheWorkedExample) {
  auto z = matrix({{.120, .100, .049}, {.210, .247, .265}, {.026, .249, .145}});
  Targets const x{421, 284, 283};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) z(i, j) *= x[j];
  }
  auto sparse = test::sparse(z);
  auto const report = ras(z, Targets{245, 136, 159}, Targets{251, 107, 182});
  ASSERT_TRUE(report) << text_of(report.error());
  auto const expected = matrix({{165.21014820, 34.61360464, 45.17624716},
                                {63.52861968, 18.78617795, 53.68520236},
                                {22.26123212, 53.60021741, 83.13855048}});
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) EXPECT_NEAR(z(i, j), expected(i, j), 1e-7);
  }
  EXPECT_LT(report->row_error, 1e-12);
  EXPECT_LT(report->column_error, 1e-12);
  EXPECT_GT(report->iterations, 1U);

  ASSERT_TRUE(ras(sparse, Targets{245, 136, 159}, Targets{251, 107, 182}));
  auto const same = FlowMatrix(sparse).to_dense();
  for (std::size_t k = 0; k < 9; ++k) EXPECT_NEAR(same.values()[k], z.values()[k], 1e-10);
}

TEST(Ras, LeavesABalancedMatrixAlone) {
  auto z = matrix({{1, 2}, {3, 4}});
  auto const report = ras(z, Targets{3, 7}, Targets{4, 6});
  ASSERT_TRUE(report);
  EXPECT_EQ(report->iterations, 1U);
  EXPECT_EQ(z, matrix({{1, 2}, {3, 4}}));
}

TEST(Ras, EmptiesLinesWhoseTargetIsZero) {
  auto z = matrix({{1, 2, 1}, {3, 4, 1}, {0, 0, 0}});
  auto const report = ras(z, Targets{0, 8, 0}, Targets{4, 4, 0});
  ASSERT_TRUE(report) << text_of(report.error());
  EXPECT_EQ(z, matrix({{0, 0, 0}, {4, 4, 0}, {0, 0, 0}}));
  EXPECT_EQ(report->emptied_cells, 4U);
}

TEST(Ras, NamesRowsThatHaveTargetsButNoCells) {
  auto z = matrix({{1, 2}, {0, 0}, {5, 0}});
  ScalingOptions options;
  options.names.row = [](std::size_t i) { return "R" + std::to_string(i); };
  auto const before = z;
  auto const failed = ras(z, Targets{2, 1, 3}, Targets{0, 6}, options);
  ASSERT_FALSE(failed);
  auto const text = text_of(failed.error());
  EXPECT_EQ(failed.error().code, ErrorCode::bad_value);
  EXPECT_THAT(text, HasSubstr("infeasible"));
  EXPECT_THAT(text, HasSubstr("| R1 |"));
  EXPECT_THAT(text, HasSubstr("| R2 |"));  // its only cell meets a column with the target zero
  EXPECT_EQ(z, before);
}

TEST(Ras, NamesTotalsThatDiffer) {
  auto z = matrix({{1, 2}, {3, 4}});
  auto const failed = ras(z, Targets{3, 7}, Targets{4, 6.5});
  ASSERT_FALSE(failed);
  EXPECT_THAT(text_of(failed.error()),
              HasSubstr("row targets add up to 10, the column targets to 10.5"));
}

TEST(Ras, ClosesARoundingGapOfTotalsAndSaysSo) {
  auto z = matrix({{1, 2}, {3, 4}});
  auto const report = ras(z, Targets{3, 7.000000001}, Targets{4.5, 5.5});
  ASSERT_TRUE(report) << text_of(report.error());
  EXPECT_NEAR(report->total_gap, 1e-10, 1e-12);
  EXPECT_LT(report->column_error, 2e-10);
  EXPECT_LT(report->row_error, 1e-12);
}

TEST(Ras, NamesBlocksWhoseTotalsDiffer) {
  auto z = matrix({{1, 1, 0}, {1, 1, 0}, {0, 0, 1}});
  auto const failed = ras(z, Targets{2, 2, 3}, Targets{2, 3, 2});
  ASSERT_FALSE(failed);
  auto const text = text_of(failed.error());
  EXPECT_THAT(text, HasSubstr("row 1, row 2"));
  EXPECT_THAT(text, HasSubstr("(row 3) have cells in these columns (column 3)"));
}

/// Rows 1 and 2 can sell to column 1 only, which takes less than they must sell.
TEST(Ras, NamesAPatternThatHasNoRoom) {
  auto z = matrix({{1, 0, 0}, {1, 0, 0}, {1, 1, 1}});
  auto const failed = ras(z, Targets{3, 3, 4}, Targets{5, 3, 2});
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::bad_value);
  auto const text = text_of(failed.error());
  EXPECT_THAT(text, HasSubstr("2 rows (row 1, row 2) add up to 6"));
  EXPECT_THAT(text, HasSubstr("1 column (column 1) to 5 only"));
}

/// Rows 1 and 2 use up column 1, so that the cell of row 3 there must vanish: plain RAS would come
/// nearer for ever without arriving.
TEST(Ras, EmptiesCellsTheTargetsLeaveNoRoomFor) {
  auto z = matrix({{1, 0, 0}, {2, 0, 0}, {1, 1, 1}});
  auto const report = ras(z, Targets{3, 2, 5}, Targets{5, 3, 2});
  ASSERT_TRUE(report) << text_of(report.error());
  EXPECT_LT(report->column_error, 1e-12);
  EXPECT_EQ(report->emptied_cells, 1U);
  EXPECT_EQ(z(2, 0), 0);
  EXPECT_NEAR(z(2, 1), 3, 1e-12);
}

TEST(Ras, RefusesNegativeAndNonFiniteNumbers) {
  auto z = matrix({{1, -2}, {3, std::numeric_limits<double>::quiet_NaN()}});
  auto const cells = ras(z, Targets{1, 1}, Targets{1, 1});
  ASSERT_FALSE(cells);
  EXPECT_THAT(text_of(cells.error()), HasSubstr("row 1 -> column 2"));
  EXPECT_THAT(text_of(cells.error()), HasSubstr("row 2 -> column 2"));
  z = matrix({{1, 2}, {3, 4}});
  EXPECT_THAT(text_of(ras(z, Targets{-1, 1}, Targets{1, 1}).error()), HasSubstr("gras"));
  EXPECT_EQ(ras(z, Targets{1}, Targets{1, 1}).error().code, ErrorCode::size_mismatch);
}

TEST(Ras, StopsWhenAsked) {
  auto z = matrix({{1, 2}, {3, 4}});
  RunControl control;
  control.cancel.cancel();
  auto const stopped = ras(z, Targets{5, 5}, Targets{5, 5}, {}, control);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
}

TEST(Ras, SaysWhenItDidNotArrive) {
  auto z = matrix({{1, 2}, {3, 4}});
  auto const before = z;
  auto const failed = ras(z, Targets{5, 5}, Targets{5, 5}, {.most_iterations = 2});
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::not_converged);
  EXPECT_EQ(z, before);
}

/// Several tiles of rows: the same bits on any number of threads, for both kinds of storage.
TEST(Ras, DoesNotDependOnTheNumberOfThreads) {
  constexpr std::size_t n = 500;
  DenseMatrix seed(n, n);
  Rng rng(Seed{3}, 0);
  Targets rows(n, 0.0), columns(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      seed(i, j) = rng.uniform() < 0.3 ? 0.0 : std::exp(2 * rng.normal());
      double const wanted = seed(i, j) * std::exp(rng.normal());
      rows[i] += wanted;
      columns[j] += wanted;
    }
  }
  auto one = seed, two = seed;
  auto sparse_one = test::sparse(seed), sparse_two = sparse_one;
  ASSERT_TRUE(ras(one, rows, columns, {}, {.threads = 1}));
  ASSERT_TRUE(ras(two, rows, columns, {}, {.threads = 2}));
  EXPECT_EQ(one, two);
  ASSERT_TRUE(ras(sparse_one, rows, columns, {}, {.threads = 1}));
  ASSERT_TRUE(ras(sparse_two, rows, columns, {}, {.threads = 2}));
  EXPECT_EQ(sparse_one, sparse_two);
}

}  // namespace
}  // namespace linchpin
