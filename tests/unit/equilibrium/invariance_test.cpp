// SPDX-License-Identifier: Apache-2.0
// What must not change the answer: nothing done, units, names, order, the way a policy is stated.
#include <gtest/gtest.h>

#include <cmath>

#include "equilibrium_fixtures.h"
#include "linchpin/equilibrium/outcome.h"
#include "linchpin/equilibrium/policy_search.h"
#include "support/trade_fixtures.h"

namespace linchpin::equilibrium::test {
namespace {

constexpr std::size_t N = 5;
constexpr std::size_t J = 4;

TradeAccounts accounts(std::uint64_t stream) {
  return linchpin::test::random_accounts(N, J, Rng{Seed{20240607}, stream});
}

TradeBase balanced(TradeAccounts const& from) {
  auto base = consistent_base(calibrated(from), DeficitRule::zero);
  if (!base) throw std::runtime_error(base.error().what);
  return *base;
}

/// Tariffs, trade costs, a ban, productivity and an export tax at once, by labels so that they can
/// be reordered: region r stands for order[r], sector s for sectors[s].
TradePolicy mixed(TradeBase const& base, std::vector<std::size_t> const& place,
                  std::vector<std::size_t> const& sector) {
  auto const& grid = base.grid;
  TradePolicy policy;
  fill_tariffs(policy, base);
  fill_pairs(policy.iceberg, grid, 1.0);
  fill_pairs(policy.availability, grid, 1.0);
  fill_pairs(policy.export_tax, grid, 0.0);
  fill_goods(policy.productivity, grid, 1.0);
  policy.tariff[grid.pair(sector[1], place[0], place[2])] = 0.8;
  policy.iceberg[grid.pair(sector[0], place[3], place[1])] = 1.7;
  policy.availability[grid.pair(sector[2], place[4], place[0])] = 0;
  policy.export_tax[grid.pair(sector[3], place[1], place[4])] = 0.25;
  policy.productivity[grid.good(sector[2], place[3])] = 1.4;
  return policy;
}

std::vector<std::size_t> const as_is = {0, 1, 2, 3, 4};

TEST(Invariance, NoShockIsTheIdentity) {
  for (std::uint64_t stream = 0; stream < 4; ++stream) {
    auto const base = balanced(accounts(stream));
    auto const found = solve(base, {});
    ASSERT_TRUE(found);
    for (std::size_t n = 0; n < N; ++n) {
      EXPECT_NEAR(log_welfare(base, *found, n), 0, 1e-12);
      EXPECT_NEAR(found->numbers.log_wage[n], 0, 1e-12);
      for (std::size_t j = 0; j < J; ++j) {
        auto const good = base.grid.good(j, n);
        EXPECT_NEAR(found->numbers.output[good] / base.output[good], 1, 1e-12);
        for (std::size_t i = 0; i < N; ++i) {
          auto const cell = base.grid.pair(j, n, i);
          EXPECT_NEAR(found->numbers.share[cell], base.share[cell], 1e-12);
        }
      }
    }
  }
}

TEST(Invariance, UnitsOfMoneyDoNotMatter) {
  auto data = accounts(1);
  auto const small = balanced(data);
  for (auto& value : data.trade) value *= 1e9;
  auto const large = balanced(data);
  auto const a = solved(small, mixed(small, as_is, as_is));
  auto const b = solved(large, mixed(large, as_is, as_is));
  for (std::size_t n = 0; n < N; ++n) {
    EXPECT_NEAR(log_welfare(small, a, n), log_welfare(large, b, n), 1e-12);
    EXPECT_NEAR(a.numbers.log_wage[n], b.numbers.log_wage[n], 1e-12);
    EXPECT_NEAR(b.numbers.spending_power[n] / a.numbers.spending_power[n], 1e9, 1e-2);
  }
}

TEST(Invariance, OrderOfRegionsAndSectorsDoesNotMatter) {
  auto const data = accounts(2);
  std::vector<std::size_t> const place = {3, 0, 4, 1, 2};   // old region n stands at place[n]
  std::vector<std::size_t> const sector = {2, 3, 0, 1, 4};  // old sector j at sector[j]
  auto moved = data;
  for (std::size_t j = 0; j < J; ++j) {
    moved.theta[sector[j]] = data.theta[j];
    for (std::size_t n = 0; n < N; ++n) {
      for (std::size_t i = 0; i < N; ++i) {
        auto const to = data.cell(sector[j], place[n], place[i]);
        moved.trade[to] = data.trade[data.cell(j, n, i)];
        moved.tariffs[to] = data.tariffs[data.cell(j, n, i)];
      }
      moved.value_added_share[place[n] * J + sector[j]] = data.value_added_share[n * J + j];
      for (std::size_t k = 0; k < J; ++k) {
        moved.input_shares[(place[n] * J + sector[j]) * J + sector[k]] =
            data.input_shares[(n * J + j) * J + k];
      }
    }
  }
  auto const base = balanced(data);
  auto const other = balanced(moved);
  auto const a = outcomes(base, mixed(base, as_is, as_is), solved(base, mixed(base, as_is, as_is)));
  auto const b =
      outcomes(other, mixed(other, place, sector), solved(other, mixed(other, place, sector)));
  for (std::size_t n = 0; n < N; ++n) {
    EXPECT_NEAR(a[n].welfare_exact, b[place[n]].welfare_exact, 1e-10);
    EXPECT_NEAR(a[n].terms_of_trade, b[place[n]].terms_of_trade, 1e-10);
    EXPECT_NEAR(a[n].imports, b[place[n]].imports, 1e-9);
  }
}

/// Goods twice as dear to ship to n from everyone, n included, are goods n buys at twice the
/// price; all productivities up by a factor is everyone richer by it where nothing else changes.
TEST(Invariance, HomogeneousInProductivity) {
  auto data = accounts(3);
  data.value_added_share.assign(N * J, 1.0);
  data.input_shares.assign(N * J * J, 0.0);
  auto const base = balanced(data);
  TradePolicy policy;
  fill_goods(policy.productivity, base.grid, 1.5);
  auto const found = solved(base, policy);
  for (std::size_t n = 0; n < N; ++n) {
    EXPECT_NEAR(log_welfare(base, found, n), std::log(1.5), 1e-12);
    EXPECT_NEAR(found.numbers.log_wage[n], 0, 1e-12);
  }
}

/// All trade costs up by a factor, at home too, are all productivities down by it.
TEST(Invariance, TradeCostsEverywhereAreProductivity) {
  auto const base = balanced(accounts(4));
  auto costs = mixed(base, as_is, as_is);
  auto productivity = costs;
  for (auto& cost : costs.iceberg) cost *= 1.3;
  for (auto& factor : productivity.productivity) factor /= 1.3;
  auto const a = solved(base, costs);
  auto const b = solved(base, productivity);
  for (std::size_t n = 0; n < N; ++n) {
    EXPECT_NEAR(log_welfare(base, a, n), log_welfare(base, b, n), 1e-12);
  }
}

TEST(Invariance, StartDoesNotMatter) {
  auto const base = balanced(accounts(5));
  auto const policy = mixed(base, as_is, as_is);
  auto const plain = solved(base, policy);
  auto const elsewhere = solved(base, uniform_tariffs(base, Row(N, 0.5)));
  auto const again = solve(base, policy, {}, {.tolerance = 1e-13}, &elsewhere.state);
  ASSERT_TRUE(again);
  for (std::size_t n = 0; n < N; ++n) {
    EXPECT_NEAR(log_welfare(base, plain, n), log_welfare(base, *again, n), 1e-12);
  }
}

/// An import tariff on everything is an export tax on everything (Lerner 1936).
TEST(Invariance, LernerSymmetry) {
  auto data = accounts(6);
  data.tariffs.clear();
  auto const several = balanced(data);
  for (auto const& base : {three_countries(), several}) {
    auto const& grid = base.grid;
    Row rates(grid.regions, 0.0);
    rates[0] = 0.3;
    auto const tariff = uniform_tariffs(base, rates);
    TradePolicy tax;
    fill_pairs(tax.export_tax, grid, 0.0);
    for (std::size_t j = 0; j < grid.sectors; ++j) {
      for (std::size_t n = 1; n < grid.regions; ++n) tax.export_tax[grid.pair(j, n, 0)] = 0.3;
    }
    auto const a = solved(base, tariff);
    auto const b = solved(base, tax);
    for (std::size_t n = 0; n < grid.regions; ++n) {
      EXPECT_NEAR(log_welfare(base, a, n), log_welfare(base, b, n), 1e-12);
    }
    EXPECT_GT(std::abs(log_welfare(base, a, 0)), 1e-4);
  }
}

}  // namespace
}  // namespace linchpin::equilibrium::test
