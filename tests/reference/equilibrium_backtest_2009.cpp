// SPDX-License-Identifier: Apache-2.0
// 2008 to 2009 on the World Input-Output Database: final demand by region and sector as it was
// seen, trade as the model answers. Printed for docs/methods/equilibrium-backtests.md; asserted is
// only that everything is there and finite.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "equilibrium_backtest_support.h"
#include "linchpin/economy/trade_accounts_of.h"
#include "linchpin/equilibrium/final_demand.h"
#include "linchpin/table/read.h"

namespace linchpin::equilibrium::test {
namespace {

constexpr double least_flow = 100;  ///< USD million in 2008; smaller pairs are mostly noise

TradeAccounts wiod(int year) {
  auto const path = shared_data / fmt::format("wiod2013/wiot_{}.csv.gz", year);
  return value_of(trade_accounts_of(value_of(Economy::make(value_of(read_table(path))))));
}

std::string name_of(TradeBase const& base, ChangePair const& pair) {
  auto const region = [&](std::size_t r) {
    return r == ChangePair::all ? std::string{"*"} : base.regions[r];
  };
  return fmt::format("{} {} > {}", pair.sector == ChangePair::all ? "*" : base.sectors[pair.sector],
                     region(pair.exporter), region(pair.importer));
}

struct Level {
  std::string name;
  FlowLevel level;
};
std::vector<Level> const levels = {{"sector, pair", FlowLevel::pair},
                                   {"sector, exporter", FlowLevel::exports},
                                   {"sector, importer", FlowLevel::imports},
                                   {"sector, world", FlowLevel::sector},
                                   {"exporter", FlowLevel::region_exports}};

TEST(Backtest2009, FinalDemandFedTradePredicted) {
  if (!std::filesystem::exists(shared_data / "wiod2013")) GTEST_SKIP() << "no reference data";
  auto const before = wiod(2008);
  auto const after = wiod(2009);
  auto const seen_before = flows_of(before);
  auto const seen_after = flows_of(after);
  auto const sets = theta_sets(before.sectors);
  // Final demand does not depend on the elasticities.
  auto const last = value_of(calibrate(after, sets.front().theta));
  auto const demand = final_demand_of(last);
  auto const raw = value_of(calibrate(before, sets.front().theta));
  auto const money = last.world_income() / raw.world_income();
  FlowChange const seen{seen_before, seen_after, money};
  fmt::print("world income {:+.4f}, trade over it {:+.4f} (logs)\n", std::log(money),
             std::log(seen_after.between_regions() / seen_before.between_regions() / money));

  std::map<std::string, std::vector<std::pair<std::string, std::vector<ChangePair>>>> tables;
  std::vector<ChangePair> shipped_exports;
  auto const add = [&](std::string const& name, Flows const& from, Flows const& to) {
    fmt::print("{}: trade over world income {:+.4f}\n", name,
               std::log(to.between_regions() / from.between_regions()));
    for (auto const& [title, level] : levels) {
      auto const compared = compare_flows({from, to}, seen, level, {.least_value = least_flow});
      ASSERT_TRUE(compared);
      EXPECT_GT(compared->pairs.size(), 25U);
      for (auto const& pair : compared->pairs) ASSERT_TRUE(std::isfinite(pair.predicted));
      tables[title].emplace_back(name, compared->pairs);
      if (level == FlowLevel::exports && name == "shipped") shipped_exports = compared->pairs;
    }
  };
  bool first = true;
  for (auto const& [name, theta] : sets) {
    auto const base =
        value_of(consistent_base(value_of(calibrate(before, theta)), DeficitRule::keep));
    auto const from = flows_before(base);
    if (first) add("demand alone", from, value_of(flows_at_base_prices(base, demand)));
    first = false;
    std::vector<std::pair<std::string, Closure>> closures = {{name, {}}};
    if (name.starts_with("shipped")) {
      Closure specific;
      specific.factors.all_specific = true;
      closures.emplace_back(name + ", specific", specific);
    }
    for (auto const& [label, closure] : closures) {
      auto const answer = respond_to_demand(base, demand, closure);
      ASSERT_TRUE(answer) << label << ": " << answer.error().what;
      add(label, from, flows_after(answer->base, {}, answer->found));
    }
    // Added after the results above were seen: the mix of final demand and the balance of trade are
    // fed, incomes are the model's.
    if (!name.starts_with("shipped")) continue;
    auto fed = base;
    fed.final_share = last.final_share;
    for (std::size_t n = 0; n < fed.regions.size(); ++n) fed.deficit[n] = last.deficit[n] / money;
    auto const found = solve(fed, {});
    ASSERT_TRUE(found) << found.error().what;
    add(name + ", balance", from, flows_after(fed, {}, *found));
  }
  for (auto const& [title, level] : levels) {
    print_header(title);
    for (auto const& [name, pairs] : tables[title]) print_row(name, pairs);
  }
  // Guards against breaking what was measured, not targets.
  auto const by_importer = agreement_of(tables["sector, importer"].front().second);
  EXPECT_GT(by_importer.skill.value(), 0.3);
  EXPECT_GT(by_importer.correlation.value(), 0.4);
  // Misses that matter: exports of a sector above USD 20 billion.
  std::erase_if(shipped_exports, [](auto const& pair) { return pair.weight < 20'000; });
  fmt::print("\nworst misses of shipped, exports above USD 20 billion\n");
  for (auto const& pair : worst_misses(shipped_exports, 12)) {
    fmt::print("{:<16} predicted {:+.3f}, seen {:+.3f}\n", name_of(raw, pair), pair.predicted,
               pair.actual);
  }
}

}  // namespace
}  // namespace linchpin::equilibrium::test
