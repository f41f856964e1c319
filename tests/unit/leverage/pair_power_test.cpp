// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/pair_power.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "unit/leverage/random_price_world.h"

namespace linchpin::leverage {
namespace {

/// Two regions, one sector: the target buys 0.4 abroad; inputs are `inputs` of its cost.
PriceWorldData two_regions(double inputs) {
  PriceWorldData data;
  data.regions = {"target", "sender"};
  data.sectors = {"goods"};
  data.shares = {0.6, 0.4, 0, 1};
  data.input_weights = {inputs, 0};
  data.final_shares = {1, 1};
  data.spending = {100, 50};
  data.theta = {4};
  return data;
}

/// By hand: ln P = d + g ln P with d = −ln(0.6)/4 once only domestic sellers are left.
TEST(PriceWorld, SolvesTheLoopOfInputs) {
  auto const world = PriceWorld::make(two_regions(0.5)).value();
  auto const prices = world.prices_without(std::array{DeniedLink{0, 0, 1}}).value();
  double const direct = -std::log(0.6) / 4;
  EXPECT_NEAR(prices.log_prices(0, 0), direct / (1 - 0.5), 1e-12);
  EXPECT_EQ(prices.log_prices(1, 0), 0);
  EXPECT_TRUE(prices.lost.empty());
  // First order at base shares: 1/(1 − 0.6·0.5).
  EXPECT_NEAR(world.network_weights(0)->operator()(0, 0), 1 / 0.7, 1e-12);
}

/// Denial by everybody at once is autarky: λ = (0.9, 0.6), α = (0.7, 0.3), θ = (8, 4), without
/// inputs and with input shares (0.2, 0.3; 0.3, 0.4). Independent computation of the closed form 1
/// − exp{α'(I − Γ')⁻¹(ln λ ⊘ θ)}, printed to eight decimals of a per cent.
TEST(PairPower, DenialByAllIsAutarky) {
  PriceWorldData data;
  data.regions = {"target", "world"};
  data.sectors = {"a", "b"};
  data.shares = {0.9, 0.1, 0, 1, 0.6, 0.4, 0, 1};
  data.final_shares = {0.7, 0.3, 0.5, 0.5};
  data.spending = {1, 1, 1, 1};
  data.theta = {8, 4};
  std::array const sender{std::size_t{1}};
  data.input_weights.assign(8, 0.0);
  auto const plain = power_over(PriceWorld::make(data).value(), sender, 0).value();
  EXPECT_NEAR(100 * plain.network.real_income_loss(), 4.64190568, 6e-9);
  EXPECT_NEAR(100 * plain.direct.real_income_loss(), 4.64190568, 6e-9);
  data.input_weights = {0.2, 0.3, 0.3, 0.4, 0, 0, 0, 0};
  auto const linked = power_over(PriceWorld::make(data).value(), sender, 0).value();
  EXPECT_NEAR(100 * linked.network.real_income_loss(), 15.17466596, 6e-9);
}

TEST(PriceWorld, WithoutDenialNothingMoves) {
  Rng rng(Seed{3}, 0);
  auto const world = random_price_world(5, 4, rng);
  auto const prices = world.prices_without({}).value();
  for (double const price : prices.log_prices.values()) EXPECT_EQ(price, 0);
  // A link that carries nothing is no denial.
  auto data = two_regions(0.5);
  auto const small = PriceWorld::make(data).value();
  EXPECT_EQ(small.prices_without(std::array{DeniedLink{0, 1, 0}})->log_prices(1, 0), 0);
}

TEST(PriceWorld, FlagsWhatCannotBeHad) {
  auto const world = PriceWorld::make(two_regions(0.5)).value();
  auto const prices =
      world.prices_without(std::array{DeniedLink{0, 0, 1}, DeniedLink{0, 0, 0}}).value();
  ASSERT_EQ(prices.lost.size(), 1U);
  EXPECT_EQ(prices.lost[0], (DeniedLink{0, 0, 0}));
  EXPECT_EQ(prices.log_prices(0, 0), 0);
}

/// θ = 64.85 and costs far apart: powers underflow unless each buyer has its own scale.
TEST(PriceWorld, SurvivesLargeElasticities) {
  PriceWorldData data;
  data.regions = {"target", "sender", "other"};
  data.sectors = {"input", "oil"};
  data.shares = {0.01, 0.99, 0, 0, 1, 0, 0, 0, 1,  //
                 1,    0,    0, 0, 1, 0, 1, 0, 0};
  data.input_weights = {0, 0, 0.95, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  data.final_shares = {0, 1, 0, 1, 0, 1};
  data.spending = {1, 1, 1, 1, 1, 1};
  data.theta = {0.2, 64.85};
  auto const world = PriceWorld::make(data).value();
  auto const prices = world.prices_without(std::array{DeniedLink{0, 0, 1}}).value();
  double const cost = 0.95 * -std::log(0.01) / 0.2;  // about 22, exp(−64.85·22) is 0 as a double
  EXPECT_NEAR(prices.log_prices(0, 1), cost, 1e-9);
  EXPECT_NEAR(prices.log_prices(2, 1), cost, 1e-9);  // buys its oil from the target only
}

TEST(PriceWorld, ReportsAllBadNumbersAtOnce) {
  auto data = two_regions(0.5);
  data.theta = {0};
  data.shares[0] = 0.7;
  data.input_weights[1] = 1;
  auto const refused = PriceWorld::make(data);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().further.size(), 2U);
  data.theta.clear();
  EXPECT_EQ(PriceWorld::make(data).error().code, ErrorCode::size_mismatch);
}

/// Shares from flows, by hand: 30 % tariff on the sender's 100, 130 + 70 spent.
TEST(PriceWorldFromAccounts, TakesTariffsAndInputs) {
  TradeAccounts accounts;
  accounts.regions = {"target", "sender"};
  accounts.sectors = {"goods"};
  accounts.trade = {70, 100, 0, 300};
  accounts.tariffs = {0, 0.3, 0, 0};
  accounts.value_added_share = {0.4, 1};
  accounts.input_shares = {1, 0};
  accounts.theta = {4};
  ClippedDemand clipped;
  auto const data = price_world_data(accounts, &clipped).value();
  EXPECT_NEAR(data.shares[1], 0.65, 1e-15);
  EXPECT_EQ(data.spending[0], 200);
  EXPECT_NEAR(data.input_weights[0], 0.6, 1e-15);
  EXPECT_EQ(data.final_shares[0], 1);
  EXPECT_EQ(clipped.cells, 0U);
  accounts.theta.clear();
  EXPECT_EQ(price_world_data(accounts).error().code, ErrorCode::missing_value);
}

TEST(PairPower, NetworkIsDirectWithoutInputsAndMoreWithThem) {
  Rng rng(Seed{11}, 0);
  auto const plain = random_price_world(5, 4, rng, 0);
  auto const linked = random_price_world(5, 4, rng);
  auto const unlinked = all_pairs(plain).value();
  for (auto const& power : unlinked) {
    EXPECT_NEAR(power.network.log_cost, power.direct.log_cost, 1e-12);
  }
  auto const pairs = all_pairs(linked).value();
  ASSERT_EQ(pairs.size(), 25U);
  for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
    auto const& power = pairs[pair];
    EXPECT_EQ(power.senders[0], pair / 5);
    EXPECT_EQ(power.target, pair % 5);
    EXPECT_EQ(power.same, pair / 5 == pair % 5);
    if (!power.trade) continue;
    EXPECT_GT(power.network.log_cost, power.direct.log_cost);
    double sum = 0;
    for (double const term : power.by_sector) sum += term;
    EXPECT_NEAR(sum, power.direct.log_cost, 1e-14);
    EXPECT_EQ(power.first_order.net(), -pairs[power.target * 5 + pair / 5].first_order.net());
  }
}

/// The outer elasticity is one of final demand: without inputs both measures are the formula
/// ln P = (1 − ρ)⁻¹ ln Σ β (1 − ω)^{(ρ − 1)/θ}; complements hurt more, substitutes less.
TEST(PairPower, TakesTheOuterElasticityInBothIndices) {
  Rng rng(Seed{13}, 0);
  auto const plain = random_price_world(4, 3, rng, 0);
  auto const linked = random_price_world(4, 3, rng);
  std::array const sender{std::size_t{1}};
  for (double const outer : {0.0, 0.4, 2.5}) {
    auto const power = power_over(plain, sender, 0, {{}, outer, true}).value();
    double sum = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      sum += plain.final_share(0, j) *
             std::pow(1 - plain.share(j, 0, 1), (outer - 1) / plain.data().theta[j]);
    }
    EXPECT_NEAR(power.direct.log_cost, std::log(sum) / (1 - outer), 1e-13) << outer;
    EXPECT_NEAR(power.network.log_cost, std::log(sum) / (1 - outer), 1e-11) << outer;
    auto const one = power_over(linked, sender, 0).value().network.log_cost;
    auto const other = power_over(linked, sender, 0, {{}, outer, true}).value().network.log_cost;
    EXPECT_GT(outer < 1 ? other - one : one - other, 0);
    auto const near = power_over(linked, sender, 0, {{}, 1 + 1e-7, true}).value();
    EXPECT_NEAR(near.network.log_cost, one, 1e-6 * one);
  }
  // A monopoly has a flag and no infinity; substitutes are given up at a finite price.
  auto data = plain.data();
  for (std::size_t i = 0; i < 4; ++i) data.shares[i] = i == 1 ? 1 : 0;
  auto const captive = PriceWorld::make(std::move(data)).value();
  auto const complements = power_over(captive, sender, 0, {{}, 0.5, true}).value();
  EXPECT_EQ(complements.network.monopoly, (std::vector<std::size_t>{0}));
  EXPECT_EQ(complements.direct.monopoly, (std::vector<std::size_t>{0}));
  EXPECT_TRUE(std::isfinite(complements.network.log_cost));
  auto const substitutes = power_over(captive, sender, 0, {{}, 2, true}).value();
  EXPECT_TRUE(substitutes.direct.monopoly.empty());
  EXPECT_NEAR(substitutes.network.log_cost, substitutes.direct.log_cost, 1e-11);
  EXPECT_GT(substitutes.direct.log_cost, -std::log1p(-captive.final_share(0, 0)));
}

/// Holds for the network, too: joint denial hurts more than the sum of separate ones.
TEST(PairPower, CoalitionsAreSuperadditive) {
  Rng rng(Seed{12}, 0);
  auto const world = random_price_world(5, 3, rng);
  for (std::size_t target = 0; target < 3; ++target) {
    std::array const a{std::size_t{3}}, b{std::size_t{4}};
    std::array const both{std::size_t{3}, std::size_t{4}};
    auto const one = power_over(world, a, target).value();
    auto const two = power_over(world, b, target).value();
    auto const joint = power_over(world, both, target).value();
    EXPECT_GT(joint.direct.log_cost, one.direct.log_cost + two.direct.log_cost);
    EXPECT_GT(joint.network.log_cost, one.network.log_cost + two.network.log_cost);
    EXPECT_EQ(joint.sender_network.size(), 2U);
  }
}

TEST(PairPower, DefinesTheDegenerateCases) {
  auto const world = PriceWorld::make(two_regions(0.5)).value();
  std::array const target{std::size_t{0}}, sender{std::size_t{1}};
  auto const self = power_over(world, target, 0).value();
  EXPECT_TRUE(self.same);
  EXPECT_EQ(self.network.log_cost, 0);
  auto const none = power_over(world, target, 1).value();  // the sender buys nothing from it
  EXPECT_FALSE(none.trade);
  EXPECT_EQ(none.direct.log_cost, 0);
  EXPECT_EQ(none.network.log_cost, 0);
  EXPECT_EQ(none.first_order.over_target, 0);
  EXPECT_LT(none.first_order.net(), 0);  // but depends the other way round
  auto data = two_regions(0.5);
  data.shares = {0, 1, 0, 1};
  auto const captive = power_over(PriceWorld::make(data).value(), sender, 0).value();
  EXPECT_EQ(captive.direct.monopoly, (std::vector<std::size_t>{0}));
  EXPECT_EQ(captive.network.monopoly, (std::vector<std::size_t>{0}));
}

TEST(PairPower, DoesNotDependOnThreads) {
  Rng rng(Seed{13}, 0);
  auto const world = random_price_world(6, 4, rng);
  auto const one = all_pairs(world, {}, {.threads = 1}).value();
  auto const four = all_pairs(world, {}, {.threads = 4}).value();
  for (std::size_t pair = 0; pair < one.size(); ++pair) {
    EXPECT_EQ(one[pair].network.log_cost, four[pair].network.log_cost);
  }
}

}  // namespace
}  // namespace linchpin::leverage
