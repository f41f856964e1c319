// SPDX-License-Identifier: Apache-2.0
// How answers of leverage hold over draws, along paths, and in supply trees of studies.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "linchpin/economy/trade_accounts_of.h"
#include "linchpin/study/chokepoint_run.h"
#include "linchpin/study/power_run.h"
#include "linchpin/study/run.h"
#include "linchpin/study/study_file.h"
#include "linchpin/study/supply_tree_run.h"
#include "study_fixtures.h"

namespace linchpin::study {
namespace {

using ::testing::HasSubstr;

constexpr char const* outline = R"(name = "lamps"
title = "Lamps"
sector = "C27"
product = "lamp"
[stages]
lamp = "Lamps"
glass = "Glass"
[uses]
home = "Homes"
[presets.sceptic]
learning_rate = "low"
[presets.central]
[presets.optimist]
learning_rate = "high"
)";
constexpr char const* rows_of_lamps = R"(key,value,low,high
own_cost.lamp,2,1,3
quality.lamp,1,1,1
quality_growth.lamp,0.02,0,0.1
learning_rate.lamp,0.15,0.1,0.2
lead_time.lamp,1,1,1
capital_cost.lamp,4,4,4
own_cost.glass,1,1,1
quality.glass,1,1,1
quality_growth.glass,0,0,0
learning_rate.glass,0.15,0.1,0.2
lead_time.glass,2,2,2
capital_cost.glass,3,3,3
supplier.lamp.CHN,0.6,0.5,0.7
supplier.lamp.DEU,0.2,0.1,0.3
supplier.glass.JPN,0.8,0.7,0.9
supplier.glass.CHN,0.1,0.05,0.1
input.lamp>glass,3,2,4
use_share.home,1,1,1
minimum_quality.home,0.4,0.3,0.5
)";

ParameterSource files() {
  return {[](std::string const& name) -> Result<std::string> {
            if (name == "sets.csv") return "key,value,low,high\ntrade_elasticity.*,4,2,8\n";
            if (name == "default:technologies/lamps/technology.toml") return outline;
            if (name == "default:technologies/lamps/numbers.csv") return rows_of_lamps;
            if (name == "makers.csv") {
              return "stage,firm,country,share\nglass,Kiln,JPN,0.5\nglass,Oven,JPN,0.3\n";
            }
            return fail(ErrorCode::file_not_found, "no such file", name, "");
          },
          {}};
}

TradeGround ground_of(Economy const& economy) {
  return trade_ground(trade_accounts_of(economy).value(), "small").value();
}

PowerRequest drawn_request(std::size_t draws, std::size_t costly) {
  PowerRequest request;
  request.model.theta = Placed<std::string>{"sets.csv", "test"};
  request.ensemble = EnsembleSpec{draws, 5, std::nullopt};
  request.settled_draws = request.short_run_draws = costly;
  request.days = 20;
  return request;
}

TEST(PowerBands, AllFourMeasuresHaveThem) {
  auto const economy = test::small_economy();
  auto ground = ground_of(economy);
  ground.accounts.theta.assign(6, 4.0);
  auto request = drawn_request(12, 5);
  request.model.theta = Placed<std::string>{"own", "test"};
  // Without files the daily model takes plain stocks.
  auto const answer = run_power(ground, &economy, request, {}).value();
  EXPECT_EQ(answer.draws, 12U);
  EXPECT_EQ(answer.failed_draws, 0U);
  EXPECT_EQ(answer.settled_draws, 5U);
  EXPECT_EQ(answer.settled_pairs, 12U);  // not more than twice the first ten
  EXPECT_EQ(answer.short_run_draws, 5U);
  double shares = 0;
  for (auto const& pair : answer.pairs) {
    ASSERT_TRUE(pair.rank && pair.settled_draws && pair.short_run_draws);
    EXPECT_LT(pair.rank->liu_yang_p05, pair.rank->liu_yang_p95);
    auto const& settled = *pair.settled_draws;
    EXPECT_EQ(settled.draws, 5U);
    EXPECT_EQ(settled.failed + settled.lost, 0U);
    ASSERT_TRUE(settled.p05 && settled.p95 && settled.top_share);
    EXPECT_LT(*settled.p05, *settled.p95);
    EXPECT_LE(*settled.rank_p05, *settled.rank_p50);
    shares += *settled.top_share;
    EXPECT_LE(*pair.short_run_draws->p05, *pair.short_run_draws->p95);
  }
  EXPECT_NEAR(shares, 10, 1e-9);  // ten are among the first ten
}

/// The band is that of the losses themselves: one draw by hand.
TEST(PowerBands, OneDrawIsItsOwnBand) {
  auto const economy = test::small_economy();
  auto const ground = ground_of(economy);
  auto request = drawn_request(1, 1);
  request.senders = {"R0"};
  request.targets = {"R1"};
  auto const drawn = run_power(ground, nullptr, request, files()).value();
  auto const& band = *drawn.pairs.front().settled_draws;
  EXPECT_EQ(band.p05, band.p95);
  // The same elasticity is as good as a file of it: all sectors draw their own number, so the loss
  // lies between those at the ends of the range.
  auto const loss_at = [&](std::string const& theta) {
    auto plain = request;
    plain.ensemble.reset();
    ParameterSource const source{[&](std::string const&) -> Result<std::string> {
                                   return "key,value\ntrade_elasticity.*," + theta + "\n";
                                 },
                                 {}};
    return *run_power(ground, nullptr, plain, source)->pairs.front().target_loss_pct;
  };
  EXPECT_GT(*band.p50, loss_at("8"));
  EXPECT_LT(*band.p50, loss_at("2"));
}

/// Worlds of draws that cannot be made are counted and left out, they do not end the run.
TEST(PowerBands, FailedDrawsAreCounted) {
  auto const economy = test::small_economy();
  auto const ground = ground_of(economy);
  auto request = drawn_request(6, 6);
  request.short_run = false;
  request.drawn = DrawnGround{[&](std::size_t draw) -> Result<TradeGround> {
                                if (draw % 3 == 0)
                                  return fail(ErrorCode::not_converged, "no world", "draw", "");
                                return ground;
                              },
                              "Two of three draws."};
  auto const answer = run_power(ground, nullptr, request, files()).value();
  EXPECT_EQ(answer.draws, 6U);
  EXPECT_EQ(answer.failed_draws, 2U);
  for (auto const& pair : answer.pairs) EXPECT_EQ(pair.settled_draws->failed, 2U);
  EXPECT_THAT(answer.warnings, ::testing::Contains(HasSubstr("2 of 6 draws")));
}

TEST(ChokepointBands, SayHowSureTheBestSetIs) {
  auto const economy = test::small_economy();
  auto const ground = ground_of(economy);
  for (double const cut : {1.0, 0.2}) {
    ChokepointRequest request;
    request.target = "R0";
    request.k = 2;
    request.cut = cut;
    request.model.theta = Placed<std::string>{"sets.csv", "test"};
    request.ensemble = EnsembleSpec{9, 3, std::nullopt};
    request.drawn = DrawnGround{[&](std::size_t draw) -> Result<TradeGround> {
                                  if (draw == 4)
                                    return fail(ErrorCode::not_converged, "no world", "draw", "");
                                  return ground;
                                },
                                "Eight of nine draws."};
    auto const answer = run_chokepoints(ground, request, files()).value();
    EXPECT_EQ(answer.set_draws, 9U);
    EXPECT_EQ(answer.failed_draws, 1U);
    EXPECT_EQ(answer.best_draws, 8U);
    double links = 0;
    for (auto const& each : answer.links) {
      links += *each.best_set_share;
      // The same world in every draw: a link is in the best set in all of them or in none.
      EXPECT_TRUE(*each.best_set_share == 0 || *each.best_set_share == 1) << each.link;
    }
    EXPECT_EQ(links, 2);
    auto const& best = answer.settled.sets.front();
    EXPECT_EQ(best.failed_draws, 1U);
    EXPECT_NEAR(best.band_pct[0], best.loss_pct, 1e-9);
    EXPECT_EQ(best.first_order_pct.has_value(), cut < 1);
    std::set<std::string> in_best;
    for (auto const& each : answer.links) {
      if (*each.best_set_share == 1) in_best.insert(each.link);
    }
    EXPECT_EQ(in_best, std::set<std::string>(best.links.begin(), best.links.end()));
  }
}

/// By hand: a lamp costs 2 + 3 · 1 = 5; without Japan's 0.8 of the glass (theta 4) glass costs
/// 0.2^(−1/4) = 1.4953, so a lamp 6.486: 29.72 % more.
TEST(SupplyTrees, OfATechnology) {
  SupplyTreeRequest request;
  request.technology = "lamps";
  request.target = "CHN";
  request.k = 1;
  request.theta = 4;
  request.ensemble = EnsembleSpec{10, 2, std::nullopt};
  auto const answer = run_supply_tree(request, files()).value();
  ASSERT_FALSE(answer.sets.empty());
  EXPECT_EQ(answer.sets[0].links, (std::vector<std::string>{"JPN:glass"}));
  EXPECT_NEAR(answer.sets[0].cost_pct, 60 * (std::pow(0.2, -0.25) - 1), 1e-10);
  EXPECT_NEAR(answer.sets[0].value_pct[0].second, 100 * 0.8 * 0.6, 1e-12);
  EXPECT_TRUE(answer.optimal);
  EXPECT_EQ(answer.failed_draws, 0U);
  ASSERT_EQ(answer.sets[0].band_pct.size(), 3U);
  EXPECT_LT(answer.sets[0].band_pct[0], answer.sets[0].cost_pct);
  EXPECT_GT(answer.sets[0].band_pct[2], answer.sets[0].cost_pct);
  EXPECT_TRUE(answer.link_cuts.empty());
  request.gates = {"glass"};
  auto const gated = run_supply_tree(request, files()).value();
  ASSERT_EQ(gated.link_cuts.size(), 1U);
  EXPECT_EQ(gated.link_cuts[0].members, (std::vector<std::string>{"JPN:glass"}));
  EXPECT_FALSE(gated.actors[0].cost_pct);
  // Japan in two firms: none alone takes more than half of the glass, both do.
  request.providers = "makers.csv";
  auto const firms = run_supply_tree(request, files()).value();
  EXPECT_EQ(firms.link_cuts[0].members, (std::vector<std::string>{"Kiln:glass", "Oven:glass"}));
  EXPECT_EQ(firms.country_cuts[0].members, (std::vector<std::string>{"JPN"}));
}

TEST(SupplyTrees, OfAStudyWithWhatIsWrong) {
  auto const economy = test::small_economy();
  auto const ask = [&](std::string const& text) -> Result<ResultSet> {
    auto const study =
        parse_study("title = \"T\"\nworld = \"small\"\n[leverage]\n" + text, "s.toml");
    if (!study) return fail(study.error());
    return run_study(*study, economy, {}, files(), {}, {});
  };
  std::string const tree = R"(theta = "sets.csv"
[[leverage.supply_tree]]
technology = "lamps"
target = "CHN"
k = 1
theta = 4
[[leverage.chokepoints]]
target = "R0"
k = 1
cut = 0.1
reach_pct = 0.01
)";
  auto const results = ask(tree);
  ASSERT_TRUE(results) << test::all_of(results.error());
  auto const has = [&](std::string const& name) {
    return std::any_of(results->tables.begin(), results->tables.end(),
                       [&](auto const& each) { return each.name == name && each.rows() > 0; });
  };
  EXPECT_TRUE(has("supply_tree_sets") && has("supply_tree_stages") && has("supply_tree_actors"));
  EXPECT_TRUE(has("chokepoints"));
  EXPECT_THAT(results->headlines, ::testing::Contains(HasSubstr("Lamps for China: without")));
  auto const gone = ask(
      "theta = \"sets.csv\"\n[[leverage.supply_tree]]\ntechnology = \"lamps\"\ntarget = \"CHN\"\n"
      "theta = 4\ngates = [\"gla\"]\n");
  ASSERT_FALSE(gone);
  EXPECT_THAT(test::all_of(gone.error()), HasSubstr("no stage is called 'gla'"));
  auto const bad = ask("[[leverage.supply_tree]]\ntechnology = \"lamps\"\nk = 0\nneeded = 2\n");
  ASSERT_FALSE(bad);
  auto const all = test::all_of(bad.error());
  for (auto const* words : {"target", "k", "needed"}) EXPECT_THAT(all, HasSubstr(words));
}

/// A path in a line: each seller alone by year, beside all others together; the one who sells more
/// holds more, and both hold less once more is made at home.
TEST(PowerPath, EachSellerByYear) {
  auto const economy = test::small_economy();
  std::string const text = R"(title = "T"
world = "small"
[leverage]
theta = "sets.csv"
[leverage.ensemble]
draws = 4
seed = 1
[[leverage.carve]]
line = "CHIPS"
host = "s0"
home = "R1"
world_sales = {value = 2, low = 1, high = 3, note = "made up"}
home_buys = {value = 0.3, low = 0.2, high = 0.4, note = "made up"}
home_share = {value = 0.2, low = 0.1, high = 0.3, note = "made up"}
suppliers = {R0 = 3, R2 = 1}
[[leverage.after]]
line = "CHIPS"
point = [{year = 2025, home_share = 0.2}, {year = 2035, home_share = 0.7}]
)";
  auto const study = parse_study(text, "s.toml");
  ASSERT_TRUE(study) << test::all_of(study.error());
  auto const results = run_study(*study, economy, {}, files(), {}, {});
  ASSERT_TRUE(results) << test::all_of(results.error());
  auto const found = std::find_if(results->tables.begin(), results->tables.end(),
                                  [](auto const& each) { return each.name == "power_path"; });
  ASSERT_NE(found, results->tables.end());
  auto const column = [&](std::string const& name) -> ResultColumn const& {
    return *std::find_if(found->columns.begin(), found->columns.end(),
                         [&](auto const& each) { return each.name == name; });
  };
  auto const& senders = std::get<TextColumn>(column("sender").data);
  auto const& loss = std::get<NumberColumn>(column("cost_index_pct").data).values;
  auto const& low = std::get<NumberColumn>(column("target_loss_p05_pct").data).values;
  // In each year: all others, R0 and R2; R3 sells none of the line.
  ASSERT_EQ(senders.size(), 6U);
  EXPECT_EQ(senders[0], "all others");
  EXPECT_EQ(senders[1], "R0");
  EXPECT_EQ(senders[2], "R2");
  EXPECT_GT(loss[0], loss[1] + loss[2]);  // worth more together
  EXPECT_GT(loss[1], loss[2]);
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_GT(loss[k], loss[k + 3]);
    EXPECT_FALSE(std::isnan(low[k]));
  }
}

}  // namespace
}  // namespace linchpin::study
