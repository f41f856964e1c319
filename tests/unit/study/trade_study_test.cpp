// SPDX-License-Identifier: Apache-2.0
// The [equilibrium] table of a study: read, checked and run.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "linchpin/study/run.h"
#include "linchpin/study/study_file.h"
#include "study_fixtures.h"

namespace linchpin::study {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

constexpr char const* study_text = R"(title = "Blocs"
world = "small"
[equilibrium]
theta = "sets.csv"
top = 5
[equilibrium.deficits]
rule = "zero"
[equilibrium.groups]
EAST = ["R2", "R3"]
[equilibrium.ensemble]
draws = 16
seed = 1
design = "sobol"
[[equilibrium.scenario]]
name = "tariff"
title = "A tariff"
[[equilibrium.scenario.tariff]]
importers = "R0"
exporters = "EAST"
sectors = ["goods"]
rate = 0.2
[[equilibrium.scenario]]
name = "soon"
model = "ces"
[[equilibrium.scenario.ban]]
sellers = "EAST"
buyers = "R0"
sectors = ["s0"]
)";

class TradeStudy : public ::testing::Test {
 protected:
  std::string bad(std::string const& text) {
    auto const study = parse_study(text, "s.toml");
    if (!study) return test::all_of(study.error());
    auto const resolved = resolve_study(*study, economy.space());
    return resolved ? "accepted" : test::all_of(resolved.error());
  }
  Economy economy = test::small_economy();
  ParameterSource source{[](std::string const& name) -> Result<std::string> {
                           if (name == "sets.csv") return "key,value\ntrade_elasticity.*,4\n";
                           return fail(ErrorCode::file_not_found, "no such file", name, "");
                         },
                         {}};
};

TEST_F(TradeStudy, GivesHeadlinesTablesNotesAndOptions) {
  auto const study = parse_study(study_text, "s.toml");
  ASSERT_TRUE(study) << test::all_of(study.error());
  auto const results = run_study(*study, economy, {}, source);
  ASSERT_TRUE(results) << test::all_of(results.error());
  EXPECT_EQ(results->headlines.size(), results->headline_scenarios.size());
  EXPECT_THAT(results->headlines.front(), HasSubstr("A tariff: "));
  EXPECT_TRUE(results->focus);
  std::vector<std::string> names;
  for (auto const& table : results->tables) names.push_back(table.name);
  for (char const* const name :
       {"equilibrium_regions", "equilibrium_setting", "equilibrium_sectors", "equilibrium_flows",
        "equilibrium_undercut", "equilibrium_bands"}) {
    EXPECT_THAT(names, Contains(name));
  }
  auto const regions = std::find_if(results->tables.begin(), results->tables.end(),
                                    [](auto const& t) { return t.name == "equilibrium_regions"; });
  EXPECT_EQ(regions->rows(), 10U) << "two scenarios of four regions, each with the world";
  std::vector<std::string> options;
  for (auto const& [name, value] : results->origin.options) options.push_back(name);
  EXPECT_THAT(options, Contains("soon.closure"));
  EXPECT_EQ(results->origin.seed, 1U);
}

TEST_F(TradeStudy, AllProblemsWithThoseOfOtherQuestions) {
  auto const text = bad(R"(world = "small"
[depend]
buyers = ["R7"]
[equilibrium]
models = "cp"
[[equilibrium.scenario]]
name = "a"
[[equilibrium.scenario.ban]]
sellers = "R8"
buyers = "R0"
[[equilibrium.scenario]]
name = "A"
[[equilibrium.scenario.quality]]
industries = ["R0:s9"]
factor = 0
)");
  EXPECT_THAT(text, HasSubstr("unknown_label s.toml:3"));
  EXPECT_THAT(text, HasSubstr("unknown_key s.toml:5: unknown key 'equilibrium.models'"));
  EXPECT_THAT(text, HasSubstr("unknown_label s.toml:9"));
  EXPECT_THAT(text, HasSubstr("two scenarios are called 'A'"));
  EXPECT_THAT(text, HasSubstr("unknown_label s.toml:14"));
  EXPECT_THAT(text, HasSubstr("bad_value s.toml:15: 'equilibrium.scenario.quality.factor' is 0"));
  EXPECT_THAT(bad("world = \"small\"\n[equilibrium]\ntop = 3\n"),
              HasSubstr("'equilibrium.scenario' is missing"));
}

}  // namespace
}  // namespace linchpin::study
