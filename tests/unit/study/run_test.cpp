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
  EXPECT_EQ(money_words(3.21, {"", 1.0}), "3.2");
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
  EXPECT_EQ(possessive("the Netherlands"), "the Netherlands'");
  EXPECT_EQ(sector_words(space, SectorId{0}), "electrical and optical equipment");
  EXPECT_EQ(sector_words(space, SectorId{1}), "renting of M&Eq, USA");
}

}  // namespace
}  // namespace linchpin::study
