// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/compute_path.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace linchpin::localize {
namespace {

std::vector<parameters::SourcedNumber> shipped(char const* file) {
  std::ifstream stream(fmt::format("{}/data/parameters/{}", LINCHPIN_SOURCE_DIR, file));
  std::string const text{std::istreambuf_iterator<char>(stream), {}};
  auto numbers = parameters::read_sourced_numbers(text, file);
  if (!numbers) throw std::runtime_error(numbers.error().what);
  return *std::move(numbers);
}

ComputeWorld world() {
  auto const numbers = shipped("compute.csv");
  std::vector<double> values;
  for (auto const& each : numbers) values.push_back(each.value);
  auto world = compute_world(numbers, values);
  if (!world) throw std::runtime_error(world.error().what);
  return *std::move(world);
}

/// A path on which everything stays as it is.
std::vector<AcceleratorYear> still(std::size_t years) {
  std::vector<AcceleratorYear> path(years);
  for (std::size_t t = 0; t < years; ++t) path[t].year = 2025 + static_cast<int>(t);
  return path;
}

TEST(ComputePath, TheFirstYearIsThatOfTheQuestion) {
  auto const each = world();
  auto const now = assess(each.question());
  auto const years = compute_path(each, {.frontier_settled = 1.4}, still(3));
  ASSERT_TRUE(years) << years.error().what;
  EXPECT_EQ(years->front().compute.by_source, now->compute.by_source);
  EXPECT_EQ(years->front().chips, now->supply.chips);
  EXPECT_EQ(years->front().binding, now->supply.binding);
  EXPECT_EQ(*years->front().gap, *now->gap);
}

/// Imports and what is made at home are counts of a year: each goes on to a stock of N years of
/// them. A rented fleet keeps its size.
TEST(ComputePath, FleetsAreYearsOfWhatIsBought) {
  auto each = world();
  each.growth = 1.4;
  auto const years = compute_path(each, {.frontier_settled = 1.4, .lifetime = 5}, still(60));
  ASSERT_TRUE(years) << years.error().what;
  auto const& first = years->front().compute.by_source;
  auto const& second = (*years)[1].compute.by_source;
  auto const& last = years->back().compute.by_source;
  for (std::size_t s = 0; s < 2; ++s) {
    EXPECT_NEAR(second[s], 1.8 * first[s], 1e-9 * first[s]) << "no less is bought in year two";
    EXPECT_NEAR(last[s], 5 * first[s], 1e-4 * first[s]);
  }
  EXPECT_NEAR(last[2], first[2], 1e-9 * first[2]);
  double const made = years->front().chips * effective_per_chip(each.made);
  EXPECT_NEAR(years->back().compute.by_source[3], 5 * made, 1e-4 * made);
  EXPECT_FALSE(years->back().binding) << "makers ask for no more than the means allow";
}

/// One market: where the frontier's compute grows faster than demand and performance of the path,
/// buyers everywhere order more. With means that keep up and fleets that are bought anew each year
/// nobody falls behind.
TEST(ComputePath, DemandGrowsAlikeOnBothSides) {
  auto const each = world();
  ComputeGrowth growth;
  growth.wafers = growth.memory_stacks = growth.packages = growth.power = 10;
  growth.frontier_settled = 1.4;
  growth.lifetime = 1;
  auto path = still(8);
  for (std::size_t t = 0; t < path.size(); ++t) {
    path[t].made = path[t].bought = std::pow(1.08, t);
    path[t].home_performance = path[t].foreign_performance = std::pow(1.4 / 1.08, t);
  }
  auto const years = compute_path(each, growth, path);
  ASSERT_TRUE(years) << years.error().what;
  EXPECT_NEAR((*years)[1].market, each.growth / 1.4, 1e-12);
  auto const& second = (*years)[1];
  auto const& last = years->back();
  EXPECT_GT(last.reference, 1.01 * std::pow(1.4, 6) * second.reference) << "it grows faster";
  EXPECT_NEAR(last.compute.total() / second.compute.total(), last.reference / second.reference,
              1e-9 * last.reference / second.reference);
}

/// Orders beyond the means are cut to what the scarcest allows, which grows at its own rate.
TEST(ComputePath, TheScarcestMeansBindUntilOthersAreScarcer) {
  auto const each = world();
  auto path = still(11);
  for (std::size_t t = 0; t < path.size(); ++t) path[t].made = std::pow(2, t);
  ComputeGrowth const growth{
      .wafers = 0.1, .memory_stacks = 1, .packages = 1, .power = 1, .frontier_settled = 1.4};
  auto const years = compute_path(each, growth, path);
  ASSERT_TRUE(years) << years.error().what;
  EXPECT_EQ(years->front().binding, Constraint::memory);
  EXPECT_EQ(years->back().binding, Constraint::wafers);
  auto const& means = each.means;
  double const allowed = means.wafers * std::pow(1.1, 10) * means.dies_per_wafer * means.die_yield /
                         means.dies_per_chip * means.package_yield;
  EXPECT_NEAR(years->back().chips, allowed, 1e-9 * allowed);
  EXPECT_LT(years->back().chips, years->back().ordered);
}

/// Without growth of one's own the gap of a frontier of steady growth widens by a year each year.
TEST(ComputePath, TheGapIsHowLongAgoTheFrontierHadAsMuch) {
  auto each = world();
  each.means.wafers = 0;  // nothing is made
  auto path = still(6);
  for (auto& year : path) year.bought = 0;
  ComputeGrowth growth;
  growth.frontier_settled = each.growth;
  growth.lifetime = 1e12;  // nothing wears out
  auto const years = compute_path(each, growth, path);
  ASSERT_TRUE(years) << years.error().what;
  for (std::size_t t = 1; t < path.size(); ++t) {
    EXPECT_NEAR(*(*years)[t].gap - *(*years)[t - 1].gap, 12, 1e-6);
  }
  // Growth that fades: fewer months of it before, more years back.
  growth.frontier_settled = 1.2;
  auto const fading = compute_path(each, growth, path);
  EXPECT_NEAR(*fading->back().gap, *years->back().gap, 1e-6) << "it counts time, not size";
  growth.frontier_fade = 1e-3;
  auto const slow = compute_path(each, growth, path);
  EXPECT_LT(slow->back().reference, fading->back().reference);
}

TEST(ComputePath, TheEnsembleSaysWhatBinds) {
  auto const numbers = shipped("compute.csv");
  auto const growth = shipped("compute_path.csv");
  auto path = still(8);
  for (std::size_t t = 0; t < path.size(); ++t) {
    path[t].made = std::pow(1.35, t);
    path[t].home_performance = std::pow(1.3, t);
  }
  auto const years = compute_path_ensemble(numbers, growth, 1.4, path, 256, Seed{1});
  ASSERT_TRUE(years) << years.error().what;
  ASSERT_EQ(years->size(), path.size());
  for (auto const& year : *years) {
    double sum = 0;
    for (double const share : year.binding_probability) sum += share;
    EXPECT_NEAR(sum, 1, 1e-12);
    EXPECT_LE(year.compute.p05, year.compute.p50);
    EXPECT_LE(year.chips.p50, year.chips.p95);
    EXPECT_LE(year.made_of_ordered, 1);
    ASSERT_TRUE(year.gap_months);
  }
  EXPECT_EQ(years->front().binding_probability[4], 0) << "the first year is at its limit";
  EXPECT_GT(years->back().compute.p50, years->front().compute.p50);
  auto const wrong = compute_path_ensemble(numbers, {}, 1.4, path, 16, Seed{1});
  EXPECT_FALSE(wrong);
}

}  // namespace
}  // namespace linchpin::localize
