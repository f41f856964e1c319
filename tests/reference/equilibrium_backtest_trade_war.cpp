// SPDX-License-Identifier: Apache-2.0
// The tariffs of the United States and China on each other's goods, 2018 to 2019: a base of 2018
// from the cube, changes of tariffs from data/parameters/backtests/trade-war-2018.csv (never from
// the cube, whose own exclude them), import shares as the cube of 2019 has them. Placebo: the same
// predictions against 2016 to 2018. Printed for docs/methods/equilibrium-backtests.md; asserted is
// only that everything is there and finite.
#include <gtest/gtest.h>

#include <cmath>

#include "equilibrium_backtest_support.h"
#include "linchpin/table/trade/tariff_file.h"

namespace linchpin::equilibrium::test {
namespace {

constexpr double least_share = 0.001;  ///< of an exporter in the imports of 2018

TEST(BacktestTradeWar, ImportSharesOf2019) {
  if (!std::filesystem::exists(shared_data / "icio_cubes")) GTEST_SKIP() << "no reference data";
  auto const cube_2018 = cube(2018);
  auto accounts = accounts_of_cube(cube_2018);
  auto const N = accounts.regions.size();
  auto const J = accounts.sectors.size();
  auto const cells =
      value_of(read_tariff_file(project / "data/parameters/backtests/trade-war-2018.csv",
                                accounts.regions, accounts.sectors));
  accounts.tariffs = tariffs_of(cells, N, J);
  auto const seen_2016 = flows_of(cube(2016));
  auto const seen_2018 = flows_of(cube_2018);
  auto const seen_2019 = flows_of(cube(2019));
  auto const usa = place(accounts.regions, "USA");
  auto const chn = place(accounts.regions, "CHN");
  CellFilter filter;
  filter.importers = {usa, chn};
  filter.least_share = least_share;
  for (std::size_t j = 0; j < J; ++j) {
    if (accounts.sectors[j] != "SERV" && accounts.sectors[j] != "B09") filter.sectors.push_back(j);
  }
  auto const taxed = [&](ChangePair const& pair) {
    return (pair.importer == usa && pair.exporter == chn) ||
           (pair.importer == chn && pair.exporter == usa);
  };
  struct Row {
    std::string name;
    std::vector<ChangePair> pairs;
  };
  std::vector<Row> war, placebo;
  for (auto const& [name, theta] : theta_sets(accounts.sectors)) {
    auto const base =
        value_of(consistent_base(value_of(calibrate(accounts, theta)), DeficitRule::keep));
    TradePolicy policy;
    fill_tariffs(policy, base);
    for (auto const& cell : cells) {
      policy.tariff[base.grid.pair(cell.sector, cell.importer, cell.exporter)] =
          cell.new_rate.value();
    }
    auto const found = value_of(solve(base, policy));
    auto const from = flows_before(base);
    auto const to = flows_after(base, policy, found);
    FlowChange const told{from, to};
    war.push_back(
        {name, value_of(compare_import_shares(told, {seen_2018, seen_2019}, filter)).pairs});
    placebo.push_back(
        {name, value_of(compare_import_shares(told, {seen_2016, seen_2018}, filter)).pairs});
    EXPECT_GT(war.back().pairs.size(), 500U);
    for (auto const& pair : war.back().pairs) {
      ASSERT_TRUE(std::isfinite(pair.predicted));
      // Tariffs that rise on all goods of a seller cost him share; motors got cheaper.
      if (taxed(pair) && !(accounts.sectors[pair.sector].starts_with("C30") ||
                           accounts.sectors[pair.sector] == "C29")) {
        EXPECT_LT(pair.predicted, 0) << name << accounts.sectors[pair.sector];
      }
    }
  }
  auto const print = [&](std::string const& title, std::vector<Row> const& rows, auto&& keep) {
    print_header(title);
    for (auto const& [name, pairs] : rows) {
      std::vector<ChangePair> kept;
      std::copy_if(pairs.begin(), pairs.end(), std::back_inserter(kept), keep);
      print_row(name, kept);
    }
  };
  auto const all = [](ChangePair const&) { return true; };
  auto const third = [&](ChangePair const& pair) { return !taxed(pair); };
  auto const in_usa = [&](ChangePair const& p) { return taxed(p) && p.importer == usa; };
  auto const in_chn = [&](ChangePair const& p) { return taxed(p) && p.importer == chn; };
  print("2018 to 2019, all exporters", war, all);
  print("placebo 2016 to 2018, all exporters", placebo, all);
  print("2018 to 2019, the taxed", war, taxed);
  print("placebo, the taxed", placebo, taxed);
  print("2018 to 2019, China in the USA", war, in_usa);
  print("placebo, China in the USA", placebo, in_usa);
  print("2018 to 2019, USA in China", war, in_chn);
  print("placebo, USA in China", placebo, in_chn);
  print("2018 to 2019, third countries", war, third);
  print("placebo, third countries", placebo, third);
  // Guards against breaking what was measured (0.47, 0.33, −0.82), not targets.
  auto const of_taxed = [&](std::vector<ChangePair> const& pairs) {
    std::vector<ChangePair> kept;
    std::copy_if(pairs.begin(), pairs.end(), std::back_inserter(kept), taxed);
    return agreement_of(kept);
  };
  EXPECT_GT(of_taxed(war[1].pairs).correlation.value(), 0.3);
  EXPECT_GT(of_taxed(war[1].pairs).skill.value(), 0.15);
  EXPECT_LT(of_taxed(placebo[1].pairs).skill.value(), 0);
  fmt::print("\nChina's share in imports of the USA, logs: set 'shipped, 1 year'\n");
  for (auto const& pair : war[1].pairs) {
    if (!in_usa(pair)) continue;
    fmt::print("{:<9} USD {:>7.0f} million, predicted {:+.3f}, seen {:+.3f}\n",
               accounts.sectors[pair.sector], pair.weight, pair.predicted, pair.actual);
  }
  fmt::print("\nshare of the USA in imports of China, logs: set 'shipped, 1 year'\n");
  for (auto const& pair : war[1].pairs) {
    if (!in_chn(pair)) continue;
    fmt::print("{:<9} USD {:>7.0f} million, predicted {:+.3f}, seen {:+.3f}\n",
               accounts.sectors[pair.sector], pair.weight, pair.predicted, pair.actual);
  }
}

}  // namespace
}  // namespace linchpin::equilibrium::test
