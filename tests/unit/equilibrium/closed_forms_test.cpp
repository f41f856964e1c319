// SPDX-License-Identifier: Apache-2.0
// The trade equilibrium against closed forms. Numbers to eight digits were computed by an
// independent program from the equations named; where a formula is known it is evaluated as well.
#include "linchpin/equilibrium/closed_forms.h"

#include <gtest/gtest.h>

#include <cmath>

#include "equilibrium_fixtures.h"
#include "linchpin/equilibrium/outcome.h"
#include "linchpin/equilibrium/policy_search.h"

namespace linchpin::equilibrium::test {
namespace {

double welfare(TradeBase const& base, Equilibrium const& found, std::size_t n) {
  return std::exp(log_welfare(base, found, n));
}

double home_share_ratio(TradeBase const& base, Equilibrium const& found, std::size_t n) {
  auto const cell = base.grid.pair(0, n, n);
  return found.numbers.share[cell] / base.share[cell];
}

TEST(OneSector, BaseHasTheBalancedIncomes) {
  auto const base = three_countries();
  Row const incomes = {37.03703704, 51.85185185, 11.11111111};
  for (std::size_t n = 0; n < 3; ++n) {
    EXPECT_NEAR(base.factor_income[n], incomes[n], 5e-9);
    EXPECT_NEAR(base.deficit[n], 0, 1e-13);
  }
}

TEST(OneSector, DearerImportsAgreeWithHomeShares) {
  auto const base = three_countries();
  TradePolicy policy;
  fill_pairs(policy.iceberg, base.grid, 1.0);
  policy.iceberg[base.grid.pair(0, 0, 1)] = 1.25;
  auto const found = solved(base, policy);
  Row const expected = {0.98476652, 0.99145158, 1.00265691};
  Row const wage = {1.04328443, 0.96729761, 1.00832972};
  for (std::size_t n = 0; n < 3; ++n) {
    EXPECT_NEAR(welfare(base, found, n), expected[n], 5e-9);
    EXPECT_NEAR(std::exp(found.numbers.log_wage[n]), wage[n], 5e-9);
    EXPECT_NEAR(log_welfare(base, found, n),
                log_welfare_from_home_share(home_share_ratio(base, found, n), 4), 1e-12);
  }
}

TEST(OneSector, AutarkyByBansIsTheHomeShare) {
  auto const base = three_countries();
  auto const found = solved(base, no_trade(base));
  auto const costs = autarky_costs(base);
  ASSERT_TRUE(costs);
  Row const expected = {0.94574161, 0.96018459, 0.88011174};
  for (std::size_t n = 0; n < 3; ++n) {
    EXPECT_NEAR(welfare(base, found, n), expected[n], 5e-9);
    EXPECT_NEAR(welfare(base, found, n), std::pow(base.share[base.grid.pair(0, n, n)], 0.25),
                1e-13);
    EXPECT_NEAR(1 - (*costs)[n].cost, expected[n], 5e-9);
  }
}

TEST(OneSector, ProhibitiveCostsAreAutarky) {
  auto const base = three_countries();
  TradePolicy policy;
  fill_pairs(policy.iceberg, base.grid, 1e4);
  for (std::size_t n = 0; n < 3; ++n) policy.iceberg[base.grid.pair(0, n, n)] = 1;
  auto const found = solved(base, policy);
  for (std::size_t n = 0; n < 3; ++n) {
    EXPECT_NEAR(welfare(base, found, n), std::pow(base.share[base.grid.pair(0, n, n)], 0.25),
                1e-12);
  }
}

/// Final shares 0.7 and 0.3, home shares 0.9 and 0.6, θ 8 and 4.
TEST(Autarky, TwoSectorsWithAndWithoutMaterials) {
  Rows const inputs = {{.2, .3}, {.3, .4}};
  for (bool const materials : {false, true}) {
    auto const base =
        mirrored({.9, .6}, {.7, .3}, {8, 4}, materials ? inputs : Rows{{0, 0}, {0, 0}});
    double const expected = materials ? 0.1517466596 : 0.0464190568;
    auto const costs = autarky_costs(base);
    ASSERT_TRUE(costs);
    auto const found = solved(base, no_trade(base));
    for (std::size_t n = 0; n < 2; ++n) {
      EXPECT_NEAR((*costs)[n].cost, expected, 5e-11);
      EXPECT_NEAR((*costs)[n].cost_without_materials, 0.0464190568, 5e-11);
      EXPECT_TRUE((*costs)[n].missing.empty());
      EXPECT_NEAR(1 - welfare(base, found, n), (*costs)[n].cost, 1e-12);
    }
  }
}

TEST(Autarky, NoSourceAtHomeIsSaid) {
  auto const base = mirrored({.9, 0}, {.7, .3}, {8, 4}, {{0, 0}, {0, 0}});
  auto const costs = autarky_costs(base);
  ASSERT_TRUE(costs);
  EXPECT_EQ((*costs)[0].cost, 1);
  EXPECT_EQ((*costs)[0].cost_without_materials, 1);
  EXPECT_EQ((*costs)[0].missing, std::vector<std::size_t>{1});
  auto const found = solve(base, no_trade(base));
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().what.find("essential input lost"), std::string::npos);
  EXPECT_NE(found.error().what.find("R1:S2"), std::string::npos);
}

TEST(Autarky, LostInputCountsThroughMaterialsOnly) {
  // Nobody uses the second sector finally, but the first is made with it.
  auto const base = mirrored({.9, 0}, {1, 0}, {8, 4}, {{0, 0}, {.3, 0}});
  auto const costs = autarky_costs(base);
  ASSERT_TRUE(costs);
  EXPECT_EQ((*costs)[0].cost, 1);
  EXPECT_NEAR((*costs)[0].cost_without_materials, 1 - std::pow(.9, 1.0 / 8), 1e-13);
  // Needed by nobody at all: no loss.
  auto const idle = mirrored({.9, 0}, {1, 0}, {8, 4}, {{0, 0}, {0, 0}});
  auto const none = autarky_costs(idle);
  ASSERT_TRUE(none);
  EXPECT_TRUE((*none)[0].missing.empty());
  EXPECT_NEAR((*none)[0].cost, 1 - std::pow(.9, 1.0 / 8), 1e-13);
}

/// ln Y = (σ−1)⁻¹ ln Σ b A^{σ−1}.
double horizontal_output(double share, double log_productivity, double sigma) {
  return std::log(share * std::exp((sigma - 1) * log_productivity) + 1 - share) / (sigma - 1);
}

double output_with(double log_productivity, double sigma) {
  auto const base = horizontal({.05, .95});
  TradePolicy policy;
  fill_goods(policy.productivity, base.grid, 1.0);
  policy.productivity[base.grid.good(0, 0)] = std::exp(log_productivity);
  Closure closure;
  closure.nests.final_use = sigma;
  return log_welfare(base, solved(base, policy, closure), 0);
}

TEST(Nests, HorizontalGoodsAgainstHulten) {
  Rows const table = {{0.1, -0.01708817}, {0.5, -0.01611830}, {2, -0.01304379}, {5, -0.00889133}};
  for (auto const& line : table) {
    EXPECT_NEAR(output_with(-0.3, line[0]), line[1], 5e-9) << line[0];
    EXPECT_NEAR(output_with(-0.3, line[0]), horizontal_output(.05, -.3, line[0]), 1e-13);
  }
  EXPECT_NEAR(output_with(-0.3, 1), -0.015, 1e-14);  // Hulten's theorem is exact
  EXPECT_NEAR(output_with(-0.3, 0), -std::log(.05 * std::exp(.3) + .95), 1e-13);
  for (double const sigma : {0.0, 0.1, 0.5, 2.0, 5.0}) {  // and right to first order otherwise
    EXPECT_NEAR(output_with(1e-6, sigma) / 1e-6, 0.05, 1e-6) << sigma;
  }
  // Second order around σ = 0.1: −0.015 + ½(σ−1) b(1−b) 0.09 = −0.01692375.
  auto const h = 1e-3;
  auto const second = (output_with(h, .1) + output_with(-h, .1)) / (h * h);
  EXPECT_NEAR(-0.015 + second / 2 * .09, -0.01692375, 1e-7);
}

TEST(SufficientStatistic, ThreeCountriesAtTheNumericalOptimum) {
  auto const base = three_countries();
  auto const policy = uniform_tariffs(base, {0.27277438, 0, 0});
  EXPECT_NEAR(sufficient_statistic_tariff(base, policy, solved(base, policy), 0), 0.27273083, 5e-9);
}

TEST(SufficientStatistic, SymmetricTariffWar) {
  auto const base = two_equal_countries();
  auto const policy = uniform_tariffs(base, {0.268992, 0.268992});
  auto const found = solved(base, policy);
  EXPECT_NEAR(sufficient_statistic_tariff(base, policy, found, 0), 0.26899266, 2e-8);
  EXPECT_NEAR(welfare(base, found, 0), 0.98613504, 5e-9);
  EXPECT_NEAR(welfare(base, found, 1), 0.98613504, 5e-9);
}

}  // namespace
}  // namespace linchpin::equilibrium::test
