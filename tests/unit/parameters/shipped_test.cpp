// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>

#include "linchpin/parameters/mapping.h"

namespace linchpin::parameters {
namespace {

ParameterFile shipped(std::string const& name) {
  std::ifstream stream(fmt::format("{}/data/parameters/{}", LINCHPIN_SOURCE_DIR, name));
  std::string const text{std::istreambuf_iterator<char>(stream), {}};
  auto file = read_parameter_file(text, name);
  if (!file) throw std::runtime_error(file.error().what);
  return *file;
}

std::vector<SectorLabel> wiod() {
  std::vector<SectorLabel> sectors;
  for (int k = 1; k <= 35; ++k) sectors.push_back({"c" + std::to_string(k), "", k >= 17});
  return sectors;
}

// Sectors of the OECD's tables and of the estimated built-in worlds.
std::vector<SectorLabel> icio() {
  std::vector<SectorLabel> sectors;
  for (auto const* code :
       {"A01", "A02", "A03", "B05", "B06", "B07", "B08", "B09", "C10T12", "C13T15", "C16", "C17_18",
        "C19", "C20", "C21", "C22", "C23", "C24A", "C24B", "C25", "C26", "C27", "C28", "C29",
        "C301", "C302T309", "C31T33", "SERV", "UTIL", "CONS", "TRAD", "TRAN", "BUSI", "PUBL"}) {
    sectors.push_back({code, "", false});
  }
  return sectors;
}

TEST(ShippedParameters, CoverBuiltInWorldsWithoutGaps) {
  std::vector<ParameterFile> const files{shipped("inventory_days.csv"), shipped("elasticities.csv"),
                                         shipped("criticality.csv")};
  for (auto const& sectors : {wiod(), icio()}) {
    auto const result = map_to_sectors(files, sectors);
    EXPECT_THAT(result.findings, testing::IsEmpty());
    EXPECT_EQ(result.inventory_days.size(), sectors.size());
    EXPECT_EQ(result.used, sectors.size() * (2 + sectors.size()));
    EXPECT_EQ(result.assumptions, result.used) << "all rows are plainly assumptions";
  }
}

TEST(ShippedParameters, SayTheirReasonAndRange) {
  for (auto const* name : {"inventory_days.csv", "elasticities.csv", "criticality.csv"}) {
    std::set<std::string> keys;
    for (auto const& row : shipped(name).rows) {
      EXPECT_EQ(row.status, Status::assumption) << row.where;
      EXPECT_FALSE(row.source.empty() || row.licence.empty() || row.date.empty()) << row.where;
      EXPECT_FALSE(row.note.empty()) << row.where;
      EXPECT_TRUE(keys.insert(row.product + ">" + row.user).second) << row.where << " twice";
      if (row.parameter == Parameter::criticality) continue;
      EXPECT_TRUE(row.low && row.high) << row.where;
    }
  }
}

TEST(ShippedParameters, PowerAndMetalAreCriticalToMakers) {
  auto const sectors = wiod();
  auto const files = std::vector{shipped("criticality.csv")};
  auto const ratings = map_to_sectors(files, sectors).criticality;
  EXPECT_EQ(ratings(16, 13), 1) << "power (with water) for electronics";
  EXPECT_EQ(ratings(11, 14), 1) << "metal for vehicles";
  EXPECT_EQ(ratings(28, 13), 0) << "real estate";
}

}  // namespace
}  // namespace linchpin::parameters
