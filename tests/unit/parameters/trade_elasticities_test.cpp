// SPDX-License-Identifier: Apache-2.0
#include "linchpin/parameters/trade_elasticities.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <stdexcept>

#include "linchpin/parameters/mapping.h"

namespace linchpin::parameters {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string shipped_text(std::string const& name) {
  std::ifstream stream(fmt::format("{}/data/parameters/{}", LINCHPIN_SOURCE_DIR, name));
  return {std::istreambuf_iterator<char>(stream), {}};
}

ParameterFile read(std::string const& text, std::string const& set = {}) {
  auto file = read_trade_elasticities(text, "t.csv", set);
  if (!file) throw std::runtime_error(file.error().where + ": " + file.error().what);
  return *file;
}

SectorElasticities map(std::vector<ParameterFile> const& files,
                       std::vector<std::string> const& sectors) {
  auto result = trade_elasticities_of(files, sectors);
  if (!result) throw std::runtime_error(result.error().what);
  return *result;
}

TEST(TradeElasticities, FileAndSetAreToldApart) {
  auto const split = [](char const* text) {
    auto const name = split_set_name(text);
    return name.file + "|" + name.set;
  };
  EXPECT_EQ(split("sets.csv:CP"), "sets.csv|CP");
  EXPECT_EQ(split("a/b/sets.csv#CP"), "a/b/sets.csv|CP");
  EXPECT_EQ(split("mine.csv"), "mine.csv|");
  EXPECT_EQ(split("c:/mine.csv"), "c:/mine.csv|");
  EXPECT_EQ(split("mine.csv:"), "mine.csv:|");
  EXPECT_EQ(split(":CP"), ":CP|");
  EXPECT_EQ(split(""), "|");
}

TEST(TradeElasticities, OwnFormat) {
  auto const file = read(
      "key,value,low,high,status\ntrade_elasticity.C26,6,4,9,derived\n"
      "trade_elasticity.C27,4,,,assumption\ninventory_days.C26,45,,,user\n");
  EXPECT_THAT(file.rows, SizeIs(2));
  EXPECT_THAT(file.findings, Contains(HasSubstr("1 rows of t.csv are no trade elasticities")));
  auto const mapped = map({file}, {"C26", "C26-C27", "ELEC"});
  EXPECT_THAT(mapped.theta, ElementsAre(6, 5, 5)) << "a sector of several divisions gets the mean";
  EXPECT_THAT(mapped.low, ElementsAre(4, 4, 4)) << "a row without a range counts with its value";
  EXPECT_THAT(mapped.high, ElementsAre(9, 6.5, 6.5));
  EXPECT_EQ(mapped.assumptions, 2U);
}

TEST(TradeElasticities, SetsBySectorAsTheyStand) {
  std::string const text = "k,sector,X,Y\n1,C26,8,4\n2,\"C27\",6,4\n3,Services (aggregate),5,3\n";
  EXPECT_THAT(map({read(text, "X")}, {"C26", "C27", "SERV", "BUSI"}).theta,
              ElementsAre(8, 6, 5, 5));
  EXPECT_EQ(read(text, "Y").rows[0].status, Status::read);
  auto const refusal = [&](std::string const& set) {
    return read_trade_elasticities(text, "t.csv", set).error();
  };
  EXPECT_EQ(refusal("").code, ErrorCode::missing_value);
  EXPECT_EQ(refusal("Z").code, ErrorCode::unknown_key);
  auto const bad = read_trade_elasticities("k,sector,X,Y\n1,C26,-8,4\n2,C27,b,4\n", "t.csv", "X");
  ASSERT_FALSE(bad);
  EXPECT_THAT(bad.error().further, SizeIs(1));
}

TEST(TradeElasticities, LaterFilesAndOwnLabelsWin) {
  auto const all = read("key,value\ntrade_elasticity.*,5\n");
  auto const one = read("key,value\ntrade_elasticity.Basic metals,3\n");
  EXPECT_THAT(map({all, one}, {"Basic metals", "C26", "Agriculture"}).theta, ElementsAre(3, 5, 5));
}

TEST(TradeElasticities, EverySectorNeedsOne) {
  std::vector<ParameterFile> const files{read("key,value\ntrade_elasticity.C26,5\n")};
  auto const result =
      trade_elasticities_of(files, std::vector<std::string>{"C26", "C27", "Agriculture"});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::missing_value);
  EXPECT_THAT(result.error().what, HasSubstr("2 of 3 sectors"));
  EXPECT_THAT(result.error().what, HasSubstr("C27, Agriculture"));
  EXPECT_FALSE(trade_elasticities_of({}, std::vector<std::string>{"C26"}));
}

TEST(TradeElasticities, FilesThatSayNothing) {
  auto const code = [](std::string const& text, std::string const& set = {}) {
    return read_trade_elasticities(text, "t.csv", set).error().code;
  };
  EXPECT_EQ(code("key,value\ninventory_days.C26,45\n"), ErrorCode::missing_value);
  EXPECT_EQ(code("key,value\ntrade_elasticity.C26,0\n"), ErrorCode::bad_value);
  EXPECT_EQ(code("key,value\ntrade_elasticity.C26,5\n", "CP"), ErrorCode::unknown_key);
  EXPECT_EQ(code("k,sector,X\n", "X"), ErrorCode::missing_value);
  EXPECT_EQ(code(""), ErrorCode::missing_value);
}

TEST(TradeElasticities, TheDailyModelSaysThatItHasNone) {
  std::vector<ParameterFile> const files{read("key,value\ntrade_elasticity.C26,5\n")};
  std::vector<SectorLabel> const sectors{{"C26", "", false}};
  auto const result = map_to_sectors(files, sectors);
  EXPECT_EQ(result.used, 0U);
  EXPECT_THAT(result.findings, Contains(HasSubstr("1 rows of trade_elasticity are not used")));
}

// ---- what is shipped

TEST(ShippedElasticities, CoverTheSectorsOfBuiltInWorlds) {
  auto const file = read(shipped_text("trade_elasticities.csv"));
  std::vector<std::string> sectors{"A01",  "B06",  "C10T12", "C17_18", "C19",  "C24A",    "C26",
                                   "C301", "SERV", "UTIL",   "TRAD",   "PUBL", "C302T309"};
  for (int k = 1; k <= 35; ++k) sectors.push_back(fmt::format("c{}", k));
  auto const mapped = map({file}, sectors);
  EXPECT_THAT(mapped.findings, IsEmpty());
  for (std::size_t s = 0; s < sectors.size(); ++s) {
    EXPECT_GT(mapped.theta[s], 1) << sectors[s];
    EXPECT_LE(mapped.low[s], mapped.theta[s]);
    EXPECT_GE(mapped.high[s], mapped.theta[s]);
  }
  EXPECT_DOUBLE_EQ(mapped.theta[6], 5.83) << "C26";
  EXPECT_EQ(mapped.theta[8], 4) << "services";
}

TEST(ShippedElasticities, SayWhereTheyAreFrom) {
  std::size_t derived = 0, assumed = 0;
  for (auto const& row : read(shipped_text("trade_elasticities.csv")).rows) {
    EXPECT_FALSE(row.source.empty() || row.licence.empty() || row.date.empty() || row.note.empty());
    EXPECT_TRUE(row.low && row.high);
    if (row.status == Status::derived) {
      ++derived;
      EXPECT_THAT(row.source, HasSubstr("ProTEE"));
      EXPECT_EQ(row.licence, "Etalab 2.0");
    }
    if (row.status == Status::assumption) ++assumed;
  }
  EXPECT_EQ(derived, 19U);
  EXPECT_EQ(assumed, 1U);
}

// ---- the profile over time

HorizonProfile shipped_profile() {
  auto profile = read_horizon_profile(shipped_text("trade_elasticity_horizon.csv"), "h.csv");
  if (!profile) throw std::runtime_error(profile.error().what);
  return *profile;
}

/// 0.76 after one year, 2 in the long run: Boehm, Levchenko & Pandalai-Nayar (2023), as published.
TEST(HorizonProfile, HitsThePublishedNumbers) {
  auto const profile = shipped_profile();
  EXPECT_NEAR(profile.share(1) * 2, 0.76, 1e-15);
  EXPECT_EQ(profile.share(std::numeric_limits<double>::infinity()), 1);
  // After 7 to 10 years the published elasticity is 2; the form comes within 8 % and 3 % of it.
  EXPECT_NEAR(profile.share(7), 0.916, 5e-4);
  EXPECT_NEAR(profile.share(10), 0.969, 5e-4);
}

/// theta_0 = theta_inf - (theta_inf - theta_1) e^(1/T): the same curve written from time 0.
TEST(HorizonProfile, IsTheExponentialApproach) {
  auto const profile = shipped_profile();
  double const start = 2 - (2 - 0.76) * std::exp(1.0 / 3);
  EXPECT_NEAR(profile.share(0), start / 2, 1e-15);
  double before = 0;
  for (double years = 0; years <= 40; years += 0.25) {
    double const share = profile.share(years);
    EXPECT_NEAR(share, 1 - (1 - start / 2) * std::exp(-years / 3), 1e-14);
    EXPECT_GT(share, before);
    EXPECT_LE(share, 1);
    before = share;
  }
}

TEST(HorizonProfile, ScalesEverySectorAlike) {
  EXPECT_THAT(theta_after(shipped_profile(), 1, DenseVector{5, 10}),
              ElementsAre(::testing::DoubleNear(1.9, 1e-14), ::testing::DoubleNear(3.8, 1e-14)));
}

TEST(HorizonProfile, FilesThatAreNone) {
  auto const refusal = [](std::string const& text) {
    auto const profile = read_horizon_profile("key,value\n" + text, "h.csv");
    return profile ? Error{ErrorCode::internal, "accepted", "", ""} : profile.error();
  };
  std::string const good =
      "trade_elasticity.one_year,1\ntrade_elasticity.long_run,3\nadjustment_years,4\n";
  EXPECT_EQ(refusal(good).what, "accepted");
  EXPECT_EQ(refusal("adjustment_years,4\n").code, ErrorCode::missing_value);
  EXPECT_THAT(refusal("adjustment_years,4\n").further, SizeIs(1));
  EXPECT_EQ(refusal(good + "adjustment_year,4\n").code, ErrorCode::unknown_key);
  EXPECT_EQ(refusal("trade_elasticity.one_year,0\n").code, ErrorCode::bad_value);
  EXPECT_THAT(refusal("trade_elasticity.one_year,0\n").further, SizeIs(2)) << "and two missing";
  EXPECT_EQ(refusal("trade_elasticity.one_year,4\ntrade_elasticity.long_run,3\n"
                    "adjustment_years,4\n")
                .code,
            ErrorCode::bad_value)
      << "falls with time";
  EXPECT_EQ(refusal("trade_elasticity.one_year,0.2\ntrade_elasticity.long_run,3\n"
                    "adjustment_years,1\n")
                .code,
            ErrorCode::bad_value)
      << "below 0 at once";
}

}  // namespace
}  // namespace linchpin::parameters
