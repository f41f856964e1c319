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
  EXPECT_FALSE(collapses({}, path_with(0, 0)));
  EXPECT_FALSE(collapses({}, path_with(4, 0))) << "4 of 9";
  EXPECT_TRUE(collapses({}, path_with(5, 0))) << "5 of 9";
}

TEST(Collapses, WhenTheLossIsManyTimesWhatTheEventsTouch) {
  EXPECT_FALSE(collapses({}, path_with(1, 49))) << "five times 10";
  EXPECT_TRUE(collapses({}, path_with(1, 51)));
  EXPECT_FALSE(collapses({}, path_with(0, 51))) << "no shortage feeds on anything";
}

TEST(PathWarnings, SayHowFarItWent) {
  ResolvedScenario scenario;
  scenario.scenario.name = "crash";
  scenario.scenario.cuts = {Cut{}};
  auto const texts = path_warnings(scenario, path_with(5, 100));
  ASSERT_EQ(texts.size(), 1U);
  EXPECT_THAT(texts[0], HasSubstr("in scenario 'crash'"));
  EXPECT_THAT(texts[0], HasSubstr("5 of 9 industries run short of an input"));
  EXPECT_THAT(texts[0], HasSubstr("10 times the flows"));
  EXPECT_TRUE(path_warnings(scenario, path_with(1, 1)).empty());
}

/// A demand shift of 4 a day touches as much as it says: 10 days of it and of the cut are 50, five
/// times that is 250.
TEST(Collapses, CountsWhatEveryFamilyOfEventsTouches) {
  Scenario scenario;
  scenario.demand_shifts.push_back({{RegionId{0}}, {}, false, Course{.share = 0.5}});
  auto path = path_with(1, 240);
  path.region_final_use_baseline = {4};
  EXPECT_FALSE(collapses(scenario, path));
  EXPECT_TRUE(collapses({}, path));
}

TEST(IdleEvents, OfEveryFamilyAreNamed) {
  ResolvedScenario resolved;
  auto& scenario = resolved.scenario;
  Course const late{.share = 0.5, .from_day = 10};
  scenario.cuts = {Cut{}, Cut{}};
  scenario.cuts[1].course = late;
  resolved.cut_names = {{"Import ban 1", ", phase 1"}, {"Closure 1", ""}};
  scenario.capital_losses.push_back({{IndustryId{9}}, 0.5});  // without output
  scenario.labour_shocks.push_back({{IndustryId{0}}, late});
  scenario.demand_shifts.push_back({{RegionId{0}}, {}, true, Course{.share = 0}});
  scenario.reserves.push_back({RegionId{0}, SectorId{0}, 30});
  auto path = path_with(0, 0);
  path.reach.cuts = {0, 1};
  path.region_final_use_baseline = {4};
  path.reserves_left = {30};
  auto const texts = idle_event_warnings(resolved, path);
  ASSERT_EQ(texts.size(), 6U);
  EXPECT_THAT(texts[0], HasSubstr("Import ban 1 touches no flow"));
  EXPECT_THAT(texts[1], HasSubstr("Closure 1 does nothing: it begins on day 10"));
  EXPECT_THAT(texts[2], HasSubstr("Capital loss 1 touches no flow"));
  EXPECT_THAT(texts[3], HasSubstr("Labour shock 1 does nothing"));
  EXPECT_THAT(texts[4], HasSubstr("Demand shift 1 does nothing: it begins on day 0 with a share of 0"));
  EXPECT_THAT(texts[5], HasSubstr("Reserve 1 is never drawn on"));
  EXPECT_TRUE(all_idle(resolved, path));
  scenario.cuts[1].course.from_day = 9;
  EXPECT_FALSE(all_idle(resolved, path));
}

TEST(Warnings, NameTheVariantsThatCollapse) {
  auto const economy = test::small_economy();
  ResolvedScenario scenario;
  scenario.scenario.name = "mild";
  scenario.scenario.cuts = {Cut{}};
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
