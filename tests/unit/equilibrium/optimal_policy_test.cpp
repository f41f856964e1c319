// SPDX-License-Identifier: Apache-2.0
// Optimal tariffs against closed forms and numbers of an independent program (golden-section
// search over its own solver; eight digits).
#include "linchpin/equilibrium/optimal_policy.h"

#include <gtest/gtest.h>

#include <cmath>

#include "equilibrium_fixtures.h"
#include "linchpin/equilibrium/closed_forms.h"
#include "support/trade_fixtures.h"

namespace linchpin::equilibrium::test {
namespace {

PolicyOptions options() { return PolicyOptions{Seed{7}}; }

OptimalPolicy best(TradeBase const& base, Player const& player,
                   PolicyOptions const& how = options()) {
  auto found = optimal_policy(base, {}, player, how);
  if (!found) throw std::runtime_error(found.error().what);
  return std::move(*found);
}

TradeBase several_sectors(std::uint64_t stream, std::size_t regions = 4, std::size_t sectors = 5) {
  auto base = consistent_base(
      calibrated(linchpin::test::random_accounts(regions, sectors, Rng{Seed{99}, stream})),
      DeficitRule::zero);
  if (!base) throw std::runtime_error(base.error().what);
  return *base;
}

TEST(OptimalTariff, ThreeCountries) {
  auto const base = three_countries();
  auto const found = best(base, {.region = 0});
  ASSERT_EQ(found.rates.size(), 1U);
  EXPECT_NEAR(found.rates[0].rate, 0.27277438, 2e-8);
  Row const welfare = {1.01106397, 0.98978816, 0.97939488};
  for (std::size_t n = 0; n < 3; ++n) {
    EXPECT_NEAR(std::exp(found.log_welfare[n]), welfare[n], 1e-8);
  }
  EXPECT_NEAR(found.gain, found.log_welfare[0], 1e-12);
  EXPECT_LE(found.report.gap, 1e-8);
  EXPECT_EQ(found.report.agreed, found.report.starts.size());
  EXPECT_EQ(found.report.failed, 0U);
}

TEST(OptimalTariff, FormulaIsExactForTwoCountries) {
  auto const base = two_countries();
  auto const found = best(base, {.region = 0});
  auto const rate = found.rates[0].rate;
  EXPECT_NEAR(rate, 0.26689858, 2e-8);
  EXPECT_NEAR(std::exp(found.log_welfare[0]), 1.01068412, 1e-8);
  EXPECT_NEAR(std::exp(found.log_welfare[1]), 0.99006155, 1e-8);
  auto const share = found.found.numbers.share[base.grid.pair(0, 1, 0)];
  EXPECT_NEAR(rate, 1 / (4 * (1 - share)), 1e-9);
  EXPECT_NEAR(rate, sufficient_statistic_tariff(base, found.policy, found.found, 0), 1e-9);
}

/// By partner, one sector: two countries have one partner each; with three the rates differ and
/// beat the uniform one.
TEST(OptimalTariff, FinerRatesAreNoWorse) {
  auto const base = several_sectors(1);
  double last = -1;
  for (auto const spread : {Spread::all_sectors, Spread::by_sector, Spread::by_partner}) {
    auto const found = best(base, {.region = 1, .spread = spread, .least = -0.5});
    EXPECT_GT(found.gain, last - 1e-10);
    EXPECT_GT(found.gain, 0);
    EXPECT_LE(found.report.gap, 1e-8);
    last = found.gain;
  }
}

TEST(OptimalTariff, MeetsFirstAndSecondOrderConditions) {
  auto const base = several_sectors(2);
  Player const player{.region = 2, .least = -0.5};
  auto const found = best(base, player);
  auto const instruments = Instruments::make(base, {player});
  ASSERT_TRUE(instruments);
  auto const rates = instruments->rates_of(found.policy);
  for (std::size_t k = 0; k < rates.size(); ++k) {
    for (double const step : {-0.02, 0.02}) {
      auto other = rates;
      other[k] += step;
      TradePolicy policy = found.policy;
      instruments->apply(other, policy);
      EXPECT_LT(log_welfare(base, solved(base, policy), 2), found.log_welfare[2]);
    }
    EXPECT_NEAR(found.rates[k].slope, 0, 1e-8);
  }
}

/// CES nests and factors tied to their industries change the answer, not how sure it is.
TEST(OptimalTariff, OtherClosures) {
  auto const base = several_sectors(8, 3, 3);
  Player const player{.region = 1, .export_taxes = true, .least = -0.3};
  auto const plain = best(base, player);
  for (bool const specific : {false, true}) {
    Closure closure;
    closure.nests = {0.6, 0.4, 1.5};
    closure.factors.all_specific = specific;
    auto const found = optimal_policy(base, {}, player, options(), closure);
    ASSERT_TRUE(found) << found.error().what;
    EXPECT_LE(found->report.gap, 1e-8);
    EXPECT_GT(std::abs(found->gain - plain.gain), 1e-5);
    auto const instruments = Instruments::make(base, {player});
    auto rates = instruments->rates_of(found->policy);
    for (double const step : {-0.03, 0.03}) {
      auto other = rates;
      other[0] += step;
      auto policy = found->policy;
      instruments->apply(other, policy);
      EXPECT_LT(log_welfare(base, solved(base, policy, closure), 1), found->log_welfare[1]);
    }
  }
}

/// A tariff and an export tax on everything do the same, so one of them is enough.
TEST(OptimalTariff, ExportTaxIsAsGood) {
  for (auto const& base : {three_countries(), two_countries()}) {
    auto const tariff = best(base, {.region = 0});
    auto const tax = best(base, {.region = 0, .tariffs = false, .export_taxes = true});
    auto const both = best(base, {.region = 0, .export_taxes = true});
    EXPECT_NEAR(tariff.rates[0].rate, tax.rates[0].rate, 1e-8);
    for (std::size_t n = 0; n < base.grid.regions; ++n) {
      EXPECT_NEAR(tariff.log_welfare[n], tax.log_welfare[n], 1e-9);
      EXPECT_NEAR(tariff.log_welfare[n], both.log_welfare[n], 1e-9);
    }
  }
}

TEST(OptimalTariff, BoundsHold) {
  auto const base = three_countries();
  auto const found = best(base, {.region = 0, .least = 0, .most = 0.1});
  EXPECT_NEAR(found.rates[0].rate, 0.1, 1e-12);
  EXPECT_TRUE(found.rates[0].at_bound);
  EXPECT_GT(found.rates[0].slope, 0);
  EXPECT_EQ(found.report.gap, 0);
  EXPECT_EQ(found.report.slope, 0);
}

TEST(OptimalTariff, OthersKeepTheGivenPolicy) {
  auto const base = three_countries();
  auto const given = uniform_tariffs(base, {0, 0.2, 0.4});
  auto const found = optimal_policy(base, given, {.region = 0}, options());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->policy.tariff[base.grid.pair(0, 1, 0)], 0.2);
  EXPECT_EQ(found->policy.tariff[base.grid.pair(0, 2, 1)], 0.4);
  EXPECT_GT(found->gain, 0);
  auto const before = solved(base, given);
  EXPECT_NEAR(found->gain, found->log_welfare[0] - log_welfare(base, before, 0), 1e-11);
}

TEST(OptimalTariff, ThreadsDoNotChangeABit) {
  auto const base = several_sectors(3);
  auto const one = optimal_policy(base, {}, {.region = 0}, options(), {}, {.threads = 1});
  auto const two = optimal_policy(base, {}, {.region = 0}, options(), {}, {.threads = 2});
  ASSERT_TRUE(one && two);
  EXPECT_EQ(one->gain, two->gain);
  for (std::size_t k = 0; k < one->rates.size(); ++k) {
    EXPECT_EQ(one->rates[k].rate, two->rates[k].rate);
  }
}

/// One uniform tariff of a country with several sectors: the formula is near.
TEST(OptimalTariff, FormulaIsNearForSeveralSectors) {
  auto data = linchpin::test::random_accounts(4, 5, Rng{Seed{99}, 4});
  data.tariffs.clear();
  data.value_added_share.assign(20, 1.0);
  data.input_shares.assign(100, 0.0);
  auto const base = consistent_base(calibrated(data), DeficitRule::zero);
  ASSERT_TRUE(base);
  auto const found = best(*base, {.region = 0, .spread = Spread::all_sectors});
  auto const formula = sufficient_statistic_tariff(*base, found.policy, found.found, 0);
  RecordProperty("formula", std::to_string(formula / found.rates[0].rate - 1));
  EXPECT_NEAR(formula / found.rates[0].rate, 1, 0.1);
}

/// A good whose origins are nearly the same to buyers (θ = 65). Once its tariff stops all trade
/// welfare is flat, but searches do not stay there; and there are two optima, with little of that
/// trade and with a third of it: the better one counts, whatever policy is given.
TEST(OptimalTariff, PlateausAreLeftAndTheBetterOptimumCounts) {
  auto data = linchpin::test::random_accounts(3, 3, Rng{Seed{99}, 5});
  data.tariffs.clear();
  data.theta = {4, 65, 6};
  auto const base = consistent_base(calibrated(data), DeficitRule::zero);
  ASSERT_TRUE(base);
  auto const plain = best(*base, {.region = 0});
  EXPECT_NEAR(plain.gain, 0.001619891488, 1e-9);
  for (double const rate : {0.2, 1.5}) {
    auto const given = uniform_tariffs(*base, {rate, 0, 0});
    auto const found = optimal_policy(*base, given, {.region = 0}, options());
    ASSERT_TRUE(found) << found.error().what;
    EXPECT_NEAR(found->log_welfare[0], plain.log_welfare[0], 1e-9);
    for (auto const& start : found->report.starts) {
      EXPECT_LE(start.gap, 1e-8);
      auto const is_best = std::abs(start.value - plain.gain) <= 1e-9;
      EXPECT_TRUE(is_best || std::abs(start.value - 0.001368189074) <= 1e-9) << start.value;
    }
  }
}

TEST(Instruments, RatesSurviveTheWayThroughAPolicy) {
  auto const base = several_sectors(6);
  for (auto const spread : {Spread::all_sectors, Spread::by_sector, Spread::by_partner}) {
    auto const made = Instruments::make(
        base, {{.region = 2, .export_taxes = true, .spread = spread, .sectors = {1, 3}, .most = 2},
               {.region = 0, .spread = spread}});
    ASSERT_TRUE(made);
    auto const of_sector = spread == Spread::by_partner ? 3U : 1U;
    auto const sectors = spread == Spread::all_sectors ? 1U : 2U;
    EXPECT_EQ(made->last(0) - made->first(0), 2 * sectors * of_sector);
    std::vector<double> rates;
    for (std::size_t k = 0; k < made->size(); ++k) {
      rates.push_back(0.01 * static_cast<double>(k + 1));
      EXPECT_GT(made->list()[k].curvature, 0);
    }
    TradePolicy policy;
    made->apply(rates, policy);
    auto const again = made->rates_of(policy);
    for (std::size_t k = 0; k < rates.size(); ++k) EXPECT_NEAR(again[k], rates[k], 1e-14);
    // What is not covered stays.
    EXPECT_EQ(policy.tariff[base.grid.pair(0, 2, 1)], base.tariff[base.grid.pair(0, 2, 1)]);
    EXPECT_EQ(policy.export_tax[base.grid.pair(1, 2, 0)], 0);
  }
}

/// The slopes of all kinds of instruments against differences.
TEST(Instruments, SlopesAgreeWithDifferences) {
  auto const base = several_sectors(7, 3, 3);
  auto const made = Instruments::make(base, {{.region = 1, .export_taxes = true, .least = -0.5},
                                             {.region = 2, .spread = Spread::by_partner}});
  ASSERT_TRUE(made);
  TradePolicy const given;
  Closure const closure;
  RunControl const control;
  auto how = options();
  how.solve.tolerance = 1e-13;
  PolicySearch search{base, given, closure, *made, how, control};
  std::vector<double> rates(made->size(), 0.1);
  Target const target = {{1, 0.7}, {0, 0.3}};
  auto const trial = search.at(rates);
  ASSERT_TRUE(trial);
  auto const slopes = search.slopes(*trial, target);
  ASSERT_TRUE(slopes);
  constexpr double h = 1e-4;
  for (std::size_t k = 0; k < rates.size(); ++k) {
    auto up = rates;
    auto down = rates;
    up[k] += h;
    down[k] -= h;
    auto const difference =
        (search.value(*search.at(up), target) - search.value(*search.at(down), target)) / (2 * h);
    EXPECT_NEAR((*slopes)[k], difference, 1e-8) << k;
  }
}

TEST(OptimalTariff, FailuresAreNamed) {
  auto const base = three_countries();
  auto const wrong = optimal_policy(base, {}, {.region = 7, .least = 1, .most = 0}, options());
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, ErrorCode::unknown_label);
  auto const none = optimal_policy(base, {}, {.region = 0, .tariffs = false}, options());
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::bad_value);
  auto const bounds = optimal_policy(base, {}, {.region = 0, .least = -1}, options());
  ASSERT_FALSE(bounds);
  auto const closed = one_sector({{1, 0}, {0, 1}}, {1, 1}, 4);
  auto const nothing = optimal_policy(closed, {}, {.region = 0}, options());
  ASSERT_FALSE(nothing);
  EXPECT_NE(nothing.error().what.find("no trade to tax"), std::string::npos);
  auto few = options();
  few.starts = 0;
  EXPECT_FALSE(optimal_policy(base, {}, {.region = 0}, few));
  // A search that may not look finds nothing it could vouch for.
  auto short_search = options();
  short_search.most_evaluations = 1;
  auto const stopped = optimal_policy(base, {}, {.region = 0}, short_search);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::not_converged);
  RunControl control;
  control.cancel.cancel();
  auto const cancelled = optimal_policy(base, {}, {.region = 0}, options(), {}, control);
  ASSERT_FALSE(cancelled);
  EXPECT_EQ(cancelled.error().code, ErrorCode::cancelled);
}

TEST(Cooperation, FreeTradeForEqualCountries) {
  auto const base = two_equal_countries();
  std::vector<Player> const players = {{.region = 0, .least = -0.5}, {.region = 1, .least = -0.5}};
  auto const war = uniform_tariffs(base, {0.3, 0.2});
  auto const found = cooperative_policy(base, war, players, options());
  ASSERT_TRUE(found);
  for (auto const& rate : found->rates) EXPECT_NEAR(rate.rate, 0, 1e-7);
  EXPECT_NEAR(found->log_welfare[0], 0, 1e-8);
  EXPECT_NEAR(found->log_welfare[1], 0, 1e-8);
  EXPECT_GT(found->gain, 0);
  EXPECT_LE(found->report.gap, 1e-8);
}

TEST(Cooperation, WeightsAreChecked) {
  auto const base = two_equal_countries();
  std::vector<Player> const players = {{.region = 0}, {.region = 1}};
  EXPECT_FALSE(cooperative_policy(base, {}, players, options(), {1.0}));
  EXPECT_FALSE(cooperative_policy(base, {}, players, options(), {1.0, 0.0}));
  EXPECT_FALSE(cooperative_policy(base, {}, {{.region = 0}, {.region = 0}}, options()));
}

}  // namespace
}  // namespace linchpin::equilibrium::test
