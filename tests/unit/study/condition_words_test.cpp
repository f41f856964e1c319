// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "linchpin/study/headlines.h"
#include "linchpin/study/scenario_file.h"
#include "study_fixtures.h"

namespace linchpin::study {
namespace {

class ConditionWords : public ::testing::Test {
 protected:
  std::string words(std::string const& text) {
    auto scenario = read_scenario(text, "s.toml", economy.space());
    if (!scenario) throw std::runtime_error(test::all_of(scenario.error()));
    return condition_words(*scenario, economy.space());
  }
  Economy economy = test::small_economy();
};

TEST_F(ConditionWords, SayEveryKindOfEvent) {
  EXPECT_EQ(words("[[import_ban]]\nsellers = [\"R1\"]\nbuyers = [\"R0\"]\nshare = 0.5\n"),
            "If R0 refuses to buy 50 % of all products from R1");
  EXPECT_EQ(words("[[closure]]\nbetween = [\"R0\", [\"R1\", \"R2\"]]\nfrom_day = 3\n"),
            "If the way between R0 and R1 and R2 is closed to all products from day 3 on");
  EXPECT_EQ(words("[[labour_shock]]\nindustries = [\"R0:*\"]\nshare = 0.2\nto_day = 9\n"
                  "recovery_days = 5\n"),
            "If 6 industries lack 20 % of the workers until day 9, fading over 5 days");
  EXPECT_EQ(words("[[demand_shift]]\nregions = [\"R0\"]\nchange = -0.3\n"),
            "If final users in R0 want 30 % less");
  EXPECT_EQ(words("[[cut]]\nsellers = [\"R1\"]\nbuyers = [\"R0\"]\nphases = [[0, 0.2], [9, 0.7]]\n"
                  "licences = [{for = \"R0:s1\", share = 0.5}]\n"),
            "If R1 stops delivering 70 % of all products to R0, in 2 phases (with licences)");
  EXPECT_EQ(words("[[cut]]\nsellers = [\"R1\"]\nbuyers = [\"R0\"]\n"
                  "[[retaliation]]\nwhen = \"R1>R0\"\nafter_days = 8\n"),
            "If R1 stops delivering anything to R0 and R0 in answer stops delivering anything to "
            "R1 from day 8 on");
}

TEST_F(ConditionWords, CountEventsAsTheFileDoes) {
  EXPECT_EQ(words("[[closure]]\npairs = [\"R0>R1\", \"R0>R2\"]\n[[cut]]\nsellers = [\"R1\"]\n"
                  "buyers = [\"R3\"]\nphases = [[0, 0.1], [5, 0.2]]\n[[capital_loss]]\n"
                  "industries = [\"R0:s0\"]\nshare = 0.1\n"),
            "Under the 3 events of the scenario");
  EXPECT_EQ(words("[[reserve]]\nregion = \"R0\"\nproduct = \"s0\"\ndays = 3\n"),
            "Without any shock");
}

}  // namespace
}  // namespace linchpin::study
