// SPDX-License-Identifier: Apache-2.0
// Bargains, signals, the frontier, defence and the outer elasticity of power as studies ask for
// them.
#include <fmt/format.h>
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

class ThreatStudies : public ::testing::Test {
 protected:
  Economy economy = test::small_economy();
  ParameterSource source{[](std::string const& name) -> Result<std::string> {
                           if (name == "sets.csv") return "key,value\ntrade_elasticity.*,4\n";
                           return fail(ErrorCode::file_not_found, "no such file", name, "");
                         },
                         {}};
};

constexpr char const* study = R"(title = "Threats"
world = "small"
[leverage]
theta = "sets.csv"
[[leverage.bargain]]
first = "R0"
second = ["R1", "R2"]
first_resolve = {value = 50, low = 40, high = 60, note = "made up"}
[[leverage.signal]]
target = "R0"
senders = "R1"
[[leverage.frontier]]
buyer = "R0"
rivals = "R1"
prices = [0.1, 1]
limit_pct = 0.5
[leverage.defend]
target = "R0"
k = 1
attack_links = 1
measures = 3
[leverage.ensemble]
draws = 6
seed = 1
)";

TEST_F(ThreatStudies, StudiesAskForAllOfThem) {
  auto const parsed = parse_study(study, "s.toml");
  ASSERT_TRUE(parsed) << test::all_of(parsed.error());
  auto const results = run_study(*parsed, economy, {}, source);
  ASSERT_TRUE(results) << test::all_of(results.error());
  auto const rows = [&](std::string const& name) {
    auto const found = std::find_if(results->tables.begin(), results->tables.end(),
                                    [&](auto const& each) { return each.name == name; });
    EXPECT_NE(found, results->tables.end()) << name;
    return found == results->tables.end() ? 0 : found->rows();
  };
  EXPECT_EQ(rows("bargains"), 1U);
  EXPECT_EQ(rows("signals"), 1U);
  EXPECT_GT(rows("signal_costs"), 20U);
  EXPECT_EQ(rows("frontier"), 4U);
  EXPECT_EQ(rows("frontier_sectors"), 4U * 3);
  EXPECT_GE(rows("defence"), 3U);
  EXPECT_EQ(rows("defence_measures"), 3U);
  EXPECT_EQ(results->headlines.size(), results->headline_scenarios.size());
  EXPECT_THAT(results->headlines, Contains(HasSubstr("In a full break of trade")));
  EXPECT_THAT(results->headlines, Contains(HasSubstr("should mend first")));
  EXPECT_EQ(results->focus, "R0");
  // The same again, to the bit, on one thread.
  RunControl one;
  one.threads = 1;
  auto const again = run_study(*parsed, economy, one, source).value();
  EXPECT_EQ(again.headlines, results->headlines);
}

/// Complements make a denial dearer than unit elasticity, substitutes cheaper.
TEST_F(ThreatStudies, StudiesTakeTheOuterElasticityOfPower) {
  auto const index = [&](char const* outer) {
    auto const parsed = parse_study(
        fmt::format(
            "title = \"Power\"\nworld = \"small\"\n[leverage]\ntheta = \"sets.csv\"\n"
            "[leverage.power]\nsenders = \"R1\"\ntargets = \"R0\"\nshort_run = \"none\"\n{}\n",
            outer),
        "s.toml");
    auto const results = run_study(*parsed, economy, {}, source).value();
    for (auto const& column : results.tables.front().columns) {
      if (column.name != "cost_index_pct") continue;
      return std::get<NumberColumn>(column.data).values.front();
    }
    return 0.0;
  };
  double const one = index("");
  EXPECT_GT(one, 0);
  EXPECT_GT(index("outer_elasticity = 0"), one);
  EXPECT_LT(index("outer_elasticity = 5"), one);
  EXPECT_EQ(index("outer_elasticity = 1"), one);
}

/// Lines are carved out for these questions, too, and the types of a signal take their ranges.
TEST_F(ThreatStudies, LinesAreSectorsOfTheirOwn) {
  std::string text = study;
  text.replace(text.find("[[leverage.bargain]]"), 0, R"([[leverage.carve]]
line = "CHIPS"
host = "s0"
home = "R0"
world_sales = {value = 2, low = 1, high = 3, note = "made up"}
home_buys = {value = 0.3, low = 0.2, high = 0.4, note = "made up"}
home_share = {value = 0.2, low = 0.1, high = 0.3, note = "made up"}
theta = {value = 2, low = 1, high = 3, note = "made up"}
suppliers = {R1 = 3, R2 = 1}
)");
  text.replace(text.find("senders = \"R1\""), 0, "sectors = \"CHIPS\"\n");
  auto const parsed = parse_study(text, "s.toml");
  ASSERT_TRUE(parsed) << test::all_of(parsed.error());
  auto const results = run_study(*parsed, economy, {}, source);
  ASSERT_TRUE(results) << test::all_of(results.error());
  auto const found = std::find_if(results->tables.begin(), results->tables.end(),
                                  [](auto const& each) { return each.name == "signals"; });
  ASSERT_NE(found, results->tables.end());
  auto const number = [&](std::string const& name) {
    auto const column = std::find_if(found->columns.begin(), found->columns.end(),
                                     [&](auto const& each) { return each.name == name; });
    return std::get<NumberColumn>(column->data).values.front();
  };
  // θ from 1 to 3: losses of a small line by a denial differ nearly as 1/θ.
  EXPECT_NEAR(number("dependent_loss_pct") / number("resilient_loss_pct"), 3, 0.6);
}

TEST_F(ThreatStudies, StudiesSayAllProblemsAtOnce) {
  auto const parsed = parse_study(R"(title = "Threats"
world = "small"
[leverage]
[[leverage.bargain]]
first = "R0"
second = "R0"
weight = 2
[[leverage.signal]]
target = "R0"
instrument = "ban"
[leverage.defend]
target = "R0"
options = "pray"
keep = 3
)",
                                  "s.toml");
  ASSERT_TRUE(parsed) << "problems are kept until labels are looked up, too";
  auto const resolved = resolve_study(*parsed, economy.space());
  ASSERT_FALSE(resolved);
  auto const said = test::all_of(resolved.error());
  for (auto const* each :
       {"'R0' is on both sides", "leverage.bargain.weight", "'leverage.signal.senders' is missing",
        "no way to discourage purchases", "'pray' is no option", "leverage.defend.keep"}) {
    EXPECT_THAT(said, HasSubstr(each));
  }
}

}  // namespace
}  // namespace linchpin::study
