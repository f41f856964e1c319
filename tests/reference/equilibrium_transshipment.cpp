// SPDX-License-Identifier: Apache-2.0
// Electronics from China to the United States after 2018 on the seven published cubes: who bought
// more from the one and sold more to the other. Printed; asserted is only that it makes sense.
#include "linchpin/equilibrium/transshipment.h"

#include <gtest/gtest.h>

#include "equilibrium_backtest_support.h"

namespace linchpin::equilibrium::test {
namespace {

TEST(TransshipmentOnCubes, ElectronicsFromChinaToTheUnitedStates) {
  if (!std::filesystem::exists(shared_data / "icio_cubes")) GTEST_SKIP() << "no reference data";
  std::vector<Flows> years;
  std::vector<std::string> regions, sectors;
  for (int const year : {2014, 2016, 2018, 2019, 2020, 2021, 2022}) {
    auto const cube = value_of(
        read_trade_cube(shared_data / fmt::format("icio_cubes/ICIO{}_trade_tariff.csv.gz", year)));
    if (years.empty()) {
      regions = cube.regions;
      sectors = cube.sectors;
    }
    ASSERT_EQ(cube.regions, regions);
    ASSERT_EQ(cube.sectors, sectors);
    years.push_back(flows_of(cube));
  }
  auto const chn = place(regions, "CHN");
  auto const usa = place(regions, "USA");
  // Direct trade was first hit in 2018, for half of the year: the year before it is 2016.
  for (std::size_t const last_before : {1U, 2U}) {
    for (std::string const sector : {"21", "22", "23", "10"}) {
      auto const found = find_transshipment(years, {place(sectors, sector), chn, usa},
                                            {.last_before = last_before, .longest_lag = 1});
      ASSERT_TRUE(found);
      fmt::print(
          "\nsector {}, after {}: direct {:.0f}, then {:.0f} where {:.0f} was expected (USD "
          "million)\n",
          sector, years[last_before].year, found->direct_before, found->direct_after,
          found->direct_expected);
      EXPECT_GT(found->candidates.size(), 3U);
      EXPECT_LT(found->candidates.size(), regions.size() - 2);
      for (std::size_t k = 0; k < std::min<std::size_t>(8, found->candidates.size()); ++k) {
        auto const& via = found->candidates[k];
        EXPECT_GT(via.score, 0);
        if (k > 0) {
          EXPECT_LE(via.score, found->candidates[k - 1].score);
        }
        fmt::print("{} {:>7.0f} (bought {:+.0f}, sold {:+.0f}), lag {}, {:.0f} % of years\n",
                   regions[via.via], via.score, via.imports_rise, via.exports_rise, via.lag,
                   100 * via.persistence);
      }
    }
  }
}

}  // namespace
}  // namespace linchpin::equilibrium::test
