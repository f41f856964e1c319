// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/carve.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "linchpin/core/random.h"
#include "linchpin/equilibrium/outcome.h"
#include "linchpin/equilibrium/solve.h"
#include "support/trade_fixtures.h"

namespace linchpin::localize {
namespace {

constexpr std::size_t regions = 4, sectors = 3;

TradeAccounts accounts() { return test::random_accounts(regions, sectors, Rng(Seed{11}, 0)); }

/// Everything the host sells, times a share.
DenseVector like_host(TradeAccounts const& from, std::size_t host, double share) {
  DenseVector flows;
  for (std::size_t n = 0; n < regions; ++n) {
    for (std::size_t i = 0; i < regions; ++i) {
      flows.push_back(share * from.trade[from.cell(host, n, i)]);
    }
  }
  return flows;
}

void expect_same(DenseVector const& a, DenseVector const& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t k = 0; k < a.size(); ++k) EXPECT_NEAR(a[k], b[k], 1e-13 * (1 + b[k])) << k;
}

TEST(Carve, MergingBackGivesTheOriginal) {
  auto const original = accounts();
  auto flows = like_host(original, 1, 0.2);
  flows[1] *= 3;  // other origins than the host's
  flows[6] = 0;
  auto const carved = carve(original, {.host = "S1", .line = "LINE", .flows = flows, .theta = 3});
  ASSERT_TRUE(carved) << carved.error().what;
  EXPECT_EQ(carved->sectors.back(), "LINE");
  auto const back = merge_sectors(*carved, "S1", "LINE");
  ASSERT_TRUE(back);
  EXPECT_EQ(back->sectors, original.sectors);
  expect_same(back->trade, original.trade);
  expect_same(back->tariffs, original.tariffs);
  expect_same(back->value_added_share, original.value_added_share);
  expect_same(back->input_shares, original.input_shares);
  expect_same(back->theta, original.theta);
}

/// Equal θ and structure: a policy on host and line alike does what it did to the whole sector.
TEST(Carve, EqualStructureChangesNoOtherResult) {
  auto const original = accounts();
  auto const carved =
      carve(original, {.host = "S1", .line = "LINE", .flows = like_host(original, 1, 0.15)});
  ASSERT_TRUE(carved);
  auto const solved = [](TradeAccounts const& of) {
    auto raw = equilibrium::calibrate(of);
    EXPECT_TRUE(raw);
    auto base = equilibrium::consistent_base(*raw, equilibrium::DeficitRule::zero);
    EXPECT_TRUE(base);
    equilibrium::TradePolicy policy;
    equilibrium::fill_tariffs(policy, *base);
    equilibrium::fill_goods(policy.productivity, base->grid, 1);
    for (std::size_t j = 0; j < base->grid.sectors; ++j) {
      if (j != 1 && j != 3) continue;
      policy.tariff[base->grid.pair(j, 0, 2)] = 0.4;
      policy.productivity[base->grid.good(j, 1)] = 1.3;
    }
    auto found = equilibrium::solve(*base, policy, {}, {.tolerance = 1e-13});
    EXPECT_TRUE(found);
    return equilibrium::outcomes(*base, policy, *found);
  };
  auto const whole = solved(original);
  auto const parts = solved(*carved);
  for (std::size_t n = 0; n < regions; ++n) {
    EXPECT_NEAR(parts[n].welfare_exact, whole[n].welfare_exact, 1e-9) << n;
    EXPECT_NEAR(parts[n].real_wage, whole[n].real_wage, 1e-9);
    EXPECT_NEAR(parts[n].consumer_prices, whole[n].consumer_prices, 1e-9);
    EXPECT_NEAR(parts[n].imports, whole[n].imports, 1e-9 * (1 + whole[n].imports));
  }
}

/// A capital good: inputs of industries stay what they were.
TEST(Carve, FinalUsersAloneMayBuyIt) {
  auto original = accounts();
  for (auto& share : original.value_added_share) share = std::max(share, 0.9);
  CarveSpec spec{.host = "S1", .line = "LINE", .flows = like_host(original, 1, 0.01)};
  spec.final_use_only = true;
  auto const carved = carve(original, spec);
  ASSERT_TRUE(carved) << carved.error().what;
  for (std::size_t k = 0; k < regions * sectors; ++k) {
    auto const region = k / sectors, user = k % sectors;
    auto const row = (region * (sectors + 1) + user) * (sectors + 1);
    EXPECT_DOUBLE_EQ(carved->input_shares[row + 3], 0);
    EXPECT_DOUBLE_EQ(carved->input_shares[row + 1], original.input_shares[k * sectors + 1]);
  }
  auto const back = merge_sectors(*carved, "S1", "LINE");
  ASSERT_TRUE(back);
  expect_same(back->input_shares, original.input_shares);
  spec.flows = like_host(original, 1, 1);
  EXPECT_FALSE(carve(original, spec));
}

TEST(Carve, SaysEverythingThatIsWrong) {
  auto const original = accounts();
  EXPECT_FALSE(carve(original, {.host = "S9", .line = "L", .flows = {}}));
  auto flows = like_host(original, 1, 0.5);
  flows[0] = -1;
  flows[1] *= 10;
  auto const wrong = carve(original, {.host = "S1", .line = "S2", .flows = flows});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, ErrorCode::duplicate_label);
  EXPECT_EQ(wrong.error().further.size(), 2);
  EXPECT_FALSE(merge_sectors(original, "S1", "S1"));
}

TEST(LineFlows, FitIntoTheHost) {
  auto const original = accounts();
  double total = 0;
  for (double const value : like_host(original, 1, 1)) total += value;
  MarketOutline market{.world_sales = 0.2 * total,
                       .home = 0,
                       .home_buys = 0.25,
                       .home_share = 0.2,
                       .suppliers = {1, 5, 1, 0}};
  auto const flows = line_flows(original, "S1", market);
  ASSERT_TRUE(flows) << flows.error().what;
  double sum = 0, home = 0;
  for (std::size_t n = 0; n < regions; ++n) {
    for (std::size_t i = 0; i < regions; ++i) {
      auto const value = flows->flows[n * regions + i];
      EXPECT_LE(value, 0.9 * original.trade[original.cell(1, n, i)] * (1 + 1e-12));
      EXPECT_GE(value, 0);
      sum += value;
      if (n == 0) home += value;
    }
  }
  EXPECT_NEAR(sum, market.world_sales, 1e-12 * total);
  EXPECT_NEAR(home, 0.25 * market.world_sales, 1e-12 * total);
  EXPECT_TRUE(carve(original, {.host = "S1", .line = "L", .flows = flows->flows}));
  market.world_sales = 10 * total;
  EXPECT_FALSE(line_flows(original, "S1", market));
  market.suppliers = {1, 0, 0};
  EXPECT_FALSE(line_flows(original, "S1", market));
}

}  // namespace
}  // namespace linchpin::localize
