// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/repeated_solve.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "linchpin/core/random.h"
#include "support/trade_fixtures.h"

namespace linchpin::equilibrium {
namespace {

TradeBase base_of(std::uint64_t stream) {
  auto const raw = calibrate(linchpin::test::random_accounts(5, 4, Rng(Seed{3}, stream)));
  if (!raw) throw std::runtime_error(raw.error().what);
  auto base = consistent_base(*raw, DeficitRule::zero);
  if (!base) throw std::runtime_error(base.error().what);
  return *std::move(base);
}

/// Policy after policy in one sector, bans that come and go included: each answer is that of a
/// fresh solve.
TEST(RepeatedSolve, AnswersAsSolveDoes) {
  for (std::uint64_t stream = 0; stream < 3; ++stream) {
    auto const base = base_of(stream);
    auto const& grid = base.grid;
    constexpr std::size_t sector = 2;
    RepeatedSolve repeated{base, sector};
    auto state = repeated.start();
    Rng rng{Seed{5}, stream};
    for (int step = 0; step < 12; ++step) {
      auto& policy = repeated.policy();
      policy.productivity[grid.good(sector, 0)] = 0.5 + 2 * rng.uniform();
      policy.subsidy[grid.good(sector, 1)] = 0.3 * rng.uniform();
      policy.tariff[grid.pair(sector, 0, 3)] = rng.uniform();
      policy.export_tax[grid.pair(sector, 0, 0)] = 0.5 * rng.uniform() - 0.2;
      policy.iceberg[grid.pair(sector, 2, 1)] = 0.8 + rng.uniform();
      policy.availability[grid.pair(sector, 0, 1)] = step % 4 == 1 ? 0.0 : rng.uniform();
      auto const found = repeated.solve(state);
      ASSERT_TRUE(found) << found.error().what;
      auto const fresh = solve(base, policy);
      ASSERT_TRUE(fresh) << fresh.error().what;
      for (std::size_t n = 0; n < grid.regions; ++n) {
        EXPECT_NEAR((*found)->log_final[n], fresh->numbers.log_final[n], 1e-8) << step;
        EXPECT_NEAR((*found)->spending_power[n] / fresh->numbers.spending_power[n], 1, 1e-8);
        for (std::size_t j = 0; j < grid.sectors; ++j) {
          EXPECT_NEAR(state.log_price[grid.good(j, n)], fresh->state.log_price[grid.good(j, n)],
                      1e-8);
        }
      }
    }
    EXPECT_EQ(repeated.solves(), 12);
  }
}

/// What lies outside the sector is seen when the caller says so.
TEST(RepeatedSolve, TakesTheRestWhenTold) {
  auto const base = base_of(7);
  RepeatedSolve repeated{base, 0};
  auto state = repeated.start();
  ASSERT_TRUE(repeated.solve(state));
  repeated.policy().productivity[base.grid.good(1, 2)] = 1.5;
  repeated.goods_changed();
  auto const found = repeated.solve(state);
  ASSERT_TRUE(found) << found.error().what;
  auto const fresh = solve(base, repeated.policy());
  ASSERT_TRUE(fresh);
  EXPECT_NEAR((*found)->log_final[2], fresh->numbers.log_final[2], 1e-8);
  EXPECT_LT((*found)->log_final[2], -0.01);
}

TEST(RepeatedSolve, SaysWhatSolveSays) {
  auto const base = base_of(1);
  auto const& grid = base.grid;
  RepeatedSolve repeated{base, 1};
  for (std::size_t i = 0; i < grid.regions; ++i) {
    repeated.policy().availability[grid.pair(1, 0, i)] = 0;
  }
  auto state = repeated.start();
  auto const found = repeated.solve(state);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().what, solve(base, repeated.policy()).error().what);
}

}  // namespace
}  // namespace linchpin::equilibrium
