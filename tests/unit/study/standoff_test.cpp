// SPDX-License-Identifier: Apache-2.0
// Stand-offs of [leverage]: actions beyond bans, rungs that take time, three players.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "linchpin/economy/trade_accounts_of.h"
#include "linchpin/equilibrium/solve.h"
#include "linchpin/leverage/equilibrium_power.h"
#include "linchpin/study/standoff_actions.h"
#include "linchpin/study/standoff_time.h"
#include "linchpin/study/trade_world.h"
#include "standoff_fixture.h"

namespace linchpin::study {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;

/// The same policy set by hand, cell by cell, and solved directly.
TEST_F(Standoff, TariffsAndExportTaxesArePricedByTheTradeModel) {
  auto const accounts = trade_accounts_of(economy, {}, {}).value();
  auto const& labels = economy.space().labels();
  TradeGround const ground{accounts, trade_space(labels.regions, labels.sectors).value(), "small"};
  TradeScenarioSpec scenario;
  scenario.model.theta = Placed<std::string>{"sets.csv", "test"};
  scenario.model.horizon_years = 1;
  auto const question = open_trade_question(ground, scenario, {}, source).value();
  auto const& base = question.base;
  auto const loss_of = [&](equilibrium::TradePolicy const& policy, std::size_t region) {
    auto const found = equilibrium::solve(base, policy, question.scenario.closure).value();
    return 100 * leverage::final_spending_loss(base, found, region);
  };
  equilibrium::TradePolicy tariff, tax;
  equilibrium::fill_tariffs(tariff, base);
  equilibrium::fill_pairs(tax.export_tax, base.grid, 0);
  for (std::size_t const j : {0U, 1U}) {
    tariff.tariff[base.grid.pair(j, 0, 1)] += 0.25;
    tax.export_tax[base.grid.pair(j, 1, 0)] = 0.4;
  }
  auto const by_tariff = one_action("kind = \"tariff\"\nrate = 0.25\n" + from_to("R1", "R0"));
  auto const by_tax = one_action("kind = \"export-tax\"\nrate = 0.4\n" + from_to("R0", "R1"));
  for (std::size_t const region : {0U, 1U}) {
    auto const name = "R" + std::to_string(region);
    EXPECT_NEAR(loss(by_tariff, "act", name), loss_of(tariff, region), 1e-9);
    EXPECT_NEAR(loss(by_tax, "act", name), loss_of(tax, region), 1e-9);
    EXPECT_NE(loss(by_tariff, "act", name), 0);
  }
  EXPECT_EQ(texts(table(by_tariff, "standoff_actions"), "kind").front(), "tariff");
  EXPECT_EQ(texts(table(by_tariff, "standoff_actions"), "what").front(),
            "R0 levies 25 % on s0 and s1 from R1");
}

TEST_F(Standoff, LicencesGiveTheirRentsToWhomTheySay) {
  std::map<std::string, ResultSet> by_rents;
  for (auto const* rents : {"exporter", "importer", "nobody"}) {
    by_rents[rents] = one_action(std::string{"kind = \"licences\"\nlimit = 0.5\nrents = \""} +
                                 rents + "\"\n" + from_to("R0", "R1"));
  }
  EXPECT_LT(loss(by_rents["exporter"], "act", "R0"), loss(by_rents["nobody"], "act", "R0"));
  EXPECT_LT(loss(by_rents["importer"], "act", "R1"), loss(by_rents["nobody"], "act", "R1"));
  // Half a ban is licences for the other half whose rents nobody receives.
  auto const half = one_action("share = 0.5\n" + from_to("R0", "R1"));
  EXPECT_EQ(loss(half, "act", "R1"), loss(by_rents["nobody"], "act", "R1"));
  auto const full = one_action(from_to("R0", "R1"));
  EXPECT_GT(loss(full, "act", "R1"), 1.5 * loss(half, "act", "R1"));
  EXPECT_EQ(loss(full, "act", "R1"),
            loss(one_action("kind = \"ban\"\nshare = 1\n" + from_to("R0", "R1")), "act", "R1"));
}

/// Of bans and licences on the same deliveries the strictest counts; rates add up.
TEST_F(Standoff, ActionsTogether) {
  auto const ends = [&](std::string const& a, std::string const& b) {
    auto const results =
        answer(std::string{head} + two + action("a", "R0", a) + action("b", "R1", b) +
               rung("start", "R0") + move("a", "in_force = \"a\"") + move("b", "in_force = \"b\"") +
               move("both", "in_force = [\"a\", \"b\"]"));
    std::map<std::string, double> losses;
    for (auto const* name : {"a", "b", "both"}) {
      losses[name] = at(results, "ladder_ends", {{"move", name}, {"player", "R1"}}, "loss_pct");
    }
    return losses;
  };
  auto const to = from_to("R0", "R1");
  auto const limits = ends("kind = \"licences\"\nlimit = 0.6\nrents = \"nobody\"\n" + to,
                           "kind = \"licences\"\nlimit = 0.3\nrents = \"nobody\"\n" + to);
  EXPECT_EQ(limits.at("both"), limits.at("b"));
  EXPECT_GT(limits.at("b"), limits.at("a"));
  auto const banned = ends("share = 0.4\n" + to, to);
  EXPECT_EQ(banned.at("both"), banned.at("b"));
  auto const rates =
      ends("kind = \"tariff\"\nrate = 0.1\n" + to, "kind = \"tariff\"\nrate = 0.2\n" + to);
  auto const sum = one_action("kind = \"tariff\"\nrate = 0.3\n" + to);
  EXPECT_NEAR(rates.at("both"), loss(sum, "act", "R1"), 1e-9);
}

/// Buyers of a tariff must go along with it, sellers of all else.
TEST_F(Standoff, WhoGoesAlongWithATariff) {
  auto const results = one_action(
      "kind = \"tariff\"\nrate = 0.2\nsellers = [\"R1\"]\nbuyers = [\"R0\", \"R2\"]\n"
      "sectors = \"goods\"");
  EXPECT_THAT(texts(table(results, "seller_losses"), "seller"), Each("R2"));
  EXPECT_NE(at(results, "seller_losses", {{"play", "R0: act; R1: nothing"}}, "loss_pct"), 0);
}

TEST_F(Standoff, AnActionWithoutTradeIsAWarning) {
  auto const results = one_action("sellers = [\"R1\"]\nbuyers = [\"R1\"]\nsectors = \"*\"");
  EXPECT_EQ(loss(results, "act", "R1"), 0);  // less than the solver can tell is nothing
  EXPECT_THAT(results.warnings, Contains(HasSubstr("'act' touches no trade between two regions")));
  EXPECT_THAT(one_action(from_to("R0", "R1")).warnings, Each(Not(HasSubstr("touches no trade"))));
}

/// What others bear: the share of draws counts by hand from a limit between their losses.
TEST_F(Standoff, WhetherOthersStayWithinALimit) {
  auto const text = [](std::string const& limit) {
    return std::string{head} + draws + two + limit +
           action("act", "R0",
                  "sellers = [\"R0\", \"R2\"]\nbuyers = [\"R1\"]\nsectors = [\"s0\", \"s1\"]") +
           action("other", "R1", from_to("R1", "R0"));
  };
  std::vector<std::pair<std::string, std::string>> const play{{"play", "R0: act; R1: nothing"}};
  auto const plain = answer(text(""));
  EXPECT_TRUE(std::isnan(at(plain, "seller_losses", play, "within_limit_share")));
  double const low = at(plain, "seller_losses", play, "loss_p05_pct");
  double const median = at(plain, "seller_losses", play, "loss_p50_pct");
  ASSERT_GT(low, 0);
  auto const share = [&](double limit) {
    return at(answer(text("member_limit_pct = " + std::to_string(limit) + "\n")), "seller_losses",
              play, "within_limit_share");
  };
  EXPECT_EQ(share(median), 0.5);  // four of eight draws
  EXPECT_EQ(share(low / 2), 0);
  EXPECT_EQ(share(100), 1);
}

TEST_F(Standoff, SaysAllThatIsWrongWithActions) {
  auto const to = from_to("R0", "R1");
  auto const problems =
      bad(std::string{head} + two + action("a", "R0", "kind = \"tarif\"\nrate = 0.1\n" + to) +
          action("b", "R0", "kind = \"tariff\"\n" + to) +
          action("c", "R0", "rate = 0.1\nrents = \"exporter\"\n" + to) +
          action("d", "R0", "kind = \"licences\"\nlimit = 1.5\nrents = \"everybody\"\n" + to) +
          action("e", "R1", "kind = \"export-tax\"\nrate = 0.1\nshare = 0.5\n" + to) +
          action("f", "R1", "share = 0\n" + to));
  EXPECT_THAT(problems, HasSubstr("'tarif' is no leverage.standoff.action.kind"));
  EXPECT_THAT(problems, HasSubstr("tariff"));
  EXPECT_THAT(problems, HasSubstr("'leverage.standoff.action.rate' is missing"));
  EXPECT_THAT(problems, HasSubstr("'leverage.standoff.action.rate' does not go with kind ban"));
  EXPECT_THAT(problems, HasSubstr("'leverage.standoff.action.rents' does not go with kind ban"));
  EXPECT_THAT(problems, HasSubstr("1.5"));
  EXPECT_THAT(problems, HasSubstr("'everybody' is no"));
  EXPECT_THAT(problems,
              HasSubstr("'leverage.standoff.action.share' does not go with kind export tax"));
  EXPECT_THAT(problems, Not(HasSubstr("unknown key")));
  EXPECT_EQ(std::count(problems.begin(), problems.end(), '\n'), 8);
}

/// R0 bans, R1 gives way now or answers and gives way later. `time` is given to both later rungs.
std::string escalation(std::string const& answer_time, std::string const& brink_time,
                       bool swapped = false) {
  auto const now = move("give way", "in_force = \"nothing\"\ngives_way = \"R1\"");
  auto const on = move("escalate", "next = \"brink\"");
  return action("ban", "R0", from_to("R0", "R1") + "\nworth = {value = 50, note = \"made up\"}") +
         action("back", "R1", from_to("R1", "R0")) + rung("opening", "R0") +
         move("wait", "in_force = \"nothing\"") + move("ban", "next = \"answer\"") +
         rung("answer", "R1", answer_time) + (swapped ? on + now : now + on) +
         rung("brink", "R1", brink_time) +
         move("give way late", "in_force = \"nothing\"\ngives_way = \"R1\"") +
         move("fight", "in_force = [\"ban\", \"back\"]");
}
constexpr char const* stakes =
    "[leverage.standoff.stakes]\nR0 = {value = 0, note = \"made up\"}\n"
    "R1 = {value = 0.001, note = \"made up\"}\n";

TEST_F(Standoff, TimeOnTheLadderBreaksTheTie) {
  auto const head_of = std::string{head} + draws + two + stakes;
  auto const free = answer(head_of + escalation("", ""));
  auto const share = [&](ResultSet const& results, std::string const& name,
                         std::string const& number) {
    return at(results, "ladder", {{"rung", "answer"}, {"move", name}}, number);
  };
  // Without time giving way now and later are worth the same, and the answer says so.
  EXPECT_EQ(share(free, "give way", "credible_share"), 0);
  EXPECT_EQ(share(free, "give way", "credible_possible_share"), 1);
  EXPECT_THAT(free.headlines,
              Contains(AllOf(HasSubstr("Worth the same at central numbers: "),
                             HasSubstr("at \"answer\" \"give way\" and \"escalate\" of R1"))));
  std::string const early = "in_force = \"ban\"\nmonths = 3\n";
  std::string const late = "in_force = [\"ban\", \"back\"]\nduration = 0.25\n";
  auto const timed = answer(head_of + escalation(early, late));
  for (auto const* number : {"credible_share", "credible_possible_share"}) {
    EXPECT_EQ(share(timed, "give way", number), 1);
    EXPECT_EQ(share(timed, "escalate", number), 0);
  }
  EXPECT_THAT(timed.headlines, Each(Not(HasSubstr("Worth the same"))));
  // By hand: a quarter of the year with the ban, another with both, then the end.
  auto const loss_of = [&](std::string const& play, std::string const& player) {
    return at(timed, "payoffs", {{"play", play}, {"player", player}}, "loss_pct");
  };
  double const ban = loss_of("R0: ban; R1: nothing", "R1");
  double const both = loss_of("R0: ban; R1: back", "R1");
  ASSERT_GT(both, 0);
  auto const end = [&](std::string const& name, std::string const& player, char const* number) {
    return at(timed, "ladder_ends", {{"move", name}, {"player", player}}, number);
  };
  EXPECT_NEAR(end("give way", "R1", "loss_pct"), ban / 4, 1e-12);
  EXPECT_NEAR(end("give way late", "R1", "loss_pct"), ban / 4 + both / 4, 1e-12);
  EXPECT_NEAR(end("fight", "R1", "loss_pct"), ban / 4 + both * 3 / 4, 1e-12);
  EXPECT_NEAR(end("give way late", "R1", "payoff_pct"), -ban / 4 - both / 4 - 0.001, 1e-12);
  // The ban is worth 50 % a year to R0 while it is in force; the stake of R0 is none.
  EXPECT_NEAR(
      end("give way late", "R0", "payoff_pct"),
      25 - loss_of("R0: ban; R1: nothing", "R0") / 4 - loss_of("R0: ban; R1: back", "R0") / 4,
      1e-9);
  // From then on it fights: half of the year with both, against the stake, at "brink"; at "answer"
  // the quarter before that counts, too.
  EXPECT_NEAR(at(timed, "ladder", {{"move", "give way late"}}, "break_even_stake_pct"), both / 2,
              1e-9);
  EXPECT_NEAR(at(timed, "ladder", {{"move", "give way"}}, "break_even_stake_pct"), both * 3 / 4,
              1e-9);
  // A row for every player.
  EXPECT_EQ(numbers(table(timed, "ladder_rungs"), "from_share"),
            (std::vector<double>{0, 0, 0, 0, 0.25, 0.25}));
  EXPECT_EQ(numbers(table(timed, "ladder_rungs"), "months"),
            (std::vector<double>{0, 0, 3, 3, 3, 3}));
  // The order of moves changes nothing.
  auto const swapped = answer(head_of + escalation(early, late, true));
  EXPECT_EQ(share(swapped, "escalate", "path_share"), share(timed, "escalate", "path_share"));
}

TEST_F(Standoff, WithoutDurationsTheAnswerSaysThatTimeIsFree) {
  auto const notes_of = [&](std::string const& text) {
    std::string words;
    for (auto const& note : answer(text).notes) words += note.text + "\n";
    return words;
  };
  auto const head_of = std::string{head} + two + stakes;
  EXPECT_THAT(notes_of(head_of + escalation("", "")), HasSubstr("Rungs take no time"));
  EXPECT_THAT(notes_of(head_of + escalation("months = 3\n", "")),
              HasSubstr("Rungs take time, an assumption: \"answer\" 3 months."));
}

/// Weights by hand: (e^-0.025 − e^-0.05) / (1 − e^-0.1) and so on, 10 % a year.
TEST(StandoffTime, WeightsAreDiscountedAndAddUp) {
  StandoffSpec spec;
  spec.horizon_years = 1;
  spec.discount = 0.1;
  spec.rungs.resize(2);
  spec.rungs[0].name.value = "a";
  spec.rungs[0].duration = 0.25;
  spec.rungs[0].moves.resize(1);
  spec.rungs[0].moves[0].next = Placed<std::string>{"b", ""};
  spec.rungs[1].name.value = "b";
  spec.rungs[1].duration = 0.25;
  auto const times = rung_times(spec);
  double const all = 1 - std::exp(-0.1);
  ASSERT_EQ(times[1].before.size(), 2U);
  EXPECT_NEAR(times[1].before[0].second, (1 - std::exp(-0.025)) / all, 1e-14);
  EXPECT_NEAR(times[1].before[1].second, (std::exp(-0.025) - std::exp(-0.05)) / all, 1e-14);
  EXPECT_NEAR(times[1].before[0].second + times[1].before[1].second + times[1].rest, 1, 1e-14);
  EXPECT_GT(times[1].before[0].second, 0.25);
  EXPECT_EQ(times[1].from, 0.25);
}

TEST_F(Standoff, SaysAllThatIsWrongWithTime) {
  auto const head_of = std::string{head} + two + stakes;
  auto const problems = bad(head_of + escalation("in_force = \"ban\"\n", "months = 13\n"));
  EXPECT_THAT(problems, HasSubstr("'answer' has actions in force but takes no time"));
  EXPECT_THAT(problems, HasSubstr("rungs up to 'brink' take 1.08 of the horizon"));
  EXPECT_THAT(bad(head_of + escalation("months = 1\nduration = 0.1\n", "")), HasSubstr("use one"));
  auto long_run = head_of;
  long_run.erase(long_run.find("horizon_years = 1\n"), 18);
  EXPECT_THAT(bad(long_run + escalation("months = 1\n", "")), HasSubstr("months of the long run"));
  EXPECT_THAT(bad(head_of + escalation("months = 1\nin_force = \"bann\"\n", "")),
              HasSubstr("there is no action 'bann'"));
  auto twice = escalation("months = 1\n", "");
  twice += move("again", "next = \"answer\"");
  EXPECT_THAT(bad(head_of + twice), HasSubstr("several moves lead to 'answer'"));
}

constexpr char const* three = R"([[leverage.standoff]]
name = "three"
players = ["R0", "R1", "R2"]
[leverage.standoff.stakes]
R0 = {value = 0.1, low = 0.05, high = 0.2, note = "made up"}
R1 = {value = 0.1, low = 0.05, high = 0.2, note = "made up"}
R2 = {value = 0.1, low = 0.05, high = 0.2, note = "made up"}
)";
std::string three_actions() {
  return action("a", "R0", from_to("R0", "R1")) + action("b", "R1", from_to("R1", "R2")) +
         action("c", "R2", from_to("R2", "R0") + "\nworth = {value = 50, note = \"made up\"}");
}

TEST_F(Standoff, ThreePlayersAtOnce) {
  auto const results = answer(std::string{head} + draws + three + three_actions());
  auto const& payoffs = table(results, "payoffs");
  ASSERT_EQ(payoffs.rows(), 8U * 3);
  auto const loss_of = [&](std::string const& play, std::string const& player) {
    return at(results, "payoffs", {{"play", play}, {"player", player}}, "loss_pct");
  };
  // The play is in words, in the order of players; each denial hurts who is denied.
  EXPECT_GT(loss_of("R0: a; R1: nothing; R2: nothing", "R1"), 0);
  EXPECT_GT(loss_of("R0: nothing; R1: b; R2: nothing", "R2"), 0);
  EXPECT_GT(loss_of("R0: nothing; R1: nothing; R2: c", "R0"), 0);
  // Denying costs the one who denies as well, so only the one whom it is worth something does it.
  auto const& plays = texts(payoffs, "play");
  auto const& marks = texts(payoffs, "equilibrium");
  for (std::size_t row = 0; row < plays.size(); ++row) {
    EXPECT_EQ(marks[row] == "yes", plays[row] == "R0: nothing; R1: nothing; R2: c") << plays[row];
  }
  EXPECT_EQ(at(results, "action_odds", {{"player", "R2"}, {"action", "c"}}, "certain_share"), 1);
  EXPECT_THAT(results.headlines.front(),
              HasSubstr("nobody gains by changing alone with R0: nothing; R1: nothing; R2: c"));
  EXPECT_THAT(results.headlines, Contains(HasSubstr("\"c\" of R2 in 100 % of draws")));
}

TEST_F(Standoff, ThreePlayersOnALadder) {
  auto const ladder =
      rung("first", "R2") + move("wait", "in_force = \"nothing\"") +
      move("c", "next = \"second\"") + rung("second", "R0", "in_force = \"c\"\nmonths = 1\n") +
      move("yield", "in_force = \"nothing\"\ngives_way = \"R0\"") + move("a", "next = \"third\"") +
      rung("third", "R1", "in_force = [\"a\", \"c\"]\nmonths = 2\n") +
      move("endure", "in_force = [\"a\", \"c\"]") + move("b", "in_force = [\"a\", \"b\", \"c\"]");
  auto const results = answer(std::string{head} + draws + three + three_actions() + ladder);
  EXPECT_EQ(table(results, "ladder").rows(), 6U);
  EXPECT_EQ(table(results, "ladder_ends").rows(), 4U * 3);
  auto const end = [&](std::string const& name, std::string const& player, char const* number) {
    return at(results, "ladder_ends", {{"move", name}, {"player", player}}, number);
  };
  // Where R0 gives way it loses its stake and each of the others wins its own.
  auto const stake = [&](std::string const& player) {
    double const worth = player == "R2" ? 50.0 / 12 : 0;
    return end("yield", player, "payoff_pct") + end("yield", player, "loss_pct") - worth;
  };
  EXPECT_NEAR(stake("R0"), -0.1, 1e-12);
  EXPECT_NEAR(stake("R1"), 0.1, 1e-12);
  EXPECT_NEAR(stake("R2"), 0.1, 1e-9);
  // 50 % a year for as long as c is in force.
  EXPECT_NEAR(end("endure", "R2", "payoff_pct") + end("endure", "R2", "loss_pct"), 50, 1e-9);
  EXPECT_THAT(results.headlines, Contains(HasSubstr("Who gives way: R0 in ")));
  std::string all;
  for (auto const& each : results.headlines) all += each;
  EXPECT_THAT(all, HasSubstr("R1 in 0 % of draws"));
  // More players than that are no game here.
  auto four = std::string{three};
  four.replace(four.find("\"R2\"]"), 5, "\"R2\", \"R3\"]");
  EXPECT_THAT(bad(std::string{head} + four + three_actions()), HasSubstr("4 players"));
}

}  // namespace
}  // namespace linchpin::study
