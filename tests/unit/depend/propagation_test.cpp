// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/propagation.h"

#include <gtest/gtest.h>

#include <utility>

#include "support/fixtures.h"

namespace linchpin::depend {
namespace {

/// Source: Miller & Blair (2009), table of chapter 2; eight decimals, independent computation.
TEST(Propagation, MatchesMillerAndBlair) {
  auto const system = LeontiefSystem::make(Economy::make(test::miller_blair()).value()).value();
  test::Rows const expected{{1.59701684, 1.37623762}, {1.37623762, 1.83569708}};
  auto const all = propagation(system);
  for (std::size_t i = 0; i < 2; ++i) {
    for (std::size_t j = 0; j < 2; ++j) EXPECT_NEAR(all.length(i, j), expected[i][j], 1e-8);
  }
  EXPECT_NEAR(all.strength(0, 1), 0.33003300, 1e-8);
  auto const one = propagation_to(system, {IndustryId{1}});
  EXPECT_EQ(one.length(0, 0), all.length(0, 1));
  EXPECT_EQ(one.length(1, 0), all.length(1, 1));
}

/// A straight chain A > B > C: one step, two steps, and nothing upstream.
TEST(Propagation, CountsTheStepsOfAChain) {
  auto const system =
      LeontiefSystem::make(
          Economy::make(test::balanced_table("t", test::full_labels({"A", "B", "C"}, {"p"}),
                                             test::matrix({{0, 10, 0}, {0, 0, 20}, {0, 0, 0}}),
                                             test::matrix({{0, 0, 0}, {0, 0, 0}, {0, 0, 30}})))
              .value())
          .value();
  auto const all = propagation(system);
  EXPECT_EQ(all.length(0, 1), 1.0);
  EXPECT_EQ(all.length(1, 2), 1.0);
  EXPECT_EQ(all.length(0, 2), 2.0);
  EXPECT_EQ(all.length(2, 0), 0.0);  // C is no supplier of A
  EXPECT_EQ(all.length(0, 0), 0.0);
  EXPECT_EQ(all.strength(2, 0), 0.0);
}

}  // namespace
}  // namespace linchpin::depend
