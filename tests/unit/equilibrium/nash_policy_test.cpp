// SPDX-License-Identifier: Apache-2.0
// Tariff wars against closed forms and numbers of an independent program.
#include "linchpin/equilibrium/nash_policy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "equilibrium_fixtures.h"
#include "linchpin/equilibrium/closed_forms.h"
#include "support/trade_fixtures.h"

namespace linchpin::equilibrium::test {
namespace {

NashOptions options() { return NashOptions{Seed{11}}; }

NashPolicy war(TradeBase const& base, std::vector<Player> const& players,
               NashOptions const& how = options()) {
  auto found = nash_policy(base, {}, players, how);
  if (!found) throw std::runtime_error(found.error().what);
  return std::move(*found);
}

TEST(Nash, TwoEqualCountries) {
  auto const base = two_equal_countries();
  auto const found = war(base, {{.region = 0}, {.region = 1}});
  ASSERT_EQ(found.rates.size(), 2U);
  for (std::size_t n = 0; n < 2; ++n) {
    EXPECT_NEAR(found.rates[n].rate, 0.268992, 1e-6);
    // The independent numbers belong to the rate of six digits, 0.268992; welfare falls by 0.07 per
    // unit of both rates, so that the seventh digit differs at the exact one, 0.26899261.
    EXPECT_NEAR(std::exp(found.log_welfare[n]), 0.98613504, 1e-7);
    EXPECT_NEAR(sufficient_statistic_tariff(base, found.policy, found.found, n),
                found.rates[n].rate, 1e-8);
    EXPECT_NEAR(found.gains[n], 0, 1e-10);
  }
  EXPECT_NEAR(found.rates[0].rate, found.rates[1].rate, 1e-8);
  EXPECT_LE(found.gap, 1e-8);
  EXPECT_EQ(found.check.starts.size(), 6U);
  EXPECT_EQ(found.check.failed, 0U);
}

TEST(Nash, OnePlayerIsTheOptimum) {
  auto const found = war(three_countries(), {{.region = 0}});
  EXPECT_NEAR(found.rates[0].rate, 0.27277438, 2e-8);
}

TEST(Nash, OrderAndDampingDoNotMatter) {
  auto const base = three_countries();
  auto const one = war(base, {{.region = 0}, {.region = 1}, {.region = 2}});
  auto slow = options();
  slow.damping = 0.4;
  auto const two = war(base, {{.region = 2}, {.region = 0}, {.region = 1}}, slow);
  for (std::size_t n = 0; n < 3; ++n) {
    EXPECT_NEAR(one.rates[n].rate, two.rates[(n + 1) % 3].rate, 5e-8);
    EXPECT_NEAR(one.log_welfare[n], two.log_welfare[n], 1e-8);
    EXPECT_LE(one.gains[n], 1e-9);
  }
  // Everyone loses against free trade but the one with most power, perhaps.
  EXPECT_LT(one.log_welfare[2], 0);
}

TEST(Nash, SectorRatesWithMaterials) {
  auto const base = consistent_base(
      calibrated(linchpin::test::random_accounts(4, 3, Rng{Seed{5}, 1})), DeficitRule::zero);
  ASSERT_TRUE(base);
  auto const found = war(*base, {{.region = 0}, {.region = 2}, {.region = 3}});
  EXPECT_LE(found.gap, 1e-8);
  EXPECT_LE(*std::max_element(found.gains.begin(), found.gains.end()), 1e-9);
  // The region that does not play keeps its tariffs.
  EXPECT_EQ(found.policy.tariff[base->grid.pair(0, 1, 0)], base->tariff[base->grid.pair(0, 1, 0)]);
  auto const peace = cooperative_policy(
      *base, {},
      {{.region = 0, .least = -0.5}, {.region = 2, .least = -0.5}, {.region = 3, .least = -0.5}},
      PolicyOptions{Seed{1}});
  ASSERT_TRUE(peace);
  double gain = 0, total = 0;
  for (std::size_t n : {0U, 2U, 3U}) {
    gain += base->final_spending(n) * (peace->log_welfare[n] - found.log_welfare[n]);
    total += base->final_spending(n);
  }
  EXPECT_GT(gain / total, 0);
}

TEST(Nash, FailuresAreNamed) {
  auto const base = three_countries();
  auto wrong = options();
  wrong.damping = 0;
  auto const damping = nash_policy(base, {}, {{.region = 0}, {.region = 9}}, wrong);
  ASSERT_FALSE(damping);
  EXPECT_EQ(damping.error().further.size(), 1U);
  EXPECT_FALSE(nash_policy(base, {}, {}, options()));
  auto hasty = options();
  hasty.most_rounds = 1;
  auto const early = nash_policy(base, {}, {{.region = 0}, {.region = 1}}, hasty);
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().code, ErrorCode::not_converged);
  RunControl control;
  control.cancel.cancel();
  auto const cancelled = nash_policy(base, {}, {{.region = 0}}, options(), {}, control);
  ASSERT_FALSE(cancelled);
  EXPECT_EQ(cancelled.error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace linchpin::equilibrium::test
