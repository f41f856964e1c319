// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "property/disrupt_random.h"

namespace linchpin::test {
namespace {

using disrupt::ModelOptions;
using disrupt::OrderRule;
using disrupt::Path;

constexpr int days = 100;

/// Share of world output lost over the path.
double world_loss(Path const& path) { return path.world_output_loss_pct / 100; }

Scenario scaled(Scenario scenario, double share) {
  for (auto& cut : scenario.cuts) cut.course.share = share;
  for (auto& loss : scenario.capacity_losses) loss.course.share = share;
  return scenario;
}

ModelOptions without_overproduction(IndustrySpace const& space, std::uint64_t seed,
                                    OrderRule rule) {
  auto options = random_options(space, days, Seed{seed});
  options.overproduction_max = 1;
  options.order_rule = rule;
  return options;
}

/// (a) Without a shock every quantity stays at its baseline, to the last bit.
TEST(DisruptProperty, NothingMovesWithoutShock) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    auto const economy = small_world(seed);
    for (auto const rule : {OrderRule::fixed, OrderRule::reweighted}) {
      auto options = random_options(economy.space(), 200, Seed{seed});
      options.order_rule = rule;
      if (seed % 2 == 0) options.psi = 1;  // the limit then lies exactly at the target stock
      auto const path = path_of(economy, {}, options);
      for (auto const* shares :
           {&path.output_relative, &path.region_output, &path.region_value_added,
            &path.region_final_use, &path.final_use_relative}) {
        for (double const share : shares->values()) ASSERT_EQ(share, 1.0) << "seed " << seed;
      }
      EXPECT_TRUE(path.shortages.empty());
      EXPECT_EQ(path.world_output_loss_pct, 0.0);
      for (auto const& day : path.region_recovery_day) EXPECT_EQ(day, 0);
    }
  }
}

/// (d) With endless stocks a loss of capacity does not travel to buyers: output is the Leontief
/// answer with the lost capacity as a ceiling, x = min(A x + y, (1 − Δ) x(0)), for orders settle.
TEST(DisruptProperty, EndlessStocksStopForwardPropagation) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    auto const economy = random_economy({.regions = 3, .sectors = 3, .seed = Seed{seed}});
    auto const n = economy.size();
    auto options = without_overproduction(economy.space(), seed, OrderRule::fixed);
    options.days = 400;
    std::fill(options.inventory_days.begin(), options.inventory_days.end(),
              std::numeric_limits<double>::infinity());
    auto const hit = IndustryId{seed % n};
    Scenario const scenario{"loss", {}, {{{hit}, {.share = 0.4}}}};
    auto const path = path_of(economy, scenario, options);
    std::vector<double> x(n);
    for (std::size_t i = 0; i < n; ++i) x[i] = economy.output()[IndustryId{i}];
    for (int round = 0; round < 2000; ++round) {
      for (std::size_t i = 0; i < n; ++i) {
        IndustryId const seller{i};
        double wanted = 0;
        for (std::size_t j = 0; j < n; ++j) {
          wanted += economy.flows()(seller, IndustryId{j}) / economy.output()[IndustryId{j}] * x[j];
        }
        for (double const use : economy.final_by_region().row(seller)) wanted += use;
        double const ceiling = (seller == hit ? 0.6 : 1.0) * economy.output()[seller];
        x[i] = std::min(wanted, ceiling);
      }
    }
    EXPECT_TRUE(path.shortages.empty());
    for (std::size_t i = 0; i < n; ++i) {
      EXPECT_NEAR(path.output_relative(i, 399), x[i] / economy.output()[IndustryId{i}], 1e-9)
          << "seed " << seed << " industry " << i;
    }
  }
}

/// (d) The same loss with short stocks does reach a buyer who sells nothing to the industry hit.
TEST(DisruptProperty, ShortStocksPropagateForward) {
  auto table = balanced_table("chain", full_labels({"ONE"}, {"1", "2"}), matrix({{0, 50}, {0, 0}}),
                              matrix({{50}, {100}}));
  auto const economy = Economy::make(std::move(table));
  ASSERT_TRUE(economy);
  Scenario const scenario{"loss", {}, {{{IndustryId{0}}, {.share = 0.5}}}};
  ModelOptions options;
  options.days = 60;
  options.inventory_days = {5, 5};
  auto const lost = path_of(*economy, scenario, options);
  EXPECT_LT(lost.output_relative(1, 59), 0.8);
  options.inventory_days = {std::numeric_limits<double>::infinity(), 5};
  auto const endless = path_of(*economy, scenario, options);
  for (std::size_t t = 0; t < 60; ++t) EXPECT_EQ(endless.output_relative(1, t), 1.0) << t;
}

/// (e) Raising psi, so that output falls already at fuller stocks, never lowers the loss from a cut
/// under the fixed rule with stocks and adjustment times as in the defaults.
TEST(DisruptProperty, LossGrowsWithPsi) {
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    auto const economy = small_world(seed);
    auto scenario = random_scenario(economy.space(), days, Seed{seed});
    scenario.capacity_losses.clear();
    auto options = without_overproduction(economy.space(), seed, OrderRule::fixed);
    options.inventory_days = disrupt::default_inventory_days(economy.space());
    options.tau_inventory_days = 60;
    double before = -1;
    for (double const psi : {0.0, 0.2, 0.4, 0.6, 0.8, 1.0}) {
      options.psi = psi;
      double const loss = world_loss(path_of(economy, scenario, options));
      EXPECT_GE(loss, before - 1e-12) << "seed " << seed << " psi " << psi;
      before = loss;
    }
  }
}

/// (f) With overproduction off and the fixed rule, a deeper cut never lowers the cumulative loss,
/// whatever the stocks, psi and adjustment times.
TEST(DisruptProperty, LossGrowsWithTheCut) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    auto const economy = small_world(seed);
    auto scenario = random_scenario(economy.space(), days, Seed{seed});
    scenario.capacity_losses.clear();
    auto const options = without_overproduction(economy.space(), seed, OrderRule::fixed);
    double before = 0;
    for (double const share : {0.1, 0.3, 0.5, 0.7, 0.9, 1.0}) {
      double const loss = world_loss(path_of(economy, scaled(scenario, share), options));
      EXPECT_GE(loss, before - 1e-12) << "seed " << seed << " share " << share;
      before = loss;
    }
  }
}

/// (f) The same for losses of capacity (and cuts on top) where no stock can run out: then a larger
/// shock lowers no industry's output on no day, because every step is monotone.
TEST(DisruptProperty, LossGrowsWithTheShockWhileStocksLast) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    auto const economy = small_world(seed);
    auto const scenario = random_scenario(economy.space(), days, Seed{seed});
    auto options = without_overproduction(economy.space(), seed, OrderRule::fixed);
    std::fill(options.inventory_days.begin(), options.inventory_days.end(),
              std::numeric_limits<double>::infinity());
    auto before = path_of(economy, scaled(scenario, 0.0), options);
    for (double const share : {0.2, 0.4, 0.6, 0.8, 1.0}) {
      auto after = path_of(economy, scaled(scenario, share), options);
      for (std::size_t k = 0; k < after.output_relative.values().size(); ++k) {
        ASSERT_LE(after.output_relative.values()[k], before.output_relative.values()[k] + 1e-12)
            << "seed " << seed << " share " << share;
      }
      before = std::move(after);
    }
  }
}

/// (f) fails in general: the counter-example of the method page. Losing 80 % of capacity ends in a
/// lasting breakdown, losing 90 % does not. Were this to change, so must the page.
TEST(DisruptProperty, CounterExampleToMonotonicityStands) {
  auto const economy = small_world(234);
  auto scenario = random_scenario(economy.space(), 120, Seed{234});
  scenario.cuts.clear();
  auto options = random_options(economy.space(), 120, Seed{234});
  options.overproduction_max = 1;
  options.order_rule = OrderRule::fixed;
  double const at_80 = world_loss(path_of(economy, scaled(scenario, 0.8), options));
  double const at_90 = world_loss(path_of(economy, scaled(scenario, 0.9), options));
  EXPECT_NEAR(at_80, 0.466, 0.001);
  EXPECT_NEAR(at_90, 0.038, 0.001);
}

/// Every flow of region 0 shared out over two regions that are halves of it in all respects.
Table split_first_region(Table const& table) {
  auto const sectors = table.labels.sectors.size();
  auto const regions = table.labels.regions.size();
  std::vector<std::string> region_labels{"HALF"};
  std::vector<std::string> sector_labels;
  for (auto const& region : table.labels.regions) region_labels.push_back(region.label);
  for (auto const& sector : table.labels.sectors) sector_labels.push_back(sector.label);
  auto labels = full_labels(region_labels, sector_labels);
  auto const n = (regions + 1) * sectors;
  DenseMatrix Z(n, n), Y(n, regions + 1);
  auto const old = [&](std::size_t i) { return i < sectors ? i : i - sectors; };
  auto const part = [&](std::size_t region) { return region < 2 ? 0.5 : 1.0; };
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      Z(i, j) = table.Z(old(i), old(j)) * part(i / sectors) * part(j / sectors);
    }
    for (std::size_t r = 0; r <= regions; ++r) {
      Y(i, r) = table.Y(old(i), r == 0 ? 0 : r - 1) * part(i / sectors) * part(r);
    }
  }
  return balanced_table("split", std::move(labels), std::move(Z), std::move(Y));
}

/// A cut from region `seller` to region `buyer` of the whole world, with a ramp, and losses of
/// capacity in the region split and in another. In the split world (`shift` 1) region 0 stands for
/// its two halves.
Scenario across_the_split(std::size_t seller, std::size_t buyer, std::size_t shift) {
  auto const regions_of = [&](std::size_t region) {
    std::vector<RegionId> result{RegionId{region + shift}};
    if (shift == 1 && region == 0) result.push_back(RegionId{0});
    return result;
  };
  Cut cut;
  cut.sellers = regions_of(seller);
  cut.buyers = regions_of(buyer);
  cut.course = {.share = 0.8, .from_day = 3, .to_day = 50, .ramp_days = 10};
  CapacityLoss loss;
  loss.course = {.share = 0.3, .from_day = 5, .to_day = 30, .ramp_days = 0};
  loss.industries = {IndustryId{1}};
  if (shift == 1) loss.industries.push_back(IndustryId{5});
  return {"split", {cut}, {loss}};
}

/// (g) Splitting a region into two identical halves changes nothing, whether the region sells or
/// buys what is cut or stands aside, under either rule. (Only a region that cuts itself off as
/// seller and buyer at once is beyond this: its halves trade across a border that was not there.)
TEST(DisruptProperty, HalvesBehaveLikeTheWhole) {
  struct Trade {
    std::size_t seller, buyer;
  };
  double most_lost = 0;
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    auto const table = random_table({.regions = 3, .sectors = 4, .seed = Seed{seed}});
    auto const whole = Economy::make(table);
    auto const halves = Economy::make(split_first_region(table));
    ASSERT_TRUE(whole && halves);
    auto options = random_options(whole->space(), days, Seed{seed});
    for (auto const [seller, buyer] : {Trade{1, 2}, Trade{0, 1}, Trade{2, 0}}) {
      for (auto const rule : {OrderRule::fixed, OrderRule::reweighted}) {
        options.order_rule = rule;
        auto const one = path_of(*whole, across_the_split(seller, buyer, 0), options);
        auto const two = path_of(*halves, across_the_split(seller, buyer, 1), options);
        for (std::size_t i = 0; i < two.output_relative.rows(); ++i) {
          auto const of_whole = i < 4 ? i : i - 4;
          for (std::size_t t = 0; t < days; ++t) {
            ASSERT_NEAR(two.output_relative(i, t), one.output_relative(of_whole, t), 1e-12)
                << to_string(rule) << " " << seller << " to " << buyer << " seed " << seed
                << " industry " << i << " day " << t;
          }
        }
        most_lost = std::max(most_lost, world_loss(one));
      }
    }
  }
  EXPECT_GT(most_lost, 0.01);  // the shocks do bite
}

/// Everybody stops delivering anything abroad for good, and every industry loses all capacity for a
/// while: whatever remains is a number between nothing and a little over the baseline.
TEST(DisruptProperty, FullCutOfEverythingIsDefined) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    auto const economy = small_world(seed);
    auto const& space = economy.space();
    Cut cut;
    for (std::size_t r = 0; r < space.regions(); ++r) {
      cut.sellers.push_back(RegionId{r});
      cut.buyers.push_back(RegionId{r});
    }
    CapacityLoss loss;
    for (std::size_t i = 0; i < space.size(); ++i) loss.industries.push_back(IndustryId{i});
    loss.course = {.share = 1.0, .from_day = 20, .to_day = 30, .ramp_days = 0};
    for (auto const rule : {OrderRule::fixed, OrderRule::reweighted}) {
      auto options = random_options(space, 300, Seed{seed});
      options.order_rule = rule;
      auto const path = path_of(economy, {"all", {cut}, {loss}}, options);
      for (auto const* shares : {&path.output_relative, &path.region_final_use,
                                 &path.final_use_relative, &path.region_value_added}) {
        for (double const share : shares->values()) {
          ASSERT_TRUE(std::isfinite(share)) << "seed " << seed;
          ASSERT_GE(share, 0.0) << "seed " << seed;
        }
      }
      for (std::size_t i = 0; i < space.size(); ++i) {
        bool const empty = path.output_baseline[i] == 0;
        EXPECT_EQ(path.output_relative(i, 25), empty ? 1.0 : 0.0);
      }
      EXPECT_GT(path.world_output_loss_pct, 0.0);
    }
  }
}

bool same_bits(DenseMatrix const& a, DenseMatrix const& b) { return a == b; }

/// One thread or two: the same bits. Large enough that blocks are handed to threads.
TEST(DisruptProperty, ThreadsDoNotChangeABit) {
  auto const economy = random_economy({.regions = 36, .sectors = 30, .seed = Seed{5}});
  std::uint64_t seed = 1;
  auto scenario = random_scenario(economy.space(), 30, Seed{seed});
  while (scenario.cuts.empty() || scenario.capacity_losses.empty()) {
    scenario = random_scenario(economy.space(), 30, Seed{++seed});
  }
  for (auto const rule : {OrderRule::fixed, OrderRule::reweighted}) {
    auto options = random_options(economy.space(), 30, Seed{9});
    options.order_rule = rule;
    auto const one = path_of(economy, scenario, options, {.threads = 1});
    auto const two = path_of(economy, scenario, options, {.threads = 2});
    EXPECT_GT(one.world_output_loss_pct, 0.0);
    EXPECT_TRUE(same_bits(one.output_relative, two.output_relative));
    EXPECT_TRUE(same_bits(one.final_use_relative, two.final_use_relative));
    EXPECT_TRUE(same_bits(one.inventory_days_left, two.inventory_days_left));
    EXPECT_EQ(one.shortages.size(), two.shortages.size());
  }
}

}  // namespace
}  // namespace linchpin::test
