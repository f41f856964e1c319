// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/trade/production_shares.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "linchpin/table/trade/check_accounts.h"
#include "linchpin/table/trade/tariff_file.h"
#include "support/table_fixtures.h"
#include "support/trade_fixtures.h"

namespace linchpin {
namespace {

using test::text_of;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::SizeIs;

std::vector<std::string> const regions{"A", "B"}, sectors{"g", "s"};

class TradeFiles : public ::testing::Test {
 protected:
  std::filesystem::path file(std::string const& text) {
    return test::write_file(folder_.file("x.csv"), text);
  }
  void expect_refused(auto const& result, ErrorCode code, std::string const& text) {
    ASSERT_FALSE(result) << text;
    EXPECT_EQ(to_string(result.error().code), to_string(code)) << text_of(result.error());
    EXPECT_THAT(text_of(result.error()), HasSubstr(text));
    EXPECT_FALSE(result.error().hint.empty());
  }
  test::TemporaryFolder folder_;
};

// ---- tariffs

TEST_F(TradeFiles, TariffsOfTheBase) {
  auto const cells = read_tariff_file(
      file("sector,rate,exporter,importer\ng,0.25,A,B\ns,0.1,B,A\n"), regions, sectors);
  ASSERT_TRUE(cells) << text_of(cells.error());
  EXPECT_FALSE(cells->front().new_rate);
  EXPECT_EQ(tariffs_of(*cells, 2, 2), (DenseVector{0, 0, 0.25, 0, 0, 0.1, 0, 0}))
      << "[sector][importer][exporter]";
}

TEST_F(TradeFiles, ChangesOfTariffs) {
  auto const cells = read_tariff_file(
      file("importer;exporter;sector;rate_base;rate_new\nB;A;g;0,25;-0,1\n"), regions, sectors);
  ASSERT_TRUE(cells) << text_of(cells.error());
  ASSERT_THAT(*cells, SizeIs(1));
  EXPECT_EQ(cells->front().rate, 0.25);
  EXPECT_EQ(cells->front().new_rate, -0.1);
}

TEST_F(TradeFiles, TariffsThatCannotBe) {
  auto const read = [&](std::string const& text) {
    return read_tariff_file(file("importer,exporter,sector,rate\n" + text), regions, sectors);
  };
  expect_refused(read(""), ErrorCode::missing_value, "no tariff");
  expect_refused(read("B,A,g,x\n"), ErrorCode::bad_format, "x.csv:2, column 4");
  expect_refused(read("B,A,g,-0.1\n"), ErrorCode::bad_value, "the rate is -0.1");
  expect_refused(read("B,A,g,2500\n"), ErrorCode::bad_value, "0.25 is 25 %");
  expect_refused(read("B,B,g,0.1\n"), ErrorCode::bad_value, "its own goods");
  expect_refused(read("B,A,g,0.1\nB,A,g,0.1\n"), ErrorCode::duplicate_label, "B, A, g");
  expect_refused(read("B,C,g,0.1\n"), ErrorCode::unknown_label, "no region 'C'");
  expect_refused(read("B,A,q,0.1\n"), ErrorCode::unknown_label, "no sector 'q'");
  expect_refused(read("B,A,g\n"), ErrorCode::bad_format, "3 fields");
  auto const all = read("C,A,g,0.1\nC,A,s,0.1\nB,A,g,y\nB,A,h,-1\n");
  ASSERT_FALSE(all);
  EXPECT_THAT(all.error().further, SizeIs(3)) << "C once: " << text_of(all.error());
  expect_refused(read_tariff_file(file("importer,exporter,sector\n"), regions, sectors),
                 ErrorCode::bad_format, "either the column 'rate'");
  expect_refused(
      read_tariff_file(file("importer,exporter,sector,rate,rate_new\n"), regions, sectors),
      ErrorCode::bad_format, "either the column 'rate'");
  expect_refused(read_tariff_file(file("importer,exporter,rate,what\n"), regions, sectors),
                 ErrorCode::bad_format, "unknown column 'what'");
  expect_refused(read_tariff_file(folder_.file("none"), regions, sectors),
                 ErrorCode::file_not_found, "none");
}

// ---- shares from a file

TEST_F(TradeFiles, SharesOfOneRegionOrOfAll) {
  auto const shares = read_production_shares(file("region,sector,input,share\n"
                                                  "*,g,value_added,0.4\n*,g,g,0.45\n*,g,s,0.15\n"
                                                  "*,s,value_added,1\n"
                                                  "B,g,value_added,0.5\nB,g,s,0.5\n"),
                                             regions, sectors);
  ASSERT_TRUE(shares) << text_of(shares.error());
  EXPECT_EQ(shares->value_added_share, (DenseVector{0.4, 1, 0.5, 1}));
  EXPECT_NEAR(shares->input_shares[0], 0.75, 1e-15);
  EXPECT_NEAR(shares->input_shares[1], 0.25, 1e-15);
  EXPECT_EQ(shares->input_shares[4], 0) << "B has its own lines";
  EXPECT_EQ(shares->input_shares[5], 1);
  EXPECT_EQ(shares->input_shares[2] + shares->input_shares[3], 0) << "no materials";
}

TEST_F(TradeFiles, SharesThatCannotBe) {
  auto const read = [&](std::string const& text) {
    return read_production_shares(file("region,sector,input,share\n" + text), regions, sectors);
  };
  expect_refused(read("*,g,value_added,1\n"), ErrorCode::missing_value, "A:s");
  expect_refused(read("*,g,value_added,0.5\n*,s,value_added,1\n"), ErrorCode::bad_value,
                 "the shares sum to 0.5");
  expect_refused(read("*,g,value_added,1.5\n"), ErrorCode::bad_value, "the share is 1.5");
  expect_refused(read("*,g,steel,1\n"), ErrorCode::unknown_label, "no sector 'steel'");
  expect_refused(read("*,g,g,1\n*,g,g,1\n"), ErrorCode::duplicate_label, "twice");
}

// ---- cubes

TradeCube cube_of(std::vector<std::string> cube_regions, std::vector<std::string> cube_sectors) {
  TradeCube cube;
  cube.title = "cube";
  cube.year = 2022;
  cube.unit = {"USD", 1e6};
  cube.regions = std::move(cube_regions);
  cube.sectors = std::move(cube_sectors);
  auto const size = cube.regions.size() * cube.regions.size() * cube.sectors.size();
  for (std::size_t k = 0; k < size; ++k) cube.values.push_back(1 + static_cast<double>(k));
  return cube;
}

/// The same classification on both sides: the donor's own shares come back.
TEST_F(TradeFiles, DonorsOwnLabelsGiveItsShares) {
  auto const donor = test::random_accounts(3, 4, Rng(Seed{3}, 0));
  auto cube = cube_of(donor.regions, donor.sectors);
  cube.tariffs.assign(cube.values.size(), 0.0);
  cube.tariffs[cube.cell(0, 1, 2)] = 0.125;
  auto const shares = production_shares_of(donor, cube, identity_concordance(donor.sectors));
  ASSERT_TRUE(shares) << text_of(shares.error());
  for (std::size_t k = 0; k < 12; ++k) {
    EXPECT_NEAR(shares->value_added_share[k], donor.value_added_share[k], 1e-13);
  }
  for (std::size_t k = 0; k < 48; ++k) {
    EXPECT_NEAR(shares->input_shares[k], donor.input_shares[k], 1e-13);
  }
  auto const accounts = trade_accounts_of(cube, *shares);
  ASSERT_TRUE(accounts) << text_of(accounts.error());
  EXPECT_EQ(accounts->trade[accounts->cell(2, 1, 0)], cube.value(0, 1, 2));
  EXPECT_EQ(accounts->tariffs[accounts->cell(2, 1, 0)], 0.125);
  EXPECT_EQ(accounts->tariffs[accounts->cell(2, 0, 1)], 0);
}

/// Donor sectors a, b are one sector ab of the cube; its c is two, c1 and c2.
TEST_F(TradeFiles, SectorsAreAddedUpAndDivided) {
  TradeAccounts donor;
  donor.title = "donor";
  donor.regions = {"A"};
  donor.sectors = {"a", "b", "c"};
  donor.trade = {100, 300, 50};
  donor.value_added_share = {0.5, 0.25, 1};
  donor.input_shares = {0.2, 0.2, 0.6, 0, 0.4, 0.6, 0, 0, 0};
  auto cube = cube_of({"A", "Z"}, {"ab", "c1", "c2"});
  for (auto& value : cube.values) value = 0;
  cube.values[cube.cell(0, 0, 1)] = 10;
  cube.values[cube.cell(1, 0, 2)] = 30;
  Concordance const concordance{.file = "test",
                                .from = {"ab", "c1", "c2"},
                                .to = donor.sectors,
                                .names = {},
                                .pairs = {{0, 0}, {0, 1}, {1, 2}, {2, 2}}};
  auto const shares = production_shares_of(donor, cube, concordance);
  ASSERT_TRUE(shares) << text_of(shares.error());
  // ab: value added 50 + 75 of 400; materials 50 and 225, of them 20 + 90 in a and b.
  EXPECT_DOUBLE_EQ(shares->value_added_share[0], 125.0 / 400);
  EXPECT_DOUBLE_EQ(shares->input_shares[0], 110.0 / 275);
  EXPECT_DOUBLE_EQ(shares->input_shares[1], 165.0 / 275 * 0.25) << "A buys 10 of c1, 30 of c2";
  EXPECT_DOUBLE_EQ(shares->input_shares[2], 165.0 / 275 * 0.75);
  EXPECT_EQ(shares->value_added_share[1], 1);
  // Z is no region of the donor and buys no c: its mean, in equal parts.
  EXPECT_DOUBLE_EQ(shares->value_added_share[3], 125.0 / 400);
  EXPECT_DOUBLE_EQ(shares->input_shares[9 + 1], 165.0 / 275 * 0.5);
  EXPECT_THAT(shares->adjustments, Contains(HasSubstr("1 regions take the shares")));
  auto const accounts = trade_accounts_of(cube, *shares);
  ASSERT_TRUE(accounts) << text_of(accounts.error());
  EXPECT_THAT(accounts->adjustments, Contains(HasSubstr("4 of 6 industries sell nothing")));
}

TEST_F(TradeFiles, ConcordancesThatDoNotFit) {
  auto const donor = test::random_accounts(2, 2, Rng(Seed{3}, 0));
  auto const cube = cube_of(donor.regions, {"S0", "S1", "S9"});
  expect_refused(production_shares_of(donor, cube, identity_concordance(donor.sectors)),
                 ErrorCode::missing_value, "sector 'S9' of the cube");
  expect_refused(production_shares_of(donor, cube, identity_concordance(cube.sectors)),
                 ErrorCode::unknown_label, "no sector 'S9'");
}

}  // namespace
}  // namespace linchpin
