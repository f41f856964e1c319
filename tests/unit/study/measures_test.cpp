// SPDX-License-Identifier: Apache-2.0
// Measures of `depend` asked of worlds, panels and studies.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "linchpin/study/measures/list.h"
#include "linchpin/study/measures/panel.h"
#include "linchpin/study/run.h"
#include "study_fixtures.h"
#include "support/fixtures.h"
#include "unit/results/table_cells.h"

namespace linchpin::study {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using test::number;
using test::texts;

Economy leather() { return Economy::make(test::leather()).value(); }

Economy leather_of(int year, double scale) {
  auto table = test::leather();
  table.info.year = year;
  for (double& use : table.Y.values()) use *= scale;
  for (double& flow : table.Z.dense().values()) flow *= scale;
  for (double& value : table.value_added.values()) value *= scale;
  for (double& output : table.output) output *= scale;
  return Economy::make(std::move(table)).value();
}

Result<MeasureAnswers> ask(std::vector<Measure const*> const& measures,
                           std::vector<PanelWorld> const& worlds,
                           MeasureRequest const& request = {},
                           depend::SolveMethod method = depend::SolveMethod::automatic) {
  return ask_measures(measures, worlds, request, method);
}

TEST(Measures, AllHaveNamesMeaningsAndLimits) {
  for (auto const* measure : measures()) {
    EXPECT_FALSE(measure->name.empty());
    EXPECT_EQ(find_measure(measure->name).value(), measure);
    EXPECT_TRUE(measure->meaning.ends_with('.')) << measure->name;
    EXPECT_TRUE(measure->not_for.ends_with('.')) << measure->name;
    EXPECT_NE(measure->run, nullptr);
  }
  auto const wrong = find_measure("pths");
  ASSERT_FALSE(wrong.has_value());
  EXPECT_EQ(wrong.error().code, ErrorCode::unknown_label);
  EXPECT_THAT(wrong.error().hint, HasSubstr("paths"));
}

TEST(Measures, OneWorldHasNoColumnOfWorlds) {
  auto const answers = ask({&kww_measure, &position_measure}, {{"leather", leather()}}).value();
  ASSERT_EQ(answers.tables.size(), 2U);
  EXPECT_EQ(answers.tables[0].columns.front().name, "exporter");
  ASSERT_EQ(answers.solved.size(), 1U);
  EXPECT_EQ(answers.solved[0].method, depend::SolveMethod::direct);
}

TEST(Measures, PanelsStackYears) {
  auto const answers =
      ask({&kww_measure}, {{"a", leather_of(2000, 1)}, {"b", leather_of(2001, 2)}}).value();
  auto const& table = answers.tables.front();
  EXPECT_THAT(texts(table, "world"), ElementsAre("a", "a", "a", "b", "b", "b"));
  EXPECT_EQ(table.columns[1].name, "year");
  EXPECT_NEAR(number(table, "exports", 3).value(), 2 * number(table, "exports", 0).value(), 1e-9);
  EXPECT_EQ(answers.solved.size(), 2U);
}

TEST(Measures, PanelsOfDifferentLabelsAreRefused) {
  auto const answers = ask({&kww_measure}, {{"leather", leather()}, {"small", test::small_economy()}});
  ASSERT_FALSE(answers.has_value());
  EXPECT_EQ(answers.error().code, ErrorCode::invalid_table);
  EXPECT_THAT(answers.error().what, HasSubstr("only in leather: ARG:1"));
  EXPECT_EQ(answers.error().where, "small");
}

/// Twice the table: all of the change is final demand.
TEST(Measures, ChangeTakesTwoWorlds) {
  auto const alone = ask({&change_measure}, {{"leather", leather()}});
  ASSERT_FALSE(alone.has_value());
  EXPECT_EQ(alone.error().code, ErrorCode::size_mismatch);
  auto const both =
      ask({&change_measure}, {{"a", leather_of(2000, 1)}, {"b", leather_of(2001, 2)}}).value();
  auto const& table = both.tables.front();
  ASSERT_EQ(table.rows(), 9U);
  for (std::size_t row = 0; row < 9; ++row) {
    EXPECT_NEAR(number(table, "final_demand", row).value(), number(table, "before", row).value(),
                1e-9);
    EXPECT_NEAR(number(table, "technology", row).value(), 0, 1e-9);
  }
}

TEST(Measures, MethodsAreHonoured) {
  auto const swept =
      ask({&reliance_measure}, {{"leather", leather()}}, {}, depend::SolveMethod::iterative).value();
  EXPECT_EQ(swept.solved[0].method, depend::SolveMethod::iterative);
  auto const refused =
      ask({&wwz_measure}, {{"leather", leather()}}, {}, depend::SolveMethod::iterative);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::bad_value);
}

constexpr char const* study_head = "world = \"small\"\n[depend]\nbuyers = [\"R0\"]\n";

TEST(Measures, StudiesHaveTheirTables) {
  auto const study = parse_study(std::string(study_head) +
                                     "[[depend.measure]]\nname = \"bm-source\"\nsuppliers = "
                                     "[\"R1\"]\n[[depend.measure]]\nname = \"reliance\"\n",
                                 "study.toml")
                         .value();
  auto const results = run_study(study, test::small_economy()).value();
  std::vector<std::string> names;
  for (auto const& table : results.tables) names.push_back(table.name);
  EXPECT_THAT(names, ::testing::IsSupersetOf({"reliance", "bm", "reliance_2"}));
  for (auto const& table : results.tables) {
    if (table.name == "bm") {
      EXPECT_THAT(texts(table, "exporter"), ElementsAre("R1"));
    }
  }
  std::string notes;
  for (auto const& note : results.notes) notes += note.title + ": " + note.text;
  EXPECT_THAT(notes, HasSubstr("Measure bm-source: Value added in exports"));
}

TEST(Measures, StudiesTellAllFaultsOfTheirMeasures) {
  auto const study = parse_study(std::string(study_head) +
                                     "[[depend.measure]]\nname = \"bm-surce\"\nbuyers = [\"R9\"]\n"
                                     "[[depend.measure]]\nname = \"change\"\nkind = \"sideways\"\n"
                                     "[[depend.measure]]\nshare = 2\nwrong = 1\n",
                                 "study.toml")
                         .value();
  auto const results = run_study(study, test::small_economy());
  ASSERT_FALSE(results.has_value());
  auto const all = test::all_of(results.error());
  for (auto const* text : {"there is no measure 'bm-surce'", "R9", "compares worlds",
                           "there is no kind 'sideways'", "'depend.measure.name' is missing", "share",
                           "wrong"}) {
    EXPECT_THAT(all, HasSubstr(text));
  }
}

}  // namespace
}  // namespace linchpin::study
