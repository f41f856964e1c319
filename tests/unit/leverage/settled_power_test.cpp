// SPDX-License-Identifier: Apache-2.0
// Power once trade has settled, and in the first months.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "linchpin/economy/economy.h"
#include "linchpin/equilibrium/closed_forms.h"
#include "linchpin/leverage/coalition.h"
#include "linchpin/leverage/equilibrium_power.h"
#include "linchpin/leverage/short_run_power.h"
#include "linchpin/table/synth.h"
#include "unit/equilibrium/equilibrium_fixtures.h"

namespace linchpin::leverage {
namespace {

using equilibrium::test::mirrored;
using equilibrium::test::one_sector;
using equilibrium::test::three_countries;
using equilibrium::test::two_equal_countries;

constexpr std::array first{std::size_t{0}};
constexpr std::array second{std::size_t{1}};

/// Full break with everybody is autarky: 1 − λ^{1/4}, λ the share a region buys at home
/// (Arkolakis, Costinot & Rodríguez-Clare 2012); for shares .8, .85, .6 by hand.
TEST(EquilibriumPower, BreakWithEverybodyIsAutarky) {
  auto const base = three_countries();
  std::array const others{std::size_t{1}, std::size_t{2}};
  auto const power =
      equilibrium_power(base, others, 0, {.sectors = {}, .full_break = true, .closure = {}})
          .value();
  ASSERT_TRUE(power.target_loss_pct);
  EXPECT_NEAR(*power.target_loss_pct, 100 * (1 - std::pow(.8, .25)), 1e-7);
  EXPECT_NEAR(*power.target_loss_pct, 5.425839, 1e-6);
  EXPECT_FALSE(power.costless);
  ASSERT_TRUE(power.ratio);
  double const largest = std::max(power.sender_loss_pct[0], power.sender_loss_pct[1]);
  EXPECT_NEAR(*power.ratio, *power.target_loss_pct / largest, 1e-12);
}

/// Two equal countries of 0.8 at home: a break costs both the same, so the ratio is 1.
TEST(EquilibriumPower, EqualsLoseAlike) {
  auto const base = two_equal_countries();
  auto const broken =
      equilibrium_power(base, first, 1, {.sectors = {}, .full_break = true, .closure = {}}).value();
  EXPECT_NEAR(*broken.target_loss_pct, 100 * (1 - std::pow(.8, .25)), 1e-7);
  EXPECT_NEAR(broken.sender_loss_pct[0], *broken.target_loss_pct, 1e-7);
  EXPECT_NEAR(broken.ratio.value(), 1, 1e-7);
}

/// With two countries trade must balance: who sells nothing can buy nothing.
TEST(EquilibriumPower, OneWayTradeOfTwoIsAnErrorOrAutarky) {
  auto const power = equilibrium_power(two_equal_countries(), first, 1);
  if (!power) return;  // "no wage balances one-way trade" is an answer of the solver
  EXPECT_GE(power->target_loss_pct.value_or(100), 100 * (1 - std::pow(.8, .25)) - 1e-6);
}

/// Denial one way: both sides' losses agree with a solution made by hand, and so does the sign.
TEST(EquilibriumPower, OneWayDenialIsTheSolutionUnderAMask) {
  auto const base = three_countries();
  auto const power = equilibrium_power(base, second, 0).value();
  equilibrium::TradePolicy policy;
  equilibrium::fill_pairs(policy.availability, base.grid, 1);
  policy.availability[base.grid.pair(0, 0, 1)] = 0;
  auto const found = equilibrium::test::solved(base, policy);
  for (auto const& [region, loss] : std::vector<std::pair<std::size_t, double>>{
           {0, *power.target_loss_pct}, {1, power.sender_loss_pct[0]}}) {
    double const welfare = found.numbers.spending_power[region] / base.final_spending(region) /
                           std::exp(found.numbers.log_final[region]);
    EXPECT_NEAR(loss, 100 * (1 - welfare), 1e-6);
  }
  EXPECT_GT(*power.target_loss_pct, 0);
}

TEST(EquilibriumPower, TargetAmongTheSendersAsksNothing) {
  std::array const all{std::size_t{0}, std::size_t{1}};
  auto const power = equilibrium_power(three_countries(), all, 1).value();
  EXPECT_TRUE(power.same);
  EXPECT_EQ(power.target_loss_pct, 0.0);
  EXPECT_FALSE(power.ratio);
}

/// Region 1 buys nothing from region 3: no power, and it costs nothing.
TEST(EquilibriumPower, NoTradeIsNoPower) {
  auto const base = one_sector({{.8, .2, 0}, {.1, .85, .05}, {.2, .2, .6}}, {40, 50, 10}, 4);
  auto const raw = equilibrium::consistent_base(base, equilibrium::DeficitRule::zero).value();
  std::array const third{std::size_t{2}};
  auto const power = equilibrium_power(raw, third, 0).value();
  EXPECT_FALSE(power.trade);
  EXPECT_EQ(power.target_loss_pct, 0.0);
  EXPECT_TRUE(power.costless);
  EXPECT_FALSE(power.ratio);
}

/// Nobody makes the second sector at home: without the other country it is lost.
TEST(EquilibriumPower, LostInputIsAMonopoly) {
  auto const base = mirrored({.9, 0}, {.7, .3}, {8, 4}, {{0, 0}, {0, 0}});
  auto const power =
      equilibrium_power(base, first, 1, {.sectors = {}, .full_break = true, .closure = {}}).value();
  EXPECT_FALSE(power.target_loss_pct);
  EXPECT_TRUE(power.sender_loss_pct.empty());
  EXPECT_FALSE(power.ratio);
  EXPECT_NE(power.lost.find("R2:S2"), std::string::npos);
}

/// Two countries, one way denied: what is left flows one way only, and no wages balance that. It is
/// no monopoly, for both make the good at home: no loss is known, and nothing counts as enough.
TEST(EquilibriumPower, TradeThatCannotBalanceIsNoMonopoly) {
  auto const base = two_equal_countries();
  auto const power = equilibrium_power(base, second, 0).value();
  EXPECT_TRUE(power.lost.empty()) << power.lost;
  EXPECT_NE(power.failed.find("one way only"), std::string::npos) << power.failed;
  EXPECT_FALSE(power.target_loss_pct);
  EXPECT_TRUE(power.sender_loss_pct.empty());
  EXPECT_FALSE(power.costless);
  // All pairs are answered for all that.
  EXPECT_EQ(all_equilibrium_pairs(base).value().size(), 4U);
  std::vector<Candidate> const candidates{{"R2:S1", 0, .2, {1}}};
  auto const evaluate = equilibrium_evaluator(base, {{{0, 0, 1}}}, candidates, 0);
  auto const outcome = evaluate(std::array{std::size_t{0}}).value();
  EXPECT_FALSE(outcome.lost);
  EXPECT_FALSE(outcome.failed.empty());
  Screen const screen{candidates, {4}, {1}, {}, 0};
  auto const found = find_chokepoints(screen, evaluate, {.k = 1}).value();
  EXPECT_TRUE(found.sets.empty());
  EXPECT_TRUE(found.monopolies.empty());
  EXPECT_EQ(found.failed, 1U);
  EXPECT_FALSE(found.bound);
  EXPECT_FALSE(found.optimal);
}

/// Losses of members are unknown where the target is left without something, so that a coalition
/// with numbers comes first; one the model has no answer for never counts.
TEST(WhoMustJoin, UnknownLossesAreNotZeroAndFailuresAreNotEnough) {
  std::array const candidates{std::size_t{0}, std::size_t{1}, std::size_t{2}};
  auto const evaluate = [](std::span<std::size_t const> members) -> Result<CoalitionOutcome> {
    CoalitionOutcome outcome;
    if (members.size() > 1) {
      outcome.target_loss = 9;
      for (auto const m : members) outcome.member_losses.emplace_back(m, 1.0);
    } else if (members[0] == 0) {
      outcome.lost = true;
    } else if (members[0] == 1) {
      outcome.failed = true;
      outcome.target_loss = 50;
    } else {
      outcome.target_loss = 6;
      outcome.member_losses.emplace_back(2, 3.0);
    }
    return outcome;
  };
  auto const found = who_must_join(candidates, 5, evaluate).value();
  EXPECT_TRUE(found.reached);
  EXPECT_EQ(found.members, std::vector<std::size_t>{2});
  EXPECT_FALSE(found.outcome.lost);
  EXPECT_GT(found.failed, 0U);
  EXPECT_FALSE(found.smallest);
}

TEST(EquilibriumPower, AllPairsAreThePairs) {
  auto const base = three_countries();
  auto const all = all_equilibrium_pairs(base).value();
  ASSERT_EQ(all.size(), 9U);
  EXPECT_TRUE(all[4].same);
  auto const one = equilibrium_power(base, second, 0).value();
  EXPECT_EQ(all[3].target_loss_pct, one.target_loss_pct);
  EXPECT_EQ(all[3].sender_loss_pct, one.sender_loss_pct);
}

/// The evaluator of a chokepoint search is the same model.
TEST(EquilibriumPower, EvaluatorIsTheSameModel) {
  auto const base = three_countries();
  std::vector<Candidate> const candidates{{"R2:S1", 0, .15, {1}}, {"R3:S1", 0, .05, {2}}};
  auto const evaluate = equilibrium_evaluator(base, {{{0, 0, 1}}, {{0, 0, 2}}}, candidates, 0);
  auto const outcome = evaluate(std::array{std::size_t{0}}).value();
  auto const power = equilibrium_power(base, second, 0).value();
  EXPECT_NEAR(100 * outcome.target_loss, *power.target_loss_pct, 1e-9);
  ASSERT_EQ(outcome.sender_losses.size(), 1U);
  EXPECT_NEAR(100 * outcome.sender_losses[0].second, power.sender_loss_pct[0], 1e-9);
  EXPECT_FALSE(outcome.lost);
}

TEST(ShortRunPower, LosesWhatTheSimulationLoses) {
  auto const economy =
      Economy::make(
          synthesise_world({.regions = 3, .sectors = 2, .seed = Seed{1}, .zero_share = 0}).value())
          .value();
  ShortRunOptions options;
  options.model.inventory_days = disrupt::default_inventory_days(economy.space(), 20, 3);
  options.model.days = 60;
  auto const denials = all_denials(3);
  auto const losses = short_run_losses(economy, denials, options).value();
  ASSERT_EQ(losses.size(), 9U);
  for (std::size_t n = 0; n < 3; ++n) EXPECT_EQ(losses[n * 3 + n], 0);
  Scenario scenario;
  scenario.cuts.push_back({});
  scenario.cuts[0].sellers = {RegionId{1}};
  scenario.cuts[0].buyers = {RegionId{0}};
  auto const path = disrupt::simulate(economy, scenario, options.model).value();
  EXPECT_NEAR(losses[3], path.region_final_use_loss_pct[0], 1e-9);
  EXPECT_GT(losses[3], 0);
  // A coalition does at least as much as its members, and a target among the senders nothing.
  std::vector<Denial> const joint{{{1, 2}, 0}, {{0, 1}, 0}};
  auto const together = short_run_losses(economy, joint, options).value();
  EXPECT_GT(together[0], std::max(losses[3], losses[6]));
  EXPECT_EQ(together[1], 0);
}

}  // namespace
}  // namespace linchpin::leverage
