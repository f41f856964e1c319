// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/backtest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <stdexcept>

namespace linchpin::localize {
namespace {

std::vector<parameters::SourcedNumber> numbers_of(std::string const& file) {
  std::ifstream stream(fmt::format("{}/data/parameters/{}", LINCHPIN_SOURCE_DIR, file));
  std::string const text{std::istreambuf_iterator<char>(stream), {}};
  auto numbers = parameters::read_sourced_numbers(text, file);
  if (!numbers) throw std::runtime_error(numbers.error().what);
  return *std::move(numbers);
}

Backtest run(std::string_view name, std::size_t draws = 256) {
  for (auto const& kind : backtest_kinds()) {
    if (kind.name != name) continue;
    auto result = run_backtest(name, numbers_of(std::string{kind.file}), draws, Seed{1});
    if (!result) throw std::runtime_error(result.error().what);
    return *std::move(result);
  }
  throw std::runtime_error("no such backtest");
}

double model(Backtest const& backtest, std::string const& part) {
  for (auto const& line : backtest.lines) {
    if (line.quantity.find(part) != std::string::npos) return line.model;
  }
  throw std::runtime_error("no such line");
}

void print(Backtest const& backtest) {
  for (auto const& line : backtest.lines) {
    fmt::print("{:45} observed {:8} model {:8.4g} ({:.3g} to {:.3g})\n", line.quantity,
               line.observed ? fmt::format("{:.4g}", *line.observed) : "-", line.model,
               line.band.p05, line.band.p95);
  }
  for (auto const& each : backtest.verdicts) {
    fmt::print("{:60} observed {} model {} ({:.0f} %)\n", each.statement, each.observed, each.model,
               100 * each.probability);
  }
  fmt::print("{} draws, {} failed\n", backtest.draws, backtest.failed_draws);
}

TEST(Backtest, EveryShippedCaseAnswersWithBandsVerdictsAndRemarks) {
  std::set<std::string> names;
  for (auto const& kind : backtest_kinds()) {
    auto const backtest = run(kind.name);
    print(backtest);
    names.insert(backtest.name);
    EXPECT_FALSE(backtest.lines.empty() || backtest.verdicts.empty() || backtest.remarks.empty());
    EXPECT_LT(backtest.failed_draws, backtest.draws / 2);
    EXPECT_GT(backtest.assumptions, 0);
    for (auto const& line : backtest.lines) {
      EXPECT_LE(line.band.p05, line.band.p50);
      EXPECT_LE(line.band.p50, line.band.p95);
      EXPECT_TRUE(std::isfinite(line.model));
    }
  }
  EXPECT_THAT(names, testing::ElementsAre("cloudmatrix", "korea-2019", "rare-earths-2010"));
}

// Both verdicts of Korea, and the third product's, hold; levels are printed, not asserted.
TEST(Backtest, KoreaHasTheRightVerdicts) {
  for (auto const& each : run("korea-2019").verdicts) {
    EXPECT_EQ(each.observed, each.model) << each.statement;
  }
}

// Ratios of the systems as recomputed from the figures of the chips: 1.664 in operations, 3.556 in
// memory, 2.133 in bandwidth, 2.317 in power per operation (computed, all digits given).
TEST(Backtest, SystemsGiveThePublishedRatios) {
  auto const systems = run("cloudmatrix");
  EXPECT_NEAR(model(systems, "operations of the system"), 1.664, 5e-4);
  EXPECT_NEAR(model(systems, "memory of the system"), 3.556, 5e-4);
  EXPECT_NEAR(model(systems, "bandwidth of its memory"), 2.133, 5e-4);
  EXPECT_NEAR(model(systems, "power per operation"), 2.317, 5e-4);
  for (auto const& line : systems.lines) {
    if (line.quantity.starts_with("use made")) continue;
    EXPECT_NEAR(line.model, *line.observed, 0.05) << line.quantity << ", published to two digits";
  }
}

TEST(Backtest, TheLossPerClusterIsThatOfComputeCsv) {
  auto const here = numbers_of("backtests/cloudmatrix.csv");
  auto const there = numbers_of("compute.csv");
  auto const* used = parameters::find_number(here, "serving.loss");
  auto const* set = parameters::find_number(there, "utilisation.loss");
  ASSERT_TRUE(used && set);
  EXPECT_EQ(used->value, set->value) << "fixed beforehand";
}

// The shape: prices soar and come back, mines elsewhere grow. How high they soar the model misses.
TEST(Backtest, RareEarthsSoarAndComeBack) {
  auto const backtest = run("rare-earths-2010");
  EXPECT_GT(model(backtest, "end of 2011"), 1.5);
  EXPECT_LT(model(backtest, "end of 2015"), 1.25);
  EXPECT_LT(model(backtest, "mine production"), 0.96);
}

TEST(Backtest, TheSameSeedGivesTheSameBandsAndNoDrawsGiveNone) {
  auto const one = run("rare-earths-2010", 64), two = run("rare-earths-2010", 64);
  EXPECT_EQ(one.lines[0].band.p95, two.lines[0].band.p95);
  auto const none = run("rare-earths-2010", 0);
  EXPECT_EQ(none.lines[0].model, one.lines[0].model);
  EXPECT_EQ(none.lines[0].band.p95, 0);
}

TEST(Backtest, ProblemsAreReported) {
  auto const unknown = run_backtest("korea", {}, 0, Seed{1});
  ASSERT_FALSE(unknown);
  EXPECT_THAT(unknown.error().hint, testing::HasSubstr("korea-2019"));
  for (auto const& kind : backtest_kinds()) {
    auto numbers = numbers_of(std::string{kind.file});
    numbers.pop_back();
    numbers.push_back({});
    numbers.back().key = "nonsense";
    EXPECT_FALSE(run_backtest(kind.name, numbers, 0, Seed{1})) << kind.name;
  }
}

}  // namespace
}  // namespace linchpin::localize
