// SPDX-License-Identifier: Apache-2.0
#include "linchpin/economy/trade_accounts_of.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "linchpin/table/nowcast/trade_cube.h"
#include "linchpin/table/trade/check_accounts.h"
#include "support/random_economy.h"

namespace linchpin {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Economy economy_of(Table table) {
  auto economy = Economy::make(std::move(table));
  if (!economy) throw std::runtime_error(economy.error().what);
  return *economy;
}

TradeAccounts accounts_of(Economy const& economy, TradeAccountsOptions const& options = {},
                          RunControl const& control = {}) {
  auto accounts = trade_accounts_of(economy, options, control);
  if (!accounts) throw std::runtime_error(accounts.error().where + accounts.error().what);
  return *accounts;
}

/// Two regions, two sectors, round numbers: A:1, A:2, B:1, B:2 sell
///        A:1 A:2 B:1 B:2 | final A, inventories A, final B, inventories B
Table two_by_two() {
  Table table;
  table.info.title = "two by two";
  table.info.unit = {"USD", 1e6};
  table.labels.regions = {{"A", "A", {}}, {"B", "B", {}}};
  table.labels.sectors = {{"1", "1", false}, {"2", "2", false}};
  for (std::size_t k = 0; k < 4; ++k) {
    table.labels.industries.push_back({RegionId{k / 2}, SectorId{k % 2}});
  }
  table.labels.categories = {{"HH", "HH", false}, {"INV", "INV", true}};
  table.Z = FlowMatrix(4, 4);
  table.Y = DenseMatrix(4, 4);
  double const flows[4][8] = {{10, 20, 5, 5, 50, 0, 10, 0},
                              {10, 10, 0, 0, 80, 0, 0, 0},
                              {5, 0, 10, 10, 5, -12, 82, 0},
                              {0, 10, 5, 5, 0, 0, 80, 0}};
  for (std::size_t i = 0; i < 4; ++i) {
    double output = 0;
    for (std::size_t k = 0; k < 8; ++k) {
      (k < 4 ? table.Z(i, k) : table.Y(i, k - 4)) = flows[i][k];
      output += flows[i][k];
    }
    table.output.push_back(output);
  }
  return table;
}

TEST(TradeAccountsOf, AddsUpSalesByBuyer) {
  auto const economy = economy_of(two_by_two());
  auto const accounts = accounts_of(economy);
  EXPECT_THAT(accounts.regions, ElementsAre("A", "B"));
  // Sector 1: A sells 80 at home and 20 to B; B 5 + 5 - 12 < 0 to A, and 102 at home.
  EXPECT_EQ(accounts.trade[accounts.cell(0, 0, 0)], 80);
  EXPECT_EQ(accounts.trade[accounts.cell(0, 1, 0)], 20);
  EXPECT_EQ(accounts.trade[accounts.cell(0, 0, 1)], 0) << "clipped";
  EXPECT_EQ(accounts.trade[accounts.cell(0, 1, 1)], 102);
  EXPECT_EQ(accounts.trade[accounts.cell(1, 0, 1)], 10);
  EXPECT_THAT(accounts.adjustments,
              Contains(HasSubstr("1 of 8 purchases below zero (stocks run down) set to 0: 2 USD "
                                 "million in all")));
  EXPECT_THAT(accounts.adjustments, Contains(HasSubstr("all tariffs of the base are zero")));
  // A:1 sells 100 and buys 25: 10 + 5 of sector 1, 10 of sector 2.
  EXPECT_DOUBLE_EQ(accounts.value_added_share[0], 0.75);
  EXPECT_DOUBLE_EQ(accounts.input_shares[0], 0.6);
  EXPECT_DOUBLE_EQ(accounts.input_shares[1], 0.4);
  // B:1 sells 102 once A's purchases are clipped, and buys 20.
  EXPECT_DOUBLE_EQ(accounts.value_added_share[2], 82.0 / 102);
}

TEST(TradeAccountsOf, TariffsRaiseMaterialsAndLowerValueAdded) {
  auto const economy = economy_of(two_by_two());
  DenseVector tariffs(8, 0.0);
  tariffs[(0 * 2 + 0) * 2 + 1] = 0.2;  // A on sector 1 from B
  auto const accounts = accounts_of(economy, {.tariffs = tariffs});
  EXPECT_EQ(accounts.tariffs, tariffs);
  EXPECT_EQ(accounts.trade, accounts_of(economy).trade) << "trade is net of tariffs";
  // A:1 pays 5 * 0.2 more.
  EXPECT_DOUBLE_EQ(accounts.value_added_share[0], 0.74);
  EXPECT_DOUBLE_EQ(accounts.input_shares[0], 16.0 / 26);
  EXPECT_EQ(accounts.value_added_share[2], accounts_of(economy).value_added_share[2]);
  tariffs[0] = 0.1;  // of A on its own goods
  auto const refused = trade_accounts_of(economy, {.tariffs = tariffs});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::bad_value);
}

TEST(TradeAccountsOf, IndustriesWithoutSalesOrWithLossesAreSaid) {
  auto table = two_by_two();
  for (std::size_t k = 0; k < 4; ++k) table.Z(1, k) = table.Y(1, k) = 0;  // A:2 sells nothing
  table.Z(0, 3) = 205;                                                    // B:2 buys too much
  for (std::size_t i = 0; i < 4; ++i) {
    table.output[i] = 0;
    for (std::size_t k = 0; k < 4; ++k) table.output[i] += table.Z(i, k) + table.Y(i, k);
  }
  auto const accounts = accounts_of(economy_of(std::move(table)));
  EXPECT_TRUE(check_accounts(accounts, "test"));
  EXPECT_EQ(accounts.value_added_share[1], 1);
  EXPECT_EQ(accounts.input_shares[2] + accounts.input_shares[3], 0);
  EXPECT_EQ(accounts.value_added_share[3], 0);
  EXPECT_THAT(accounts.adjustments, Contains(HasSubstr("1 of 4 industries sell nothing")));
  EXPECT_THAT(accounts.adjustments, Contains(HasSubstr("B:2")));
}

TEST(TradeAccountsOf, RegionsMayHaveDifferentSectors) {
  auto table = two_by_two();
  Table less;
  less.info = table.info;
  less.labels = table.labels;
  less.labels.industries.pop_back();  // no B:2
  less.Z = FlowMatrix(3, 3);
  less.Y = DenseMatrix(3, 4);
  for (std::size_t i = 0; i < 3; ++i) {
    double output = 0;
    for (std::size_t k = 0; k < 3; ++k) output += less.Z(i, k) = table.Z(i, k);
    for (std::size_t k = 0; k < 4; ++k) output += less.Y(i, k) = table.Y(i, k);
    less.output.push_back(output);
  }
  auto const accounts = accounts_of(economy_of(std::move(less)));
  EXPECT_EQ(accounts.value_added_share[3], 1);
  EXPECT_EQ(accounts.trade[accounts.cell(1, 1, 1)], 0);
  EXPECT_THAT(accounts.adjustments, Contains(HasSubstr("1 of 4 pairs of region and sector")));
}

/// The cube of a table is the same sums in another order of indices.
TEST(TradeAccountsOf, AgreesWithTheCubeOfTheTable) {
  auto const table = test::random_table(
      {.regions = 6, .sectors = 7, .seed = Seed{5}, .zero_output = 2, .inventory_change = 0.3});
  auto const economy = economy_of(table);
  auto const accounts = accounts_of(economy);
  double clipped = 0;
  auto const cube = cube_of(table, clipped);
  for (std::size_t j = 0; j < 7; ++j) {
    for (std::size_t n = 0; n < 6; ++n) {
      for (std::size_t i = 0; i < 6; ++i) {
        double const value = cube.value(i, n, j);
        EXPECT_NEAR(accounts.trade[accounts.cell(j, n, i)], value, 1e-12 * (1 + value));
      }
    }
  }
}

/// Value added of all industries is output less materials, whatever the tariffs; and no bit depends
/// on the number of threads.
TEST(TradeAccountsOf, AccountsAddUpAndDoNotDependOnThreads) {
  auto const economy =
      economy_of(test::random_table({.regions = 9, .sectors = 8, .seed = Seed{6}}));
  DenseVector tariffs(8 * 9 * 9, 0.0);
  Rng rng(Seed{1}, 0);
  for (std::size_t c = 0; c < tariffs.size(); ++c) {
    if (c % 9 != c / 9 % 9) tariffs[c] = 0.2 * rng.uniform();
  }
  auto const one = accounts_of(economy, {.tariffs = tariffs}, {.threads = 1});
  auto const two = accounts_of(economy, {.tariffs = tariffs}, {.threads = 2});
  EXPECT_EQ(one.trade, two.trade);
  EXPECT_EQ(one.value_added_share, two.value_added_share);
  EXPECT_EQ(one.input_shares, two.input_shares);
  auto const Z = economy.flows();
  for (std::size_t k = 0; k < economy.size(); ++k) {
    double materials = 0;
    for (std::size_t i = 0; i < economy.size(); ++i) {
      materials += Z(IndustryId{i}, IndustryId{k}) * (1 + tariffs[one.cell(i % 8, k / 8, i / 8)]);
    }
    double const share = 1 - materials / economy.output()[IndustryId{k}];
    EXPECT_NEAR(one.value_added_share[k], std::clamp(share, 0.0, 1.0), 1e-12);
  }
}

TEST(TradeAccountsOf, CanBeStopped) {
  auto const economy = economy_of(two_by_two());
  RunControl control;
  control.cancel.cancel();
  auto const accounts = trade_accounts_of(economy, {}, control);
  ASSERT_FALSE(accounts);
  EXPECT_EQ(accounts.error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace linchpin
