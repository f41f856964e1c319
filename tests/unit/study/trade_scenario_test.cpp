// SPDX-License-Identifier: Apache-2.0
// Trade scenarios from files and short forms, and what they do to the arrays of a policy.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "linchpin/study/trade_resolver.h"
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

class TradeScenarios : public ::testing::Test {
 protected:
  /// Four regions R0 … R3, three sectors S0 … S2, with tariffs in the base.
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
  TradeQuestion good(std::string const& text, TradeAdditions const& additions = {}) {
    auto question = open(text, additions);
    if (!question) throw std::runtime_error(test::all_of(question.error()));
    return *std::move(question);
  }
  std::string bad(std::string const& text) {
    auto const question = open(text);
    return question ? "accepted" : test::all_of(question.error());
  }
  EquilibriumAnswer answer(TradeQuestion const& question, TradeAsked const& asked = {}) {
    auto found = run_trade_question(question, ground.space, asked);
    if (!found) throw std::runtime_error(test::all_of(found.error()));
    return *std::move(found);
  }
};

TEST_F(TradeScenarios, TariffsAreSetOrRaised) {
  auto const question = good(
      "[[tariff]]\nimporters = \"R0\"\nexporters = [\"R1\", \"R2\"]\nsectors = \"S1\"\nrate = 0.4\n"
      "[[tariff]]\nimporters = \"*\"\nexporters = \"R1\"\nadd = 0.1\n");
  auto const& grid = question.base.grid;
  auto const& tariff = question.scenario.policy.tariff;
  EXPECT_DOUBLE_EQ(tariff[grid.pair(1, 0, 2)], 0.4);
  EXPECT_DOUBLE_EQ(tariff[grid.pair(1, 0, 1)], 0.5) << "a rise comes on top of what is there";
  EXPECT_DOUBLE_EQ(tariff[grid.pair(0, 3, 1)], question.base.tariff[grid.pair(0, 3, 1)] + 0.1);
  EXPECT_DOUBLE_EQ(tariff[grid.pair(0, 1, 1)], 0) << "no tariff of a region on its own goods";
  EXPECT_DOUBLE_EQ(tariff[grid.pair(0, 0, 3)], question.base.tariff[grid.pair(0, 0, 3)]);
}

TEST_F(TradeScenarios, EveryKindOfPolicyReachesItsArray) {
  auto const question = good(R"(
entrant_cost = 3
[groups]
ODD = ["R1", "R3"]
[deficits]
rule = "keep"
[nests]
materials = 0.3
[factors]
mobile_share = 0.6
wage_floor = {R2 = 0.97}
[[iceberg]]
importers = "R0"
factor = 1.2
[[ban]]
sellers = "ODD"
buyers = "R2"
sectors = "S0"
left = 0.25
[[export_tax]]
exporters = "R2"
sectors = "S2"
rate = 0.05
[[quota]]
importers = "R0"
exporters = "R3"
sectors = "S1"
limit = 0.5
rents = "nobody"
[[subsidy]]
industries = "R0:S0"
rate = 0.1
[[productivity]]
industries = ["ODD:S1", "*:S2"]
factor = 0.8
[[quality]]
industries = "R3:*"
factor = 1.1
[[transshipment]]
sellers = "R3"
buyers = "R0"
via = ["R1", "R2"]
sectors = "S1"
cost = 1.05
share = 0.2
)");
  auto const& grid = question.base.grid;
  auto const& policy = question.scenario.policy;
  EXPECT_DOUBLE_EQ(policy.iceberg[grid.pair(2, 0, 3)], 1.2);
  EXPECT_DOUBLE_EQ(policy.iceberg[grid.pair(2, 1, 3)], 1);
  EXPECT_DOUBLE_EQ(policy.availability[grid.pair(0, 2, 1)], 0.25);
  EXPECT_DOUBLE_EQ(policy.availability[grid.pair(0, 2, 0)], 1);
  EXPECT_DOUBLE_EQ(policy.export_tax[grid.pair(2, 0, 2)], 0.05);
  ASSERT_EQ(policy.quotas.size(), 1U);
  EXPECT_EQ(policy.quotas[0].exporter, 3U);
  EXPECT_EQ(policy.quotas[0].rents, equilibrium::QuotaRents::nobody);
  EXPECT_DOUBLE_EQ(policy.subsidy[grid.good(0, 0)], 0.1);
  EXPECT_DOUBLE_EQ(policy.productivity[grid.good(1, 1)], 0.8);
  EXPECT_DOUBLE_EQ(policy.productivity[grid.good(1, 0)], 1);
  EXPECT_DOUBLE_EQ(policy.productivity[grid.good(2, 0)], 0.8);
  EXPECT_DOUBLE_EQ(policy.quality[grid.good(0, 3)], 1.1);
  ASSERT_EQ(policy.routes.size(), 2U);
  EXPECT_DOUBLE_EQ(policy.routes[0].share, 0.1) << "detours share what goes by way of them";
  EXPECT_EQ(policy.deficits, equilibrium::DeficitRule::keep);
  auto const& closure = question.scenario.closure;
  EXPECT_DOUBLE_EQ(closure.nests.materials, 0.3);
  EXPECT_DOUBLE_EQ(closure.entrant_cost, 3);
  EXPECT_DOUBLE_EQ(closure.factors.wage_floor[2], 0.97);
  EXPECT_DOUBLE_EQ(closure.factors.wage_floor[0], 0);
  ASSERT_EQ(closure.factors.mobile.size(), 1U);
  EXPECT_DOUBLE_EQ(closure.factors.mobile[0][grid.industry(1, 2)], 0.6);
}

TEST_F(TradeScenarios, AllProblemsAtOnceWithTheirLines) {
  auto const text = bad(R"([[tariff]]
importers = "R9"
rate = 25000
[[ban]]
sellers = "R0"
share = 0.5
[deficits]
rule = "kep"
[nests]
material = 0.2
[[quota]]
importers = "R0"
exporters = "R1"
limit = 0.5
rents = "exportr"
[[uncertain]]
parameter = "theta.S9"
distribution = "uniform"
low = 1
high = 2
)");
  EXPECT_THAT(text, HasSubstr("unknown_label s.toml:2"));
  EXPECT_THAT(text, HasSubstr("bad_value s.toml:3: 'tariff.rate' is 25000"));
  EXPECT_THAT(text, HasSubstr("missing_value s.toml:4: 'ban.buyers' is missing"));
  EXPECT_THAT(text, HasSubstr("unknown_key s.toml:6: unknown key 'ban.share'"));
  EXPECT_THAT(text, HasSubstr("did you mean 'keep'?"));
  EXPECT_THAT(text, HasSubstr("did you mean 'materials'?"));
  EXPECT_THAT(text, HasSubstr("did you mean 'exporter'?"));
  EXPECT_THAT(text, HasSubstr("did you mean 'theta.S"));
}

TEST_F(TradeScenarios, WhatTouchesNothingIsRefused) {
  EXPECT_THAT(bad("[[ban]]\nsellers = \"R0\"\nbuyers = \"R0\"\n"),
              HasSubstr("touches no trade between two regions"));
  EXPECT_THAT(bad("[[tariff]]\nimporters = \"R0\"\nadd = 0.1\nrate = 0.1\n"),
              HasSubstr("both 'tariff.rate' and 'tariff.add'"));
  EXPECT_THAT(bad("[[tariff]]\nimporters = \"R0\"\nbuyers = \"R0\"\nrate = 0.1\n"),
              HasSubstr("both 'tariff.importers' and 'tariff.buyers'"));
  EXPECT_THAT(bad(""), HasSubstr("the scenario is empty"));
  EXPECT_THAT(bad("theta = \"default\"\n[[productivity]]\nindustries = \"R0:S0\"\nfactor = 2\n"),
              HasSubstr("no files of parameters can be read here"));
}

TEST_F(TradeScenarios, ShortForms) {
  TradeScenarioSpec spec;
  ErrorList errors;
  add_short_group("ODD=R1, R3", spec, errors);
  add_short_ban("ODD>R0:S1,S2", spec, errors);
  add_short_tariff("R1>R2:*=+0.25", spec, errors);
  add_short_tariff("*>R2=0.1", spec, errors);
  ASSERT_TRUE(errors.empty());
  ASSERT_EQ(spec.measures.size(), 3U);
  EXPECT_EQ(spec.measures[0].sectors.size(), 2U);
  EXPECT_EQ(spec.measures[1].kind, TradeMeasureSpec::Kind::tariff_add);
  EXPECT_DOUBLE_EQ(spec.measures[1].number, 0.25);
  EXPECT_EQ(spec.measures[2].kind, TradeMeasureSpec::Kind::tariff);
  auto const question = open_trade_question(ground, spec, {}, {});
  ASSERT_TRUE(question) << test::all_of(question.error());
  auto const& grid = question->base.grid;
  EXPECT_DOUBLE_EQ(question->scenario.policy.availability[grid.pair(1, 0, 3)], 0);
  EXPECT_DOUBLE_EQ(question->scenario.policy.availability[grid.pair(0, 0, 3)], 1);
  for (char const* const text : {"R0", "R0>", ">R1", "R0>R1:", "R0>R1>R2", "R0,,R1>R2"}) {
    add_short_ban(text, spec, errors);
  }
  for (char const* const text : {"R0>R1", "R0>R1=", "R0>R1=ten", "R0>R1=-2", "R0>R1=1e9"}) {
    add_short_tariff(text, spec, errors);
  }
  add_short_group("ODD=R0", spec, errors);
  add_short_group("ODD", spec, errors);
  EXPECT_EQ(errors.size(), 13U);
}

TEST_F(TradeScenarios, AFileOfTariffsMayCountWithinABlocOnly) {
  TradeAdditions additions;
  additions.tariffs = {{0, 0, 1, 0.0, 0.5}, {0, 0, 2, 0.0, 0.5}, {1, 1, 0, 0.0, 0.2}};
  additions.among = {RegionId{0}, RegionId{1}};
  auto const question = good("name = \"bloc\"\n", additions);
  auto const& grid = question.base.grid;
  auto const& tariff = question.scenario.policy.tariff;
  EXPECT_DOUBLE_EQ(tariff[grid.pair(0, 0, 1)], 0.5);
  EXPECT_DOUBLE_EQ(tariff[grid.pair(1, 1, 0)], 0.2);
  EXPECT_DOUBLE_EQ(tariff[grid.pair(0, 0, 2)], question.base.tariff[grid.pair(0, 0, 2)]);
  auto const found = answer(question, {.bloc = additions.among});
  EXPECT_THAT(found.setting.imports, HasSubstr("bloc of R0 and R1"));
  EXPECT_NE(*found.regions[0].imports_change_pct, found.regions[0].outcome.imports);
  EXPECT_NEAR(*found.regions[2].imports_change_pct, found.regions[2].outcome.imports, 1e-9);
}

TEST_F(TradeScenarios, NoPolicyChangesNothingAndEveryNumberHasItsLabels) {
  auto const found = answer(good("name = \"nothing\"\n"));
  for (auto const& each : found.regions) {
    EXPECT_NEAR(each.outcome.welfare_exact, 0, 1e-9);
    EXPECT_TRUE(each.outlier.empty());
  }
  EXPECT_EQ(found.setting.deficits, "zero");
  EXPECT_EQ(found.setting.model, "cp");
  EXPECT_THAT(found.setting.theta, HasSubstr("own"));
  EXPECT_THAT(found.setting.vintage, HasSubstr("2022"));
  EXPECT_THAT(trade_sentences(found).front(), HasSubstr("nobody loses, nobody gains"));
}

TEST_F(TradeScenarios, ALostInputIsAnAnswer) {
  // Everyone stops selling S1 to R0, R0 itself included through a world where it makes none.
  auto accounts = ground.accounts;
  for (std::size_t n = 0; n < 4; ++n) accounts.trade[accounts.cell(1, n, 0)] = 0;
  ground = *trade_ground(std::move(accounts), "random (2022)");
  auto const text = "[[ban]]\nsellers = \"*\"\nbuyers = \"R0\"\nsectors = \"S1\"\n";
  auto const lost = answer(good(text));
  ASSERT_FALSE(lost.lost.empty());
  EXPECT_TRUE(lost.regions.empty());
  EXPECT_THAT(lost.lost_words, HasSubstr("essential input lost"));
  EXPECT_THAT(trade_sentences(lost).front(), HasSubstr("R0:S1"));
  auto const entered = answer(good(std::string{"entrant_cost = 2\n"} + text));
  EXPECT_TRUE(entered.lost.empty());
  EXPECT_LT(entered.regions[0].outcome.welfare_exact, -1);
}

TEST_F(TradeScenarios, DrawsGiveBandsAroundTheCentralAnswer) {
  auto const question = good("[[tariff]]\nimporters = \"*\"\nadd = 0.1\n");
  auto const found = answer(
      question, {.ensemble = EnsembleSpec{32, 1, sampling::DesignKind::sobol}, .uncertain = {}});
  ASSERT_TRUE(found.bands);
  EXPECT_EQ(found.bands->failed, 0U);
  EXPECT_TRUE(found.bands->assumed);
  ASSERT_EQ(found.bands->bands.size(), 5U);
  for (auto const& band : found.bands->bands) {
    EXPECT_LE(band.p05, band.p50);
    EXPECT_LE(band.p50, band.p95);
    EXPECT_LT(band.p05, band.p95);
  }
  EXPECT_EQ(found.bands->bands.back().region, "WORLD");
}

TEST_F(TradeScenarios, OutliersAreNamedWithTheirCause) {
  auto base = good("name = \"x\"\n").base;
  EXPECT_EQ(outlier_reason(base, 0, 14, 0.1), "");
  EXPECT_EQ(outlier_reason(base, 0, -40, 20), "") << "a large policy may have large effects";
  base.share[base.grid.pair(2, 0, 0)] = 0;
  auto const reason = outlier_reason(base, 0, 19, 2);
  EXPECT_THAT(reason, HasSubstr("19.0 %"));
  EXPECT_THAT(reason, HasSubstr("S2 (elasticity"));
}

}  // namespace
}  // namespace linchpin::study
