// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/warnings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "study_fixtures.h"

namespace linchpin::study {
namespace {

using ::testing::HasSubstr;

/// Ten industries, a cut that touches 365 a year (one a day), simulated for 10 days; `short_of`
/// industries run short, and the world loses `loss` in all.
disrupt::Path path_with(std::size_t short_of, double loss) {
  disrupt::Path path;
  path.days = 10;
  path.output_baseline.assign(10, 1.0);
  path.output_baseline[9] = 0;  // without output it does not count
  path.region_output_loss = {loss};
  path.reach.cuts = {365.0};
  for (std::size_t i = 0; i < short_of; ++i) {
    path.shortages.push_back({IndustryId{i}, SectorId{0}, 1, 0, 1});
    path.shortages.push_back({IndustryId{i}, SectorId{1}, 2, 0, 2});  // the same industry again
  }
  return path;
}

TEST(Collapses, WhenMostIndustriesRunShort) {
  EXPECT_FALSE(collapses(path_with(0, 0)));
  EXPECT_FALSE(collapses(path_with(4, 0))) << "4 of 9";
  EXPECT_TRUE(collapses(path_with(5, 0))) << "5 of 9";
}

TEST(Collapses, WhenTheLossIsManyTimesWhatTheEventsTouch) {
  EXPECT_FALSE(collapses(path_with(1, 49))) << "five times 10";
  EXPECT_TRUE(collapses(path_with(1, 51)));
  EXPECT_FALSE(collapses(path_with(0, 51))) << "no shortage feeds on anything";
}

TEST(PathWarnings, SayHowFarItWent) {
  Scenario const scenario{"crash", {Cut{}}, {}};
  auto const texts = path_warnings(scenario, path_with(5, 100));
  ASSERT_EQ(texts.size(), 1U);
  EXPECT_THAT(texts[0], HasSubstr("in scenario 'crash'"));
  EXPECT_THAT(texts[0], HasSubstr("5 of 9 industries run short of an input"));
  EXPECT_THAT(texts[0], HasSubstr("10 times the flows"));
  EXPECT_TRUE(path_warnings(scenario, path_with(1, 1)).empty());
}

TEST(Warnings, NameTheVariantsThatCollapse) {
  auto const economy = test::small_economy();
  ResolvedScenario scenario;
  scenario.scenario = {"mild", {Cut{}}, {}};
  std::vector<ScenarioAnswer> answers(1);
  answers[0].scenario = &scenario;
  answers[0].path = path_with(0, 1);
  answers[0].variants = {{"rigid", {}, path_with(9, 1)}, {"loose", {}, path_with(0, 1)}};
  auto const texts = warnings(economy, answers);
  ASSERT_EQ(texts.size(), 1U);
  EXPECT_THAT(texts[0], HasSubstr("In 1 of the 3 model variants of scenario 'mild' ('rigid')"));
}

}  // namespace
}  // namespace linchpin::study
