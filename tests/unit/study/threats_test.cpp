// SPDX-License-Identifier: Apache-2.0
// Bargains, signals and the frontier of sourcing on small worlds, from files and in studies.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "linchpin/economy/trade_accounts_of.h"
#include "linchpin/leverage/equilibrium_power.h"
#include "linchpin/leverage/pair_power.h"
#include "linchpin/study/bargain_run.h"
#include "linchpin/study/frontier_run.h"
#include "linchpin/study/signal_run.h"
#include "linchpin/study/threat_file.h"
#include "linchpin/study/threat_words.h"
#include "study_fixtures.h"

namespace linchpin::study {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

std::string as_label(std::string const& label) { return label; }

class Threats : public ::testing::Test {
 protected:
  static TradeModelSpec model() {
    TradeModelSpec model;
    model.theta = Placed<std::string>{"sets.csv", "test"};
    return model;
  }
  /// Two regions, one sector, no inputs: shares of own goods 0.8 and 0.9.
  static TradeGround two_regions(std::vector<double> const& trade = {26.64, 6.66, 6.66, 60.04}) {
    TradeAccounts accounts;
    accounts.regions = {"A", "B"};
    accounts.sectors = {"goods"};
    accounts.trade.assign(trade.begin(), trade.end());
    accounts.value_added_share = {1, 1};
    accounts.input_shares = {0, 0};
    return trade_ground(std::move(accounts), "two").value();
  }
  TradeGround small() const {
    auto const& labels = economy.space().labels();
    return {trade_accounts_of(economy, {}, {}).value(),
            trade_space(labels.regions, labels.sectors).value(), "small"};
  }
  BargainRequest bargain() const {
    BargainRequest request;
    request.first = {"R0"};
    request.second = {"R1"};
    request.model = model();
    return request;
  }
  SignalRequest signal() const {
    SignalRequest request;
    request.target = "R0";
    request.senders = {"R1"};
    request.model = model();
    return request;
  }
  Economy economy = test::small_economy();
  ParameterSource source{[](std::string const& name) -> Result<std::string> {
                           if (name == "sets.csv") return "key,value\ntrade_elasticity.*,4\n";
                           return fail(ErrorCode::file_not_found, "no such file", name, "");
                         },
                         {}};
};

/// Two regions: a full break is autarky, 1 − π_nn^{1/θ} of income (Arkolakis, Costinot &
/// Rodríguez-Clare 2012); the split follows from it by hand.
TEST_F(Threats, BargainOfTwoIsOverTheGainsFromTrade) {
  auto request = bargain();
  request.first = {"A"};
  request.second = {"B"};
  request.weight = 0.3;
  auto const answer = run_bargain(two_regions(), request, source).value();
  double const own_a = 26.64 / 33.3, own_b = 60.04 / 66.7;
  double const loss_a = 1 - std::pow(own_a, 0.25), loss_b = 1 - std::pow(own_b, 0.25);
  EXPECT_NEAR(answer.first.loss_pct.central, 100 * loss_a, 1e-7);
  EXPECT_NEAR(answer.second.loss_pct.central, 100 * loss_b, 1e-7);
  EXPECT_NEAR(answer.first.income.central, 33.3, 1e-9);
  double const a = 33.3 * loss_a, b = 66.7 * loss_b;
  EXPECT_NEAR(answer.surplus.central, a + b, 1e-7);
  EXPECT_NEAR(answer.transfer.central, 0.7 * a - 0.3 * b, 1e-7);
  EXPECT_NEAR(answer.first.accepts, a, 1e-7);
  EXPECT_NEAR(answer.second.accepts, b, 1e-7);
  EXPECT_NEAR(answer.first.ratio->central, b / a, 1e-7);
  // What the agreement gives each over the break adds up to what it saves, by weights.
  EXPECT_NEAR(answer.first.gain_pct / 100 * 33.3, 0.3 * (a + b), 1e-7);
  EXPECT_NEAR(answer.second.gain_pct / 100 * 66.7, 0.7 * (a + b), 1e-7);
  EXPECT_FALSE(answer.first.credible);
  EXPECT_EQ(answer.first.demand, 0);
  // Worth more to it than it costs: now all that the other has at stake can be demanded.
  request.first_resolve = {100 * loss_a + 0.01, 0, 0, {}};
  auto const resolved = run_bargain(two_regions(), request, source).value();
  EXPECT_TRUE(resolved.first.credible);
  EXPECT_NEAR(resolved.first.demand, b, 1e-7);
  EXPECT_FALSE(resolved.second.credible);
  EXPECT_THAT(bargain_sentences(resolved, as_label), Contains(HasSubstr("the threat is credible")));
}

/// The same losses as a full break in the measure of power; coalitions add up their members.
TEST_F(Threats, BargainOnAWorldAgreesWithPower) {
  auto const ground = small();
  auto const world = open_leverage_world(ground, model(), source).value();
  std::size_t const sender[] = {1};
  auto const power =
      leverage::equilibrium_power(world.base, sender, 0, {{}, true, world.closure}).value();
  auto request = bargain();
  request.ensemble = EnsembleSpec{12, 3, std::nullopt};
  auto const answer = run_bargain(ground, request, source).value();
  EXPECT_NEAR(answer.first.loss_pct.central, *power.target_loss_pct, 1e-9);
  EXPECT_NEAR(answer.second.loss_pct.central, power.sender_loss_pct[0], 1e-9);
  ASSERT_TRUE(answer.first.loss_pct.p05 && answer.transfer.p95);
  EXPECT_LT(*answer.first.loss_pct.p05, answer.first.loss_pct.central);
  EXPECT_GT(*answer.first.loss_pct.p95, answer.first.loss_pct.central);
  EXPECT_EQ(answer.draws, 12U);
  EXPECT_EQ(answer.failed_draws, 0U);
  request.ensemble.reset();
  request.first = {"R0", "R2"};
  auto const both = run_bargain(ground, request, source).value();
  ASSERT_THAT(both.first.members_loss_pct, SizeIs(2));
  double stake = 0;
  for (auto const& [label, loss] : both.first.members_loss_pct) {
    stake += loss / 100 * world.base.final_spending(label == "R0" ? 0 : 2);
  }
  EXPECT_NEAR(both.first.at_stake.central, stake, 1e-9 * stake);
  EXPECT_GT(both.second.at_stake.central, answer.second.at_stake.central);
  EXPECT_FALSE(both.first.loss_pct.p05);
}

TEST_F(Threats, BargainDefinesTheDegenerateCases) {
  auto request = bargain();
  request.first = {"A"};
  request.second = {"B"};
  auto const apart = run_bargain(two_regions({10, 0, 0, 20}), request, source).value();
  EXPECT_FALSE(apart.trade);
  EXPECT_FALSE(apart.agreement);
  EXPECT_TRUE(apart.first.costless && apart.second.costless);
  EXPECT_FALSE(apart.first.ratio);
  EXPECT_EQ(apart.transfer.central, 0);
  EXPECT_FALSE(std::signbit(apart.first.at_stake.central));
  EXPECT_THAT(bargain_sentences(apart, as_label), Contains(HasSubstr("nothing to bargain over")));
  // Neither makes what it lives on itself: the break leaves both with nothing, which is no number.
  auto const lost = run_bargain(two_regions({0, 10, 10, 0}), request, source).value();
  EXPECT_FALSE(lost.no_answer.empty());
  EXPECT_THAT(bargain_sentences(lost, as_label), Contains(HasSubstr("no settled answer")));
  request.second = {"A", "C"};
  request.weight = 2;
  auto const bad = run_bargain(two_regions(), request, source);
  ASSERT_FALSE(bad);
  auto const said = test::all_of(bad.error());
  EXPECT_THAT(said, HasSubstr("'A' is on both sides"));
  EXPECT_THAT(said, HasSubstr("'C'"));
  EXPECT_THAT(said, HasSubstr("a weight of 2"));
}

/// Thresholds are equilibria: what a dependent target would give up costs it as much as the demand,
/// and a resilient one would rather give that up than be cut off. Single crossing holds throughout.
TEST_F(Threats, SignalThresholdsAreIndifferences) {
  auto const ground = small();
  auto const answer = run_signal(ground, signal(), source).value();
  ASSERT_EQ(answer.no_answer, "");
  EXPECT_NEAR(answer.demand, (answer.resilient_loss + answer.dependent_loss) / 2, 1e-12);
  EXPECT_LT(answer.resilient_loss, answer.dependent_loss);
  auto const cost = [&](bool resilient, double given_up) {
    double at = 0, paid = 0;
    for (auto const& point : answer.costs) {
      if (point.resilient != resilient) continue;
      if (point.given_up >= given_up) {
        double const part = (given_up - at) / (point.given_up - at);
        return given_up <= 0 ? 0 : paid + part * (point.cost_pct - paid);
      }
      at = point.given_up;
      paid = point.cost_pct;
    }
    return paid;
  };
  for (double const s : {0.1, 0.3, 0.5, 0.8}) EXPECT_GT(cost(false, s), cost(true, s)) << s;
  ASSERT_TRUE(answer.separating.low && answer.separating.high);
  double const low = answer.separating.low->central;
  EXPECT_GT(low, 0);
  // Between wedges of the printed curve: within what a straight line is off there.
  EXPECT_NEAR(cost(false, low), answer.demand, 0.02 * answer.demand);
  EXPECT_LT(*answer.signal_cost, answer.resilient_loss);
  // Everything given up costs what the denial costs, so that a resilient target goes that far.
  EXPECT_EQ(answer.separating.high->central, 1);
  EXPECT_NEAR(answer.deterring_belief->central, answer.gain / (answer.gain + answer.penalty),
              1e-12);
  // A signal that lasts longer has to be smaller, for both types.
  auto request = signal();
  request.signal_years = 3;
  auto const longer = run_signal(ground, request, source).value();
  ASSERT_TRUE(longer.separating.low);
  EXPECT_LT(longer.separating.low->central, low);
  EXPECT_LT(longer.separating.high->central, 1);
  EXPECT_NEAR(3 * *longer.signal_cost, *answer.signal_cost, 0.5 * *answer.signal_cost);
  // Believed enough, silence deters and nobody mixes.
  request.belief = std::min(1.0, answer.deterring_belief->central + 1e-6);
  auto const believed = run_signal(ground, request, source).value();
  EXPECT_TRUE(believed.silence_deters && believed.pooling.high && !believed.mixing.high);
}

TEST_F(Threats, SignalsThatSayNothingSaySo) {
  auto const ground = small();
  auto request = signal();
  request.demand_pct = 99;
  EXPECT_THAT(run_signal(ground, request, source)->no_answer, HasSubstr("neither type gives in"));
  request.demand_pct = 1e-6;
  auto const easy = run_signal(ground, request, source).value();
  EXPECT_THAT(easy.no_answer, HasSubstr("both types give in"));
  EXPECT_THAT(signal_sentences(easy, as_label), Contains(HasSubstr("tells it nothing")));
  request = signal();
  request.senders = {"R0", "R9"};
  request.belief = 2;
  auto const said = test::all_of(run_signal(ground, request, source).error());
  EXPECT_THAT(said, HasSubstr("is the target itself"));
  EXPECT_THAT(said, HasSubstr("'R9'"));
  EXPECT_THAT(said, HasSubstr("--belief"));
  auto two = signal();
  two.target = "A";
  two.senders = {"B"};
  EXPECT_THAT(run_signal(two_regions({10, 0, 0, 20}), two, source)->no_answer,
              HasSubstr("sell it nothing"));
  // A tariff of a large buyer pays for itself at first: its curve starts with gains.
  auto tariff = signal();
  tariff.instrument = SignalInstrument::tariff;
  auto const by_tariff = run_signal(ground, tariff, source).value();
  auto const least =
      std::min_element(by_tariff.costs.begin(), by_tariff.costs.end(),
                       [](auto const& a, auto const& b) { return a.cost_pct < b.cost_pct; });
  EXPECT_LT(least->cost_pct, 0);
}

/// Exposure of private buyers is the direct power of the rivals; the plan's wedge is
/// μ/(σ − 1)/(1 − ω) in units of the sector's spending, and each point is certified.
TEST_F(Threats, FrontierStartsAtDirectPowerAndIsCertified) {
  auto const ground = small();
  FrontierRequest request;
  request.buyer = "R0";
  request.rivals = {"R1", "R2"};
  request.services = true;
  request.prices = {0.5, 2};
  request.model = model();
  auto const answer = run_frontier(ground, request, source).value();
  auto const world = open_leverage_world(ground, model(), source).value();
  std::size_t const rivals[] = {1, 2};
  auto const power = leverage::power_over(world.prices, rivals, 0).value();
  ASSERT_THAT(answer.points, SizeIs(3));
  EXPECT_NEAR(answer.points[0].exposure_pct, 100 * std::expm1(power.direct.log_cost), 1e-12);
  EXPECT_NEAR(answer.points[0].cost_pct, 0, 1e-12);
  EXPECT_LE(answer.residual, 1e-11);
  for (std::size_t p = 1; p < 3; ++p) {
    auto const& point = answer.points[p];
    EXPECT_GT(point.cost_pct, answer.points[p - 1].cost_pct);
    EXPECT_LT(point.exposure_pct, answer.points[p - 1].exposure_pct);
    double exposure = 0;
    for (auto const& each : point.sectors) {
      EXPECT_NEAR(each.wedge, point.mu / 4 / (1 - each.share), 1e-12);
      EXPECT_NEAR(each.tariff, each.wedge / (1 - each.wedge * each.share), 1e-9);
      exposure += each.weight * -std::log1p(-each.share) / 4;
    }
    EXPECT_NEAR(point.exposure_pct, 100 * std::expm1(exposure), 1e-10);
  }
  request.limit_pct = answer.points[1].exposure_pct;
  request.prices.clear();
  request.services = false;
  auto const goods = run_frontier(ground, request, source).value();
  EXPECT_LT(goods.points[0].sectors.size(), answer.points[0].sectors.size());
  EXPECT_TRUE(goods.theta_assumed.empty());
  EXPECT_EQ(answer.theta_assumed.size(), 3U);
  EXPECT_EQ(goods.points.back().kind, "limit");
  EXPECT_LE(goods.points.back().exposure_pct, *request.limit_pct + 1e-12);
  request.buyer = "R1";
  request.prices = {-1};
  auto const said = test::all_of(run_frontier(ground, request, source).error());
  EXPECT_THAT(said, HasSubstr("is the buyer itself"));
  EXPECT_THAT(said, HasSubstr("a price of -1"));
}

/// What the price side changes about a world is said with its size: an industry that is nearly all
/// inputs gets 2 % of value added, so that final demand moves to what it used.
TEST_F(Threats, WorldsSayWhatTheirPriceSideShifts) {
  TradeAccounts accounts;
  accounts.regions = {"A", "B"};
  accounts.sectors = {"raw", "made"};
  // [sector][importer][exporter]
  accounts.trade = {60, 10, 10, 60, 30, 5, 5, 30};
  accounts.value_added_share = {1, 0.001, 1, 0.001};
  // [region][user][input]: what is made needs raw things alone.
  accounts.input_shares = {1, 0, 1, 0, 1, 0, 1, 0};
  auto const ground = trade_ground(std::move(accounts), "two").value();
  auto const world = open_leverage_world(ground, model(), source).value();
  // Of 70 raw things in a region 35 × 0.999 are inputs of what is made, then 35 × 0.98; all 35 made
  // things are final purchases. The share of raw things in final spending rises by this much:
  double const before = (70 - 35 * 0.999) / (105 - 35 * 0.999);
  double const after = (70 - 35 * 0.98) / (105 - 35 * 0.98);
  EXPECT_THAT(world.warnings, Contains(HasSubstr(fmt::format("shifts {:.2g} % of final spending",
                                                             100 * (after - before)))));
  for (auto const& each : world.warnings) EXPECT_THAT(each, Not(HasSubstr("below 0")));
}

/// Numbers of a file: those of the library's own tests, and over draws those of the ranges.
TEST_F(Threats, FilesGiveTheirOwnNumbers) {
  constexpr char const* split = R"(title = "Break"
[bargain]
first = "A"
second = "B"
weight = 0.25
first_with = 10
first_without = 8
second_with = 20
second_without = [13, 15]
[ensemble]
draws = 400
seed = 1
)";
  auto const file = read_bargain(split, "b.toml").value();
  auto const answer = answer_bargain(file).value();
  EXPECT_NEAR(answer.transfer.central, 0.75 * 2 - 0.25 * 6, 1e-14);
  // Triangular on [5, 7] with its peak at 6: 5 % lie below 5 + √0.1.
  EXPECT_NEAR(*answer.second.at_stake.p05, 5 + std::sqrt(0.1), 0.1);
  EXPECT_NEAR(*answer.transfer.p95, 1.5 - 0.25 * (5 + std::sqrt(0.1)), 0.03);
  constexpr char const* shown = R"([signal]
target = "A"
sender = "B"
resilient_cost = 1
dependent_cost = [2, 6]
resilient_loss = 3
dependent_loss = 8
gain = 2
penalty = 3
belief = 0.2
[ensemble]
draws = 4000
seed = 1
)";
  auto const signals = answer_signal(read_signal(shown, "s.toml").value()).value();
  EXPECT_NEAR(signals.separating.low->central, 2, 1e-14);
  EXPECT_NEAR(signals.separating.high->central, 3, 1e-14);
  EXPECT_NEAR(signals.deterring_belief->central, 0.4, 1e-14);
  // Separating where 8/κ ≤ 3, κ triangular on [2, 6] with its peak at 4: 1 − (2/3)²/8 = 17/18.
  EXPECT_NEAR(*signals.separating.share, 17.0 / 18, 0.01);
  EXPECT_NEAR(*signals.signal_cost, 2, 1e-14);
  auto const wrong = read_signal(
      "[signal]\ntarget = \"A\"\nsender = \"B\"\nresilient_cost = [3, 1]\n"
      "dependent_cost = 2\nresilient_loss = 3\ndependent_loss = [1, 2]\n"
      "gain = 2\npenalty = 3\nbeleif = 0.2\n",
      "s.toml");
  ASSERT_FALSE(wrong);
  auto const said = test::all_of(wrong.error());
  EXPECT_THAT(said, HasSubstr("the lower number first"));
  EXPECT_THAT(said, HasSubstr("'signal.belief' is missing"));
  EXPECT_THAT(said, HasSubstr("beleif"));
  EXPECT_THAT(said, HasSubstr("ranges without draws"));
  EXPECT_THAT(test::all_of(read_bargain("title = \"x\"\n", "b.toml").error()),
              HasSubstr("no [bargain]"));
}

}  // namespace
}  // namespace linchpin::study
