// SPDX-License-Identifier: Apache-2.0
#include "linchpin/core/random.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

namespace linchpin {
namespace {

using testing::ElementsAre;

/// Known answers of Philox 4x32 with ten rounds.
/// Source: kat_vectors of the Random123 library by the authors of Salmon et al. (2011).
TEST(Philox, MatchesKnownAnswers) {
  EXPECT_THAT(philox4x32({0, 0, 0, 0}, {0, 0}),
              ElementsAre(0x6627e8d5U, 0xe169c58dU, 0xbc57ac4cU, 0x9b00dbd8U));
  constexpr std::uint32_t ones = 0xffffffffU;
  EXPECT_THAT(philox4x32({ones, ones, ones, ones}, {ones, ones}),
              ElementsAre(0x408f276dU, 0x41c83b0eU, 0xa20bc7c6U, 0x6d5451fdU));
}

TEST(Rng, StartsWithTheFirstBlockOfItsStream) {
  Rng rng{Seed{0}, 0};
  EXPECT_EQ(rng.bits32(), 0x6627e8d5U);
  EXPECT_EQ(rng.bits32(), 0xe169c58dU);
  EXPECT_EQ(rng.bits64(), 0xbc57ac4c9b00dbd8U);
}

TEST(Rng, GivesTheSameNumbersAgain) {
  Rng first{Seed{42}, 3};
  Rng second{Seed{42}, 3};
  for (int k = 0; k < 1000; ++k) ASSERT_EQ(first.bits64(), second.bits64());
}

TEST(Rng, StreamsDoNotDependOnTheOrderOfTheirUse) {
  auto const draw = [](std::uint64_t stream, int count) {
    Rng rng{Seed{42}, stream};
    std::vector<double> values;
    for (int k = 0; k < count; ++k) values.push_back(rng.normal());
    return values;
  };
  std::vector<std::vector<double>> forward, backward(8);
  for (std::uint64_t stream = 0; stream < 8; ++stream) forward.push_back(draw(stream, 50));
  for (std::uint64_t stream = 8; stream-- > 0;) backward[stream] = draw(stream, 50);
  EXPECT_EQ(forward, backward);
}

TEST(Rng, SeedsAndStreamsDiffer) {
  std::set<std::uint64_t> firsts;
  for (std::uint64_t k = 0; k < 100; ++k) {
    firsts.insert(Rng{Seed{k}, 0}.bits64());
    firsts.insert(Rng{Seed{0}, k + 1}.bits64());
    firsts.insert(Rng{Seed{k + (1ULL << 32)}, 0}.bits64());  // upper half of the seed counts
    firsts.insert(Rng{Seed{0}, (k + 1) << 32}.bits64());     // upper half of the stream counts
  }
  EXPECT_EQ(firsts.size(), 400U);
}

/// 10^6 draws: the mean of a uniform has standard error 2.9e-4; the bounds are six of them.
TEST(Rng, UniformsFillTheOpenInterval) {
  Rng rng{Seed{1}, 0};
  constexpr int count = 1'000'000;
  double sum = 0, squares = 0, least = 1, most = 0;
  for (int k = 0; k < count; ++k) {
    double const value = rng.uniform();
    sum += value;
    squares += value * value;
    least = std::min(least, value);
    most = std::max(most, value);
  }
  EXPECT_GT(least, 0.0);
  EXPECT_LT(most, 1.0);
  EXPECT_LT(least, 1e-4);
  EXPECT_GT(most, 1 - 1e-4);
  EXPECT_NEAR(sum / count, 0.5, 1.8e-3);
  EXPECT_NEAR(squares / count - 0.25, 1.0 / 12, 2e-3);
}

/// Moments 0, 1, 0, 3 of the standard normal; bounds are about six standard errors at 10^6 draws.
TEST(Rng, NormalsHaveTheMomentsOfTheNormal) {
  Rng rng{Seed{2}, 0};
  constexpr int count = 1'000'000;
  double moment[5] = {0, 0, 0, 0, 0};
  int beyond_two = 0;
  for (int k = 0; k < count; ++k) {
    double const value = rng.normal();
    ASSERT_TRUE(std::isfinite(value));
    double power = 1;
    for (double& each : moment) {
      each += power;
      power *= value;
    }
    beyond_two += std::abs(value) > 2 ? 1 : 0;
  }
  EXPECT_NEAR(moment[1] / count, 0, 6e-3);
  EXPECT_NEAR(moment[2] / count, 1, 9e-3);
  EXPECT_NEAR(moment[3] / count, 0, 3e-2);
  EXPECT_NEAR(moment[4] / count, 3, 6e-2);
  EXPECT_NEAR(static_cast<double>(beyond_two) / count, 0.0455, 1.3e-3);  // P(|X| > 2)
}

TEST(Rng, BelowStaysBelowAndReachesEverything) {
  Rng rng{Seed{3}, 0};
  std::vector<int> counts(7, 0);
  for (int k = 0; k < 70'000; ++k) {
    auto const value = rng.below(7);
    ASSERT_LT(value, 7U);
    ++counts[value];
  }
  for (int const count : counts) EXPECT_NEAR(count, 10'000, 600);  // six standard errors
  EXPECT_EQ(rng.below(1), 0U);
}

/// Bounds just above 2^63 reject nearly half of all draws; a biased method would double small ones.
TEST(Rng, BelowHasNoBiasAtLargeBounds) {
  Rng rng{Seed{4}, 0};
  std::uint64_t const bound = (1ULL << 63) + (1ULL << 62);
  int low = 0;
  constexpr int count = 30'000;
  for (int k = 0; k < count; ++k) {
    auto const value = rng.below(bound);
    ASSERT_LT(value, bound);
    low += value < bound / 3 ? 1 : 0;
  }
  EXPECT_NEAR(low, count / 3, 500);  // six standard errors; a plain remainder gives count / 2
}

}  // namespace
}  // namespace linchpin
