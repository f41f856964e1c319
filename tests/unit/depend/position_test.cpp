// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/position.h"

#include <gtest/gtest.h>

#include <vector>

#include "support/fixtures.h"
#include "support/random_economy.h"

namespace linchpin::depend {
namespace {

Position position_of(Table table) {
  return position(LeontiefSystem::make(Economy::make(std::move(table)).value()).value());
}

void expect_near(DenseVector const& actual, std::vector<double> const& expected) {
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i) {
    EXPECT_NEAR(actual[i], expected[i], 1e-8) << "industry " << i;
  }
}

/// Eight decimals from an independent computation on the table of Miller & Blair (2009), chapter 2.
TEST(Position, MatchesMillerAndBlair) {
  auto const result = position_of(test::miller_blair());
  expect_near(result.output_multiplier, {1.51815182, 1.45214521});
  expect_near(result.upstreamness, {1.91419142, 1.25412541});
  expect_near(result.downstreamness, {1.51815182, 1.45214521});
}

/// Eight decimals from an independent computation on the leather table.
TEST(Position, MatchesLeather) {
  auto const result = position_of(test::leather());
  expect_near(result.upstreamness, {2.09840373, 2.17685560, 1.63112441, 2.10710352, 2.18015593,
                                    1.83925123, 1.98959358, 2.10177131, 1.75875113});
  expect_near(result.downstreamness, {1.56540084, 1.77698612, 2.43322012, 1.72692010, 1.94274494,
                                      2.50475659, 1.73589119, 2.06220114, 2.39412393});
}

TEST(Position, IsOneWithoutOutput) {
  auto const economy =
      test::random_economy({.regions = 3, .sectors = 4, .seed = Seed{5}, .zero_output = 3});
  auto const result = position(LeontiefSystem::make(economy).value());
  std::size_t idle = 0;
  for (std::size_t i = 0; i < economy.size(); ++i) {
    if (economy.output()[IndustryId{i}] != 0) continue;
    ++idle;
    EXPECT_EQ(result.upstreamness[i], 1.0);
    EXPECT_EQ(result.downstreamness[i], 1.0);
    EXPECT_EQ(result.output_multiplier[i], 1.0);
  }
  EXPECT_GT(idle, 0U);
}

}  // namespace
}  // namespace linchpin::depend
