// SPDX-License-Identifier: Apache-2.0
// The [leverage] table of a study: read, checked and run on a small world.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "linchpin/economy/trade_accounts_of.h"
#include "linchpin/study/chokepoint_run.h"
#include "linchpin/study/flow_run.h"
#include "linchpin/study/leverage_study.h"
#include "linchpin/study/leverage_words.h"
#include "linchpin/study/run.h"
#include "linchpin/study/study_file.h"
#include "study_fixtures.h"

namespace linchpin::study {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr char const* head = R"(title = "Leverage"
world = "small"
[leverage]
theta = "sets.csv"
[leverage.ensemble]
draws = 8
seed = 1
)";
constexpr char const* power = R"([leverage.power]
short_run = ["none"]
compare = ["low", "high", "uniform"]
)";
constexpr char const* chokepoints = R"([[leverage.chokepoints]]
target = "R0"
k = 2
)";
constexpr char const* standoff = R"([[leverage.carve]]
line = "CHIPS"
host = "s0"
home = "R1"
world_sales = {value = 2, low = 1, high = 3, note = "made up"}
home_buys = {value = 0.3, low = 0.2, high = 0.4, note = "made up"}
home_share = {value = 0.2, low = 0.1, high = 0.3, note = "made up"}
theta = {value = 2, low = 1, high = 3, note = "made up"}
suppliers = {R0 = 3, R2 = 1}
[[leverage.standoff]]
name = "chips"
title = "Chips"
players = ["R0", "R1"]
[leverage.standoff.stakes]
R0 = {value = 0.1, low = 0.05, high = 0.2, note = "made up"}
R1 = {value = 0.1, low = 0.05, high = 0.2, note = "made up"}
[[leverage.standoff.action]]
name = "ban chips"
player = "R0"
sellers = ["R0"]
buyers = ["R1"]
sectors = ["CHIPS"]
worth = {value = 50, low = 40, high = 60, note = "made up"}
[[leverage.standoff.action]]
name = "ban all"
player = "R1"
sellers = ["R1"]
buyers = ["R0"]
sectors = "goods"
[[leverage.standoff.rung]]
name = "opening"
player = "R0"
[[leverage.standoff.rung.move]]
name = "wait"
in_force = "nothing"
[[leverage.standoff.rung.move]]
name = "ban"
next = "answer"
[[leverage.standoff.rung]]
name = "answer"
player = "R1"
[[leverage.standoff.rung.move]]
name = "give way"
in_force = "nothing"
gives_way = "R1"
[[leverage.standoff.rung.move]]
name = "hold"
in_force = ["ban chips", "ban all"]
)";

class LeverageStudy : public ::testing::Test {
 protected:
  std::string bad(std::string const& text) {
    auto const study = parse_study(text, "s.toml");
    if (!study) return test::all_of(study.error());
    auto const resolved = resolve_study(*study, economy.space());
    return resolved ? "accepted" : test::all_of(resolved.error());
  }
  Result<ResultSet> ask(std::string const& text, WorldSource const& worlds = {}) {
    auto const study = parse_study(text, "s.toml");
    if (!study) return fail(study.error());
    return run_study(*study, economy, {}, source, {}, worlds);
  }
  ResultTable const& table(ResultSet const& results, std::string const& name) {
    auto const found = std::find_if(results.tables.begin(), results.tables.end(),
                                    [&](auto const& each) { return each.name == name; });
    EXPECT_NE(found, results.tables.end()) << name;
    return *found;
  }
  ResultColumn const& column(ResultTable const& rows, std::string const& name) {
    auto const found = std::find_if(rows.columns.begin(), rows.columns.end(),
                                    [&](auto const& each) { return each.name == name; });
    EXPECT_NE(found, rows.columns.end()) << name;
    return *found;
  }
  std::vector<double> numbers(ResultTable const& rows, std::string const& name) {
    return std::get<NumberColumn>(column(rows, name).data).values;
  }
  Economy economy = test::small_economy();
  ParameterSource source{[](std::string const& name) -> Result<std::string> {
                           if (name == "sets.csv") return "key,value\ntrade_elasticity.*,4\n";
                           return fail(ErrorCode::file_not_found, "no such file", name, "");
                         },
                         {}};
};

TEST_F(LeverageStudy, PowerOverWorldsWithRanksAndTheirStability) {
  auto const text = std::string{head} + power + "worlds = [\"small\", \"other\"]\n";
  auto const results = ask(text, [&](std::string const& name) -> Result<Economy> {
    EXPECT_EQ(name, "other");
    return test::small_economy();
  });
  ASSERT_TRUE(results) << test::all_of(results.error());
  auto const& rows = table(*results, "power");
  EXPECT_EQ(rows.rows(), 2U * 4 * 3);
  // Elasticities are drawn, so the central number lies within its band.
  auto const low = numbers(rows, "cost_index_p05_pct"), high = numbers(rows, "cost_index_p95_pct");
  for (std::size_t k = 0; k < low.size(); ++k) EXPECT_LT(low[k], high[k]);
  auto const tau = numbers(table(*results, "power_rank_stability"), "tau_cost_index");
  EXPECT_THAT(tau, SizeIs(2 * 4 * 4));
  EXPECT_EQ(tau.front(), 1);
  EXPECT_THAT(results->headlines.front(), HasSubstr("nobody holds anybody as firmly as"));
  EXPECT_EQ(results->headlines.size(), results->headline_scenarios.size());
  EXPECT_EQ(results->origin.seed, 1U);
}

TEST_F(LeverageStudy, OtherWorldsNeedSomebodyToOpenThem) {
  auto const results = ask(std::string{head} + power + "worlds = [\"other\"]\n");
  ASSERT_FALSE(results);
  EXPECT_THAT(results.error().what, HasSubstr("'other' cannot be opened here"));
}

TEST_F(LeverageStudy, ChokepointsAskForGoodsUnlessServicesAreNamed) {
  auto const results = ask(std::string{head} + chokepoints);
  ASSERT_TRUE(results) << test::all_of(results.error());
  for (auto const& links :
       std::get<TextColumn>(column(table(*results, "chokepoints"), "links").data)) {
    for (auto const* service : {":s3", ":s4", ":s5"}) {
      EXPECT_EQ(links.find(service), std::string::npos) << links;
    }
  }
  auto const with = ask(std::string{head} + chokepoints + "services = true\nsectors = [\"s4\"]\n");
  ASSERT_TRUE(with) << test::all_of(with.error());
  EXPECT_THAT(std::get<TextColumn>(column(table(*with, "chokepoints"), "flag").data),
              Contains("theta assumed"));
}

TEST_F(LeverageStudy, StandoffPlaysItsLadderOnCarvedLines) {
  auto const results = ask(std::string{head} + standoff);
  ASSERT_TRUE(results) << test::all_of(results.error());
  auto const& payoffs = table(*results, "payoffs");
  ASSERT_EQ(payoffs.rows(), 2U * 4);
  auto const loss = numbers(payoffs, "loss_pct");
  EXPECT_EQ(loss[0], 0);  // nothing, nothing
  EXPECT_EQ(loss[1], 0);
  auto const& plays = std::get<TextColumn>(column(payoffs, "play").data);
  auto const ban = std::find(plays.begin(), plays.end(), "R0: ban chips; R1: nothing");
  ASSERT_NE(ban, plays.end());
  // The player denied chips loses; the worth of the ban outweighs its own loss.
  EXPECT_GT(loss[static_cast<std::size_t>(ban - plays.begin()) + 1], 0);
  auto const& ladder = table(*results, "ladder");
  ASSERT_EQ(ladder.rows(), 4U);
  // With a ban worth 40 % and more to R0 it begins, whatever follows.
  EXPECT_EQ(numbers(ladder, "path_share")[1], 1);
  auto const credible = numbers(ladder, "credible_share");
  EXPECT_NEAR(credible[2] + credible[3], 1, 1e-12);
  EXPECT_THAT(results->headlines.front(), HasSubstr("Chips: Best play at central numbers: "));
  // Where losses of carved lines are printed it says that they look too small, in the same place.
  EXPECT_THAT(results->headlines.front(),
              HasSubstr("bought in proportion (CHIPS by every user of"));
  EXPECT_THAT(results->warnings, Contains(HasSubstr("CHIPS is carved out of s0")));
  EXPECT_EQ(table(*results, "ladder_ends").rows(), 2U * 3);
}

TEST_F(LeverageStudy, PowerFallsAlongAPathToMakingItAtHome) {
  std::string const after = R"([[leverage.after]]
line = "CHIPS"
[[leverage.after.point]]
year = 2025
home_share = 0.2
[[leverage.after.point]]
year = 2035
home_share = 0.7
cost_pct = 0.1
)";
  auto const results = ask(std::string{head} + standoff + after);
  ASSERT_TRUE(results) << test::all_of(results.error());
  auto const& rows = table(*results, "power_after");
  ASSERT_EQ(rows.rows(), 2U);
  auto const dearer = numbers(rows, "cost_index_pct"), loss = numbers(rows, "target_loss_pct");
  EXPECT_GT(dearer[0], dearer[1]);
  EXPECT_GT(loss[0], loss[1]);
  EXPECT_GT(loss[1], 0);
  // The stand-off at both shares: a ban of chips costs less with more of them made at home.
  auto const& along = table(*results, "standoff_after_losses");
  auto const plays = std::get<TextColumn>(column(along, "play").data);
  auto const players = std::get<TextColumn>(column(along, "player").data);
  std::vector<double> banned;
  for (std::size_t row = 0; row < along.rows(); ++row) {
    if (plays[row] != "R0: ban chips; R1: nothing" || players[row] != "R1") continue;
    banned.push_back(numbers(along, "loss_pct")[row]);
  }
  ASSERT_EQ(banned.size(), 2U);
  EXPECT_GT(banned[0], banned[1]);
  EXPECT_THAT(results->headlines,
              Contains(HasSubstr("Chips: who gives way along the path: with 20 % of CHIPS made at "
                                 "home (2025) R0 in ")));
  EXPECT_THAT(bad(std::string{head} + "[[leverage.after]]\nline = \"X\"\n"),
              HasSubstr("no line here is called 'X'"));
}

TEST_F(LeverageStudy, DefenceComparesWhatCanBeDone) {
  auto const accounts = trade_accounts_of(economy, {}, {}).value();
  auto const& labels = economy.space().labels();
  TradeGround const ground{accounts, trade_space(labels.regions, labels.sectors).value(), "small"};
  DefendRequest request;
  request.target = "R0";
  request.k = 2;
  request.attack_links = 2;
  request.measures = 3;
  request.model.theta = Placed<std::string>{"sets.csv", "test"};
  request.options = {"diversify", "localise", "stockpile"};
  auto const answer = run_defend(ground, request, source).value();
  EXPECT_TRUE(answer.priced);
  EXPECT_EQ(answer.measures.size(), 9U);
  EXPECT_LT(answer.best.loss_pct, answer.undefended_pct);
  request.options = {"hope"};
  EXPECT_FALSE(run_defend(ground, request, source));
}

/// Giving way now and escalating to give way later are worth the same: neither is certain, and the
/// order in which the file lists them changes nothing.
TEST_F(LeverageStudy, TiesAreNamedAndTheOrderOfMovesDoesNotMatter) {
  std::string const now =
      "[[leverage.standoff.rung.move]]\nname = \"give way\"\n"
      "in_force = \"nothing\"\ngives_way = \"R1\"\n";
  std::string const on = "[[leverage.standoff.rung.move]]\nname = \"escalate\"\nnext = \"brink\"\n";
  std::string const brink = R"([[leverage.standoff.rung]]
name = "brink"
player = "R1"
[[leverage.standoff.rung.move]]
name = "give way late"
in_force = "nothing"
gives_way = "R1"
[[leverage.standoff.rung.move]]
name = "fight"
in_force = ["ban chips", "ban all"]
)";
  auto text = std::string{head} + standoff;
  auto const at = text.find(now);
  ASSERT_NE(at, std::string::npos);
  auto const rows_of = [&](std::string const& moves) {
    auto changed = text;
    changed.replace(at, now.size(), moves);
    auto const results = ask(changed + brink);
    EXPECT_TRUE(results) << test::all_of(results.error());
    auto const& rows = table(*results, "ladder");
    auto const& names = std::get<TextColumn>(column(rows, "move").data);
    auto const& tied = std::get<TextColumn>(column(rows, "tied").data);
    auto const certain = numbers(rows, "credible_share");
    auto const possible = numbers(rows, "credible_possible_share");
    auto const played = numbers(rows, "path_share");
    std::map<std::string, std::vector<double>> by_name;
    for (std::size_t k = 0; k < names.size(); ++k) {
      by_name[names[k]] = {certain[k], possible[k], played[k], tied[k] == "yes" ? 1.0 : 0.0};
    }
    return by_name;
  };
  auto const first = rows_of(now + on), second = rows_of(on + now);
  EXPECT_EQ(first, second);
  EXPECT_EQ(first.at("give way")[0], 0);
  EXPECT_EQ(first.at("escalate")[0], 0);
  EXPECT_GT(first.at("give way")[1], 0);
  EXPECT_EQ(first.at("give way")[1], first.at("escalate")[1]);
}

TEST_F(LeverageStudy, SellersWhoDoNotPlayLoseToo) {
  auto text = std::string{head} + standoff;
  auto const at = text.find("sellers = [\"R0\"]");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 16, "sellers = [\"R0\", \"R2\"]");
  auto const results = ask(text);
  ASSERT_TRUE(results) << test::all_of(results.error());
  auto const& rows = table(*results, "seller_losses");
  ASSERT_EQ(rows.rows(), 4U);  // one seller, four combinations of actions
  auto const loss = numbers(rows, "loss_pct");
  EXPECT_EQ(loss[0], 0);
  EXPECT_NE(loss[2], 0);
  EXPECT_THAT(results->headlines, Contains(HasSubstr("taken to go along without playing lose")));
  // Without such sellers there is no table.
  auto const plain = ask(std::string{head} + standoff);
  for (auto const& each : plain->tables) EXPECT_NE(each.name, "seller_losses");
}

/// The range a study states for a line is the one its bands use: a fixed elasticity leaves next to
/// no band, one from 1 to 3 a wide one.
TEST_F(LeverageStudy, BandsOfCarvedLinesUseTheRangesOfTheStudy) {
  std::string const after =
      "[[leverage.after]]\nline = \"CHIPS\"\n[[leverage.after.point]]\n"
      "year = 2025\nhome_share = 0.2\n";
  auto fixed = std::string{head} + standoff + after;
  for (auto const& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"value = 2, low = 1, high = 3, note = \"made up\"}\nhome_buys",
            "value = 2, low = 2, high = 2, note = \"made up\"}\nhome_buys"},
           {"value = 0.3, low = 0.2, high = 0.4", "value = 0.3, low = 0.3, high = 0.3"},
           {"value = 2, low = 1, high = 3, note = \"made up\"}\nsuppliers",
            "value = 2, low = 2, high = 2, note = \"made up\"}\nsuppliers"}}) {
    auto const at = fixed.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    fixed.replace(at, from.size(), to);
  }
  auto const width = [&](std::string const& text) {
    auto const results = ask(text);
    EXPECT_TRUE(results) << test::all_of(results.error());
    auto const& rows = table(*results, "power_after");
    return (numbers(rows, "cost_index_p95_pct")[0] - numbers(rows, "cost_index_p05_pct")[0]) /
           numbers(rows, "cost_index_pct")[0];
  };
  EXPECT_LT(width(fixed), 0.02);
  EXPECT_GT(width(std::string{head} + standoff + after), 0.2);
}

/// Median of a triangle from 0 to 1.5 with the peak at 0.5, by hand: 1.5 - sqrt(0.5 · 1.5 · 1).
TEST(LeverageDraws, PeakAtTheCentralNumber) {
  EXPECT_NEAR(peaked(0, 0.5, 1.5, 0.5), 1.5 - std::sqrt(0.75), 1e-12);
  EXPECT_EQ(peaked(2, 2, 2, 0.7), 2);
  EXPECT_NEAR(peaked(0, 9, 1, 0.25), 0.25, 1e-12);  // no peak inside: uniform
}

TEST(LeverageWords, YearsWithOtherSectorsAreNotCompared) {
  auto const year = [](std::string const& world, int number, double index,
                       std::vector<std::string> sectors) {
    PowerYear each{world, number, {}};
    each.answer.sectors = std::move(sectors);
    PowerPair pair;
    pair.senders = {"A"};
    pair.target = "B";
    pair.cost_index = index;
    each.answer.pairs.push_back(std::move(pair));
    return each;
  };
  LeverageStudyAnswer answer;
  answer.power = {year("old", 1995, 0.01, {"a", "b"}), year("newer", 2011, 0.02, {"a", "b"}),
                  year("coarse", 2022, 0.09, {"all"})};
  EXPECT_THAT(leverage_headlines(answer), Contains(HasSubstr("Between 1995 and 2011")));
  EXPECT_THAT(leverage_warnings(answer), Contains(HasSubstr("coarse has other sectors (1)")));
}

TEST_F(LeverageStudy, DefenceAndChokepointsSayWhatTheyLeaveOut) {
  auto const accounts = trade_accounts_of(economy, {}, {}).value();
  auto const& labels = economy.space().labels();
  TradeGround const ground{accounts, trade_space(labels.regions, labels.sectors).value(), "small"};
  DefendRequest request;
  request.target = "R0";
  request.measures = 6;
  request.model.theta = Placed<std::string>{"sets.csv", "test"};
  auto const goods = run_defend(ground, request, source).value();
  EXPECT_FALSE(goods.services);
  EXPECT_TRUE(goods.theta_assumed.empty());
  for (auto const& [label, cost] : goods.measures) {
    for (auto const* service : {":s3", ":s4", ":s5"}) {
      EXPECT_EQ(label.find(service), std::string::npos) << label;
    }
  }
  request.sectors = {"s4"};
  EXPECT_FALSE(run_defend(ground, request, source).value().theta_assumed.empty());
  ChokepointRequest ask_links;
  ask_links.target = "R0";
  ask_links.k = 1;
  ask_links.model = request.model;
  auto const free = run_chokepoints(ground, ask_links, source).value();
  ASSERT_FALSE(free.settled.sets.empty());
  // A limit just below what the worst set costs its owner takes that set away once trade settles.
  ask_links.sender_limit_pct = free.settled.sets.front().sender_loss_pct.front().second - 1e-6;
  ask_links.reach_pct = 99.9;
  auto const limited = run_chokepoints(ground, ask_links, source).value();
  for (auto const& set : limited.settled.sets) {
    EXPECT_NE(set.links, free.settled.sets.front().links);
  }
  EXPECT_EQ(limited.prices.sets.front().links, free.prices.sets.front().links);
  EXPECT_THAT(limited.warnings, Contains(HasSubstr("know no limit")));
  EXPECT_FALSE(limited.join->reached);
  EXPECT_TRUE(limited.join->goods_only);
  EXPECT_EQ(limited.join->suppliers, 3U);
}

TEST_F(LeverageStudy, SaysAllProblemsAtOnce) {
  EXPECT_THAT(bad(head), HasSubstr("[leverage] asks nothing"));
  EXPECT_THAT(bad(std::string{head} + "[[leverage.chokepoints]]\ntarget = \"R9\"\n"),
              HasSubstr("R9"));
  auto text = std::string{head} + standoff;
  text.replace(text.find("player = \"R1\"\nsellers"), 13, "player = \"R7\"\n");
  auto const problems = bad(text);
  EXPECT_THAT(problems, HasSubstr("there is no player 'R7'"));
  EXPECT_THAT(problems, HasSubstr("R1 has 0 actions"));
  text = std::string{head} + standoff;
  text.replace(text.find("next = \"answer\""), 15, "next = \"answr\"");
  EXPECT_THAT(bad(text), HasSubstr("there is no rung 'answr'"));
  text = std::string{head} + standoff;
  text.replace(text.find(", note = \"made up\"}"), 19, "}");
  EXPECT_THAT(bad(text), HasSubstr("has no note"));
}

TEST_F(LeverageStudy, FlowsNameTheBottleneck) {
  auto accounts = TradeAccounts{};
  accounts.regions = {"A", "B", "C"};
  accounts.sectors = {"s"};
  accounts.unit = {"USD", 1e6};
  // [importer][exporter]: A buys 3 of B and 1 of C; C buys 5 of B.
  accounts.trade = {10, 3, 1, 0, 10, 0, 0, 5, 10};
  accounts.value_added_share = {1, 1, 1};
  accounts.input_shares = {0, 0, 0};
  auto const ground = trade_ground(accounts, "made up").value();
  auto const answer = run_flows(ground, {"A", {}, 0.7}).value();
  EXPECT_EQ(answer.most, 4);
  EXPECT_EQ(answer.cut, (std::vector<Labelled>{{"B>A", 3}, {"C>A", 1}}));
  EXPECT_EQ(answer.lost_share.front().first, "B");
  EXPECT_EQ(answer.lost_share.front().second, 0.75);
  EXPECT_EQ(answer.banned, std::vector<std::string>{"B"});
  EXPECT_TRUE(answer.smallest);
  EXPECT_FALSE(run_flows(ground, {"D", {}, 0.5}));
  // B makes less than it sells on, C nothing at home: their own supply is the bottleneck of one
  // way.
  accounts.trade = {10, 3, 1, 0, 0, 0, 0, 5, 0};
  auto const scarce = run_flows(trade_ground(accounts, "").value(), {"A", {}, 0.7}).value();
  double cut = 0;
  for (auto const& [name, amount] : scarce.cut) cut += amount;
  for (auto const& [name, supply] : scarce.cut_suppliers) cut += supply;
  EXPECT_NEAR(cut, scarce.most, 1e-12);
}

}  // namespace
}  // namespace linchpin::study
