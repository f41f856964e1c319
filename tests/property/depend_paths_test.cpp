// SPDX-License-Identifier: Apache-2.0
// The search for supply paths against all walks of small made-up worlds.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "linchpin/depend/paths.h"
#include "support/random_economy.h"

namespace linchpin::depend {
namespace {

struct World {
  std::string name;
  std::size_t regions, sectors;
  std::size_t steps;  ///< all walks up to this length are listed
  double zero_share, inventory_change;
};

class AllWalks : public testing::TestWithParam<std::tuple<World, std::uint64_t>> {
 protected:
  Economy make() const {
    auto const& [world, seed] = GetParam();
    return test::random_economy({.regions = world.regions,
                                 .sectors = world.sectors,
                                 .seed = Seed{seed},
                                 .value_added_share = 0.4,
                                 .tail = 1.0,
                                 .zero_share = world.zero_share,
                                 .inventory_change = world.inventory_change});
  }
  Economy economy_ = make();
  LeontiefSystem system_ = LeontiefSystem::make(economy_).value();

  double positive_use(std::size_t i, std::optional<RegionId> region) const {
    auto const categories = economy_.table().labels.categories.size();
    double sum = 0;
    for (std::size_t c = 0; c < economy_.final_demand().columns(); ++c) {
      if (region && c / categories != region->index()) continue;
      sum += std::max(0.0, economy_.final_demand()(IndustryId{i}, FinalColumnId{c}));
    }
    return sum;
  }

  void walk(std::vector<IndustryId>& path, double carried, std::optional<RegionId> region,
            std::size_t steps, std::vector<SupplyPath>& found) const {
    double const value = carried * positive_use(path.back().index(), region);
    if (value > 0) found.push_back({path, value});
    if (path.size() > steps) return;
    for (std::size_t k = 0; k < economy_.size(); ++k) {
      double const next = carried * system_.coefficient(path.back(), IndustryId{k});
      if (next == 0) continue;
      path.emplace_back(k);
      walk(path, next, region, steps, found);
      path.pop_back();
    }
  }

  /// w A^(steps+1) L f: all walks of more than `steps` steps together.
  double longer_in_all(std::vector<IndustryId> const& suppliers, std::optional<RegionId> region,
                       std::size_t steps) const {
    auto const n = economy_.size();
    DenseMatrix rest(n, 1);
    for (std::size_t i = 0; i < n; ++i) rest(i, 0) = positive_use(i, region);
    system_.solve(rest);
    std::vector<double> carried(n, 0.0);
    for (auto const id : suppliers) carried[id.index()] = system_.value_added_share()[id];
    for (std::size_t step = 0; step <= steps; ++step) {
      std::vector<double> next(n, 0.0);
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < n; ++k) {
          next[k] += carried[i] * system_.coefficient(IndustryId{i}, IndustryId{k});
        }
      }
      carried = next;
    }
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += carried[i] * rest(i, 0);
    return sum;
  }

  /// The heaviest walk of more than `steps` steps, or a little more than it: step by step the best
  /// walk that ends in each industry, until all longer ones together weigh next to nothing.
  double heaviest_longer(std::vector<IndustryId> const& suppliers, std::optional<RegionId> region,
                         std::size_t steps) const {
    auto const n = economy_.size();
    constexpr std::size_t most = 300;
    std::vector<double> best(n, 0.0);
    for (auto const id : suppliers) best[id.index()] = system_.value_added_share()[id];
    double heaviest = longer_in_all(suppliers, region, most);
    for (std::size_t step = 1; step <= most; ++step) {
      std::vector<double> next(n, 0.0);
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < n; ++k) {
          next[k] =
              std::max(next[k], best[i] * system_.coefficient(IndustryId{i}, IndustryId{k}));
        }
      }
      best = next;
      if (step <= steps) continue;
      for (std::size_t i = 0; i < n; ++i) {
        heaviest = std::max(heaviest, best[i] * positive_use(i, region));
      }
    }
    return heaviest * (1 + 1e-12);
  }
};

/// Every path that is heavier than all longer walks is found, in order, to the bit; and the bound on
/// what was left out holds.
TEST_P(AllWalks, AreFoundInExactOrder) {
  auto const steps = std::get<0>(GetParam()).steps;
  std::vector<IndustryId> all;
  for (std::size_t i = 0; i < economy_.size(); ++i) all.emplace_back(i);
  struct Case {
    std::vector<IndustryId> suppliers;
    std::optional<RegionId> region;
  };
  for (auto const& [suppliers, region] :
       {Case{{IndustryId{0}}, {}}, Case{all, RegionId{1}}, Case{{all.back(), all.front()}, {}}}) {
    std::vector<SupplyPath> walks;
    for (auto const id : suppliers) {
      std::vector<IndustryId> path{id};
      walk(path, system_.value_added_share()[id], region, steps, walks);
    }
    std::sort(walks.begin(), walks.end(), [](SupplyPath const& a, SupplyPath const& b) {
      if (a.value != b.value) return a.value > b.value;
      if (a.industries.size() != b.industries.size()) {
        return a.industries.size() < b.industries.size();
      }
      return a.industries < b.industries;
    });
    double const longer = heaviest_longer(suppliers, region, steps);
    auto const safe = static_cast<std::size_t>(
        std::find_if(walks.begin(), walks.end(),
                     [&](SupplyPath const& path) { return path.value <= longer; }) -
        walks.begin());
    ASSERT_GT(safe, 10U) << "the case says little: choose more steps";
    auto const count = std::min<std::size_t>(safe - 1, 2000);
    auto const found =
        heaviest_paths(system_, {.suppliers = suppliers, .final_region = region, .count = count})
            .value();
    ASSERT_EQ(found.paths.size(), count);
    double shown = 0, everything = longer_in_all(suppliers, region, steps);
    for (std::size_t k = 0; k < count; ++k) {
      ASSERT_EQ(found.paths[k].industries, walks[k].industries) << k;
      ASSERT_EQ(found.paths[k].value, walks[k].value) << k;
      shown += walks[k].value;
    }
    for (auto const& path : walks) everything += path.value;
    EXPECT_GE(found.heaviest_left_out, walks[count].value);
    EXPECT_LE(found.heaviest_left_out, walks[count - 1].value * (1 + 1e-11));
    EXPECT_NEAR(found.shown, shown, 1e-12 * shown);
    EXPECT_NEAR(found.total, everything, 1e-10 * everything);
  }
}

/// Layers add up to the total, and the search looks at few beginnings for each path it lists.
TEST_P(AllWalks, LayersAddUpToTheTotal) {
  PathQuestion const question{.suppliers = {IndustryId{0}}, .count = 50};
  auto const found = heaviest_paths(system_, question).value();
  auto const layers = supply_layers(system_, question, 400).value();
  double sum = 0;
  for (double const value : layers.values()) sum += value;
  EXPECT_NEAR(sum, found.total, 1e-9 * found.total);
  std::size_t longest = 0;
  for (auto const& path : found.paths) longest = std::max(longest, path.industries.size());
  EXPECT_LE(found.looked_at, 2 * found.paths.size() * longest + 1);
  // In output terms the first layer is the industry's own deliveries.
  auto output = question;
  output.terms = PathTerms::output;
  auto const first = supply_layers(system_, output, 0).value();
  EXPECT_NEAR(first(0, 0), positive_use(0, {}), 1e-12 * first(0, 0));
  EXPECT_NEAR(heaviest_paths(system_, output)->total * system_.value_added_share()[IndustryId{0}],
              found.total, 1e-12 * found.total);
}

INSTANTIATE_TEST_SUITE_P(Depend, AllWalks,
                         testing::Combine(testing::Values(World{"Four", 2, 2, 8, 0, 0},
                                                          World{"Six", 3, 2, 6, 0, 0.4},
                                                          World{"Eight", 2, 4, 5, 0.5, 1.5}),
                                          testing::Values(1U, 2U, 3U)),
                         [](auto const& each) {
                           return std::get<0>(each.param).name +
                                  std::to_string(std::get<1>(each.param));
                         });

}  // namespace
}  // namespace linchpin::depend
