// SPDX-License-Identifier: Apache-2.0
// The plain trade equilibrium against closed forms. All numbers were computed by an independent
// program from the equations named; where a formula is known it is evaluated as well.
#include "reference/equilibrium_plain.h"

#include <gtest/gtest.h>

#include <cmath>

#include "reference/equilibrium_plain_formulas.h"

namespace linchpin::reference::trade {
namespace {

World three_countries() {
  return one_sector({{.80, .15, .05}, {.10, .85, .05}, {.20, .20, .60}}, 4);
}

Outcome solved(World const& world, Policy const& policy, Model const& model) {
  Outcome outcome = solve(world, policy, model);
  EXPECT_EQ(outcome.status, Status::solved);
  EXPECT_LE(outcome.residual, 1e-12);
  return outcome;
}

Policy uniform_tariffs(World const& world, Vector const& rates) {
  Policy policy = no_change(world);
  for (auto& sector : policy.tariff) {
    for (std::size_t n = 0; n < world.regions; ++n) {
      for (std::size_t i = 0; i < world.regions; ++i) sector[n][i] = n == i ? 0 : rates[n];
    }
  }
  return policy;
}

Policy autarky(World const& world) {
  Policy policy = no_change(world);
  for (auto& sector : policy.mask) {
    for (std::size_t n = 0; n < world.regions; ++n) {
      for (std::size_t i = 0; i < world.regions; ++i) sector[n][i] = n == i ? 1 : 0;
    }
  }
  return policy;
}

/// The tariff of `region` that is best for it while the others keep theirs.
double best_tariff(World const& world, std::size_t region, Vector rates) {
  return static_cast<double>(golden_maximum(
      [&](long double rate) {
        rates[region] = static_cast<double>(rate);
        return solve(world, uniform_tariffs(world, rates), cobb_douglas(world)).log_welfare[region];
      },
      0.0L, 1.0L));
}

/// The fixed point of the sufficient-statistic formula.
double formula_tariff(World const& world, std::size_t region, bool everybody) {
  Vector rates(world.regions, 0);
  for (int round = 0; round < 40; ++round) {
    Outcome const outcome = solve(world, uniform_tariffs(world, rates), cobb_douglas(world));
    double const rate = optimal_tariff_formula(world, outcome, region, rates);
    rates = everybody ? Vector(world.regions, rate) : rates;
    rates[region] = rate;
  }
  return rates[region];
}

TEST(PlainEquilibriumOneSector, BalancedIncomes) {
  World const world = three_countries();
  EXPECT_EQ(inconsistency(world), "");
  EXPECT_NEAR(world.wages[0], 37.03703704, 5e-9);
  EXPECT_NEAR(world.wages[1], 51.85185185, 5e-9);
  EXPECT_NEAR(world.wages[2], 11.11111111, 5e-9);
}

TEST(PlainEquilibriumOneSector, NoChangeIsTheIdentity) {
  World const world = three_countries();
  Outcome const o = solved(world, no_change(world), cobb_douglas(world));
  for (std::size_t n = 0; n < 3; ++n) {
    EXPECT_NEAR(o.welfare[n], 1, 1e-14);
    EXPECT_NEAR(o.wage[n], 1, 1e-14);
  }
}

TEST(PlainEquilibriumOneSector, DearerImportsAgreeWithAcr) {
  World const world = three_countries();
  Policy policy = no_change(world);
  policy.iceberg[0][0][1] = 1.25;
  Outcome const o = solved(world, policy, cobb_douglas(world));
  Vector const welfare = {0.98476652, 0.99145158, 1.00265691};
  Vector const wage = {1.04328443, 0.96729761, 1.00832972};
  for (std::size_t n = 0; n < 3; ++n) {
    EXPECT_NEAR(o.welfare[n], welfare[n], 5e-9);
    EXPECT_NEAR(o.wage[n], wage[n], 5e-9);
    double const ratio = o.share[0][n][n] / world.share[0][n][n];
    EXPECT_NEAR(o.welfare[n], welfare_from_home_share(ratio, 4), 1e-14);
  }
}

TEST(PlainEquilibriumOneSector, AutarkyIsTheHomeShare) {
  World const world = three_countries();
  Outcome const o = solved(world, autarky(world), cobb_douglas(world));
  Vector const welfare = {0.94574161, 0.96018459, 0.88011174};
  for (std::size_t n = 0; n < 3; ++n) {
    EXPECT_NEAR(o.welfare[n], welfare[n], 5e-9);
    EXPECT_NEAR(o.welfare[n], std::pow(world.share[0][n][n], 0.25), 1e-14);
  }
}

TEST(PlainEquilibriumTariffs, OptimalUniformTariffOfThreeCountries) {
  World const world = three_countries();
  double const best = best_tariff(world, 0, {0, 0, 0});
  EXPECT_NEAR(best, 0.27277438, 2e-8);
  Outcome const o = solved(world, uniform_tariffs(world, {best, 0, 0}), cobb_douglas(world));
  Vector const welfare = {1.01106397, 0.98978816, 0.97939488};
  for (std::size_t n = 0; n < 3; ++n) EXPECT_NEAR(o.welfare[n], welfare[n], 1e-8);
  // The sufficient-statistic formula is near, not exact, with three countries.
  Vector const rates = {0.27277438, 0, 0};
  Outcome const at_best = solved(world, uniform_tariffs(world, rates), cobb_douglas(world));
  EXPECT_NEAR(optimal_tariff_formula(world, at_best, 0, rates), 0.27273083, 5e-9);
  EXPECT_NEAR(formula_tariff(world, 0, false), 0.27273240, 5e-9);  // its own fixed point
}

TEST(PlainEquilibriumTariffs, OptimalTariffOfTwoCountriesIsExact) {
  World const world = one_sector({{.8, .2}, {.1, .9}}, 4);
  EXPECT_NEAR(world.wages[0], 100.0 / 3, 1e-12);
  double const best = best_tariff(world, 0, {0, 0});
  EXPECT_NEAR(best, 0.26689858, 2e-8);
  Outcome const o = solved(world, uniform_tariffs(world, {best, 0}), cobb_douglas(world));
  EXPECT_NEAR(o.welfare[0], 1.01068412, 1e-8);
  EXPECT_NEAR(o.welfare[1], 0.99006155, 1e-8);
  // t* = 1/(θ (1−λ)), λ the share of the other's spending
  EXPECT_NEAR(best, 1 / (4 * (1 - o.share[0][1][0])), 2e-8);
  EXPECT_NEAR(formula_tariff(world, 0, false), best, 2e-8);
}

TEST(PlainEquilibriumTariffs, SymmetricNash) {
  World const world = one_sector({{.8, .2}, {.2, .8}}, 4);
  double rate = 0.25;
  for (int round = 0; round < 20; ++round) rate = best_tariff(world, 0, {rate, rate});
  EXPECT_NEAR(rate, 0.268992, 1e-6);
  EXPECT_NEAR(rate, formula_tariff(world, 0, true), 1e-7);
  // Formula and welfare at the rate of six digits (the formula moves by -0.075 times the rate).
  Vector const rates = {0.268992, 0.268992};
  Outcome const o = solved(world, uniform_tariffs(world, rates), cobb_douglas(world));
  EXPECT_NEAR(optimal_tariff_formula(world, o, 0, rates), 0.26899266, 2e-8);
  EXPECT_NEAR(o.welfare[0], 0.98613504, 5e-9);
  EXPECT_NEAR(o.welfare[1], 0.98613504, 5e-9);
}

/// Two equal countries with the given home shares, final shares and input shares Γ[k][j].
World mirrored(Vector const& home, Vector const& final_shares, Vector const& theta,
               Matrix const& inputs) {
  std::size_t const J = theta.size();
  World w;
  w.regions = 2;
  w.sectors = J;
  w.share = w.tariff = cube(J, 2, 2, 0);
  w.value_added = matrix(2, J, 1);
  w.materials = cube(2, J, J, 1 / static_cast<double>(J));
  w.final_share = {final_shares, final_shares};
  w.deficit = {0, 0};
  w.theta = theta;
  for (std::size_t j = 0; j < J; ++j) {
    w.share[j] = {{home[j], 1 - home[j]}, {1 - home[j], home[j]}};
    double sum = 0;
    for (std::size_t k = 0; k < J; ++k) sum += inputs[k][j];
    for (std::size_t n = 0; n < 2; ++n) {
      w.value_added[n][j] = 1 - sum;
      for (std::size_t k = 0; k < J && sum > 0; ++k) w.materials[n][j][k] = inputs[k][j] / sum;
    }
  }
  EXPECT_TRUE(complete(w));
  EXPECT_EQ(inconsistency(w), "");
  return w;
}

TEST(PlainEquilibriumAutarky, TwoSectorsWithAndWithoutMaterials) {
  Vector const home = {.9, .6}, final_shares = {.7, .3}, theta = {8, 4};
  for (bool const materials : {false, true}) {
    Matrix const inputs = materials ? Matrix{{.2, .3}, {.3, .4}} : matrix(2, 2, 0);
    double const expected = materials ? 0.1517466596 : 0.0464190568;
    double const formula = autarky_cost(home, final_shares, theta, inputs);
    EXPECT_NEAR(formula, expected, 5e-11);
    World const world = mirrored(home, final_shares, theta, inputs);
    Outcome const o = solved(world, autarky(world), cobb_douglas(world));
    EXPECT_NEAR(1 - o.welfare[0], formula, 1e-14);
    EXPECT_NEAR(1 - o.welfare[1], formula, 1e-14);
  }
}

TEST(PlainEquilibriumAutarky, NoHomeSourceIsNamed) {
  World const world = mirrored({.9, 0}, {.7, .3}, {8, 4}, matrix(2, 2, 0));
  Outcome const o = solve(world, autarky(world), cobb_douglas(world));
  EXPECT_EQ(o.status, Status::essential_lost);
  ASSERT_EQ(o.lost.size(), 2U);
  EXPECT_EQ(o.lost[1], (std::pair<std::size_t, std::size_t>{1, 1}));
  // Substitutes can be done without: only the first sector's 0.7 is left, P̂F = 0.7^{1/(1−σ)} P̂_1.
  Model model = cobb_douglas(world);
  model.sigma_final = 3;
  Outcome const substitutes = solved(world, autarky(world), model);
  double const first = std::pow(.9, -1.0 / 8);
  EXPECT_NEAR(substitutes.welfare[0], 1 / (std::pow(.7, -0.5) / first * first * first), 1e-14);
}

/// One closed region whose goods are made with its labour alone.
World horizontal(Vector const& shares) {
  std::size_t const J = shares.size();
  World w;
  w.regions = 1;
  w.sectors = J;
  w.share = cube(J, 1, 1, 1);
  w.tariff = cube(J, 1, 1, 0);
  w.value_added = matrix(1, J, 1);
  w.materials = cube(1, J, J, 1 / static_cast<double>(J));
  w.final_share = {shares};
  w.deficit = {0};
  w.theta = Vector(J, 4);
  EXPECT_TRUE(complete(w));
  return w;
}

double log_output(World const& world, double log_productivity, double sigma) {
  Policy policy = no_change(world);
  policy.productivity[0][0] = std::exp(log_productivity);
  Model model = cobb_douglas(world);
  model.sigma_final = sigma;
  return static_cast<double>(solved(world, policy, model).log_welfare[0]);
}

TEST(PlainEquilibriumNests, HorizontalGoodsAgainstHulten) {
  World const world = horizontal({.05, .95});
  Matrix const table = {{0.1, -0.01708817}, {0.5, -0.01611830}, {2, -0.01304379}, {5, -0.00889133}};
  for (Vector const& line : table) {
    double const value = log_output(world, -0.3, line[0]);
    EXPECT_NEAR(value, line[1], 5e-9) << line[0];
    EXPECT_NEAR(value, horizontal_output({.05, .95}, {std::exp(-.3), 1}, line[0]), 1e-15);
  }
  EXPECT_NEAR(horizontal_second_order(.05, -.3, .1), -0.01692375, 1e-15);
  EXPECT_NEAR(log_output(world, -0.3, 1), -0.015, 1e-16);  // Hulten is exact
  EXPECT_NEAR(log_output(world, -0.3, 1 + 1e-9), -0.015, 1e-11);
  EXPECT_NEAR(log_output(world, -0.3, 1 - 1e-9), -0.015, 1e-11);
  for (double const sigma : {0.0, 0.1, 0.5, 2.0, 5.0}) {  // and right to first order otherwise
    EXPECT_NEAR(log_output(world, 1e-6, sigma) / 1e-6, 0.05, 1e-6) << sigma;
  }
  // Leontief: P̂F = Σ b / A
  EXPECT_NEAR(log_output(world, -0.3, 0), -std::log(.05 * std::exp(.3) + .95), 1e-15);
}

TEST(PlainEquilibriumEmbargo, AggregateCes) {
  struct Line {
    double share, input, sigma, percent, digits;
  };
  std::vector<Line> const table = {
      {.04, .92, .04, -.9449, 5e-5}, {.04, .92, .1, -.4849, 5e-5}, {.04, .92, .2, -.3920, 5e-5},
      {.04, .92, .5, -.3466, 5e-5},  {.04, .92, 1, -.3330, 5e-5},  {.04, .92, 0, -8, 1e-12},
      {.04, .9, .04, -1.569, 5e-4},  {.04, .9, 0, -10, 1e-12},     {.012, .7, .04, -15.8897, 5e-5},
      {.012, .7, .1, -2.7509, 5e-5}, {.012, .7, .2, -.9276, 5e-5}, {.012, .7, .5, -.5117, 5e-5},
      {.012, .7, 1, -.4271, 5e-5},   {.012, .7, 0, -30, 1e-12},    {.01, .7, .1, -2.343, 5e-4},
  };
  for (Line const& line : table) {
    EXPECT_NEAR(100 * (aggregate_ces(line.share, line.input, line.sigma) - 1), line.percent,
                line.digits)
        << line.share << ' ' << line.input << ' ' << line.sigma;
  }
  EXPECT_NEAR(aggregate_ces_new_share(.012, .7, .1), 0.23, 0.005);
  // Second order is right for small changes, and for no others.
  double const small = std::log(aggregate_ces(.04, .999, .5));
  EXPECT_NEAR(small, aggregate_ces_second_order(.04, .999, .5), 1e-10);
}

/// Energy, made by its own factor, and a good made of energy and a factor of its own: the aggregate
/// CES function as a special case of the equilibrium.
TEST(PlainEquilibriumEmbargo, AggregateCesIsASpecialCase) {
  for (double const share : {.04, .012}) {
    World w = horizontal({0, 1});
    w.value_added = {{1, 1 - share}};
    w.materials[0][1] = {1, 0};
    ASSERT_TRUE(complete(w));
    ASSERT_EQ(inconsistency(w), "");
    Model model = cobb_douglas(w);
    model.specific_share = {{1, 1}};
    for (double const sigma : {.04, .1, .2, .5, 1.0}) {
      double const input = share == .04 ? .92 : .7;
      model.sigma_value_added[1] = sigma;
      Policy policy = no_change(w);
      policy.productivity[0][0] = input;
      Outcome const o = solved(w, policy, model);
      EXPECT_NEAR(o.welfare[0], aggregate_ces(share, input, sigma), 1e-12) << share << sigma;
      EXPECT_NEAR(o.real_output[0][1], aggregate_ces(share, input, sigma), 1e-12);
      EXPECT_NEAR(o.real_output[0][0], input, 1e-12);
      EXPECT_NEAR(1 - o.value_added_share[0][1], aggregate_ces_new_share(share, input, sigma),
                  1e-12);
    }
  }
}

}  // namespace
}  // namespace linchpin::reference::trade
