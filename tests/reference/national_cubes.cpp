// SPDX-License-Identifier: Apache-2.0
// The published bilateral trade cubes made from the OECD's inter-country tables: all seven import.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>

#include "linchpin/table/nowcast/trade_cube.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

std::filesystem::path const cubes = LINCHPIN_REFERENCE_DATA "/icio_cubes";

class Cubes : public ::testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(cubes)) {
      GTEST_SKIP() << "the reference data are not beside the project: " << cubes;
    }
  }
  static Result<TradeCube> read() {
    return read_trade_cube(cubes / ("ICIO" + std::to_string(GetParam()) + "_trade_tariff.csv.gz"));
  }
};

double trillions_of(TradeCube const& cube, std::string const& label) {
  auto const region = std::find(cube.regions.begin(), cube.regions.end(), label);
  if (region == cube.regions.end()) return 0;
  auto const r = static_cast<std::size_t>(region - cube.regions.begin());
  double sum = 0;
  for (std::size_t s = 0; s < cube.sectors.size(); ++s) sum += cube.output(r, s);
  return sum / 1e6;
}

TEST_P(Cubes, ImportWhole) {
  auto const cube = read();
  ASSERT_TRUE(cube) << test::text_of(cube.error());
  EXPECT_EQ(cube->year, GetParam());
  EXPECT_EQ(cube->regions.size(), 81U);
  EXPECT_EQ(cube->sectors.size(), 28U);
  ASSERT_EQ(cube->values.size(), 81U * 81U * 28U);
  EXPECT_TRUE(std::all_of(cube->values.begin(), cube->values.end(),
                          [](double value) { return value >= 0; }));
  // Gross output in trillion USD as the publisher's own tables have it, to one decimal.
  if (GetParam() == 2022) {
    EXPECT_NEAR(trillions_of(*cube, "USA"), 45.3, 0.05);
  }
  if (GetParam() == 2018) {
    EXPECT_NEAR(trillions_of(*cube, "CHN"), 34.6, 0.05);
  }
}

INSTANTIATE_TEST_SUITE_P(AllYears, Cubes,
                         ::testing::Values(2014, 2016, 2018, 2019, 2020, 2021, 2022));

}  // namespace
}  // namespace linchpin
