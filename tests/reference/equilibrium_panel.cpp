// SPDX-License-Identifier: Apache-2.0
// One policy over the seven published cubes: the United States raise all tariffs by ten points.
// Printed for docs/methods/equilibrium-backtests.md; asserted is only that every year is answered.
#include "linchpin/equilibrium/panel.h"

#include <gtest/gtest.h>

#include "equilibrium_backtest_support.h"

namespace linchpin::equilibrium::test {
namespace {

TEST(PanelOfCubes, TenPointsMoreInTheUnitedStates) {
  if (!std::filesystem::exists(shared_data / "icio_cubes")) GTEST_SKIP() << "no reference data";
  std::vector<TradeBase> bases;
  for (int const year : {2014, 2016, 2018, 2019, 2020, 2021, 2022}) {
    auto const accounts = accounts_of_cube(cube(year));
    auto const theta = theta_sets(accounts.sectors).front().theta;
    bases.push_back(
        value_of(consistent_base(value_of(calibrate(accounts, theta)), DeficitRule::zero)));
  }
  auto const policy_of = [](TradeBase const& base) -> Result<TradePolicy> {
    TradePolicy policy;
    fill_tariffs(policy, base);
    auto const usa = place(base.regions, "USA");
    for (std::size_t j = 0; j < base.grid.sectors; ++j) {
      if (base.sectors[j] == "SERV") continue;
      for (std::size_t i = 0; i < base.grid.regions; ++i) {
        if (i != usa) policy.tariff[base.grid.pair(j, usa, i)] += 0.1;
      }
    }
    return policy;
  };
  auto const panel = value_of(run_panel(bases, policy_of));
  ASSERT_EQ(panel.size(), bases.size());
  for (auto const* region : {"USA", "CHN", "MEX", "DEU"}) {
    auto const welfare = series_of(panel, region, &RegionOutcome::welfare_exact);
    auto const imports = series_of(panel, region, &RegionOutcome::imports);
    for (std::size_t t = 0; t < panel.size(); ++t) {
      ASSERT_TRUE(welfare[t].has_value()) << region << panel[t].year;
      fmt::print("{} {} welfare {:+.3f} %, imports {:+.2f} %\n", region, panel[t].year, *welfare[t],
                 imports[t].value());
    }
  }
}

}  // namespace
}  // namespace linchpin::equilibrium::test
