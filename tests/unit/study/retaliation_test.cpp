// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/retaliation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "linchpin/study/scenario_file.h"
#include "study_fixtures.h"

namespace linchpin::study {
namespace {

using ::testing::HasSubstr;

class RetaliationRules : public ::testing::Test {
 protected:
  ResolvedScenario good(std::string const& text) {
    auto scenario = read_scenario(text, "s.toml", economy.space());
    if (!scenario) throw std::runtime_error(test::all_of(scenario.error()));
    return *scenario;
  }
  std::string bad(std::string const& text) {
    auto const scenario = read_scenario(text, "s.toml", economy.space());
    return scenario ? "accepted" : test::all_of(scenario.error());
  }
  Economy economy = test::small_economy();
};

constexpr char const* cut = "[[cut]]\nsellers = [\"R1\"]\nbuyers = [\"R0\"]\nfrom_day = 10\n";

TEST_F(RetaliationRules, AnswerAfterTheTrigger) {
  auto const read = good(std::string{cut} +
                         "[[retaliation]]\nwhen = \"R1 > R0\"\nafter_days = 30\nshare = 0.6\n"
                         "sectors = [\"s2\"]\n");
  ASSERT_EQ(read.scenario.cuts.size(), 2U);
  auto const& answer = read.scenario.cuts[1];
  EXPECT_EQ(answer.kind, CutKind::retaliation);
  EXPECT_EQ(answer.sellers, std::vector<RegionId>{RegionId{0}});
  EXPECT_EQ(answer.buyers, std::vector<RegionId>{RegionId{1}});
  EXPECT_EQ(answer.sectors, std::vector<SectorId>{SectorId{2}});
  EXPECT_EQ(answer.course.from_day, 40);
  EXPECT_EQ(answer.course.to_day, -1);
  EXPECT_EQ(answer.course.share, 0.6);
  EXPECT_TRUE(read.warnings.empty());
}

TEST_F(RetaliationRules, ABanIsAnActOfTheBuyerAndAnswersCanBeBans) {
  auto const read = good(
      "[[import_ban]]\nsellers = [\"R1\"]\nbuyers = [\"R0:s1\"]\nto_day = 50\n"
      "[[retaliation]]\nwhen = \"R0>R1\"\nanswer = \"import_ban\"\nuntil = \"lifted\"\n");
  ASSERT_EQ(read.scenario.cuts.size(), 2U);
  auto const& answer = read.scenario.cuts[1];
  EXPECT_EQ(answer.kind, CutKind::import_ban);
  EXPECT_EQ(answer.sellers, std::vector<RegionId>{RegionId{0}}) << "who cut first sells less";
  EXPECT_EQ(answer.buyers, std::vector<RegionId>{RegionId{1}});
  EXPECT_EQ(answer.course.to_day, 50) << "as the trigger";
}

TEST_F(RetaliationRules, TheEarliestTriggerCounts) {
  auto const read = good(std::string{cut} +
                         "[[cut]]\nsellers = [\"R2\", \"R1\"]\nbuyers = [\"R0\"]\nfrom_day = 4\n"
                         "[[retaliation]]\nwhen = \"R1>R0\"\nafter_days = 1\n");
  ASSERT_EQ(read.scenario.cuts.size(), 3U);
  EXPECT_EQ(read.scenario.cuts[2].course.from_day, 5);
}

TEST_F(RetaliationRules, ChainsAnswerAnswersAndLoopsEnd) {
  auto const read = good(std::string{cut} +
                         "[[retaliation]]\nwhen = \"R0>R1\"\nafter_days = 7\n"
                         "[[retaliation]]\nwhen = \"R1>R0\"\nafter_days = 5\n");
  ASSERT_EQ(read.scenario.cuts.size(), 3U) << "each rule fires once";
  EXPECT_EQ(read.scenario.cuts[1].course.from_day, 15) << "R0 answers the cut";
  EXPECT_EQ(read.scenario.cuts[2].course.from_day, 22) << "R1 answers the answer";
  ASSERT_EQ(read.warnings.size(), 1U);
  EXPECT_THAT(read.warnings[0], HasSubstr("Retaliation 2 (R1>R0) is part of a loop"));
}

TEST_F(RetaliationRules, NobodyTriggers) {
  auto const read = good(std::string{cut} + "[[retaliation]]\nwhen = \"R3>R0\"\n" +
                         "[[closure]]\npairs = [\"R3>R0\"]\n");
  EXPECT_EQ(read.scenario.cuts.size(), 3U) << "a closure is nobody's act";
  ASSERT_EQ(read.warnings.size(), 1U);
  EXPECT_THAT(read.warnings[0], HasSubstr("Retaliation 1 (R3>R0) is never triggered"));
  auto const late = good(std::string{cut} +
                         "[[retaliation]]\nwhen = \"R1>R0\"\nafter_days = 30\nto_day = 20\n");
  EXPECT_EQ(late.scenario.cuts.size(), 1U);
  ASSERT_EQ(late.warnings.size(), 1U) << "over before it begins";
}

TEST_F(RetaliationRules, BadRulesAreReportedTogether) {
  auto const text = bad(R"([[retaliation]]
after_days = -1
[[retaliation]]
when = "R0"
[[retaliation]]
when = "R0>R9"
until = "never"
answer = "war"
[[retaliation]]
when = "R0>R0"
sectors = ["s9"]
)");
  EXPECT_THAT(text, HasSubstr("s.toml:1: 'retaliation.when' is missing"));
  EXPECT_THAT(text, HasSubstr("s.toml:2: 'retaliation.after_days' is -1"));
  EXPECT_THAT(text, HasSubstr("s.toml:4: 'R0' is no trigger"));
  EXPECT_THAT(text, HasSubstr("unknown_label s.toml:6"));
  EXPECT_THAT(text, HasSubstr("'never' is no end of a retaliation"));
  EXPECT_THAT(text, HasSubstr("'war' is no answer"));
  EXPECT_THAT(text, HasSubstr("R0 retaliates against itself"));
  EXPECT_THAT(text, HasSubstr("unknown_label s.toml:11"));
}

}  // namespace
}  // namespace linchpin::study
