// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/cost_power.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "linchpin/core/random.h"

namespace linchpin::leverage {
namespace {

double power_of(double weight, double share, double theta, double outer = 1) {
  return cost_power(std::array{SectorExposure{weight, share, theta}}, outer).log_cost;
}

/// Independent computation of the closed form, β = 0.1, σ = 2; printed to eight decimals.
TEST(CostPower, MatchesTheReferenceRow) {
  std::array const share{0.2, 0.5, 0.8, 0.9, 0.99};
  std::array const log_cost{0.02231436, 0.06931472, 0.16094379, 0.23025851, 0.46051702};
  std::array const loss{0.02206723, 0.06696701, 0.14866008, 0.20567177, 0.36904266};
  for (std::size_t i = 0; i < share.size(); ++i) {
    auto const power = cost_power(std::array{SectorExposure{0.1, share[i], 1}});
    EXPECT_NEAR(power.log_cost, log_cost[i], 6e-9);
    EXPECT_NEAR(power.real_income_loss(), loss[i], 6e-9);
    EXPECT_TRUE(power.monopoly.empty());
  }
  EXPECT_NEAR(power_of(0.1, 0.8, 5), 0.03218876, 6e-9);  // σ = 6
}

TEST(CostPower, AddsUpAcrossSectorsInLogs) {
  std::vector<SectorExposure> const sectors{{0.3, 0.4, 2}, {0.5, 0.1, 6}, {0.2, 0.9, 1.5}};
  double sum = 0;
  for (auto const& sector : sectors) sum += cost_power(std::array{sector}).log_cost;
  EXPECT_NEAR(cost_power(sectors).log_cost, sum, 1e-15);
}

TEST(CostPower, IsConvexAndCoalitionsAreWorthMoreThanTheirMembers) {
  Rng rng(Seed{7}, 0);
  for (int draw = 0; draw < 200; ++draw) {
    double const a = 0.02 + 0.45 * rng.uniform(), b = 0.02 + 0.45 * rng.uniform();
    double const theta = 0.5 + 10 * rng.uniform();
    EXPECT_GT(power_of(1, a + b, theta), power_of(1, a, theta) + power_of(1, b, theta));
    EXPECT_LE(power_of(1, (a + b) / 2, theta),
              (power_of(1, a, theta) + power_of(1, b, theta)) / 2 + 1e-15);
  }
}

TEST(CostPower, VanishesWithTheElasticity) {
  double last = power_of(0.1, 0.8, 1);
  for (double const theta : {10.0, 1e3, 1e6, 1e12}) {
    EXPECT_LT(power_of(0.1, 0.8, theta), last);
    last = power_of(0.1, 0.8, theta);
  }
  EXPECT_LT(last, 1e-12);
}

/// ρ → 1 from both sides is Cobb-Douglas; complements hurt more, substitutes less.
TEST(CostPower, TakesAnyOuterElasticity) {
  std::vector<SectorExposure> const sectors{{0.1, 0.8, 1}, {0.4, 0.3, 4}};
  double const at_one = cost_power(sectors).log_cost;
  EXPECT_NEAR(cost_power(sectors, 1 + 1e-7).log_cost, at_one, 1e-7);
  EXPECT_NEAR(cost_power(sectors, 1 - 1e-7).log_cost, at_one, 1e-7);
  EXPECT_GT(cost_power(sectors, 0.2).log_cost, at_one);
  EXPECT_LT(cost_power(sectors, 3).log_cost, at_one);
  // By hand, ρ = 2: −ln(0.5 + 0.1·0.2 + 0.4·0.7^{1/4}).
  EXPECT_NEAR(cost_power(sectors, 2).log_cost, -std::log(0.52 + 0.4 * std::pow(0.7, 0.25)), 1e-14);
  // By hand, ρ = 0 (no substitution): ln(0.5 + 0.1·5 + 0.4·0.7^{−1/4}).
  EXPECT_NEAR(cost_power(sectors, 0).log_cost, std::log(1 + 0.4 * std::pow(0.7, -0.25)), 1e-14);
  // θ near 0: the price is e^{2000}, its logarithm is a number.
  EXPECT_NEAR(power_of(0.1, 0.8, 0.0008, 0), std::log(5) / 0.0008 + std::log(0.1), 1e-9);
}

TEST(CostPower, NamesMonopoliesInsteadOfInfinity) {
  std::vector<SectorExposure> const sectors{{0.1, 1, 1}, {0.2, 0.5, 1}, {0, 1, 1}};
  auto const power = cost_power(sectors);
  EXPECT_EQ(power.monopoly, (std::vector<std::size_t>{0}));
  EXPECT_NEAR(power.log_cost, 0.2 * std::log(2), 1e-15);  // of the rest
  // Substitutes: the lost sector is given up, and that has a price.
  auto const given_up = cost_power(sectors, 2);
  EXPECT_TRUE(given_up.monopoly.empty());
  EXPECT_NEAR(given_up.log_cost, -std::log(0.7 + 0.2 * 0.5), 1e-14);
  auto const all = cost_power(std::array{SectorExposure{1, 1, 1}}, 2);
  EXPECT_EQ(all.monopoly.size(), 1U);
  EXPECT_EQ(all.log_cost, 0);
  EXPECT_EQ(cost_power({}).log_cost, 0);
}

/// M_ij = (10, 5), E_i = 100, M_ji = (4, 20), E_j = 400, θ = (4, 8); independent computation.
TEST(LiuYangPower, MatchesTheReferenceAndIsAntisymmetric) {
  std::array const target{10.0, 5.0}, sender{4.0, 20.0}, theta{4.0, 8.0};
  auto const power = liu_yang(target, 100, sender, 400, theta);
  EXPECT_NEAR(power.net(), 0.0225, 1e-15);
  EXPECT_NEAR(power.over_target, 0.03125, 1e-15);
  EXPECT_NEAR(power.over_sender, 0.00875, 1e-15);
  EXPECT_EQ(liu_yang(sender, 400, target, 100, theta).net(), -power.net());
  auto const none = liu_yang(std::array{0.0, 0.0}, 0, std::array{0.0, 0.0}, 0, theta);
  EXPECT_EQ(none.net(), 0);
}

/// The first-order form is the limit of small shares.
TEST(LiuYangPower, IsTheLimitOfCostPower) {
  std::array const theta{4.0, 8.0}, none{0.0, 0.0};
  double const small = 1e-6;
  std::array const buys{60 * small, 40 * small};
  double const exact =
      cost_power(std::array{SectorExposure{0.6, small, 4}, SectorExposure{0.4, small, 8}}).log_cost;
  EXPECT_NEAR(liu_yang(buys, 100, none, 100, theta).over_target / exact, 1, 1e-6);
}

}  // namespace
}  // namespace linchpin::leverage
