// SPDX-License-Identifier: Apache-2.0
// Published files of parameters beside the project: ratings of critical inputs, stocks, sets of
// trade elasticities.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>

#include "linchpin/parameters/mapping.h"
#include "linchpin/parameters/parameter_file.h"
#include "linchpin/parameters/trade_elasticities.h"

namespace linchpin::parameters {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

std::filesystem::path const data = LINCHPIN_REFERENCE_DATA;

class Published : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(data / "critical_inputs")) GTEST_SKIP() << "no " << data;
  }
  static ParameterFile read(std::string const& name, std::string const& choice = {}) {
    std::ifstream stream(data / name);
    std::string const text{std::istreambuf_iterator<char>(stream), {}};
    auto file = read_parameter_file(text, name, choice);
    if (!file) throw std::runtime_error(file.error().where + ": " + file.error().what);
    return *file;
  }
};

struct Counts {
  int critical = 0, important = 0, not_critical = 0, missing = 0;
};

Counts count(ParameterFile const& file) {
  Counts counts;
  for (auto const& row : file.rows) {
    if (!row.value) {
      ++counts.missing;
    } else if (*row.value == 1) {
      ++counts.critical;
    } else if (*row.value == 0.5) {
      ++counts.important;
    } else {
      ++counts.not_critical;
    }
  }
  return counts;
}

double rating(ParameterFile const& file, std::string const& product, std::string const& user) {
  for (auto const& row : file.rows) {
    if (row.product == product && row.user == user) return row.value.value();
  }
  throw std::runtime_error("no rating of " + product + " for " + user);
}

/// 438 critical, 315 important, 2206 non-critical, 11 without a rating: Pichler et al. (2022).
TEST_F(Published, CountsOfTheRatings) {
  for (auto const* name :
       {"critical_inputs/ihs_critical_wiod55.csv", "critical_inputs/IHS_Markit_results_compact.csv"}) {
    auto const file = read(name);
    auto const counts = count(file);
    EXPECT_EQ(counts.critical, 438) << name;
    EXPECT_EQ(counts.important, 315) << name;
    EXPECT_EQ(counts.not_critical, 2206) << name;
    EXPECT_EQ(counts.missing, 11) << name;
    EXPECT_THAT(file.findings, Contains(HasSubstr("11 of 2970 ratings are missing")));
  }
  auto const nace = count(read("critical_inputs/IHS_critical_NACE64.csv"));
  EXPECT_EQ(nace.critical, 485);
  EXPECT_EQ(nace.important, 368);
  EXPECT_EQ(nace.not_critical, 3116);
  EXPECT_EQ(nace.missing, 0);
}

/// Rows are inputs, columns are users: power is critical to 31 users, crops to food, not food
/// to paper as paper to food.
TEST_F(Published, RowsAreInputs) {
  auto const file = read("critical_inputs/ihs_critical_wiod55.csv");
  int power = 0;
  for (auto const& row : file.rows) power += row.product == "D35" && row.value == 1;
  EXPECT_EQ(power, 31);
  EXPECT_EQ(rating(file, "C17", "C10-C12"), 1) << "packaging";
  EXPECT_EQ(rating(file, "C10-C12", "C17"), 0);
}

TEST_F(Published, RatingsReachTheSectorsOfOtherTables) {
  std::vector const files{read("critical_inputs/ihs_critical_wiod55.csv")};
  std::vector<SectorLabel> wiod;
  for (int k = 1; k <= 35; ++k) wiod.push_back({"c" + std::to_string(k), "", k >= 17});
  auto const result = map_to_sectors(files, wiod);
  EXPECT_EQ(result.criticality(16, 7), 1) << "power for refineries";
  EXPECT_EQ(result.criticality(1, 7), 1) << "mining for refineries";
  EXPECT_EQ(result.criticality(4, 16), 0) << "leather for power";
  EXPECT_EQ(result.assumptions, 0U);
  // The published file has users A01 … R_S, but no households as users.
  EXPECT_THAT(result.findings, Contains(HasSubstr("have no rating")));
}

/// Ratios are to monthly output: A01 holds 1.068 months, that is 1.06797245871258 x 365 / 12 days.
TEST_F(Published, StocksInDays) {
  auto const file = read("critical_inputs/pichler_inventory_days.csv");
  ASSERT_GE(file.rows.size(), 50U);
  EXPECT_EQ(file.rows[0].product, "A01");
  EXPECT_NEAR(*file.rows[0].value, 1.06797245871258 * 365 / 12, 1e-9);
  EXPECT_THAT(file.findings, Contains(HasSubstr("no ratio of stocks")));
  auto const all = read("critical_inputs/pichler_inventory_days.csv", "ratio_all_inv_go_monthly");
  EXPECT_NEAR(*all.rows[0].value, 4.29596896316276 * 365 / 12, 1e-9);
  auto const desired = read("critical_inputs/desired_stock_NACE64.csv");
  EXPECT_NEAR(*desired.rows[0].value, 32.1787709497207, 1e-9);
}

TEST_F(Published, SetsOfTradeElasticities) {
  auto const constant = read("icio_cubes/sectors_elasticities.csv", "U4");
  ASSERT_EQ(constant.rows.size(), 28U);
  for (auto const& row : constant.rows) EXPECT_DOUBLE_EQ(*row.value, 1) << "all are 4";
  auto const file = read("icio_cubes/sectors_elasticities.csv", "CP");
  std::map<std::string, double> values;
  double sum = 0;
  for (auto const& row : file.rows) {
    values[row.product] = *row.value;
    if (row.product != "SERV") sum += *row.value;
  }
  EXPECT_NEAR(sum / 27, 1, 1e-12) << "relative to the mean over goods";
  EXPECT_NEAR(values["A01"] / values["C20"], 9.11 / 3.13, 1e-12);
}

/// Trade models take the published sets as they stand; the averages of the file, by hand.
TEST_F(Published, TradeElasticitiesAsTheyStand) {
  std::ifstream stream(data / "icio_cubes/sectors_elasticities.csv");
  std::string const text{std::istreambuf_iterator<char>(stream), {}};
  auto const file = read_trade_elasticities(text, "sectors_elasticities.csv", "CP");
  ASSERT_TRUE(file) << file.error().what;
  ASSERT_EQ(file->rows.size(), 28U);
  auto const mapped = trade_elasticities_of(
      std::vector{*file}, std::vector<std::string>{"A01", "C19", "C26", "C28", "SERV", "C31T33"});
  ASSERT_TRUE(mapped) << mapped.error().what;
  EXPECT_EQ(mapped->theta, (DenseVector{9.11, 64.85, 8.53667, 1.45, 4, 6.345}));
}

}  // namespace
}  // namespace linchpin::parameters
