// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/repair/gras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/fixtures.h"
#include "support/sparse.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using test::matrix;
using test::text_of;
using testing::HasSubstr;

using Targets = std::vector<double>;

/// Negative cells and negative totals of a row and of a column.
/// Source: example in the manner of Junius & Oosterhaven (2003), Economic Systems Research 15(1);
/// result computed independently, eight decimals; multipliers are known up to one factor.
TEST(Gras, MatchesTheWorkedExample) {
  auto z = matrix({{7, 3, 5, -3}, {2, 9, 8, 1}, {-2, 0, 2, 1}});
  auto sparse = test::sparse(z);
  auto const report = gras(z, Targets{15, 26, -1}, Targets{9, 16, 17, -2});
  ASSERT_TRUE(report) << text_of(report.error());
  auto const expected = matrix({{8.97644031, 3.74316025, 5.72172844, -3.44132899},
                                {2.79933540, 12.25683975, 9.99231366, 0.95151118},
                                {-2.77577571, 0, 1.28595790, 0.48981782}});
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 4; ++j) EXPECT_NEAR(z(i, j), expected(i, j), 1e-7);
  }
  Targets const r{1.00870343, 1.10098736, 0.56676499};
  Targets const s{1.27128408, 1.23695433, 1.13447189, 0.86423442};
  double const factor = report->r[0] / r[0];
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(report->r[i] / factor, r[i], 1e-7);
  for (std::size_t j = 0; j < 4; ++j) EXPECT_NEAR(report->s[j] * factor, s[j], 1e-7);
  EXPECT_LT(report->row_error, 1e-12);
  EXPECT_LT(report->column_error, 1e-12);

  ASSERT_TRUE(gras(sparse, Targets{15, 26, -1}, Targets{9, 16, 17, -2}));
  auto const same = FlowMatrix(sparse).to_dense();
  for (std::size_t k = 0; k < 12; ++k) EXPECT_NEAR(same.values()[k], z.values()[k], 1e-10);
}

TEST(Gras, IsRasWithoutNegativeCells) {
  auto a = matrix({{1, 2, 0}, {3, 4, 1}}), b = a;
  Targets const rows{5, 6}, columns{3, 6, 2};
  ASSERT_TRUE(ras(a, rows, columns));
  ASSERT_TRUE(gras(b, rows, columns));
  for (std::size_t k = 0; k < 6; ++k) EXPECT_NEAR(a.values()[k], b.values()[k], 1e-12);
}

/// A column without positive cells has the multiplier -n/w; one without negative cells w/p.
TEST(Gras, ScalesLinesOfOneSign) {
  auto z = matrix({{2, -1, 4}, {3, -2, 5}});
  auto const report = gras(z, Targets{3, 10}, Targets{6, -6, 13});
  ASSERT_TRUE(report) << text_of(report.error());
  EXPECT_NEAR(z(0, 1) + z(1, 1), -6, 1e-11);
  EXPECT_NEAR(z(0, 0) + z(1, 0), 6, 1e-11);
  EXPECT_LT(z(0, 1), 0);
  EXPECT_LT(z(1, 1), 0);
}

TEST(Gras, EmptiesLinesOfOneSignWhoseTargetIsZero) {
  auto z = matrix({{2, -1, 4}, {3, -2, 5}});
  auto const report = gras(z, Targets{5, 8}, Targets{4, 0, 9});
  ASSERT_TRUE(report) << text_of(report.error());
  EXPECT_EQ(z(0, 1), 0);
  EXPECT_EQ(z(1, 1), 0);
  EXPECT_EQ(report->emptied_cells, 2U);
}

/// Cells of both signs can cancel: a target of zero does not empty the line.
TEST(Gras, ReachesATotalOfZeroWithBothSigns) {
  auto z = matrix({{2, -1}, {-3, 4}});
  auto const report = gras(z, Targets{0, 1}, Targets{0, 1});
  ASSERT_TRUE(report) << text_of(report.error());
  EXPECT_NEAR(z(0, 0), -z(0, 1), 1e-11);
  EXPECT_GT(z(0, 0), 0.1);
}

TEST(Gras, NamesTotalsOfTheWrongSign) {
  auto z = matrix({{2, -1}, {3, -2}, {-4, -5}});
  auto const before = z;
  auto const failed = gras(z, Targets{1, 1, 2}, Targets{2, 2});
  ASSERT_FALSE(failed);
  auto const text = text_of(failed.error());
  EXPECT_THAT(text, HasSubstr("target 2, but no cell of that sign"));
  EXPECT_THAT(text, HasSubstr("| row 3 |"));
  EXPECT_THAT(text, HasSubstr("| column 2 |"));
  EXPECT_EQ(z, before);
}

/// Rows 1 and 2 sell to column 1 only, where row 3 buys back (a negative cell) and helps them; but
/// without that cell there is no room.
TEST(Gras, SeesThatANegativeCellMakesRoom) {
  auto room = matrix({{1, 0, 0}, {1, 0, 0}, {-1, 1, 1}});
  auto const report = gras(room, Targets{3, 3, 4}, Targets{5, 3, 2});
  ASSERT_TRUE(report) << text_of(report.error());
  EXPECT_NEAR(room(2, 0), -1, 1e-11);
  auto none = matrix({{1, 0, 0}, {1, 0, 0}, {0.5, 1, -1}, {0, 0, 2}});
  auto const failed = gras(none, Targets{3, 3, 4, 1}, Targets{5, 7, -1});
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::bad_value) << text_of(failed.error());
  EXPECT_THAT(text_of(failed.error()), HasSubstr("(row 1, row 2) add up to 6"));
}

}  // namespace
}  // namespace linchpin
