// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/control_case.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>

namespace linchpin::localize {
namespace {

std::vector<parameters::SourcedNumber> korea() {
  std::ifstream stream(
      fmt::format("{}/data/parameters/backtests/korea-2019.csv", LINCHPIN_SOURCE_DIR));
  std::string const text{std::istreambuf_iterator<char>(stream), {}};
  auto numbers = parameters::read_sourced_numbers(text, "korea-2019.csv");
  if (!numbers) throw std::runtime_error(numbers.error().what);
  return *std::move(numbers);
}

std::vector<double> values_of(std::vector<parameters::SourcedNumber> const& numbers) {
  std::vector<double> values;
  for (auto const& each : numbers) values.push_back(each.value);
  return values;
}

ControlCase commodity() {
  ControlCase control;
  control.product = "acid";
  control.origin_share = 0.4;
  control.home_share = 0.2;
  control.choice.thresholds.lowest = 0.2;
  return control;
}

/// Japan's controls of July 2019 on Korea. Observed: the share of hydrogen fluoride went from 32.2
/// to 12.8 %, that of EUV resist from 91.9 to 85.2 % (Korean Ministry of Trade; Korea International
/// Trade Association). The ordering and both verdicts must hold; levels are printed, not asserted.
TEST(ControlCase, KoreaLocalisesTheCommodityAndNotTheFrontier) {
  auto const numbers = korea();
  auto const cases = control_backtests(numbers, values_of(numbers));
  ASSERT_TRUE(cases) << cases.error().what;
  ASSERT_EQ(cases->size(), 3U);
  std::map<std::string, double> left;
  for (auto const& each : *cases) {
    auto const outcome = outcome_of(each.control);
    ASSERT_TRUE(outcome) << outcome.error().what;
    fmt::print("{}: before {:.3f}, observed {:.3f}, model {:.3f}; home {:.3f}, unmet {:.3f}\n",
               each.control.product, each.observed_before, each.observed_after,
               outcome->origin_share, outcome->home_share, outcome->unmet);
    EXPECT_EQ(outcome->localises, each.observed_localises()) << each.control.product;
    left[each.control.product] = outcome->origin_share / each.observed_before;
  }
  EXPECT_LT(left["hydrogen-fluoride"], left["euv-resist"]);
}

/// How much of that the ranges carry: at either end of each range alone, the ordering stays. Ends
/// at which no preferences give the shares before the control contradict the data; they are
/// counted.
TEST(ControlCase, TheOrderingSurvivesEveryRange) {
  auto const numbers = korea();
  int contradictions = 0;
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    for (auto const end : {numbers[k].low, numbers[k].high}) {
      auto values = values_of(numbers);
      values[k] = end;
      auto const cases = control_backtests(numbers, values);
      ASSERT_TRUE(cases);
      std::map<std::string, double> left;
      for (auto const& each : *cases) {
        auto const outcome = outcome_of(each.control);
        if (outcome) left[each.control.product] = outcome->origin_share / each.observed_before;
      }
      if (left.size() < cases->size()) {
        fmt::print("no preferences at {} = {}\n", numbers[k].key, end);
        ++contradictions;
        continue;
      }
      EXPECT_LT(left["hydrogen-fluoride"], left["euv-resist"]) << numbers[k].key << " = " << end;
    }
  }
  EXPECT_EQ(contradictions, 0) << "ranges are cut where the data contradict them";
}

TEST(ControlCase, WithoutControlAndFearNothingChanges) {
  auto control = commodity();
  control.catch_up = 0;
  auto const outcome = outcome_of(control);
  ASSERT_TRUE(outcome) << outcome.error().what;
  EXPECT_NEAR(outcome->origin_share, 0.4, 1e-9);
  EXPECT_FALSE(outcome->localises);
}

TEST(ControlCase, StricterControlsLeaveLess) {
  double before = 1;
  for (double const strictness : {0.0, 0.3, 0.6, 1.0}) {
    auto control = commodity();
    control.strictness = strictness;
    auto const outcome = outcome_of(control);
    ASSERT_TRUE(outcome);
    EXPECT_LT(outcome->origin_share, before);
    before = outcome->origin_share;
  }
  EXPECT_DOUBLE_EQ(before, 0);
}

TEST(ControlCase, ProblemsAreReported) {
  auto control = commodity();
  control.strictness = 2;
  control.years = -1;
  auto const outcome = outcome_of(control);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().further.size() + 1, 2U);
  auto impossible = commodity();
  impossible.choice.thresholds.lowest = 0.79;
  impossible.origin_share = 0.1;
  EXPECT_FALSE(outcome_of(impossible)) << "hardly anybody can use what the others offer";
  auto numbers = korea();
  numbers.pop_back();
  numbers.push_back({});
  numbers.back().key = "nonsense";
  auto const cases = control_backtests(numbers, values_of(numbers));
  ASSERT_FALSE(cases);
  EXPECT_EQ(cases.error().further.size() + 1, 4U);
}

}  // namespace
}  // namespace linchpin::localize
