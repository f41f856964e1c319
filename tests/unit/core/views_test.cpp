// SPDX-License-Identifier: Apache-2.0
#include "linchpin/core/views.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <type_traits>

#include "linchpin/core/dense.h"
#include "linchpin/core/ids.h"

namespace linchpin {
namespace {

using Flows = MatrixView<IndustryId, RegionId, double>;

static_assert(std::is_invocable_v<Flows, IndustryId, RegionId>);
static_assert(!std::is_invocable_v<Flows, RegionId, IndustryId>);
static_assert(!std::is_invocable_v<Flows, std::size_t, std::size_t>);

TEST(DenseMatrix, IsZeroRowMajorAndOnACacheLine) {
  DenseMatrix matrix(2, 3);
  for (double const value : matrix.values()) EXPECT_EQ(value, 0.0);
  matrix(1, 2) = 5;
  EXPECT_EQ(matrix.data()[5], 5);
  EXPECT_EQ(matrix.row(1)[2], 5);
  EXPECT_EQ(matrix.rows(), 2U);
  EXPECT_EQ(matrix.columns(), 3U);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(matrix.data()) % 64, 0U);
  EXPECT_TRUE(DenseMatrix{}.empty());
  EXPECT_NE(matrix, DenseMatrix(2, 3));
}

TEST(MatrixView, SeesTheMatrixThroughIds) {
  DenseMatrix matrix(2, 3);
  Flows const flows{matrix.data(), 2, 3};
  flows(IndustryId{1}, RegionId{0}) = 7;
  EXPECT_EQ(matrix(1, 0), 7);
  EXPECT_EQ(flows.row(IndustryId{1})[0], 7);
  EXPECT_EQ(flows.rows(), 2U);
  EXPECT_EQ(flows.columns(), 3U);
  EXPECT_EQ(flows.raw(), matrix.data());
}

TEST(VectorView, SeesTheVectorThroughIds) {
  DenseVector values{1, 2, 3};
  VectorView<SectorId, double> const view{values};
  view[SectorId{2}] = 9;
  EXPECT_EQ(values[2], 9);
  EXPECT_EQ(view.size(), 3U);
  EXPECT_EQ(view.raw().data(), values.data());
}

#if defined(LINCHPIN_CHECKED)
TEST(ViewsDeathTest, CheckTheirBounds) {
  DenseMatrix matrix(2, 3);
  Flows const flows{matrix.data(), 2, 3};
  EXPECT_DEATH(static_cast<void>(flows(IndustryId{2}, RegionId{0})), "broken precondition");
  EXPECT_DEATH(static_cast<void>(matrix(0, 3)), "broken precondition: row < rows_");
}
#endif

}  // namespace
}  // namespace linchpin
