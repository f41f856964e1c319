// SPDX-License-Identifier: Apache-2.0
// Stand-offs beside the daily model, and along paths of autonomy studies.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "linchpin/disrupt/model.h"
#include "linchpin/study/short_run_model.h"
#include "standoff_fixture.h"

namespace linchpin::study {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;

/// The same cuts written by hand and simulated one by one.
TEST_F(Standoff, TheDailyModelStandsBesideThePayoffs) {
  std::vector<std::string> warnings;
  auto const model =
      short_run_models(economy.space(), source, 365, false, warnings).value().front().options;
  auto const daily = [&](double share, int from, int to) {
    Cut cut;
    cut.sellers = {RegionId{0}};
    cut.buyers = {RegionId{1}};
    cut.sectors = {SectorId{0}, SectorId{1}};
    cut.course.share = share;
    cut.course.from_day = from;
    cut.course.to_day = to;
    Scenario scenario;
    scenario.cuts.push_back(cut);
    return disrupt::simulate(economy, scenario, model).value().region_final_use_loss_pct[1];
  };
  auto const to = from_to("R0", "R1");
  auto const text = [&](std::string const& losses) {
    return std::string{head} + two + "losses = \"" + losses + "\"\n" +
           action("half", "R0", "kind = \"licences\"\nlimit = 0.5\n" + to) +
           action("duty", "R0", "kind = \"tariff\"\nrate = 0.2\n" + from_to("R1", "R0")) +
           action("back", "R1", from_to("R1", "R0"));
  };
  auto const both = answer(text("both"));
  auto const row = [&](std::string const& in_force, char const* number) {
    return at(both, "first_year", {{"in_force", in_force}, {"region", "R1"}}, number);
  };
  EXPECT_NEAR(row("half", "daily_pct"), daily(0.5, 0, -1), 1e-9);
  EXPECT_GT(row("half", "daily_pct"), 0);
  EXPECT_NEAR(row("half", "settled_pct"), loss(both, "half", "R1"), 1e-12);
  EXPECT_TRUE(std::isnan(row("duty", "daily_pct")));
  EXPECT_THAT(texts(table(both, "first_year"), "reason"),
              Contains("the daily model has no prices"));
  EXPECT_THAT(both.headlines, Contains(HasSubstr("(the daily model): \"half\" costs R0")));
  // Payoffs of "both" are those of the trade model; "daily" refuses what has no price there.
  EXPECT_EQ(loss(both, "half", "R1"), loss(answer(text("settled")), "half", "R1"));
  EXPECT_THAT(bad(text("daily")), HasSubstr("daily losses of 'duty', which is of kind tariff"));
  auto years = text("daily");
  years.replace(years.find("horizon_years = 1"), 17, "horizon_years = 3");
  EXPECT_THAT(bad(years), HasSubstr("daily losses beyond a year"));

  // With time each end is simulated as it comes about: half a year of the ban, then nothing.
  auto const timed =
      answer(std::string{head} + draws + two + "losses = \"daily\"\n" + action("ban", "R0", to) +
             action("back", "R1", from_to("R1", "R0")) +
             rung("answer", "R1", "in_force = \"ban\"\nmonths = 6\n") +
             move("give way", "in_force = \"nothing\"") + move("endure", "in_force = \"ban\""));
  auto const end = [&](char const* name) {
    return at(timed, "ladder_ends", {{"move", name}, {"player", "R1"}}, "loss_pct");
  };
  EXPECT_NEAR(end("endure"), daily(1, 0, -1), 1e-9);
  EXPECT_NEAR(end("give way"), daily(1, 0, 183), 1e-9);
  EXPECT_GT(end("endure"), end("give way"));
  EXPECT_NEAR(loss(timed, "ban", "R1"), daily(1, 0, -1), 1e-9);
  std::string notes;
  for (auto const& note : timed.notes) notes += note.text;
  EXPECT_THAT(notes, HasSubstr("over the first 365 days by the daily model"));
  EXPECT_THAT(timed.headlines, Contains(HasSubstr("Of real final use over the first 365 days, "
                                                  "carried out alone: ")));
  EXPECT_THAT(timed.headlines, Each(Not(HasSubstr("real final spending"))));
}

/// A line has the ratings and stocks of its host, which is all that files know.
TEST_F(Standoff, LinesInTheDailyModelAreRatedAsTheirHosts) {
  std::string const text = std::string{head} + R"([[leverage.carve]]
line = "CHIPS"
host = "s0"
home = "R1"
world_sales = {value = 2, note = "made up"}
home_buys = {value = 0.3, note = "made up"}
home_share = {value = 0.2, note = "made up"}
suppliers = {R0 = 3, R2 = 1}
)" + two + "losses = \"both\"\n" +
                           action("ban", "R0",
                                  "sellers = [\"R0\"]\nbuyers = [\"R1\"]\nsectors = [\"CHIPS\"]") +
                           action("back", "R1", from_to("R1", "R0"));
  auto const loss_of_line = [&] {
    return at(answer(text), "first_year", {{"in_force", "ban"}, {"region", "R1"}}, "daily_pct");
  };
  double const critical = loss_of_line();
  ratings = "key,value\ncriticality.*>*,1\ncriticality.s0>*,0\n";
  double const uncritical = loss_of_line();
  EXPECT_GT(critical, 5 * uncritical);
  EXPECT_GT(uncritical, 0);
  ratings = "key,value\ncriticality.*>*,1\n";
  stocks = "key,value\ninventory_days.*,20\ninventory_days.s0,200\n";
  EXPECT_LT(loss_of_line(), 0.8 * critical);
}

/// Payoffs by the daily model have bands where the line's own numbers have, and none where nothing
/// is drawn.
TEST_F(Standoff, DailyPayoffsAreDrawnWithTheLines) {
  auto const width = [&](std::string const& share) {
    auto const results = answer(std::string{head} + draws + R"([[leverage.carve]]
line = "CHIPS"
host = "s0"
home = "R1"
world_sales = {value = 2, note = "made up"}
home_buys = {value = 0.3, note = "made up"}
home_share = {)" + share + R"(, note = "made up"}
suppliers = {R0 = 3, R2 = 1}
)" + two + "losses = \"daily\"\n" +
                                action("ban", "R0",
                                       "sellers = [\"R0\"]\nbuyers = [\"R1\"]\n"
                                       "sectors = [\"CHIPS\"]") +
                                action("back", "R1", from_to("R1", "R0")));
    auto const of = [&](char const* number) {
      return at(results, "payoffs", {{"play", "R0: ban; R1: nothing"}, {"player", "R1"}}, number);
    };
    return (of("loss_p95_pct") - of("loss_p05_pct")) / of("loss_pct");
  };
  EXPECT_EQ(width("value = 0.2"), 0);
  EXPECT_GT(width("value = 0.2, low = 0.1, high = 0.4"), 0.02);
}

TEST_F(Standoff, PathsOfAnAutonomyStudyAreChecked) {
  auto const with = [&](std::string const& keys) {
    return std::string{head} + R"([[leverage.carve]]
line = "CHIPS"
host = "s0"
home = "R1"
world_sales = {value = 2, note = "made up"}
home_buys = {value = 0.3, note = "made up"}
home_share = {value = 0.2, note = "made up"}
suppliers = {R0 = 3, R2 = 1}
[[leverage.after]]
line = "CHIPS"
)" + keys;
  };
  EXPECT_THAT(bad(with("")), HasSubstr("a path without points"));
  EXPECT_THAT(bad(with("technology = \"ai-chips\"\n")), HasSubstr("technology' without autonomy"));
  EXPECT_THAT(bad(with("autonomy = \"a.toml\"\nyears = [2025.5]\n")), HasSubstr("is no year"));
  EXPECT_THAT(bad(with("autonomy = \"a.toml\"\n[[leverage.after.point]]\nyear = 2025\n"
                       "home_share = 0.5\n")),
              HasSubstr("a path given twice"));
  auto const missing = ask(with("autonomy = \"a.toml\"\n"));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::file_not_found);
}

}  // namespace
}  // namespace linchpin::study
