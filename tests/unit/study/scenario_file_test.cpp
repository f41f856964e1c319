// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/scenario_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "study_fixtures.h"

namespace linchpin::study {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ReadScenario : public ::testing::Test {
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

constexpr char const* cut = "[[cut]]\nsellers = [\"R1\"]\nbuyers = [\"R0\"]\n";

TEST_F(ReadScenario, ReadsEveryKeyOfACut) {
  auto const scenario = good(R"(
[[cut]]
sellers = ["R2", "R1"]
buyers = "all"
sectors = ["s1"]
share = 0.25
from_day = 3
to_day = 9
ramp_days = 2
uses = ["final"]
)");
  ASSERT_EQ(scenario.scenario.cuts.size(), 1U);
  auto const& read = scenario.scenario.cuts.front();
  EXPECT_EQ(read.sellers, (std::vector<RegionId>{RegionId{2}, RegionId{1}})) << "as written";
  EXPECT_EQ(scenario.first_buyer, RegionId{0});
  EXPECT_EQ(read.buyers.size(), 4U);
  EXPECT_EQ(read.sectors, std::vector<SectorId>{SectorId{1}});
  EXPECT_FALSE(read.intermediate);
  EXPECT_TRUE(read.final_use);
  EXPECT_EQ(read.course.share, 0.25);
  EXPECT_EQ(read.course.from_day, 3);
  EXPECT_EQ(read.course.to_day, 9);
  EXPECT_EQ(read.course.ramp_days, 2);
}

TEST_F(ReadScenario, DefaultsAreThoseOfTheModel) {
  auto const scenario = good(cut);
  auto const& read = scenario.scenario.cuts.front();
  EXPECT_TRUE(read.intermediate && read.final_use);
  EXPECT_EQ(read.course.share, 1.0);
  EXPECT_EQ(read.course.to_day, -1);
  EXPECT_EQ(scenario.options.inventory_days, disrupt::default_inventory_days(economy.space()));
  EXPECT_EQ(scenario.options.order_rule, disrupt::OrderRule::reweighted);
}

TEST_F(ReadScenario, InventoriesByKindAndProduct) {
  auto const by_kind = good("[model]\ninventory_days = {goods = 20, services = 1, s4 = 7}\n");
  EXPECT_EQ(by_kind.options.inventory_days, (DenseVector{20, 20, 20, 1, 7, 1}));
  auto const one = good("[model]\ninventory_days = 12\n");
  EXPECT_EQ(one.options.inventory_days, (DenseVector{12, 12, 12, 12, 12, 12}));
  auto const infinite = good("[model]\ninventory_days = inf\n");
  EXPECT_TRUE(std::isinf(infinite.options.inventory_days[0]));
}

TEST_F(ReadScenario, ExemptionsAreRegionsIndustriesAndFlows) {
  auto const scenario =
      good(std::string{cut} + "exempt = [\"R2\", \"R0:s3\", \"R1:s0 > R0:s1\"]\n");
  auto const& exemptions = scenario.scenario.cuts.front().exemptions;
  auto const covered = [&](char const* seller, char const* buyer) {
    auto const& space = economy.space();
    auto const from = *space.find_industry(seller, "");
    auto const to = *space.find_industry(buyer, "");
    return std::any_of(exemptions.begin(), exemptions.end(),
                       [&](auto const& each) { return covers(each, space, from, to); });
  };
  EXPECT_TRUE(covered("R2:s0", "R0:s0")) << "exempt as seller";
  EXPECT_TRUE(covered("R1:s4", "R2:s0")) << "exempt as buyer";
  EXPECT_TRUE(covered("R1:s4", "R0:s3"));
  EXPECT_TRUE(covered("R1:s0", "R0:s1"));
  EXPECT_FALSE(covered("R1:s1", "R0:s1")) << "only the flow on the left";
  EXPECT_FALSE(covered("R1:s0", "R0:s2")) << "only the flow to the right";
}

TEST_F(ReadScenario, BuyersMayBeIndustries) {
  auto const scenario =
      good("[[cut]]\nsellers = [\"R1\"]\nbuyers = [\"R3:s2\", \"R2\", \"R0\", \"R3:s1\"]\n");
  auto const& read = scenario.scenario.cuts.front();
  EXPECT_EQ(read.buyers, (std::vector<RegionId>{RegionId{2}, RegionId{0}}));
  ASSERT_EQ(read.buyer_industries.size(), 2U);
  EXPECT_EQ(economy.space().label(read.buyer_industries[0]), "R3:s2");
  EXPECT_EQ(scenario.first_buyer, RegionId{3}) << "the first in the file, also if an industry";
}

TEST_F(ReadScenario, SaysWhatAnExemptionIs) {
  for (auto const* text : {"R1>R0>R2", ">", ":", "R1>", "> R0", "R1:", ":s0>R0"}) {
    EXPECT_THAT(bad(std::string{cut} + "exempt = [\"" + text + "\"]\n"),
                HasSubstr("an exemption is REGION, REGION:SECTOR or SELLER>BUYER"))
        << text;
  }
}

/// U+202E turns the direction of all that follows it (Unicode TR 36).
TEST_F(ReadScenario, NamesAreOneVisibleLine) {
  for (auto const* name : {"a\\nb", "a\\u0007", "a\\u202Eb", "\\u2066x", "x\\u200F", "\\u0085"}) {
    EXPECT_THAT(bad(std::string{"name = \""} + name + "\"\n" + cut),
                HasSubstr("bad_value s.toml:1: 'name' holds the invisible character U+"))
        << name;
  }
  EXPECT_EQ(good(std::string{"name = \"Z\u00FCrich \u4E2D\u56FD\"\n"} + cut).scenario.name,
            "Z\u00FCrich \u4E2D\u56FD");
}

TEST_F(ReadScenario, IndustriesByWildcard) {
  auto const scenario = good("[[capacity_loss]]\nindustries = [\"R3:*\", \"*:s2\", \"R3:s1\"]\n");
  auto const& industries = scenario.scenario.capacity_losses.front().industries;
  EXPECT_EQ(industries.size(), 6U + 3U) << "each industry once";
}

TEST_F(ReadScenario, UnknownLabelsGiveLineAndNearestMatch) {
  auto const text =
      bad("[[cut]]\nsellers = [\"R1\"]\nbuyers = [\"RO\"]\nsectors = [\"s99\", \"z\"]\n");
  EXPECT_THAT(text, HasSubstr("unknown_label s.toml:3"));
  EXPECT_THAT(text, HasSubstr("did you mean 'R0'?"));
  EXPECT_THAT(text, HasSubstr("s.toml:4"));
}

TEST_F(ReadScenario, AllProblemsAtOnceInTheOrderOfLines) {
  auto const text = bad(R"([model]
psj = 0.8
[[cut]]
sellers = []
buyers = ["R0", "R0"]
share = 30
from_day = 20
to_day = 10
ramp_days = -1
uses = ["finel"]
[[capacity_loss]]
industries = ["R3"]
from_day = "soon"
)");
  for (auto const* part :
       {"unknown_key s.toml:2: unknown key 'model.psj' | did you mean 'psi'?",
        "missing_value s.toml:4: 'cut.sellers' is an empty list",
        "duplicate_label s.toml:5: 'cut.buyers' names 'R0' twice",
        "bad_value s.toml:6: 'cut.share' is 30 | shares are fractions between 0 and 1: write 0.3",
        "bad_value s.toml:8: end before start", "bad_value s.toml:9: 'cut.ramp_days' is -1",
        "bad_value s.toml:10: 'finel' is no kind of use | did you mean 'final'?",
        "bad_format s.toml:12: 'R3' is not an industry | write \"R3:*\"",
        "bad_format s.toml:13: 'capacity_loss.from_day' should be a number, but is a text"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  EXPECT_LT(text.find("s.toml:4"), text.find("s.toml:10"));
}

TEST_F(ReadScenario, RefusesWhatIsNoScenario) {
  EXPECT_THAT(bad(""), HasSubstr("the scenario is empty"));
  EXPECT_THAT(bad("# only a comment\n"), HasSubstr("the scenario is empty"));
  EXPECT_THAT(bad("[[cut]]\nsellers = [\"R1\"\n"), HasSubstr("bad_format s.toml:"));
  EXPECT_THAT(bad("[[cut]]\nsellers = [\"R1\"]\n"), HasSubstr("'cut.buyers' is missing"));
  EXPECT_THAT(bad("cut = 3\n"), HasSubstr("should be a list of tables"));
  EXPECT_THAT(bad(std::string{cut} + "share = nan\n"), HasSubstr("bad_value"));
  EXPECT_THAT(bad(std::string{cut} + "from_day = 1.5\n"), HasSubstr("whole number"));
  EXPECT_THAT(bad("[model]\norder_rule = \"fixd\"\n"), HasSubstr("did you mean 'fixed'?"));
  EXPECT_THAT(bad("[model]\ninventory_days = 0\n"), HasSubstr("bad_value s.toml:2"));
  EXPECT_THAT(bad("[model]\ninventory_days = {gods = 3}\n"), HasSubstr("s.toml:2"));
}

TEST_F(ReadScenario, AModelAloneIsARunWithoutShock) {
  auto const scenario = good("[model]\npsi = 0.5\n");
  EXPECT_TRUE(scenario.scenario.cuts.empty());
  EXPECT_EQ(scenario.options.psi, 0.5);
}

TEST_F(ReadScenario, OptionsForTheOriginAreThoseInForce) {
  auto const scenario = good("[model]\npsi = 0.5\ninventory_days = {goods = inf, s4 = 7}\n");
  auto const options = origin_options(scenario.options, economy.space());
  auto const value = [&](std::string const& name) -> OptionValue {
    for (auto const& [key, entry] : options) {
      if (key == name) return entry;
    }
    return std::string{"absent"};
  };
  EXPECT_EQ(value("psi"), OptionValue{0.5});
  EXPECT_EQ(value("order_rule"), OptionValue{std::string{"reweighted"}});
  EXPECT_EQ(value("inventory_days.goods"), OptionValue{std::string{"inf"}}) << "JSON has no Inf";
  EXPECT_EQ(value("inventory_days.s4"), OptionValue{7.0});
  EXPECT_EQ(value("inventory_days.services"), OptionValue{std::string{"absent"}});
}

}  // namespace
}  // namespace linchpin::study
