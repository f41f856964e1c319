// SPDX-License-Identifier: Apache-2.0
// What an answer says about numbers that look odd: outliers, signs, detours, doubtful input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "linchpin/results/equilibrium_json.h"
#include "linchpin/results/equilibrium_tables.h"
#include "linchpin/study/trade_bands.h"
#include "linchpin/study/trade_remarks.h"
#include "linchpin/study/trade_run.h"
#include "linchpin/study/trade_scenario_file.h"
#include "linchpin/study/trade_words.h"
#include "linchpin/study/trade_world.h"
#include "study_fixtures.h"
#include "support/trade_fixtures.h"

namespace linchpin::study {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class TradeRemarks : public ::testing::Test {
 protected:
  TradeGround ground = [] {
    auto made = trade_ground(test::random_accounts(4, 3, Rng{Seed{7}, 0}), "random (2022)");
    if (!made) throw std::runtime_error(made.error().what);
    return *std::move(made);
  }();

  Result<TradeQuestion> open(std::string const& text, TradeAdditions const& additions = {}) {
    ErrorList problems;
    auto const spec = parse_trade_scenario(text, "s.toml", problems);
    return open_trade_question(ground, spec, additions, {}, std::move(problems));
  }
  TradeQuestion good(std::string const& text) {
    auto question = open(text);
    if (!question) throw std::runtime_error(test::all_of(question.error()));
    return *std::move(question);
  }
  EquilibriumAnswer answer(TradeQuestion const& question, TradeAsked const& asked = {}) {
    auto found = run_trade_question(question, ground.space, asked);
    if (!found) throw std::runtime_error(test::all_of(found.error()));
    return *std::move(found);
  }
  static EquilibriumAnswer with_regions(std::vector<std::pair<double, double>> const& welfare) {
    EquilibriumAnswer made;
    for (auto const& [exact, first] : welfare) {
      RegionEffect effect;
      effect.region = effect.name = std::string{"R"} + std::to_string(made.regions.size());
      effect.outcome.welfare_exact = exact;
      effect.outcome.welfare_first_order = first;
      made.regions.push_back(effect);
    }
    return made;
  }
  static std::string first_headline(EquilibriumAnswer const& each) {
    return trade_sentences(each).front();
  }
};

TEST_F(TradeRemarks, OutliersAreNoHeadlineOfTheDraws) {
  auto const question = good("[[tariff]]\nimporters = \"*\"\nadd = 0.1\n");
  auto found = answer(question);
  std::size_t hardest = 0;
  for (std::size_t n = 0; n < found.regions.size(); ++n) {
    auto const of = [&](std::size_t k) { return std::abs(found.regions[k].outcome.welfare_exact); };
    if (of(n) > of(hardest)) hardest = n;
  }
  auto const central = equilibrium::solve(question.base, question.scenario.policy);
  ASSERT_TRUE(central);
  TradeAsked asked;
  asked.ensemble = EnsembleSpec{16, 1, sampling::DesignKind::sobol};
  found.regions[hardest].outlier = "because";
  auto const bands = trade_bands(question, *central, asked, found, {});
  ASSERT_TRUE(bands);
  EXPECT_NE(bands->focus, found.regions[hardest].region);
  EXPECT_TRUE(bands->bands[hardest].outlier);
  found.bands = *bands;
  auto const document = equilibrium_to_json(found, Json::object());
  auto const& quantiles = document["quantiles"];
  EXPECT_EQ(quantiles[found.regions[hardest].region]["outlier"], true);
  EXPECT_FALSE(quantiles["WORLD"].contains("outlier"));
  std::vector<EquilibriumAnswer> const answers{found};
  auto const table = equilibrium_tables(answers).back();
  EXPECT_EQ(table.name, "equilibrium_bands");
  EXPECT_EQ(table.columns[3].name, "outlier");
}

TEST_F(TradeRemarks, AWorldOfOutliersIsNotDefined) {
  auto found = with_regions({{20, 1}, {-30, 1}});
  for (auto& each : found.regions) each.outlier = "because";
  EXPECT_THAT(first_headline(found), HasSubstr("not defined"));
  EXPECT_THAT(first_headline(found), Not(HasSubstr("nobody")));
  EXPECT_EQ(trade_sentences(found).size(), 1U);
  auto const document = equilibrium_to_json(found, Json::object());
  EXPECT_TRUE(document["world"]["welfare_exact_pct"].is_null());
  EXPECT_FALSE(document["world"]["welfare_exact_pct_reason"].get<std::string>().empty());
}

TEST_F(TradeRemarks, AFileOfTariffsThatTouchesNothingIsRefused) {
  TradeAdditions additions;
  additions.tariffs = {{0, 0, 1, 0.0, 0.5}};
  additions.among = {RegionId{2}, RegionId{3}};
  auto const apart = open("name = \"bloc\"\n", additions);
  ASSERT_FALSE(apart);
  EXPECT_THAT(test::all_of(apart.error()), HasSubstr("no tariff of the file is on trade between"));
  EXPECT_EQ(apart.error().where, "--among");
  additions.among.clear();
  additions.tariffs = {{0, 1, 1, 0.0, 0.5}};
  auto const none = open("name = \"x\"\n[nests]\nmaterial = 1\n", additions);
  ASSERT_FALSE(none);
  EXPECT_THAT(test::all_of(none.error()), HasSubstr("the file of tariffs touches no trade"));
  EXPECT_THAT(test::all_of(none.error()), HasSubstr("did you mean 'materials'?"));
}

TEST_F(TradeRemarks, ExposureCountsWhatIsBoughtFromShockedMakers) {
  auto const question = good("[[productivity]]\nindustries = \"R1:*\"\nfactor = 3\n");
  auto const& base = question.base;
  auto const exposure = policy_exposure(base, question.scenario.policy);
  for (std::size_t n = 0; n < 4; ++n) {
    if (n == 1) continue;
    double bought = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      auto const cell = base.grid.pair(j, n, 1);
      bought +=
          base.share[cell] * base.expenditure[base.grid.good(j, n)] / (1 + base.tariff_at(cell));
    }
    EXPECT_GE(exposure[n], 100 * bought * std::log(3.0) / base.final_spending(n) * (1 - 1e-12));
    EXPECT_LT(exposure[n], exposure[1]);
  }
  auto const found = answer(question);
  for (auto const& each : found.regions) EXPECT_TRUE(each.outlier.empty()) << each.outlier;
}

TEST_F(TradeRemarks, SignsThatDifferBeyondRoundingAreExplained) {
  auto found = with_regions({{-1, 0.5}, {-1, -2}, {-0.0004, 1}, {1, -0.2}});
  found.regions[3].outlier = "because";
  auto const remarks = trade_remarks(found, {});
  ASSERT_EQ(remarks.size(), 1U);
  EXPECT_THAT(remarks[0], HasSubstr("for R0:"));
  EXPECT_TRUE(trade_remarks(with_regions({{1, 2}}), {}).empty());
  found.notes = remarks;
  EXPECT_EQ(equilibrium_to_json(found, Json::object())["notes"].size(), 1U);
}

TEST_F(TradeRemarks, DetoursAreCountedAsDirectAndSaidToBe) {
  auto const found = answer(
      good("[[ban]]\nsellers = \"R3\"\nbuyers = \"R0\"\n"
           "[[transshipment]]\nsellers = \"R3\"\nbuyers = \"R0\"\nvia = \"R1\"\nshare = 0.2\n"));
  EXPECT_THAT(found.notes, ::testing::Contains(HasSubstr("by way of a third region")));
}

TEST_F(TradeRemarks, ShortHorizonsAndRatesThatLookLikePerCentAreDoubted) {
  ParameterSource const profile{
      [](std::string const&) -> Result<std::string> {
        return "key,value\ntrade_elasticity.one_year,0.76\ntrade_elasticity.long_run,2\n"
               "adjustment_years,3\n";
      },
      {}};
  auto const warnings = [&](double years, char const* rate) {
    TradeScenarioSpec spec;
    ErrorList errors;
    add_short_tariff(rate, spec, errors);
    spec.model.horizon_years = years;
    auto const question = open_trade_question(ground, spec, {}, profile);
    if (!question) throw std::runtime_error(test::all_of(question.error()));
    std::string all;
    for (auto const& each : question->warnings) all += each + "\n";
    return all;
  };
  auto const doubtful = warnings(0.5, "R0>R1=+25");
  EXPECT_THAT(doubtful, HasSubstr("0.5 years extrapolates"));
  EXPECT_THAT(doubtful, HasSubstr("2500 %"));
  auto const sound = warnings(1, "R0>R1=+5");
  EXPECT_THAT(sound, Not(HasSubstr("extrapolates")));
  EXPECT_THAT(sound, Not(HasSubstr("write 0.25")));
}

TEST_F(TradeRemarks, PartsAddUpToTheChangeOfWelfare) {
  TradeAsked asked;
  asked.parts = 8;
  auto const found = answer(good("[[tariff]]\nimporters = \"R0\"\nadd = 0.2\n"), asked);
  EXPECT_EQ(found.parts_steps, 8U);
  auto const document = equilibrium_to_json(found, Json::object());
  EXPECT_EQ(document["parts_steps"], 8);
  for (auto const& row : document["regions"]) {
    double sum = 0;
    for (auto const& [name, value] : row["parts"].items()) {
      if (name != "total_log_pct") sum += value.get<double>();
    }
    EXPECT_NEAR(sum, row["parts"]["total_log_pct"].get<double>(), 1e-9);
    EXPECT_NEAR(sum, row["welfare_log_pct"].get<double>(), 1e-6);
    EXPECT_LT(std::abs(row["parts"]["rest_pct"].get<double>()), 1e-3);
  }
}

}  // namespace
}  // namespace linchpin::study
