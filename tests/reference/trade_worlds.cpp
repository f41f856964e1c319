// SPDX-License-Identifier: Apache-2.0
// Trade accounts of a built-in world and of a published cube of trade. Totals were computed apart
// from Linchpin, with NumPy and awk, from the same files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <stdexcept>

#include "linchpin/economy/trade_accounts_of.h"
#include "linchpin/table/nowcast/concordance_folder.h"
#include "linchpin/table/store/store.h"
#include "linchpin/table/trade/check_accounts.h"
#include "linchpin/table/trade/production_shares.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

std::filesystem::path const project = LINCHPIN_SOURCE_DIR;

template <class T>
T value_of(Result<T> result) {
  if (!result) throw std::runtime_error(test::text_of(result.error()));
  return *std::move(result);
}

TradeAccounts accounts_of_world(std::string const& name) {
  auto table = value_of(read_world(project / "data/worlds" / name / (name + ".nc")));
  return value_of(trade_accounts_of(value_of(Economy::make(std::move(table)))));
}

std::size_t place(std::vector<std::string> const& labels, std::string const& label) {
  return static_cast<std::size_t>(std::find(labels.begin(), labels.end(), label) - labels.begin());
}

/// All sales, and the part between regions.
std::pair<double, double> totals(TradeAccounts const& accounts) {
  double all = 0, between = 0;
  auto const N = accounts.regions.size();
  for (std::size_t c = 0; c < accounts.trade.size(); ++c) {
    all += accounts.trade[c];
    if (c % N != c / N % N) between += accounts.trade[c];
  }
  return {all, between};
}

TEST(TradeAccountsOfWorlds, World2011) {
  auto const accounts = accounts_of_world("world-2011");
  auto const N = accounts.regions.size(), J = accounts.sectors.size();
  ASSERT_EQ(N, 20U);
  ASSERT_EQ(J, 35U);
  auto const [all, between] = totals(accounts);
  EXPECT_NEAR(all / 141709375.0, 1, 1e-13);
  EXPECT_NEAR(between / 17809923.0, 1, 1e-13);
  EXPECT_THAT(accounts.adjustments,
              Contains(HasSubstr("4 of 14000 purchases below zero (stocks run down) set to 0: 683 "
                                 "USD million in all")));
  EXPECT_THAT(accounts.adjustments, Contains(HasSubstr("9 of 700 industries sell nothing")));
  auto const usa = place(accounts.regions, "USA");
  double value_added = 0;
  for (std::size_t j = 0; j < J; ++j) {
    double output = 0;
    for (std::size_t n = 0; n < N; ++n) output += accounts.trade[accounts.cell(j, n, usa)];
    value_added += output * accounts.value_added_share[usa * J + j];
  }
  EXPECT_NEAR(value_added / 15161304.0, 1, 1e-12);
  auto const c14 = place(accounts.sectors, "c14");
  auto const k = place(accounts.regions, "CHN") * J + c14;
  EXPECT_NEAR(accounts.value_added_share[k], 0.1698019221478525, 1e-13);
  EXPECT_NEAR(accounts.input_shares[k * J + c14], 0.49647113460423714, 1e-13);
}

TEST(TradeAccountsOfWorlds, EstimatedWorldIsSound) {
  auto const accounts = accounts_of_world("world-2022e");
  EXPECT_TRUE(check_accounts(accounts, "world-2022e"));
  for (double const share : accounts.value_added_share) EXPECT_GT(share, 0);
}

TEST(TradeAccountsOfCubes, Cube2022WithSharesOfTheEstimatedWorld) {
  auto const path =
      std::filesystem::path(LINCHPIN_REFERENCE_DATA) / "icio_cubes/ICIO2022_trade_tariff.csv.gz";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no " << path;
  auto const cube = value_of(read_trade_cube(path, {.tariffs = true}));
  auto const donor = accounts_of_world("world-2022e");
  auto const folder = value_of(ConcordanceFolder::open(project / "data/concordance"));
  auto const* const concordance = value_of(folder.find(cube.sectors, donor.sectors, "the cube"));
  auto const shares = value_of(production_shares_of(donor, cube, *concordance));
  auto const accounts = value_of(trade_accounts_of(cube, shares));
  auto const J = accounts.sectors.size();
  ASSERT_EQ(accounts.regions.size(), 81U);
  ASSERT_EQ(J, 28U);
  auto const [all, between] = totals(accounts);
  EXPECT_NEAR(all / 199691319.18840569, 1, 1e-12);
  EXPECT_NEAR(between / 27110736.58490094, 1, 1e-12);
  auto const chn = place(accounts.regions, "CHN"), usa = place(accounts.regions, "USA");
  EXPECT_EQ(accounts.trade[accounts.cell(place(accounts.sectors, "21"), usa, chn)], 108203);
  // One sector of the donor for each of the cube: shares come through as they are.
  auto const own = place(donor.regions, "USA") * donor.sectors.size() + place(donor.sectors, "C26");
  EXPECT_NEAR(accounts.value_added_share[usa * J + place(accounts.sectors, "21")],
              donor.value_added_share[own], 1e-12);
  EXPECT_THAT(accounts.adjustments, Contains(HasSubstr("regions take the shares of its whole")));
}

}  // namespace
}  // namespace linchpin
