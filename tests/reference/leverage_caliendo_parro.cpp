// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>

#include "linchpin/leverage/pair_power.h"
#include "linchpin/leverage/price_chokepoints.h"
#include "linchpin/table/trade/caliendo_parro.h"

/// Power and chokepoints on the data of Caliendo & Parro (2015): 31 regions, 40 sectors,
/// elasticities up to 64.85, cells without any domestic sale.
namespace linchpin::leverage {
namespace {

class CaliendoParroPower : public ::testing::Test {
 protected:
  static std::size_t region(PriceWorld const& world, std::string const& name) {
    auto const& all = world.data().regions;
    return static_cast<std::size_t>(std::find(all.begin(), all.end(), name) - all.begin());
  }

  void SetUp() override {
    std::filesystem::path const folder{LINCHPIN_REFERENCE_DATA "/caliendo_parro_2015"};
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no data at " << folder;
    auto const accounts = read_caliendo_parro(folder);
    ASSERT_TRUE(accounts) << accounts.error().what;
    auto data = price_world_data(*accounts, &clipped);
    ASSERT_TRUE(data) << data.error().what;
    auto made = PriceWorld::make(*std::move(data));
    ASSERT_TRUE(made) << made.error().what;
    world = std::make_unique<PriceWorld>(*std::move(made));
  }

  std::unique_ptr<PriceWorld> world;
  ClippedDemand clipped;
};

/// Nobody depends as much on one country as its neighbours do on the USA; all numbers are finite.
TEST_F(CaliendoParroPower, RanksPairsAsGeographyDoes) {
  EXPECT_LT(clipped.share, 0.05);
  auto const pairs = all_pairs(*world, {}, {.threads = 2});
  ASSERT_TRUE(pairs) << pairs.error().what;
  auto const first = std::max_element(
      pairs->begin(), pairs->end(),
      [](auto const& a, auto const& b) { return a.network.log_cost < b.network.log_cost; });
  EXPECT_EQ(first->senders[0], region(*world, "USA"));
  EXPECT_EQ(first->target, region(*world, "CAN"));
  for (auto const& power : *pairs) {
    EXPECT_TRUE(power.network.monopoly.empty());
    EXPECT_GE(power.network.log_cost, power.direct.log_cost - 1e-12);
    EXPECT_LT(power.network.log_cost, 0.1);
  }
}

TEST_F(CaliendoParroPower, ProvesTheWorstThreeLinks) {
  std::size_t const target = region(*world, "CAN");
  auto const screen = price_screen(*world, target, {.k = 3}, {.threads = 2});
  ASSERT_TRUE(screen) << screen.error().what;
  auto const answer = find_chokepoints(*screen, price_evaluator(*world, *screen, target), {.k = 3});
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_TRUE(answer->optimal);
  ASSERT_FALSE(answer->sets.empty());
  EXPECT_EQ(answer->sets[0].members.size(), 3U);
  EXPECT_EQ(*answer->bound, answer->sets[0].loss);
}

}  // namespace
}  // namespace linchpin::leverage
