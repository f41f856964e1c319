// SPDX-License-Identifier: Apache-2.0
#include "linchpin/sampling/quantiles.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "linchpin/core/random.h"

namespace linchpin::sampling {
namespace {

TEST(SortedQuantile, LiesBetweenTwoValuesInProportion) {
  std::vector<double> const values{1, 2, 4, 8, 16};
  EXPECT_EQ(sorted_quantile(values, 0), 1);
  EXPECT_EQ(sorted_quantile(values, 0.5), 4);
  EXPECT_EQ(sorted_quantile(values, 0.125), 1.5);
  EXPECT_EQ(sorted_quantile(values, 1), 16);
  EXPECT_EQ(sorted_quantile(std::vector<double>{3}, 0.95), 3);
}

TEST(Histogram, QuantilesWithinHalfAWidthWhateverTheOrder) {
  Rng random(Seed{1}, 0);
  std::vector<double> values;
  for (int k = 0; k < 5001; ++k) values.push_back(0.9 + 0.3 * random.uniform());
  Histogram forward, backward, first, second;
  for (double const value : values) forward.add(value);
  for (auto each = values.rbegin(); each != values.rend(); ++each) backward.add(*each);
  for (std::size_t k = 0; k < values.size(); ++k) (k % 3 == 0 ? first : second).add(values[k]);
  second.add(first);
  EXPECT_EQ(forward, backward);
  EXPECT_EQ(forward, second);
  EXPECT_EQ(forward.total(), values.size());
  EXPECT_LE(forward.counts().size(), 3001U);
  std::sort(values.begin(), values.end());
  for (double const p : {0.0, 0.05, 0.5, 0.95, 1.0}) {
    EXPECT_NEAR(forward.quantile(p), sorted_quantile(values, p), 1.2e-4) << p;
  }
}

TEST(Histogram, EndsAreCountedWhereTheRangeStops) {
  Histogram histogram;
  histogram.add(-1e9);
  histogram.add(1e9);
  EXPECT_EQ(histogram.total(), 2U);
  EXPECT_EQ(histogram.first_bin(), Histogram::lowest_bin);
  EXPECT_EQ(histogram.counts().size(),
            static_cast<std::size_t>(Histogram::highest_bin - Histogram::lowest_bin) + 1);
}

}  // namespace
}  // namespace linchpin::sampling
