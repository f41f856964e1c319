// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/tiers.h"

#include <gtest/gtest.h>

#include "support/fixtures.h"
#include "support/random_economy.h"

namespace linchpin::depend {
namespace {

double sum_of(DenseMatrix const& matrix) {
  double sum = 0;
  for (std::size_t r = 0; r < matrix.rows(); ++r) {
    for (std::size_t c = 0; c < matrix.columns(); ++c) sum += matrix(r, c);
  }
  return sum;
}

LeontiefSystem leather() {
  return LeontiefSystem::make(Economy::make(test::leather()).value()).value();
}

/// Tier 1 is the face value; its six decimals are those of the reliance test.
TEST(TierFlows, FirstTierIsTheFaceValue) {
  auto const system = leather();
  auto const buyer = system.space().find_industry("ARG:1", "test").value();
  auto const tiers = tier_flows(system, {RegionId{0}, buyer}, 2).value();
  ASSERT_EQ(tiers.flows.size(), 2U);
  auto const& first = tiers.flows.front();
  EXPECT_NEAR(first(0, 0), 0.249678, 1e-6);
  EXPECT_NEAR(first(1, 0), 0.018018, 1e-6);
  EXPECT_NEAR(first(2, 0), 0.059202, 1e-6);
  EXPECT_EQ(first(0, 1), 0);  // only the buyer's region has users at tier 1
  EXPECT_EQ(first(2, 2), 0);
}

TEST(TierFlows, AllTiersTogetherAreTheLookThrough) {
  auto const system = leather();
  for (std::size_t region = 0; region < system.space().regions(); ++region) {
    Buyer const buyer{RegionId{region}, {}};
    auto const account = buyer_account(system, buyer).value();
    double look_through = 0;
    for (auto const& each : account.by_region) look_through += each.look_through;
    for (std::size_t const count : {1U, 3U, 6U}) {
      auto const tiers = tier_flows(system, buyer, count).value();
      double sum = tiers.beyond;
      for (auto const& flows : tiers.flows) sum += sum_of(flows);
      EXPECT_NEAR(sum, look_through, 1e-12) << region << " " << count;
    }
  }
}

/// What a region delivers as tier 2 goes to those who deliver as tier 1: nobody else buys.
TEST(TierFlows, GoFromTierToTier) {
  auto const system = leather();
  auto const tiers = tier_flows(system, {RegionId{1}, {}}, 2).value();
  for (std::size_t r = 0; r < 3; ++r) {
    double delivered = 0, bought = 0;
    for (std::size_t c = 0; c < 3; ++c) {
      delivered += tiers.flows[0](r, c);
      bought += tiers.flows[1](c, r);
    }
    EXPECT_LT(bought, delivered) << r;  // of a unit of output less than a unit is purchased
    EXPECT_GT(bought, 0) << r;
  }
}

}  // namespace
}  // namespace linchpin::depend
