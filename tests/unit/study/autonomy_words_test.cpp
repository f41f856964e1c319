// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "linchpin/study/autonomy_run.h"
#include "linchpin/study/autonomy_threshold.h"

namespace linchpin::study {
namespace {

/// An answer with these losses of a cut-off on the central path, per cent, and no draws.
AutonomyAnswer answer_of(std::vector<double> const& loss_pct) {
  AutonomyAnswer answer;
  answer.title = "Chips";
  answer.region = "USA";
  answer.region_name = "United States";
  answer.threshold_pct = 0.05;
  for (std::size_t t = 0; t < loss_pct.size(); ++t) {
    localize::PathYear row;
    row.year = 2025 + static_cast<int>(t);
    row.home_share = 0.5;
    answer.central.with.push_back(row);
    answer.central.without.push_back(row);
    answer.central.cost.push_back(0);
    answer.central.loss_with.push_back(loss_pct[t] / 100);
    answer.central.loss_without.push_back(2 * loss_pct[t] / 100);
    AutonomyYear year;
    year.year = row.year;
    year.loss_pct.p50 = loss_pct[t];
    year.domestic_share.p50 = year.domestic_share_without.p50 = 0.5;
    answer.years.push_back(year);
  }
  answer.central_manageable = localize::manageable_from(answer.central.loss_with, 0.0005);
  return answer;
}

AutonomyStudy study_of(std::size_t years) {
  AutonomyStudy study;
  study.years = static_cast<int>(years);
  return study;
}

std::string headline_of(AutonomyAnswer const& answer) {
  return autonomy_words(answer, study_of(answer.years.size())).lead.front();
}

bool says(std::string const& text, char const* part) {
  return text.find(part) != std::string::npos;
}

TEST(AutonomyWords, SingleYearsBelowTheThresholdAreSaid) {
  auto const text = headline_of(answer_of({0.08, 0.04, 0.03, 0.06, 0.04, 0.07}));
  EXPECT_TRUE(says(text, "is not manageable for the United States")) << text;
  EXPECT_TRUE(says(text, "from some year on to the end")) << text;
  EXPECT_TRUE(says(text, "it is below in 2026–2027 and 2029 only")) << text;
  EXPECT_FALSE(says(text, "in no year")) << text;
}

TEST(AutonomyWords, ManageableIsFromAYearToTheEnd) {
  auto const text = headline_of(answer_of({0.04, 0.08, 0.03, 0.02}));
  EXPECT_TRUE(says(text, "is manageable for the United States from 2027 on")) << text;
  EXPECT_TRUE(says(headline_of(answer_of({0.1, 0.2})), "it is below in no year"));
  EXPECT_TRUE(says(headline_of(answer_of({0.01, 0.02})), "from 2025 on"));
}

/// The same loss of a market that grows is a falling share of it: of final use it is never below,
/// of the market from 2027 on.
TEST(AutonomyWords, AThresholdMayBeOfTheMarket) {
  auto answer = answer_of({0.06, 0.06, 0.06, 0.06});
  for (std::size_t t = 0; t < 4; ++t) {
    answer.central.with[t].market = 0.001 * static_cast<double>(1 + t);
  }
  EXPECT_FALSE(answer.central_manageable);
  answer.threshold_of = ThresholdOf::market;
  answer.threshold_pct = 25;
  auto const loss = judged_loss(answer.central, ThresholdOf::market);
  EXPECT_NEAR(loss[0], 0.6, 1e-12);
  EXPECT_NEAR(loss[3], 0.15, 1e-12);
  auto study = study_of(4);
  study.threshold_pct = 25;
  study.threshold_of = ThresholdOf::market;
  AutonomyTechnology technology;
  answer.central_manageable = manageable_in(answer.central, study, technology);
  ASSERT_EQ(answer.central_manageable, 2U);
  auto const text = headline_of(answer);
  EXPECT_TRUE(says(text, "from 2027 on, costing less than 25 % of what it buys of the technology"))
      << text;
  EXPECT_TRUE(says(text, "0.060 % (central) of real final use")) << text;
  technology.threshold_of = ThresholdOf::income;
  EXPECT_EQ(manageable_in(answer.central, study, technology), 0U) << "25 % of all final use";
}

TEST(AutonomyWords, DrawsLeadWithTheirProbabilityAndTheMedian) {
  auto answer = answer_of({0.08, 0.04, 0.07});
  answer.draws = 100;
  answer.manageable.probability = 0.31;
  answer.years[2].loss_pct = {0.02, 0.07, 0.3, 0, 0};
  answer.break_even.never = 1;
  answer.central.loss_with = {0.5, 0.5, 0.5};  // the central path is not what is said
  auto const words = autonomy_words(answer, study_of(3));
  EXPECT_TRUE(says(words.lead[0], "in 31 % of draws")) << words.lead[0];
  EXPECT_TRUE(says(words.lead[0], "the median loss is below that in 2026 only")) << words.lead[0];
  EXPECT_TRUE(says(words.lead[0], "0.070 % (median; 0.020 to 0.300)")) << words.lead[0];
  EXPECT_FALSE(says(words.lead[0], "50 %")) << words.lead[0];
  EXPECT_TRUE(says(words.lead[1], "Median of draws")) << words.lead[1];
  EXPECT_TRUE(says(words.lead[2], "does not pay within 3 years in 100 % of draws"))
      << words.lead[2];
  EXPECT_FALSE(says(words.lead[2], "without any cut-off")) << words.lead[2];
}

TEST(AutonomyWords, LossesBelowZeroAreExplained) {
  auto answer = answer_of({-0.02, 0.04});
  auto const says_it = [](AutonomyAnswer const& each) {
    for (auto const& line : autonomy_words(each, study_of(2)).key) {
      if (says(line, "may cost less than nothing")) return true;
    }
    return false;
  };
  EXPECT_FALSE(says_it(answer));
  answer.diffusion.emplace();
  EXPECT_TRUE(says_it(answer));
  answer.central.loss_with.front() = 0.01;
  EXPECT_FALSE(says_it(answer));
}

TEST(AutonomyWords, AProgrammeThatChangesNothingIsNoInsurance) {
  auto answer = answer_of({0.08, 0.04});
  answer.central_insurance.verdict = localize::Insurance::Verdict::changes_nothing;
  EXPECT_TRUE(says(autonomy_words(answer, study_of(2)).lead[2], "changes nothing here"));
}

TEST(AutonomyWords, TheBestProgrammeSaysWhatItIs) {
  auto answer = answer_of({0.08, 0.04});
  auto& found = answer.optimal.emplace();
  ProgrammeAmount mandate;
  mandate.kind = localize::InstrumentKind::mandate;
  mandate.from = 2025;
  mandate.to = 2030;
  mandate.best = 0.62;
  auto later = mandate;
  later.from = 2030;
  later.to = 2031;
  later.best = 0;
  found.amounts = {mandate, later};
  auto const text = autonomy_words(answer, study_of(2)).key.at(0);
  EXPECT_TRUE(says(text, "0.62 in 2025–2029;")) << text;
  EXPECT_FALSE(says(text, "2030")) << text;
}

TEST(AutonomyWords, BottlenecksSayHowSureTheyAre) {
  auto answer = answer_of({0.08, 0.04});
  std::vector<localize::ComputePathYear> years(2);
  for (std::size_t t = 0; t < years.size(); ++t) {
    years[t].year = 2025 + static_cast<int>(t);
    years[t].binding = localize::Constraint::memory;
    years[t].binding_probability = {0.2, 0.47, 0.1, 0.03, 0.2};
    years[t].gap_months = localize::Quantiles{10, 14, 20};
  }
  years[1].market = 12;
  answer.compute_paths = {{"programme", years}, {"none", years}};
  auto const text = autonomy_words(answer, study_of(2)).key.at(0);
  EXPECT_TRUE(says(text, "memory from 2025 on (in 47 % of draws in 2026)")) << text;
  EXPECT_TRUE(says(text, "12 times beyond the path's own growth by 2026")) << text;
}

TEST(AutonomyWords, WhatIsNotDistinguishableIsNotNamed) {
  auto answer = answer_of({0.08, 0.04});
  answer.draws = 50;
  answer.given.push_back(
      {"loss",
       {{"demand_growth", {0.5, 0.1, 0.3, 0.7}}, {"fear", {0.1, 0.1, -0.1, 0.3}}},
       0,
       1,
       500});
  answer.given.push_back({"cost", {{"fear", {0.1, 0.1, -0.1, 0.3}}}, 0, 1, 500});
  auto const words = autonomy_words(answer, study_of(2)).key;
  ASSERT_EQ(words.size(), 1U);
  EXPECT_TRUE(says(words[0], "demand growth 50 % (± 20)")) << words[0];
  EXPECT_FALSE(says(words[0], "fear")) << words[0];
  EXPECT_TRUE(says(words[0], "the cost: no number is distinguishable")) << words[0];
  answer.given.front().draws = 60;
  auto const few = autonomy_words(answer, study_of(2)).key;
  EXPECT_TRUE(says(few.at(0), "60 draws are too few to say")) << few.at(0);
  EXPECT_FALSE(says(few.at(0), "demand growth")) << few.at(0);
}

}  // namespace
}  // namespace linchpin::study
