// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "linchpin/study/autonomy_compute.h"
#include "linchpin/study/autonomy_denial.h"
#include "linchpin/study/autonomy_optimal.h"
#include "linchpin/study/autonomy_study.h"
#include "linchpin/study/autonomy_subsidy.h"

namespace linchpin::study {
namespace {

using localize::InstrumentKind;

std::string study_with(std::string_view lines) {
  return "title = \"T\"\nworld = \"w\"\nregion = \"CHN\"\n" + std::string{lines} +
         "[[technology]]\nname = \"ai-chips\"\n";
}

constexpr char const* programme =
    "[[policy]]\nkind = \"production-subsidy\"\namount = 0.2\nfrom = 2025\nto = 2033\n"
    "[[policy]]\nkind = \"mandate\"\namount = 0.2\nfrom = 2025\nto = 2040\n"
    "[[policy]]\nkind = \"tool-control\"\namount = 0.5\nprogramme = false\n";

TEST(AutonomyAsks, WhatIsNotAskedForIsNotDone) {
  auto const study = read_autonomy_study(study_with(programme), "s.toml");
  ASSERT_TRUE(study) << study.error().what;
  EXPECT_EQ(study->asks.preset, "central");
  EXPECT_FALSE(study->asks.presets);
  EXPECT_EQ(study->asks.driver_draws, 0);
  EXPECT_FALSE(study->asks.optimal);
  EXPECT_FALSE(study->technologies[0].numbers[0].given);
}

TEST(AutonomyAsks, WhoBuysIt) {
  auto const buyers = [](std::string_view lines) {
    return read_autonomy_study(study_with("") + std::string{lines}, "s.toml");
  };
  auto const investors = buyers("");
  ASSERT_TRUE(investors) << investors.error().what;
  EXPECT_TRUE(investors->technologies[0].capital_good);
  auto const finally = buyers("final_good = true\n");
  ASSERT_TRUE(finally) << finally.error().what;
  EXPECT_FALSE(finally->technologies[0].capital_good);
  EXPECT_TRUE(finally->technologies[0].final_use_only());
  auto const all = buyers("capital_good = false\n");
  ASSERT_TRUE(all) << all.error().what;
  EXPECT_FALSE(all->technologies[0].final_use_only());
  EXPECT_FALSE(buyers("capital_good = true\nfinal_good = true\n"));
}

TEST(AutonomyAsks, ReadsAllOfThem) {
  auto const study = read_autonomy_study(
      study_with("preset = \"sceptic\"\npresets = true\n[subsidies]\nend_after = [4]\n[drivers]\n"
                 "draws = 3000\n[optimal]\nbudget = 2\nhazard = 0.1\nphases = 2\n"
                 "instruments = [\"production-subsidy\"]\n[optimal.bounds]\n"
                 "production-subsidy = [0, 0.3]\n[output]\nformats = [\"json\"]\n"),
      "s.toml");
  ASSERT_TRUE(study) << study.error().what;
  EXPECT_EQ(study->asks.preset, "sceptic");
  EXPECT_TRUE(study->asks.presets);
  EXPECT_EQ(study->asks.subsidies_until, std::vector<int>{4});
  EXPECT_EQ(study->asks.driver_draws, 3000);
  ASSERT_TRUE(study->asks.optimal);
  EXPECT_EQ(study->asks.optimal->budget, 2);
  ASSERT_EQ(study->asks.optimal->instruments.size(), 1);
  EXPECT_EQ(study->asks.optimal->instruments[0].highest, 0.3);
  EXPECT_FALSE(study->formats.html);
}

TEST(AutonomyAsks, DriversMayBeSomeOfTheNumbers) {
  auto const study =
      read_autonomy_study(study_with("[drivers]\ndraws = 900\nnumbers = [\"theta\", \"markup\"]\n"
                                     "[compute]\ntechnology = \"ai-chips\"\n"),
                          "s.toml");
  ASSERT_TRUE(study) << study.error().what;
  ASSERT_EQ(study->asks.driver_numbers.size(), 2);
  EXPECT_EQ(study->asks.driver_numbers[1].value, "markup");
  ParameterSource const lists{[](std::string const& name) -> Result<std::string> {
    if (name.find("ai-chips/hardware.csv") != std::string::npos) return std::string{"name\n"};
    return fail(ErrorCode::file_not_found, "no such file", name, "");
  }};
  EXPECT_EQ(compute_technology(*study, lists), 0U);
  auto other = *study;
  other.technologies[0].name.value = "industrial-robots";
  EXPECT_FALSE(compute_technology(other, lists)) << "the one named was left out";
  other.asks.compute_technology.reset();
  EXPECT_FALSE(compute_technology(other, lists)) << "robots are no computing power";
  EXPECT_TRUE(check_compute(other, lists));
  other.asks.compute_technology = Placed<std::string>{"industrial-robots", "line 9"};
  auto const refused = check_compute(other, lists);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().where, "line 9");
  EXPECT_NE(refused.error().what.find("makes no accelerators"), std::string::npos);
  EXPECT_FALSE(read_autonomy_study(study_with("[compute]\ntechnology = \"ai-chip\"\n"), "s.toml"));
}

TEST(AutonomyAsks, TheProgrammeSaysWhatThereIsToChoose) {
  auto const study =
      read_autonomy_study(study_with(std::string{programme} + "[optimal]\n"), "s.toml");
  ASSERT_TRUE(study) << study.error().what;
  ASSERT_EQ(study->asks.optimal->instruments.size(), 2);
  EXPECT_EQ(study->asks.optimal->instruments[1].kind, InstrumentKind::mandate);
}

TEST(AutonomyAsks, SaysEverythingThatIsWrong) {
  auto const study = read_autonomy_study(
      study_with("preset = \"pessimist\"\n[subsidies]\nend_after = 5\n[drivers]\n[optimal]\n"
                 "budget = -1\nphases = 40\ninstruments = [\"product-control\", \"magic\", "
                 "\"mandate\"]\n[optimal.bounds]\nmandate = [0.5, 0.2]\ntariff = [0, 1]\n"
                 "[output]\nformats = [\"pdf\"]\n"),
      "s.toml");
  ASSERT_FALSE(study);
  std::string all = study.error().what;
  for (auto const& each : study.error().further) all += '\n' + each.what;
  for (char const* part :
       {"pessimist", "end_after", "drivers.draws", "budget", "phases", "for others to choose",
        "magic", "goes from 0.5 to 0.2", "leaves alone", "pdf"}) {
    EXPECT_NE(all.find(part), std::string::npos) << part << " in " << all;
  }
}

TEST(AutonomyAsks, TheMarketFillsWhatTheStudyLeavesOut) {
  auto study = read_autonomy_study(study_with(""), "s.toml");
  ASSERT_TRUE(study);
  auto& technology = study->technologies[0];
  parameters::SourcedNumber number;
  number.key = "markup";
  number.value = 0.3;
  number.low = 0.1;
  number.high = 20;
  number.status = parameters::Status::read;
  number.sceptic = parameters::Side::high;
  ErrorList errors;
  fill_numbers(technology, {number}, errors);
  auto const error = errors.joined();
  std::string all = error.what;
  for (auto const& each : error.further) all += '\n' + each.what;
  EXPECT_NE(all.find("markup goes from 0.1 to 20"), std::string::npos) << all;
  EXPECT_NE(all.find("nothing says world_sales of ai-chips"), std::string::npos) << all;
  for (std::size_t k = 0; k < autonomy_number_kinds.size(); ++k) {
    if (autonomy_number_kinds[k].name != "markup") continue;
    EXPECT_EQ(technology.numbers[k].value, 0.3);
    EXPECT_FALSE(technology.numbers[k].assumed);
    EXPECT_EQ(technology.numbers[k].sceptic, parameters::Side::high);
  }
}

TEST(AutonomyAsks, TellsItsStudiesFromOthers) {
  EXPECT_TRUE(is_autonomy_study(study_with("")));
  EXPECT_FALSE(is_autonomy_study("title = \"x\"\nworld = \"w\"\n[depend]\n"));
  EXPECT_FALSE(is_autonomy_study("= nonsense"));
}

TEST(SubsidyTest, TakesSubsidiesAwayWhereTheyAreAndLastLonger) {
  auto const study = read_autonomy_study(study_with(programme), "s.toml");
  ASSERT_TRUE(study);
  // Years 5 and 10 after 2025; the plan itself ends them in 2033, before the second.
  EXPECT_EQ(subsidy_ends(*study, study->technologies[0]), (std::vector<int>{2030, 2033}));
  auto none = *study;
  none.policies.erase(none.policies.begin());
  EXPECT_TRUE(subsidy_ends(none, none.technologies[0]).empty());
}

TEST(SubsidyTest, NoGainIsNotAHundredPerCent) {
  SubsidyEnd end;
  end.gain_full = 0.2;
  end.gain_end = 0.1;
  EXPECT_DOUBLE_EQ(end.gain_stands().value(), 0.5);
  end.gain_full = 1e-4;
  EXPECT_FALSE(end.gain_stands());
}

TEST(SubsidyTest, RemovingNothingLeavesAllOfTheGain) {
  SubsidyEnd end;
  end.gain_full = end.gain_end = 0.02;  // whatever the gain was in between
  EXPECT_DOUBLE_EQ(end.gain_stands().value(), 1);
}

TEST(SubsidyTest, BastableCountsWhatTheProgrammeAddsAndWhatMoneyCosts) {
  localize::AutonomyCurve curve;
  localize::PathYear year;
  year.year = 2025;
  year.price_abroad = 1;
  year.unit_cost = 0.8;
  year.made = 3;
  curve.with = curve.without = {year, year};
  SubsidyTest test;
  put_infant_tests(test, curve, 0.9);
  EXPECT_TRUE(test.already_cheaper);
  EXPECT_NEAR(test.bastable_value, 0, 1e-15);  // cheap at home, but not by the programme
  curve.with[1].made = 4;
  curve.with[0].outlay = 0.4;
  put_infant_tests(test, curve, 0.9);
  EXPECT_NEAR(test.bastable_value, 0.9 * 0.2 - burden_of_funds * 0.4, 1e-15);
}

TEST(Denial, IsJudgedByWhatIsLearned) {
  localize::PathYear open, denied;
  open.experience = denied.experience = 4;
  open.quality = denied.quality = 0.8;
  denied.home_share = 1;  // nobody else sells
  EXPECT_STREQ(denial_verdict(open, denied), "changes little");
  denied.experience = 4.3;
  denied.quality = 0.81;
  EXPECT_STREQ(denial_verdict(open, denied), "changes little");
  denied.experience = 5;
  EXPECT_STREQ(denial_verdict(open, denied), "backfires");
  denied.quality = 0.7;
  EXPECT_STREQ(denial_verdict(open, denied), "cuts both ways");
  denied.experience = 3;
  EXPECT_STREQ(denial_verdict(open, denied), "delays");
}

TEST(Denial, SaysWhatItTakesOnTheWay) {
  std::vector<localize::PathYear> open(3), denied(3);
  open[1].home_share = 0.6;
  denied[1].home_share = 0.1;
  open[2].home_share = denied[2].home_share = 0.7;
  EXPECT_EQ(worst_denied(open, denied), 1U);
}

TEST(OptimalProgramme, NothingIsFreeBehindTheEnd) {
  using localize::InstrumentKind;
  std::vector<ProgrammeAmount> const amounts{{InstrumentKind::mandate, 2025, 2033, 0.2, 0, 0, 1},
                                             {InstrumentKind::mandate, 2033, 2040, 0.2, 0, 0, 1}};
  std::vector<double> const x{0.1, 0.3};
  auto extended = with_amounts({{InstrumentKind::mandate, 2025, 2040, 0.2, 0}}, amounts, x, 2040);
  ASSERT_EQ(extended.size(), 2);
  EXPECT_EQ(extended[0].to, 2033);
  EXPECT_EQ(extended[1].to, 2040);
  extended = with_amounts({{InstrumentKind::mandate, 2025, 2050, 0.2, 0}}, amounts, x, 2040);
  EXPECT_EQ(extended[1].to, 2050);
}

TEST(ProgrammeSum, IsWhatTheInsuranceCompares) {
  localize::AutonomyCurve curve;
  for (int t = 0; t < 2; ++t) {
    localize::PathYear with, without;
    with.outlay = 0.1 * (t + 1);
    without.welfare = 1 + 0.1 * t;
    curve.with.push_back(with);
    curve.without.push_back(without);
  }
  curve.cost = {0.01, 0.02};
  curve.value_with = {0.3, 0.2};
  curve.value_without = {0.5, 0.6};
  auto const sum = programme_sum(curve, 0.9, 0.1);
  EXPECT_NEAR(sum.cost, 0.01 + 0.9 * 0.02 * 1.1, 1e-15);
  EXPECT_NEAR(sum.outlay, 0.1 + 0.9 * 0.2, 1e-15);
  EXPECT_NEAR(sum.expected_loss, 0.09 * 0.3 + 0.09 * 0.81 * 0.2, 1e-15);
  auto const none = no_programme_sum(curve, 0.9, 0.1);
  EXPECT_EQ(none.cost, 0);
  EXPECT_NEAR(none.expected_loss, 0.09 * 0.5 + 0.09 * 0.81 * 0.6, 1e-15);
  // At the hazard at which the programme breaks even both come to the same.
  auto const insurance = localize::insurance_of(curve, 0.9);
  ASSERT_TRUE(insurance.hazard);
  auto const even = programme_sum(curve, 0.9, *insurance.hazard);
  EXPECT_NEAR(even.total(), no_programme_sum(curve, 0.9, *insurance.hazard).total(), 1e-9);
}

}  // namespace
}  // namespace linchpin::study
