// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/store/trade_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <functional>
#include <iterator>
#include <limits>
#include <utility>

#include "linchpin/table/read.h"
#include "linchpin/table/store/store.h"
#include "linchpin/table/trade/check_accounts.h"
#include "support/table_fixtures.h"
#include "support/trade_fixtures.h"

namespace linchpin {
namespace {

using test::text_of;
using ::testing::AnyOf;
using ::testing::HasSubstr;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

bool same_bits(std::span<double const> a, std::span<double const> b) {
  return a.size() == b.size() &&
         (a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0);
}

void expect_same(TradeAccounts const& a, TradeAccounts const& b) {
  EXPECT_EQ(a.title, b.title);
  EXPECT_EQ(a.source, b.source);
  EXPECT_EQ(a.licence, b.licence);
  EXPECT_EQ(a.year, b.year);
  EXPECT_EQ(a.unit, b.unit);
  EXPECT_EQ(a.regions, b.regions);
  EXPECT_EQ(a.sectors, b.sectors);
  EXPECT_EQ(a.adjustments, b.adjustments);
  EXPECT_TRUE(same_bits(a.trade, b.trade));
  EXPECT_TRUE(same_bits(a.tariffs, b.tariffs));
  EXPECT_TRUE(same_bits(a.value_added_share, b.value_added_share));
  EXPECT_TRUE(same_bits(a.input_shares, b.input_shares));
  EXPECT_TRUE(same_bits(a.theta, b.theta));
}

class TradeStore : public ::testing::Test {
 protected:
  static TradeAccounts sample() { return test::random_accounts(4, 3, Rng(Seed{11}, 0)); }
  std::filesystem::path stored() {
    auto const path = folder_.file("cp.nc");
    auto const done = write_trade_calibration(sample(), path);
    EXPECT_TRUE(done) << (done ? "" : text_of(done.error()));
    return path;
  }
  test::TemporaryFolder folder_;
};

TEST_F(TradeStore, GivesTheSameBitsBack) {
  auto const back = read_trade_calibration(stored());
  ASSERT_TRUE(back) << text_of(back.error());
  expect_same(*back, sample());
  EXPECT_EQ(folder_.names(), std::vector<std::string>{"cp.nc"});
}

TEST_F(TradeStore, TariffsElasticitiesAndNotesMayBeAbsent) {
  auto accounts = sample();
  accounts.tariffs.clear();
  accounts.theta.clear();
  accounts.adjustments.clear();
  auto const path = folder_.file("bare.nc");
  ASSERT_TRUE(write_trade_calibration(accounts, path));
  auto const back = read_trade_calibration(path);
  ASSERT_TRUE(back) << text_of(back.error());
  expect_same(*back, accounts);
}

TEST_F(TradeStore, SameAccountsSameBytes) {
  auto const first = folder_.file("a.nc"), second = folder_.file("b.nc");
  ASSERT_TRUE(write_trade_calibration(sample(), first));
  ASSERT_TRUE(write_trade_calibration(sample(), second));
  auto const bytes = [](std::filesystem::path const& path) {
    std::ifstream stream(path, std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(stream), {}};
  };
  EXPECT_EQ(bytes(first), bytes(second));
}

TEST_F(TradeStore, KindIsToldByTheBytes) {
  EXPECT_TRUE(is_trade_calibration(stored()).value());
  auto const world = folder_.file("world.nc");
  ASSERT_TRUE(write_world(test::random_table(2, 3, Rng(Seed{1}, 0)), world));
  EXPECT_FALSE(is_trade_calibration(world).value());
  auto const text = test::write_file(folder_.file("t.csv"), "linchpin trade calibration");
  EXPECT_FALSE(is_trade_calibration(text).value());
  EXPECT_EQ(is_trade_calibration(folder_.file("none.nc")).error().code, ErrorCode::file_not_found);
}

TEST_F(TradeStore, ManyRegionsKeepTheirKind) {
  auto accounts = test::random_accounts(90, 20, Rng(Seed{3}, 0));
  auto const path = folder_.file("large.nc");
  ASSERT_TRUE(write_trade_calibration(accounts, path));
  EXPECT_TRUE(is_trade_calibration(path).value());
}

// What `table import`, `table check`, `depend` and `disrupt` read worlds with.
TEST_F(TradeStore, ReadersOfWorldsRefuseItByName) {
  auto const path = stored();
  for (auto const& error : {read_world(path).error(), read_table(path).error(),
                            read_table(path, {.format = "netcdf"}).error()}) {
    EXPECT_EQ(error.code, ErrorCode::bad_format);
    EXPECT_EQ(error.what, "cp.nc is a trade calibration; only `equilibrium` can use it");
    EXPECT_EQ(error.where, path.string());
    EXPECT_THAT(error.hint, HasSubstr("linchpin equilibrium"));
  }
}

TEST_F(TradeStore, AWorldIsNoCalibration) {
  auto const world = folder_.file("world.nc");
  ASSERT_TRUE(write_world(test::random_table(2, 3, Rng(Seed{1}, 0)), world));
  auto const read = read_trade_calibration(world);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::bad_format);
  EXPECT_THAT(read.error().what, HasSubstr("not a trade calibration"));
}

TEST_F(TradeStore, RefusesAccountsThatNobodyCouldUse) {
  struct Case {
    std::function<void(TradeAccounts&)> spoil;
    ErrorCode code;
    char const* text;
  };
  for (auto const& each : std::vector<Case>{
           {[](auto& a) { a.trade[1] = -1; }, ErrorCode::bad_value, "trade is -1"},
           {[](auto& a) { a.trade[2] = nan; }, ErrorCode::bad_value, "trade is nan"},
           {[](auto& a) { a.tariffs[1] = -0.1; }, ErrorCode::bad_value, "the tariff is -0.1"},
           {[](auto& a) { a.tariffs[0] = 0.1; }, ErrorCode::bad_value, "the tariff is 0.1"},
           {[](auto& a) { a.value_added_share[1] = 1.5; }, ErrorCode::bad_value, "value added"},
           {[](auto& a) { a.input_shares[4] += 0.1; }, ErrorCode::bad_value, "input shares sum"},
           {[](auto& a) { a.value_added_share[0] = 0.5; }, ErrorCode::bad_value, "sum to 0"},
           {[](auto& a) { a.theta[0] = 0; }, ErrorCode::bad_value, "elasticity is 0"},
           {[](auto& a) { a.trade.pop_back(); }, ErrorCode::size_mismatch, "trade has 47 numbers"},
           {[](auto& a) { a.regions[1] = "R0"; }, ErrorCode::duplicate_label,
            "'R0' is there twice"},
           {[](auto& a) { a.sectors[1] = ""; }, ErrorCode::bad_value, "sector label is empty"},
           {[](auto& a) { a.title = std::string("a\0b", 3); }, ErrorCode::bad_value,
            "the title"}}) {
    auto accounts = sample();
    each.spoil(accounts);
    auto const done = write_trade_calibration(accounts, folder_.file("bad.nc"));
    ASSERT_FALSE(done) << each.text;
    EXPECT_EQ(done.error().code, each.code) << text_of(done.error());
    EXPECT_THAT(done.error().what, HasSubstr(each.text));
  }
  EXPECT_TRUE(folder_.names().empty());
}

TEST_F(TradeStore, AllProblemsAtOnce) {
  auto accounts = sample();
  accounts.trade[1] = -1;
  accounts.value_added_share[2] = -0.5;
  accounts.theta[1] = nan;
  auto const checked = check_accounts(accounts, "here");
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().further.size(), 2U) << text_of(checked.error());
}

/// A file of this kind with whatever in it.
struct Forged {
  int importers = 2;
  double first_flow = 1;
  int version = trade_calibration_version;
  double shares = 1;
};

void forge(Forged const& forged, std::filesystem::path const& path) {
  NetcdfWriter file(path.string());
  file.attribute(NetcdfWriter::global, kind_attribute, std::string{trade_calibration_kind});
  file.attribute(NetcdfWriter::global, "linchpin_trade_format", forged.version);
  std::vector<std::string> const two{"A", "B"}, one{"S"};
  std::vector<std::string> const buyers(static_cast<std::size_t>(forged.importers), "x");
  int const region = file.dimension("region", 2), sector = file.dimension("sector", 1);
  int const importer = file.dimension("importer", buyers.size());
  int const exporter = file.dimension("exporter", 2);
  int const user = file.dimension("user", 1), input = file.dimension("input", 1);
  file.texts("region", {region}, two);
  file.texts("sector", {sector}, one);
  DenseVector trade(2 * buyers.size(), 1.0);
  trade[0] = forged.first_flow;
  file.doubles("trade", {sector, importer, exporter}, trade, {});
  file.doubles("value_added_share", {region, sector}, DenseVector{0.5, 0.5}, {});
  file.doubles("input_share", {region, user, input}, DenseVector{forged.shares, 1}, {});
  ASSERT_TRUE(file.save(path));
}

TEST_F(TradeStore, EverythingInAFileIsCheckedOnReading) {
  auto const path = folder_.file("forged.nc");
  auto const refusal = [&](Forged const& forged) {
    forge(forged, path);
    auto const read = read_trade_calibration(path);
    return read ? Error{ErrorCode::internal, "was read", "", ""} : read.error();
  };
  EXPECT_EQ(refusal({}).what, "was read");
  EXPECT_THAT(refusal({.importers = 3}).what, HasSubstr("the dimensions are not"));
  EXPECT_THAT(refusal({.first_flow = -2}).what, HasSubstr("trade is -2"));
  EXPECT_THAT(refusal({.first_flow = nan}).what, HasSubstr("trade is nan"));
  EXPECT_THAT(refusal({.version = 9}).what, HasSubstr("layout version 9"));
  EXPECT_THAT(refusal({.shares = 0.2}).what, HasSubstr("input shares sum to 0.2"));
}

TEST_F(TradeStore, MemoryLimitHoldsBeforeArraysAreMade) {
  auto const path = stored();
  auto const read =
      read_trade_calibration(path, {.memory_limit = std::filesystem::file_size(path)});
  ASSERT_TRUE(read) << "the file is larger than its numbers";
  auto const less = read_trade_calibration(path, {.memory_limit = 100});
  ASSERT_FALSE(less);
  EXPECT_EQ(less.error().code, ErrorCode::too_large);
}

/// Every tenth byte flipped, and every cut: an error, never a crash (the seal is checked first).
TEST_F(TradeStore, DamageIsAnError) {
  std::string bytes;
  {
    std::ifstream stream(stored(), std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(stream), {});
  }
  auto const path = folder_.file("damaged.nc");
  auto const expect_refused = [&](std::string const& content, std::size_t at) {
    test::write_file(path, content);
    auto const read = read_trade_calibration(path);
    ASSERT_FALSE(read) << at;
    EXPECT_THAT(read.error().code, AnyOf(ErrorCode::unreadable_file, ErrorCode::bad_format));
    EXPECT_FALSE(read.error().hint.empty());
  };
  for (std::size_t at = 0; at < bytes.size(); at += 997) {
    auto flipped = bytes;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
    expect_refused(flipped, at);
    expect_refused(bytes.substr(0, at), at);
  }
}

}  // namespace
}  // namespace linchpin
