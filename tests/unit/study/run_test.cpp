// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "linchpin/results/json.h"
#include "linchpin/study/words.h"
#include "study_fixtures.h"

namespace linchpin::study {
namespace {

using ::testing::HasSubstr;

ResultSet run(std::string const& text, RunControl const& control = {}) {
  auto const study = parse_study(text, "study.toml");
  if (!study) throw std::runtime_error(test::all_of(study.error()));
  auto results = run_study(*study, test::small_economy(), control);
  if (!results) throw std::runtime_error(test::all_of(results.error()));
  return *results;
}

std::string without_clock(ResultSet results) {
  results.origin.duration_seconds = 0;
  return to_text(result_set_to_json(results));
}

TEST(RunStudy, AnswersBothQuestions) {
  auto const results = run(test::full_study());
  std::vector<std::string> names;
  for (auto const& table : results.tables) names.push_back(table.name);
  EXPECT_THAT(names, ::testing::IsSupersetOf({"reliance", "suppliers", "concentration", "position",
                                              "loss_by_region", "range", "loss_over_time",
                                              "sectors_hit", "shortages"}));
  ASSERT_GE(results.headlines.size(), 6U);
  EXPECT_THAT(
      results.headlines[0],
      HasSubstr("If R1 and R2 stop delivering 80 % of s0 and s1 to R0 for further production, "
                "phased in over 3 days from day 2 on until day 30 (with exemptions) and buyers "
                "turn to other suppliers, R0's value added over 40 days"));
  // In two variants an input runs short: the range leaves them to a sentence of their own.
  EXPECT_THAT(results.headlines[0],
              HasSubstr("over the 4 of 6 model variants in which no input runs short)"));
  EXPECT_THAT(results.headlines[1], HasSubstr("In 2 of 6 model variants ('fixed orders, half"));
  EXPECT_THAT(results.headlines.back(), HasSubstr("whole supply chains"));
  EXPECT_EQ(results.origin.world.title, "random world");
  std::string notes;
  for (auto const& note : results.notes) notes += note.text;
  EXPECT_THAT(notes, HasSubstr("it is not a probability"));
  EXPECT_THAT(notes, HasSubstr("60 days for goods (s0; s2)"));
  EXPECT_THAT(notes, HasSubstr("2 days for services (s3; s4; s5)"));
}

TEST(RunStudy, IsTheSameForAnyNumberOfThreads) {
  EXPECT_EQ(without_clock(run(test::full_study(), {.threads = 1})),
            without_clock(run(test::full_study(), {.threads = 4})));
}

TEST(RunStudy, TheRangeHoldsTheCentralRun) {
  auto const results = run(test::full_study());
  auto const table = std::find_if(results.tables.begin(), results.tables.end(),
                                  [](auto const& each) { return each.name == "range"; });
  ASSERT_NE(table, results.tables.end());
  auto const numbers = [&](char const* name) -> std::vector<double> const& {
    for (auto const& column : table->columns) {
      if (column.name == name) return std::get<NumberColumn>(column.data).values;
    }
    throw std::runtime_error(name);
  };
  ASSERT_GT(table->rows(), 0U);
  for (std::size_t row = 0; row < table->rows(); ++row) {
    EXPECT_LE(numbers("low")[row], numbers("central")[row]);
    EXPECT_GE(numbers("high")[row], numbers("central")[row]);
  }
}

TEST(RunStudy, ReportsAllProblemsBeforeItComputes) {
  auto const study =
      parse_study("world = \"w\"\nx = 1\n[depend]\nbuyers = [\"R7\"]\n", "study.toml");
  ASSERT_TRUE(study);
  auto const results = run_study(*study, test::small_economy());
  ASSERT_FALSE(results);
  EXPECT_EQ(results.error().further.size(), 1U);
}

TEST(RunStudy, StopsWhenAsked) {
  RunControl control;
  control.cancel.cancel();
  auto const study = parse_study(test::full_study(), "study.toml");
  auto const results = run_study(*study, test::small_economy(), control);
  ASSERT_FALSE(results);
  EXPECT_EQ(results.error().code, ErrorCode::cancelled);
}

TEST(RunStudy, SaysWhichScenarioWasStopped) {
  RunControl control;
  control.threads = 1;
  control.progress = [&](std::string_view what, std::size_t done, std::size_t) {
    if (what == "simulating" && done >= 5) control.cancel.cancel();
  };
  auto const study = parse_study(test::full_study(), "study.toml");
  auto const results = run_study(*study, test::small_economy(), control);
  ASSERT_FALSE(results);
  EXPECT_EQ(results.error().code, ErrorCode::cancelled);
  EXPECT_THAT(results.error().where, HasSubstr("scenario 'cut'"));
}

/// 10 regions x 6 sectors take (60 + 10 * 9) * 8 * 36500 bytes = 44 MB a run: 200 runs 8.8 GB.
TEST(RunStudy, RefusesMoreRunsThanTheMemoryHolds) {
  std::string text = "world = \"w\"\n[disrupt]\ndays = 36500\n";
  for (int k = 0; k < 200; ++k) text += "[[scenario]]\nname = \"s" + std::to_string(k) + "\"\n";
  auto const study = parse_study(text, "study.toml");
  ASSERT_TRUE(study);
  auto const economy = test::random_economy({.regions = 10, .sectors = 6, .seed = Seed{1}});
  auto const results = run_study(*study, economy);
  ASSERT_FALSE(results);
  EXPECT_EQ(results.error().code, ErrorCode::too_large);
  EXPECT_THAT(results.error().what, HasSubstr("200 runs of 60 industries over 36500 days"));
  EXPECT_THAT(results.error().what, HasSubstr("8.8 GB"));
  EXPECT_THAT(results.error().hint, HasSubstr("fewer days"));
}

TEST(RunStudy, SaysWhatEachHeadlineIsAbout) {
  auto const results = run(test::full_study());
  EXPECT_EQ(results.focus, "R0");
  auto const& about = results.headline_scenarios;
  ASSERT_EQ(about.size(), results.headlines.size());
  EXPECT_EQ(about.front(), "cut");
  EXPECT_EQ(std::count(about.begin(), about.end(), "loss"), 5) << "its bracket and ledger among them";
  EXPECT_EQ(about.back(), "") << "dependence is no scenario's";
  EXPECT_EQ(std::count(about.begin(), about.end(), ""), 2);
  auto const depend = run("world = \"w\"\n[depend]\nbuyers = [\"R2:s1\"]\n");
  EXPECT_EQ(depend.focus, "R2");
}

TEST(RunStudy, SentencesKeepTheOrderOfTheFile) {
  auto const results = run(
      "world = \"w\"\n[[scenario]]\nname = \"a\"\n[[scenario.cut]]\nsellers = [\"R3\", \"R1\"]\n"
      "buyers = [\"R2\", \"R0\"]\n");
  EXPECT_THAT(results.headlines[0],
              HasSubstr("If R3 and R1 stop delivering anything to R2 and R0"));
  EXPECT_EQ(results.focus, "R2");
}

TEST(RunStudy, OnlyAnIdleScenarioDoesNotChangeAnything) {
  std::string const cut = "world = \"w\"\n[[scenario]]\nname = \"a\"\n[[scenario.cut]]\n";
  auto const idle = run(cut + "sellers = [\"R1\"]\nbuyers = [\"R1\"]\n");
  EXPECT_THAT(idle.headlines[0], HasSubstr("does not change"));
  ASSERT_EQ(idle.warnings.size(), 1U);
  EXPECT_THAT(idle.warnings[0], HasSubstr("touches no flow"));
  auto const small = run(cut + "sellers = [\"R1\"]\nbuyers = [\"R0\"]\nshare = 1e-15\n");
  for (auto const& text : small.headlines) EXPECT_EQ(text.find("does not change"), text.npos);
}

/// Two of six sectors lose nine tenths for good and stocks last two days: nothing but shortages.
TEST(RunStudy, ACollapseIsNoFinding) {
  std::string const text =
      "world = \"w\"\n[model]\ninventory_days = 2\norder_rule = \"fixed\"\n[[scenario]]\n"
      "name = \"crash\"\n[[scenario.capacity_loss]]\nindustries = [\"*:s0\", \"*:s1\"]\n"
      "share = SHARE\n";
  auto const with = [&](char const* share) {
    auto copy = text;
    return run(copy.replace(copy.find("SHARE"), 5, share));
  };
  auto const crash = with("0.9");
  ASSERT_FALSE(crash.warnings.empty());
  EXPECT_THAT(crash.warnings[0], HasSubstr("in scenario 'crash'"));
  EXPECT_THAT(crash.warnings[0], HasSubstr("'this breaks', not how much"));
  EXPECT_TRUE(with("1e-9").warnings.empty());
}

TEST(RunStudy, TellsTheFirstShortageOfTheTable) {
  auto const results =
      run("world = \"w\"\n[model]\ninventory_days = 2\n[[scenario]]\nname = \"a\"\n"
          "[[scenario.capacity_loss]]\nindustries = \"*:s0\"\nshare = 0.9\n");
  auto const table = std::find_if(results.tables.begin(), results.tables.end(),
                                  [](auto const& each) { return each.name == "shortages"; });
  ASSERT_NE(table, results.tables.end());
  ASSERT_GT(table->rows(), 1U);
  EXPECT_THAT(results.headlines,
              ::testing::Contains(HasSubstr(
                  "(" + std::get<TextColumn>(table->columns[2].data)[0] + ") runs short")));
}

TEST(RunStudy, ShowsWhatIsOddInTheTable) {
  auto table = test::random_table({.regions = 4, .sectors = 6, .seed = Seed{11}});
  table.Y(0, 0) = -1;
  auto const economy = Economy::make(std::move(table), {.relative = 1, .of_largest = 1});
  ASSERT_TRUE(economy) << test::all_of(economy.error());
  auto const study = parse_study("world = \"w\"\n[depend]\nbuyers = [\"R0\"]\n", "study.toml");
  auto const results = run_study(*study, *economy);
  ASSERT_TRUE(results);
  auto const found = std::find_if(results->tables.begin(), results->tables.end(),
                                  [](auto const& each) { return each.name == "findings"; });
  ASSERT_NE(found, results->tables.end());
  EXPECT_THAT(std::get<TextColumn>(found->columns[0].data),
              ::testing::Contains("negative_final_demand"));
}

TEST(RunStudy, EqualEndsAreNoRange) {
  auto const results =
      run("world = \"w\"\n[[scenario]]\nname = \"a\"\n[[scenario.cut]]\nsellers = [\"R1\"]\n"
          "buyers = [\"R0\"]\nfrom_day = 5\n[disrupt]\ndays = 1\nvariants = [{psi = 0.5}]\n");
  EXPECT_THAT(results.headlines[0], HasSubstr("over 1 day does not change (no change over 2 "));
}

TEST(RunStudy, NotesLeaveOutWhatIsZero) {
  auto const results = run(test::full_study());
  for (auto const& note : results.notes) {
    EXPECT_EQ(note.text.find("In 0 industries"), std::string::npos) << note.text;
  }
}

TEST(RunStudy, ProgressEndsAtItsTotal) {
  std::size_t done = 0, total = 0;
  RunControl control;
  control.threads = 1;
  control.progress = [&](std::string_view what, std::size_t d, std::size_t t) {
    if (what != "simulating") return;
    EXPECT_GE(d, done) << "never backwards";
    EXPECT_LE(d, t);
    done = d;
    total = t;
  };
  (void)run(test::full_study(), control);
  EXPECT_GT(total, 0U);
  EXPECT_EQ(done, total);
}

TEST(Words, RoundSensibly) {
  EXPECT_EQ(two_digits(0.8412), "0.84");
  EXPECT_EQ(two_digits(9.96), "10");
  EXPECT_EQ(two_digits(123.4), "120");
  EXPECT_EQ(two_digits(0.0), "0");
  EXPECT_EQ(percent_words(0.0004), "less than 0.001 %");
  EXPECT_EQ(money_words(62345.6, {"USD", 1e6}), "USD 62 billion");
  EXPECT_EQ(money_words(999.9, {"USD", 1e6}), "USD 1.0 billion");
  EXPECT_EQ(money_words(3.21, {"", 1.0}), "3.2 units of the table");
  EXPECT_EQ(money_words(321, {"", 1e6}), "320 units of the table");
  EXPECT_EQ(list_words({"a", "b", "c"}), "a, b and c");
}

TEST(Words, NamesStandInSentences) {
  auto table = test::random_table({.regions = 3, .sectors = 2, .seed = Seed{1}});
  table.labels.regions[0].name = "Netherlands";
  table.labels.regions[1].name = "Rest of the world";
  table.labels.sectors[0].name = "Electrical and Optical Equipment";
  table.labels.sectors[1].name = "Renting of M&Eq, USA";
  auto const economy = Economy::make(std::move(table));
  ASSERT_TRUE(economy);
  auto const& space = economy->space();
  EXPECT_EQ(region_words(space, RegionId{0}), "the Netherlands");
  EXPECT_EQ(region_words(space, RegionId{1}), "the rest of the world");
  EXPECT_EQ(with_article("rest of world"), "the rest of the world");
  EXPECT_EQ(with_article("Rest of European Union"), "the rest of the European Union");
  EXPECT_EQ(with_article("Rest of Asia"), "the rest of Asia");
  EXPECT_EQ(possessive("the Netherlands"), "the Netherlands'");
  EXPECT_EQ(sector_words(space, SectorId{0}), "electrical and optical equipment");
  EXPECT_EQ(sector_words(space, SectorId{1}), "renting of M&Eq, USA");
}

}  // namespace
}  // namespace linchpin::study
