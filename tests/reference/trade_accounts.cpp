// SPDX-License-Identifier: Apache-2.0
// Trade accounts from the authors' data of Caliendo & Parro (2015) beside the project. Totals were
// computed apart from Linchpin, with NumPy, from the same files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numeric>
#include <stdexcept>

#include "linchpin/table/store/trade_store.h"
#include "linchpin/table/trade/caliendo_parro.h"
#include "linchpin/table/trade/check_accounts.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

std::filesystem::path const data = LINCHPIN_REFERENCE_DATA;

class CaliendoParroData : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(folder())) GTEST_SKIP() << "no " << folder();
  }
  static std::filesystem::path folder() { return data / "caliendo_parro_2015"; }
  static TradeAccounts read(CaliendoParroOptions const& options = {}) {
    auto accounts = read_caliendo_parro(folder(), options);
    if (!accounts) throw std::runtime_error(test::text_of(accounts.error()));
    return *accounts;
  }
  /// All trade, and the part between regions.
  static std::pair<double, double> totals(TradeAccounts const& accounts) {
    double all = 0, between = 0;
    auto const N = accounts.regions.size();
    for (std::size_t c = 0; c < accounts.trade.size(); ++c) {
      all += accounts.trade[c];
      if (c % N != c / N % N) between += accounts.trade[c];
    }
    return {all, between};
  }
};

TEST_F(CaliendoParroData, TotalsOf1993) {
  auto const accounts = read();
  ASSERT_TRUE(check_accounts(accounts, "1993"));
  auto const [all, between] = totals(accounts);
  EXPECT_NEAR(all / 48140784163444.92, 1, 1e-13);
  EXPECT_NEAR(between / 3145705320768.327, 1, 1e-13);
  double revenue = 0;
  for (std::size_t c = 0; c < accounts.trade.size(); ++c) {
    revenue += accounts.trade[c] * accounts.tariffs[c];
  }
  EXPECT_NEAR(revenue / 188170049342.42175, 1, 1e-13);
  // Output and value added of the United States, region 29.
  double output = 0, value_added = 0;
  for (std::size_t j = 0; j < 40; ++j) {
    double sector = 0;
    for (std::size_t n = 0; n < 31; ++n) sector += accounts.trade[accounts.cell(j, n, 29)];
    output += sector;
    value_added += sector * accounts.value_added_share[29 * 40 + j];
  }
  EXPECT_NEAR(output / 11888360211750.0, 1, 1e-13);
  EXPECT_NEAR(value_added / 6545824147559.58, 1, 1e-12);
}

TEST_F(CaliendoParroData, CellsThatNeededMending) {
  auto const accounts = read();
  EXPECT_THAT(accounts.adjustments,
              Contains(HasSubstr("raised to exports in 26 of 1240 cells, by 1.273e+10 USD")));
  EXPECT_THAT(accounts.adjustments, Contains(HasSubstr("no sales at home in 26 of 1240 cells")));
  EXPECT_THAT(accounts.adjustments,
              Contains(HasSubstr("1 of 49600 input shares below zero set to 0, the lowest was "
                                 "-0.0008459: Other of CAN:Basic metals")));
  EXPECT_EQ(accounts.adjustments.size(), 3U);
  std::size_t without_home = 0, without_materials = 0;
  for (std::size_t j = 0; j < 40; ++j) {
    for (std::size_t n = 0; n < 31; ++n) {
      if (accounts.trade[accounts.cell(j, n, n)] == 0) ++without_home;
      auto const* const shares = accounts.input_shares.data() + (n * 40 + j) * 40;
      if (std::accumulate(shares, shares + 40, 0.0) == 0) ++without_materials;
    }
  }
  EXPECT_EQ(without_home, 26U);
  EXPECT_EQ(without_materials, 32U) << "private households, and public services in two regions";
}

TEST_F(CaliendoParroData, TariffsOfBothYears) {
  for (auto const& [year, mean, highest] :
       {std::tuple{1993, 8.21625139814256, 270.0}, std::tuple{2005, 3.374931424443288, 177.7433}}) {
    auto const tariffs = read_caliendo_parro_tariffs(folder(), year);
    ASSERT_TRUE(tariffs);
    ASSERT_EQ(tariffs->size(), 40U * 31 * 31);
    auto const sum = std::accumulate(tariffs->begin(), tariffs->end(), 0.0);
    EXPECT_NEAR(100 * sum / (20 * 31 * 31), mean, 1e-11);
    EXPECT_DOUBLE_EQ(100 * *std::max_element(tariffs->begin(), tariffs->end()), highest);
  }
}

TEST_F(CaliendoParroData, TradeOf2005WithSharesOf1993) {
  auto const accounts = read({.trade_year = 2005, .tariff_year = 2005});
  ASSERT_TRUE(check_accounts(accounts, "2005"));
  // The file has imports of regions from themselves, 24,027,931 USD.
  EXPECT_NEAR(totals(accounts).second / (9140161351192.0 - 24027931.0), 1, 1e-13);
  EXPECT_THAT(accounts.adjustments, Contains(HasSubstr("from itself left out: 2.403e+07 USD")));
  EXPECT_THAT(accounts.adjustments, Contains(HasSubstr("trade is of 2005")));
}

TEST_F(CaliendoParroData, StoreKeepsEveryBit) {
  test::TemporaryFolder folder;
  auto const accounts = read();
  auto const path = folder.file("cp.nc");
  ASSERT_TRUE(write_trade_calibration(accounts, path));
  EXPECT_TRUE(is_trade_calibration(path).value());
  auto const back = read_trade_calibration(path);
  ASSERT_TRUE(back) << test::text_of(back.error());
  EXPECT_EQ(back->trade, accounts.trade);
  EXPECT_EQ(back->tariffs, accounts.tariffs);
  EXPECT_EQ(back->value_added_share, accounts.value_added_share);
  EXPECT_EQ(back->input_shares, accounts.input_shares);
  EXPECT_EQ(back->theta, accounts.theta);
  EXPECT_EQ(back->sectors, accounts.sectors);
  EXPECT_EQ(back->adjustments, accounts.adjustments);
}

}  // namespace
}  // namespace linchpin
