// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/anti_coercion.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "linchpin/core/random.h"
#include "linchpin/leverage/cost_power.h"

namespace linchpin::leverage {
namespace {

SourcingSector random_sector(std::size_t suppliers, Rng& rng) {
  SourcingSector sector{"s", 0.1 + 0.3 * rng.uniform(), 1.5 + 8 * rng.uniform(), {}};
  double sum = 0;
  for (std::size_t i = 0; i < suppliers; ++i) sum += sector.shares.emplace_back(rng.uniform());
  for (double& share : sector.shares) share /= sum;
  return sector;
}

/// Cost of a unit over the private one and power, straight from their definitions.
double objective(SourcingSector const& sector, std::span<Rival const> rivals, double price,
                 std::vector<double> const& shares) {
  double sum = 0, power = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    sum += std::pow(sector.shares[i], 1 / sector.sigma) * std::pow(shares[i], 1 - 1 / sector.sigma);
  }
  for (Rival const& rival : rivals) {
    double held = 0;
    for (std::size_t const supplier : rival.suppliers) held += shares[supplier];
    power += rival.weight * log_price_of_denial(held, sector.sigma - 1);
  }
  return -sector.sigma / (sector.sigma - 1) * std::log(sum) + price * power;
}

TEST(PlannedSourcing, WithoutAPriceOfPowerIsPrivate) {
  Rng rng(Seed{51}, 0);
  auto const sector = random_sector(5, rng);
  std::array const rivals{Rival{"m", {0, 2}}};
  auto const plan = planned_sourcing(sector, rivals, 0).value();
  for (std::size_t i = 0; i < 5; ++i) EXPECT_NEAR(plan.shares[i], sector.shares[i], 1e-12);
  EXPECT_NEAR(plan.efficiency_loss, 0, 1e-14);
  EXPECT_EQ(plan.tariff[0], 0);
}

/// The wedge is μβ/(σ − 1)/(1 − ω), the conditions hold, and buyers who pay the tariff and get its
/// revenue back choose the plan: ω_i in proportion to ω*_i (1 + τ_i)^{−σ}.
TEST(PlannedSourcing, SatisfiesTheConditionsOfThePlanner) {
  for (std::uint64_t draw = 0; draw < 50; ++draw) {
    Rng rng(Seed{52}, draw);
    auto const sector = random_sector(6, rng);
    std::array const rivals{Rival{"m", {0, 1}}};
    double const mu = std::pow(10, 4 * rng.uniform() - 3);
    double const price = mu * sector.weight;
    auto const plan = planned_sourcing(sector, rivals, price).value();
    EXPECT_LE(plan.residual, 1e-12);
    double const held = plan.shares[0] + plan.shares[1];
    EXPECT_LT(held, sector.shares[0] + sector.shares[1]);
    double const wedge = mu * sector.weight / (sector.sigma - 1) / (1 - held);
    EXPECT_NEAR(plan.wedge[0] / wedge, 1, 1e-12);
    EXPECT_NEAR(plan.tariff[0] / (wedge / (1 - wedge * held)), 1, 1e-7);
    std::vector<double> chosen(sector.shares);
    chosen[0] *= std::pow(1 + plan.tariff[0], -sector.sigma);
    chosen[1] *= std::pow(1 + plan.tariff[0], -sector.sigma);
    double const sum = std::accumulate(chosen.begin(), chosen.end(), 0.0);
    for (std::size_t i = 0; i < 6; ++i) EXPECT_NEAR(chosen[i] / sum, plan.shares[i], 1e-8);
    // Marginal costs are equal, by finite differences of the objective itself.
    double const best = objective(sector, rivals, price, plan.shares);
    for (int trial = 0; trial < 20; ++trial) {
      auto shares = plan.shares;
      std::size_t const from = rng.below(6), to = rng.below(6);
      double const moved = 0.01 * shares[from];
      shares[from] -= moved;
      shares[to] += moved;
      EXPECT_GE(objective(sector, rivals, price, shares), best - 1e-13);
    }
  }
}

TEST(PlannedSourcing, TakesSeveralRivals) {
  Rng rng(Seed{53}, 0);
  auto const sector = random_sector(5, rng);
  std::array const rivals{Rival{"m", {0}, 1}, Rival{"h", {1, 2}, 2}};
  auto const plan = planned_sourcing(sector, rivals, 0.5).value();
  EXPECT_LE(plan.residual, 1e-12);
  EXPECT_NEAR(std::accumulate(plan.shares.begin(), plan.shares.end(), 0.0), 1, 1e-12);
  double const best = objective(sector, rivals, 0.5, plan.shares);
  for (std::size_t from = 0; from < 5; ++from) {
    for (std::size_t to = 0; to < 5; ++to) {
      auto shares = plan.shares;
      double const moved = 1e-3 * shares[from];
      shares[from] -= moved;
      shares[to] += moved;
      EXPECT_GE(objective(sector, rivals, 0.5, shares), best - 1e-14);
    }
  }
}

/// Weights through the network of inputs may sum to more than 1, and one alone may be above it: the
/// plan of a sector depends on its shares alone.
TEST(EfficientFrontier, TakesWeightsAboveOne) {
  Rng rng(Seed{55}, 0);
  std::vector<SourcingSector> sectors{random_sector(4, rng)};
  std::array const rivals{Rival{"m", {0}}};
  std::array const mus{0.0, 0.5};
  sectors[0].weight = 0.5;
  auto const half = efficient_frontier(sectors, rivals, mus).value();
  sectors[0].weight = 1.3;
  auto const network = efficient_frontier(sectors, rivals, mus).value();
  EXPECT_NEAR(network[0].exposure, 2.6 * half[0].exposure, 1e-12);
  EXPECT_LT(network[1].exposure, network[0].exposure);
  sectors[0].weight = 0;
  EXPECT_FALSE(efficient_frontier(sectors, rivals, mus));
}

/// Exposure falls and cost rises along the frontier, convexly: the slope is −μ.
TEST(EfficientFrontier, IsConvexWithSlopeMu) {
  Rng rng(Seed{54}, 0);
  std::vector<SourcingSector> sectors;
  for (int s = 0; s < 4; ++s) sectors.push_back(random_sector(5, rng));
  for (auto& sector : sectors) sector.weight = 0.25;
  std::array const rivals{Rival{"m", {0, 1}}};
  std::vector<double> mus;
  for (int step = 0; step <= 40; ++step) mus.push_back(0.05 * step);
  auto const frontier = efficient_frontier(sectors, rivals, mus).value();
  EXPECT_NEAR(frontier[0].efficiency_loss, 0, 1e-14);
  for (std::size_t i = 1; i < frontier.size(); ++i) {
    double const exposure = frontier[i].exposure - frontier[i - 1].exposure;
    double const loss = frontier[i].efficiency_loss - frontier[i - 1].efficiency_loss;
    EXPECT_LT(exposure, 0);
    EXPECT_GT(-loss / exposure, frontier[i - 1].mu);
    EXPECT_LT(-loss / exposure, frontier[i].mu);
    EXPECT_LE(frontier[i].residual, 1e-12);
  }
  double const limit = frontier[10].exposure;
  auto const within = sourcing_within(sectors, rivals, limit).value();
  EXPECT_NEAR(within.mu, frontier[10].mu, 1e-8);
  EXPECT_LE(within.exposure, limit);
  EXPECT_EQ(sourcing_within(sectors, rivals, 2 * frontier[0].exposure)->mu, 0);
}

/// The promise of the header, where it is hard: near-monopolies, tiny shares, all elasticities and
/// prices of power. The certificate knows nothing of the solver's groups.
TEST(PlannedSourcing, ReachesItsToleranceInHardCases) {
  double worst = 0, certified = 0;
  for (std::uint64_t draw = 0; draw < 3000; ++draw) {
    Rng rng(Seed{55}, draw);
    std::size_t const suppliers = 2 + rng.below(6);
    SourcingSector sector{"s", 0.1, 1 + std::pow(10, 3 * rng.uniform() - 1.3), {}};
    double sum = 0;
    for (std::size_t i = 0; i < suppliers; ++i) {
      sum += sector.shares.emplace_back(std::pow(10, -12 * rng.uniform()));
    }
    for (double& share : sector.shares) share /= sum;
    std::vector<Rival> rivals{{"m", {0}, 1}};
    if (suppliers > 3) rivals.push_back({"h", {1, 2}, 3 * rng.uniform()});
    double const price = std::pow(10, 10 * rng.uniform() - 6);
    auto const plan = planned_sourcing(sector, rivals, price);
    ASSERT_TRUE(plan) << draw << ": " << plan.error().what << " sigma " << sector.sigma << " price "
                      << price << " share " << sector.shares[0];
    if (std::find(plan->captive.begin(), plan->captive.end(), true) != plan->captive.end())
      continue;
    worst = std::max(worst, plan->residual);
    certified = std::max(certified, optimality_residual(sector, rivals, price, plan->shares));
  }
  EXPECT_LE(worst, 1e-12);
  EXPECT_LE(certified, 1e-11);
  EXPECT_GT(certified, 0);
  // It can tell: the private shares are no optimum where power has a price.
  Rng rng(Seed{56}, 0);
  auto const sector = random_sector(4, rng);
  std::array const rivals{Rival{"m", {0}}};
  EXPECT_GT(optimality_residual(sector, rivals, 0.1, sector.shares), 1e-4);
  EXPECT_LE(optimality_residual(sector, rivals, 0, sector.shares), 1e-15);
}

TEST(PlannedSourcing, DefinesTheDegenerateCases) {
  std::array const rivals{Rival{"m", {0}}};
  auto const captive = planned_sourcing({"s", 0.1, 3, {1, 0}}, rivals, 1).value();
  EXPECT_TRUE(captive.captive[0]);
  EXPECT_EQ(captive.shares, (std::vector<double>{1, 0}));
  auto const none = planned_sourcing({"s", 0.1, 3, {0, 1}}, rivals, 1).value();
  EXPECT_EQ(none.power[0], 0);
  EXPECT_NEAR(none.efficiency_loss, 0, 1e-15);
  auto const large = planned_sourcing({"s", 0.1, 12, {0.9, 0.1}}, rivals, 1e4).value();
  EXPECT_LE(large.residual, 1e-12);
  std::array const twice{Rival{"m", {0}}, Rival{"h", {0, 7}}};
  auto const refused = planned_sourcing({"s", 0, 1, {0.9, 0.2}}, twice, -1);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().further.size(), 5U);
}

}  // namespace
}  // namespace linchpin::leverage
