// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "linchpin/study/run.h"
#include "linchpin/study/scenario_file.h"
#include "linchpin/study/study_file.h"
#include "unit/study/study_fixtures.h"

namespace linchpin::study {
namespace {

using testing::HasSubstr;

constexpr char const* two_scenarios = R"(world = "small"
[[scenario]]
name = "cut"
[[scenario.cut]]
sellers = ["R1"]
buyers = ["R0"]
share = 0.5
[[scenario.uncertain]]
parameter = "cut.1.share"
distribution = "uniform"
low = 0.1
high = 0.9
[[scenario]]
name = "loss"
[[scenario.capacity_loss]]
industries = ["R3:*"]
share = 0.1
[[uncertain]]
parameter = "psi"
distribution = "triangular"
low = 0.7
high = 0.9
[disrupt]
days = 30
)";

ResultTable const* find(ResultSet const& results, std::string const& name) {
  auto const found = std::find_if(results.tables.begin(), results.tables.end(),
                                  [&](auto const& table) { return table.name == name; });
  return found == results.tables.end() ? nullptr : &*found;
}

Result<ResultSet> run(std::string const& text, RunControl const& control = {}) {
  auto const study = parse_study(text, "study.toml");
  if (!study) return fail(study.error());
  return run_study(*study, test::small_economy(), control);
}

TEST(UncertainStudy, GivesTablesHeadlinesAndNotes) {
  auto const results = run(std::string{two_scenarios} + "[ensemble]\ndraws = 256\nseed = 3\n");
  ASSERT_TRUE(results) << test::all_of(results.error());
  auto const* losses = find(*results, "ensemble");
  ASSERT_NE(losses, nullptr);
  // Two scenarios, four regions and the world, three measures.
  EXPECT_EQ(losses->rows(), 2U * 5 * 3);
  auto const* indices = find(*results, "sensitivity");
  ASSERT_NE(indices, nullptr);
  // The first scenario has its own number and the study's; the second has the study's only.
  EXPECT_EQ(std::get<TextColumn>(indices->columns[2].data),
            (TextColumn{"cut.1.share", "psi", "psi"}));
  auto const* bands = find(*results, "bands");
  ASSERT_NE(bands, nullptr);
  EXPECT_EQ(bands->rows(), 2U * 3 * 30);
  EXPECT_TRUE(bands->in_report) << "drawn as a chart";
  EXPECT_EQ(find(*results, "swings"), nullptr) << "the indices are the ledger";
  EXPECT_EQ(find(*results, "uncertain")->rows(), 3U);
  EXPECT_EQ(find(*results, "ensemble_draws")->rows(), 2U);
  EXPECT_EQ(results->origin.seed, std::optional<std::uint64_t>{3});
  EXPECT_EQ(std::count_if(results->headlines.begin(), results->headlines.end(),
                          [](auto const& text) {
                            return text.starts_with("Over 256 draws of what is uncertain");
                          }),
            2);
  EXPECT_EQ(results->headlines.size(), results->headline_scenarios.size());
}

/// Without draws the ledger follows from one number at a time.
TEST(UncertainStudy, HasALedgerWithoutDraws) {
  auto const results = run(two_scenarios);
  ASSERT_TRUE(results) << test::all_of(results.error());
  auto const* swings = find(*results, "swings");
  ASSERT_NE(swings, nullptr);
  EXPECT_EQ(swings->rows(), 3U);
  EXPECT_EQ(std::count_if(results->headlines.begin(), results->headlines.end(),
                          [](auto const& text) {
                            return text.starts_with("What moves this result most") ||
                                   text.starts_with("None of the");
                          }),
            2);
}

/// Numbers of events are those of the file: phases and both ways of a closure are one event, import
/// bans and cuts are counted apart.
TEST(UncertainStudy, EventsAreCountedAsInTheFile) {
  auto const scenario = study::read_scenario(
      "[[import_ban]]\nsellers = \"R0\"\nbuyers = \"R1\"\n"
      "[[cut]]\nsellers = \"R0\"\nbuyers = \"R2\"\nphases = [[0, 0.2], [5, 0.4]]\n"
      "[[closure]]\nbetween = [\"R1\", \"R2\"]\n"
      "[[retaliation]]\nwhen = \"R0>R2\"\n"
      "[[reserve]]\nregion = \"R1\"\nproducts = \"all\"\ndays = 3\n"
      "[[uncertain]]\nparameter = \"cut.1.share\"\ndistribution = \"uniform\"\nlow = 0\nhigh = 1\n"
      "[[uncertain]]\nparameter = \"import_ban.1.share\"\ndistribution = \"uniform\"\nlow = 0\n"
      "high = 1\n"
      "[[uncertain]]\nparameter = \"reserve.1.days\"\ndistribution = \"uniform\"\nlow = 0\n"
      "high = 9\n",
      "s.toml", test::small_economy().space());
  ASSERT_TRUE(scenario) << test::all_of(scenario.error());
  std::vector<std::string> events;
  for (auto const& cut : scenario->scenario.cuts) events.push_back(cut.event);
  std::sort(events.begin(), events.end());
  EXPECT_EQ(events, (std::vector<std::string>{"closure.1", "closure.1", "cut.1", "cut.1",
                                              "import_ban.1", "retaliation.1"}));
  for (auto const& reserve : scenario->scenario.reserves) EXPECT_EQ(reserve.event, "reserve.1");
}

/// Draws that were saved are gone on from, one sink per scenario, and the answer is the same.
TEST(UncertainStudy, GoesOnFromWhatWasSaved) {
  class Sink final : public sampling::CheckpointSink {
   public:
    Result<std::optional<sampling::Checkpoint>> load() override { return kept; }
    Result<void> save(sampling::Checkpoint const& checkpoint) override {
      kept = checkpoint;
      ++saves;
      return {};
    }
    [[nodiscard]] std::string name() const override { return "memory"; }
    std::optional<sampling::Checkpoint> kept;
    int saves = 0;
  };
  Sink sinks[2];
  DrawStore store{[&](std::size_t k) { return &sinks[k]; },
                  []() -> Result<std::vector<std::pair<std::string, std::string>>> {
                    return std::vector<std::pair<std::string, std::string>>{{"world", "small"}};
                  }};
  auto const text = std::string{two_scenarios} + "[ensemble]\ndraws = 40\nseed = 3\n";
  auto const study = parse_study(text, "study.toml").value();
  auto const first = run_study(study, test::small_economy(), {}, {}, store);
  ASSERT_TRUE(first) << test::all_of(first.error());
  EXPECT_GT(sinks[0].saves, 0);
  EXPECT_GT(sinks[1].saves, 0);
  auto const second = run_study(study, test::small_economy(), {}, {}, store);
  ASSERT_TRUE(second);
  EXPECT_EQ(std::get<NumberColumn>(find(*first, "ensemble")->columns[4].data).values,
            std::get<NumberColumn>(find(*second, "ensemble")->columns[4].data).values);
  store.fingerprint = []() -> Result<std::vector<std::pair<std::string, std::string>>> {
    return std::vector<std::pair<std::string, std::string>>{{"world", "other"}};
  };
  EXPECT_FALSE(run_study(study, test::small_economy(), {}, {}, store)) << "of another world";
}

TEST(UncertainStudy, ThreadsChangeNothing) {
  auto const text = std::string{two_scenarios} + "[ensemble]\ndraws = 40\nseed = 3\n";
  auto const one = run(text, {.threads = 1}), two = run(text, {.threads = 2});
  ASSERT_TRUE(one && two);
  for (auto const* name : {"ensemble", "bands"}) {
    auto const *a = find(*one, name), *b = find(*two, name);
    ASSERT_TRUE(a != nullptr && b != nullptr);
    for (std::size_t c = 4; c < a->columns.size(); ++c) {
      EXPECT_EQ(std::get<NumberColumn>(a->columns[c].data).values,
                std::get<NumberColumn>(b->columns[c].data).values);
    }
  }
  EXPECT_EQ(find(*one, "sensitivity"), nullptr);  // 40 draws are too few
}

TEST(UncertainStudy, NumbersThatAreNeverDrawnAreSaid) {
  auto const results = run(two_scenarios);
  ASSERT_TRUE(results);
  EXPECT_EQ(find(*results, "ensemble"), nullptr);
  EXPECT_THAT(results->warnings, testing::Contains(HasSubstr("no draws were asked for")));
}

TEST(UncertainStudy, AllFaultsAtOnce) {
  auto const results =
      run(std::string{two_scenarios} +
          "[ensemble]\ndraws = 0\nsed = 1\ndesign = \"soboll\"\n"
          "[[uncertain]]\nparameter = \"cut.1.share\"\ndistribution = \"uniform\"\n"
          "low = 0\nhigh = 1\n"
          "[[uncertain]]\nparameter = \"tau\"\ndistribution = \"uniform\"\n"
          "low = 5\nhigh = 1\n");
  ASSERT_FALSE(results);
  auto const text = test::all_of(results.error());
  EXPECT_THAT(text, HasSubstr("'ensemble.draws' is 0"));
  EXPECT_THAT(text, HasSubstr("'ensemble.seed' is missing"));
  EXPECT_THAT(text, HasSubstr("unknown key 'ensemble.sed'"));
  EXPECT_THAT(text, HasSubstr("did you mean 'sobol'?"));
  // The scenario "loss" has no cut; the scenario "cut" has its own number of that name.
  EXPECT_THAT(text, HasSubstr("'cut.1.share' is no number of the model"));
  EXPECT_THAT(text, HasSubstr("'tau' is no number of the model"));
}

TEST(UncertainStudy, AnEnsembleNeedsAScenario) {
  auto const results =
      run("world = \"small\"\n[depend]\nbuyers = [\"R0\"]\n[ensemble]\ndraws = 10\nseed = 1\n");
  ASSERT_FALSE(results);
  EXPECT_THAT(test::all_of(results.error()), HasSubstr("an ensemble of no scenario"));
}

}  // namespace
}  // namespace linchpin::study
