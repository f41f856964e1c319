// SPDX-License-Identifier: Apache-2.0
// Laws of concentration that hold for any purchases and any trade.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <vector>

#include "linchpin/core/random.h"
#include "linchpin/depend/concentration.h"
#include "linchpin/depend/product_dependence.h"
#include "support/random_economy.h"
#include "support/table_fixtures.h"

namespace linchpin::depend {
namespace {

std::vector<double> random_amounts(Rng& rng) {
  std::vector<double> amounts(2 + rng.below(30));
  for (auto& amount : amounts) {
    amount = rng.uniform() < 0.3 ? 0.0 : std::exp(5 * rng.normal());
  }
  amounts[rng.below(amounts.size())] = std::exp(rng.normal());
  return amounts;
}

void shuffle(auto& items, Rng& rng) {
  for (std::size_t k = items.size(); k > 1; --k) std::swap(items[k - 1], items[rng.below(k)]);
}

TEST(HerfindahlLaws, BoundsMergingUnitAndOrder) {
  Rng rng(Seed{71}, 0);
  for (int round = 0; round < 2000; ++round) {
    auto amounts = random_amounts(rng);
    double const hhi = herfindahl(amounts).value();
    auto const some = std::count_if(amounts.begin(), amounts.end(), [](double a) { return a > 0; });
    EXPECT_GE(hhi, 1.0 / static_cast<double>(some) - 1e-12);
    EXPECT_LE(hhi, 1.0);

    auto scaled = amounts;
    for (auto& amount : scaled) amount *= 1e6;
    shuffle(scaled, rng);
    EXPECT_NEAR(herfindahl(scaled).value(), hhi, 1e-13 * hhi);

    double total = 0;
    for (double const amount : amounts) total += amount;
    auto const a = rng.below(amounts.size());
    auto const b = (a + 1 + rng.below(amounts.size() - 1)) % amounts.size();
    double const gain = 2 * (amounts[a] / total) * (amounts[b] / total);
    amounts[a] += amounts[b];
    amounts[b] = 0;
    EXPECT_NEAR(herfindahl(amounts).value() - hhi, gain, 1e-13);
  }
}

struct Flow {
  int year;
  std::size_t exporter, importer, product;
  double value;
};

std::vector<Flow> random_flows(Rng& rng) {
  std::vector<Flow> flows;
  for (int k = 0; k < 300; ++k) {
    flows.push_back({2020 + static_cast<int>(rng.below(2)), rng.below(7), rng.below(7),
                     rng.below(9), rng.uniform() < 0.05 ? 0.0 : std::exp(2 * rng.normal())});
  }
  for (std::size_t c = 0; c < 7; ++c) flows.push_back({2020, c, (c + 1) % 7, 0, 1.0});
  return flows;
}

ProductTrade through_a_file(std::vector<Flow> const& flows, test::TemporaryFolder const& folder) {
  std::string text = "year,exporter,importer,product,value\n";
  for (auto const& flow : flows) {
    text += fmt::format("{},C{},C{},P{},{}\n", flow.year, flow.exporter, flow.importer,
                        flow.product, flow.value);
  }
  auto const path = test::write_file(folder.file("flows.csv"), text);
  return read_product_trade({path}, {.buyers = {{"group", {"C0", "C1", "C2"}}, {"one", {"C3"}}}})
      .value();
}

/// Indicators by (year, product), whatever numbers countries and products got.
std::map<std::tuple<int, std::string>, ProductIndicators> by_name(ProductTrade const& trade,
                                                                  std::size_t buyer) {
  std::map<std::tuple<int, std::string>, ProductIndicators> result;
  auto const dependence = trade_dependence(trade, buyer).value();
  for (auto const& each : dependence) {
    result[{trade.years[each.year].year, trade.products[each.product]}] = each.indicators;
  }
  return result;
}

/// The definitions written out over the list of flows, a sum for each.
void expect_definitions(std::vector<Flow> const& flows, ProductTrade const& trade) {
  auto const indicators = by_name(trade, 0);
  auto const inside = [](std::size_t country) { return country < 3; };
  std::size_t products_imported = 0;
  for (int year = 2020; year <= 2021; ++year) {
    for (std::size_t product = 0; product < 9; ++product) {
      double imports = 0, within = 0, exports = 0, origin[7] = {}, world[7] = {};
      for (auto const& flow : flows) {
        if (flow.year != year || flow.product != product || flow.exporter == flow.importer)
          continue;
        bool const sells = inside(flow.exporter), buys = inside(flow.importer);
        if (buys && !sells) imports += flow.value, origin[flow.exporter] += flow.value;
        if (buys && sells) within += flow.value;
        if (sells && !buys) exports += flow.value;
        if (!sells && !buys) world[flow.exporter] += flow.value;
      }
      auto const found = indicators.find({year, fmt::format("P{}", product)});
      ASSERT_EQ(found != indicators.end(), imports > 0);
      if (imports <= 0) continue;
      ++products_imported;
      auto const& each = found->second;
      double cdi1 = 0, sold = 0, largest = 0;
      for (double const amount : origin) cdi1 += amount * amount / (imports * imports);
      for (double const amount : world) sold += amount, largest = std::max(largest, amount);
      EXPECT_NEAR(each.cdi1.value(), cdi1, 1e-12);
      EXPECT_NEAR(each.cdi2.value(), imports / (imports + within), 1e-12);
      ASSERT_EQ(each.cdi3.has_value(), exports > 0);
      if (exports > 0) {
        EXPECT_NEAR(*each.cdi3, imports / exports, 1e-9 * *each.cdi3);
      }
      if (sold > 0) {
        EXPECT_NEAR(each.dominant_share, largest / sold, 1e-9);
      }
      EXPECT_EQ(each.critical, each.concentrated && each.from_outside && each.irreplaceable);
    }
  }
  EXPECT_EQ(products_imported, indicators.size());
}

TEST(TradeLaws, DefinitionsOrderOfLinesAndSplittingOfFlows) {
  Rng rng(Seed{72}, 0);
  test::TemporaryFolder const folder;
  for (int round = 0; round < 20; ++round) {
    auto flows = random_flows(rng);
    auto const trade = through_a_file(flows, folder);
    expect_definitions(flows, trade);
    auto const before = by_name(trade, 1);
    std::vector<Flow> halves;
    for (auto const& flow : flows) {
      halves.insert(halves.end(), 2, flow);
      halves[halves.size() - 1].value = halves[halves.size() - 2].value = 0.5 * flow.value;
    }
    shuffle(halves, rng);
    auto const after = by_name(through_a_file(halves, folder), 1);
    ASSERT_EQ(before.size(), after.size());
    for (auto const& [name, each] : before) {
      auto const& other = after.at(name);
      EXPECT_NEAR(*each.cdi1, *other.cdi1, 1e-12);
      EXPECT_NEAR(each.imports, other.imports, 1e-12 * each.imports);
      EXPECT_EQ(each.cdi3.has_value(), other.cdi3.has_value());
    }
  }
}

/// On tables: purchases of a group are those of its members; what members sell each other is no
/// import; the whole world imports nothing.
TEST(TableLaws, GroupsAddUp) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    auto const economy = test::random_economy(
        {.regions = 5, .sectors = 4, .seed = Seed{seed}, .inventory_change = 0.3});
    double clipped = 0;
    auto const purchases = region_purchases(economy, clipped);
    std::vector<RegionId> everyone;
    double bought[4] = {}, imported[4] = {};
    for (std::size_t r = 0; r < 5; ++r) {
      everyone.emplace_back(r);
      auto const single = sector_dependence(economy, purchases, {RegionId{r}}).value();
      for (auto const& each : single) {
        bought[each.product] += each.indicators.purchases;
        imported[each.product] += each.indicators.imports;
      }
    }
    auto const pair = sector_dependence(economy, purchases, {RegionId{1}, RegionId{3}}).value();
    for (auto const& each : pair) EXPECT_LE(each.indicators.imports, imported[each.product]);
    auto const world = sector_dependence(economy, purchases, everyone).value();
    ASSERT_EQ(world.size(), 4U);
    for (auto const& each : world) {
      EXPECT_EQ(each.indicators.imports, 0.0);
      EXPECT_NEAR(each.indicators.purchases, bought[each.product], 1e-9 * bought[each.product]);
    }
  }
}

}  // namespace
}  // namespace linchpin::depend
