// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "linchpin/study/scenario_file.h"
#include "study_fixtures.h"

namespace linchpin::study {
namespace {

using ::testing::HasSubstr;

class Events : public ::testing::Test {
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

TEST_F(Events, RecoveryHasALengthAndACurve) {
  auto const read = good(std::string{cut} +
                         "to_day = 20\nrecovery_days = 30\nrecovery = \"concave\"\n");
  auto const& course = read.scenario.cuts.at(0).course;
  EXPECT_EQ(course.recovery_days, 30);
  EXPECT_EQ(course.recovery, RecoveryCurve::concave);
  EXPECT_THAT(bad(std::string{cut} + "recovery_days = 30\n"),
              HasSubstr("bad_value s.toml:4: 'recovery_days' without an end"));
  EXPECT_THAT(bad(std::string{cut} + "to_day = 9\nrecovery = \"linear\"\n"),
              HasSubstr("'cut.recovery_days' is missing"));
  EXPECT_THAT(bad(std::string{cut} + "to_day = 9\nrecovery_days = 3\nrecovery = \"convecs\"\n"),
              HasSubstr("did you mean 'convex'?"));
}

TEST_F(Events, PhasesAreCutsOneAfterTheOther) {
  auto const read = good(std::string{cut} +
                         "phases = [[5, 0.3], [60, 0], [90, 1.0]]\nto_day = 120\n"
                         "recovery_days = 10\n[[cut]]\nsellers = [\"R2\"]\nbuyers = [\"R0\"]\n");
  auto const& cuts = read.scenario.cuts;
  ASSERT_EQ(cuts.size(), 3U) << "days without any cut need none";
  EXPECT_EQ(cuts[0].course.from_day, 5);
  EXPECT_EQ(cuts[0].course.to_day, 60);
  EXPECT_EQ(cuts[0].course.share, 0.3);
  EXPECT_EQ(cuts[0].course.recovery_days, 0);
  EXPECT_EQ(cuts[1].sellers, std::vector<RegionId>{RegionId{2}}) << "the second cut of the file";
  EXPECT_EQ(cuts[2].course.from_day, 90);
  EXPECT_EQ(cuts[2].course.to_day, 120);
  EXPECT_EQ(cuts[2].course.recovery_days, 10);
  EXPECT_EQ(cut_name(read, 2).event + cut_name(read, 2).part, "Cut 1, phase 3");
}

TEST_F(Events, PhasesThatMakeNoSenseAreReportedTogether) {
  auto const text = bad(std::string{cut} +
                        "share = 0.5\nphases = [[5, 0.3], [5, 0.4], [6.5, 1], [7], [8, 2]]\n");
  EXPECT_THAT(text, HasSubstr("phases are not in order: day 5 after day 5"));
  EXPECT_THAT(text, HasSubstr("a phase begins on day 6.5"));
  EXPECT_THAT(text, HasSubstr("should be a pair [day, share]"));
  EXPECT_THAT(text, HasSubstr("'cut.phases' is 2"));
  EXPECT_THAT(text, HasSubstr("'cut.share' beside phases"));
  EXPECT_THAT(bad(std::string{cut} + "phases = [[5, 0.3], [60, 1]]\nto_day = 60\n"),
              HasSubstr("not after the last phase"));
  EXPECT_THAT(bad(std::string{cut} + "phases = []\n"), HasSubstr("bad_format s.toml:4"));
}

TEST_F(Events, LicencesLetAPartThrough) {
  auto const read =
      good(std::string{cut} + "licences = [{for = \"R1:s0>R0:s3\", share = 0.2}]\n");
  auto const& exemptions = read.scenario.cuts.at(0).exemptions;
  ASSERT_EQ(exemptions.size(), 1U);
  EXPECT_EQ(exemptions[0].share, 0.2);
  EXPECT_EQ(exemptions[0].buyer_industries.size(), 1U);
  auto const text = bad(std::string{cut} + "licences = [{for = \"R9\", share = -1}, {share = 1}]\n");
  EXPECT_THAT(text, HasSubstr("'cut.licences.share' is -1"));
  EXPECT_THAT(text, HasSubstr("'cut.licences.for' is missing"));
  EXPECT_THAT(text, HasSubstr("unknown_label s.toml:4"));
}

TEST_F(Events, AnImportBanIsACutByTheBuyer) {
  auto const read = good("[[import_ban]]\nsellers = [\"R1\"]\nbuyers = [\"R0:s1\"]\nshare = 0.4\n");
  auto const& ban = read.scenario.cuts.at(0);
  EXPECT_EQ(ban.kind, CutKind::import_ban);
  EXPECT_EQ(ban.course.share, 0.4);
  EXPECT_EQ(ban.buyer_industries.size(), 1U);
  EXPECT_EQ(read.first_buyer, RegionId{0});
  EXPECT_THAT(bad("[[import_ban]]\nbuyers = [\"R0\"]\n"),
              HasSubstr("'import_ban.sellers' is missing"));
}

TEST_F(Events, AClosureStopsBothWays) {
  auto const read = good(
      "[[closure]]\nbetween = [\"R0\", [\"R1\", \"R2\"]]\npairs = [\"R3>R2\"]\nsectors = \"s1\"\n"
      "share = 0.5\n");
  auto const& cuts = read.scenario.cuts;
  ASSERT_EQ(cuts.size(), 4U);
  EXPECT_EQ(cuts[0].sellers, std::vector<RegionId>{RegionId{0}});
  EXPECT_EQ(cuts[0].buyers, (std::vector<RegionId>{RegionId{1}, RegionId{2}}));
  EXPECT_EQ(cuts[1].sellers, cuts[0].buyers);
  EXPECT_EQ(cuts[1].buyers, cuts[0].sellers);
  EXPECT_EQ(cuts[3].sellers, std::vector<RegionId>{RegionId{2}});
  for (auto const& each : cuts) {
    EXPECT_EQ(each.kind, CutKind::closure);
    EXPECT_EQ(each.course.share, 0.5);
    EXPECT_EQ(each.sectors, std::vector<SectorId>{SectorId{1}});
  }
  EXPECT_EQ(good("[[closure]]\nbetween = [\"R0\", \"*\"]\n").scenario.cuts.size(), 2U)
      << "a region against all others";
}

TEST_F(Events, ClosuresThatGoNowhere) {
  EXPECT_THAT(bad("[[closure]]\nbetween = [[\"R0\", \"R1\"], [\"R1\"]]\n"),
              HasSubstr("bad_value s.toml:2: a closure between R1 and itself"));
  EXPECT_THAT(bad("[[closure]]\npairs = [\"R0>R1\", \"R1>R0\"]\n"),
              HasSubstr("duplicate_label s.toml:2: R1 and R0 are closed off twice"));
  auto const text = bad("[[closure]]\npairs = [\"R0-R1\", \"R0>R8\"]\n[[closure]]\nshare = 1\n"
                        "[[closure]]\nbetween = [\"R0\"]\n");
  EXPECT_THAT(text, HasSubstr("'R0-R1' is no pair of regions"));
  EXPECT_THAT(text, HasSubstr("unknown_label s.toml:2"));
  EXPECT_THAT(text, HasSubstr("missing_value s.toml:3: 'closure.between' is missing"));
  EXPECT_THAT(text, HasSubstr("should be two sides"));
}

TEST_F(Events, LossesOfCapitalAndLabourShiftsOfDemandAndReserves) {
  auto const read = good(R"([[capital_loss]]
industries = ["R1:s0"]
share = 0.4
day = 3
rebuild_days = 90
rebuilding_sectors = ["s2"]
rebuilding_regions = ["R1", "R2"]
[[labour_shock]]
industries = ["R1:*"]
share = 0.2
to_day = 30
recovery_days = 20
[[demand_shift]]
regions = ["R0"]
sectors = ["s1"]
change = -0.3
from_day = 4
[[demand_shift]]
regions = ["R0"]
change = 0.2
[[reserve]]
region = "R0"
products = ["s0", "s1"]
days = 90
release_per_day = 0.5
from_day = 2
)");
  auto const& loss = read.scenario.capital_losses.at(0);
  EXPECT_EQ(loss.share, 0.4);
  EXPECT_EQ(loss.day, 3);
  EXPECT_EQ(loss.rebuild_days, 90);
  EXPECT_EQ(loss.rebuilding_sectors, std::vector<SectorId>{SectorId{2}});
  EXPECT_EQ(loss.rebuilding_regions.size(), 2U);
  EXPECT_EQ(read.scenario.labour_shocks.at(0).industries.size(), 6U);
  EXPECT_EQ(read.scenario.labour_shocks.at(0).course.recovery_days, 20);
  auto const& shifts = read.scenario.demand_shifts;
  ASSERT_EQ(shifts.size(), 2U);
  EXPECT_FALSE(shifts[0].rises);
  EXPECT_EQ(shifts[0].course.share, 0.3);
  EXPECT_EQ(shifts[0].course.from_day, 4);
  EXPECT_TRUE(shifts[1].rises);
  auto const& reserves = read.scenario.reserves;
  ASSERT_EQ(reserves.size(), 2U) << "one per product";
  EXPECT_EQ(reserves[1].sector, SectorId{1});
  EXPECT_EQ(reserves[1].days, 90);
  EXPECT_EQ(reserves[1].release_per_day, 0.5);
  EXPECT_EQ(reserves[1].from_day, 2);
}

TEST_F(Events, BadNumbersAndLabelsAreReportedTogether) {
  auto const text = bad(R"([[capital_loss]]
industries = ["R1:s9"]
share = 1.4
rebuild_days = 0
[[labour_shock]]
share = -0.1
[[demand_shift]]
regions = ["R0"]
change = -1.5
[[reserve]]
region = "R7"
product = "s9"
days = -3
[[reserve]]
product = "s1"
products = ["s1"]
release_per_days = 2
)");
  EXPECT_THAT(text, HasSubstr("unknown_label s.toml:2"));
  EXPECT_THAT(text, HasSubstr("s.toml:3: 'capital_loss.share' is 1.4"));
  EXPECT_THAT(text, HasSubstr("s.toml:4: 'capital_loss.rebuild_days' is 0"));
  EXPECT_THAT(text, HasSubstr("s.toml:5: 'labour_shock.industries' is missing"));
  EXPECT_THAT(text, HasSubstr("s.toml:6: 'labour_shock.share' is -0.1"));
  EXPECT_THAT(text, HasSubstr("s.toml:9: 'demand_shift.change' is -1.5"));
  EXPECT_THAT(text, HasSubstr("unknown_label s.toml:11"));
  EXPECT_THAT(text, HasSubstr("unknown_label s.toml:12"));
  EXPECT_THAT(text, HasSubstr("s.toml:13: 'reserve.days' is -3"));
  EXPECT_THAT(text, HasSubstr("both 'reserve.product' and 'reserve.products'"));
  EXPECT_THAT(text, HasSubstr("'reserve.region' is missing"));
  EXPECT_THAT(text, HasSubstr("did you mean 'release_per_day'?"));
}

}  // namespace
}  // namespace linchpin::study
