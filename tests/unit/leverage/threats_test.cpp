// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "linchpin/core/random.h"
#include "linchpin/leverage/bargaining.h"
#include "linchpin/leverage/break_even.h"
#include "linchpin/leverage/ladder.h"
#include "linchpin/leverage/signalling.h"
#include "linchpin/leverage/uncertain_ladder.h"

namespace linchpin::leverage {
namespace {

/// Entry game (Selten 1978, one market): the threat to fight is not carried out, so entry pays.
TEST(Ladder, DiscardsThreatsThatAreNotCarriedOut) {
  Ladder const ladder{{"entrant", "incumbent"},
                      {{"entry", 0, {{"stay out", {}, {1, 5}}, {"enter", 1, {}}}},
                       {"answer", 1, {{"yield", {}, {2, 2}}, {"fight", {}, {0, 0}}}}}};
  auto const answer = climb_ladder(ladder).value();
  EXPECT_EQ(answer.payoffs, (std::vector<double>{2, 2}));
  ASSERT_EQ(answer.path.size(), 2U);
  EXPECT_EQ(answer.path[0], (std::pair<std::size_t, std::size_t>{0, 1}));
  EXPECT_EQ(answer.path[1], (std::pair<std::size_t, std::size_t>{1, 0}));
  EXPECT_TRUE(answer.ties.empty());
}

/// Centipede game of four rungs (Rosenthal 1981): the first ends it.
TEST(Ladder, CentipedeEndsAtOnce) {
  Ladder ladder{{"A", "B"}, {}};
  for (std::size_t r = 0; r < 4; ++r) {
    auto const pot = static_cast<double>(r);
    LadderRung rung{std::to_string(r), r % 2, {}};
    std::vector<double> const stop =
        r % 2 == 0 ? std::vector{pot + 2, pot} : std::vector{pot, pot + 2};
    rung.moves.push_back({"stop", {}, stop});
    if (r < 3) {
      rung.moves.push_back({"go on", r + 1, {}});
    } else {
      rung.moves.push_back({"go on", {}, {5, 4}});
    }
    ladder.rungs.push_back(rung);
  }
  auto const answer = climb_ladder(ladder).value();
  EXPECT_EQ(answer.path.size(), 1U);
  EXPECT_EQ(answer.payoffs, (std::vector<double>{2, 0}));
  EXPECT_EQ(answer.choice, (std::vector<std::size_t>{0, 0, 0, 0}));
}

/// The entry game with payoffs of the answer uniform on 0 … 2: fighting is credible in half of the
/// draws, entry (2 against 1, or 0 against 1) is played where it is not.
TEST(Ladder, OddsOverDrawsAreThoseOfTheRanges) {
  Ladder const low{{"entrant", "incumbent"},
                   {{"entry", 0, {{"stay out", {}, {1, 5}}, {"enter", 1, {}}}},
                    {"answer", 1, {{"yield", {}, {2, 0}}, {"fight", {}, {0, 0}}}}}};
  auto high = low;
  high.rungs[1].moves[0].payoffs = {2, 2};
  high.rungs[1].moves[1].payoffs = {0, 2};
  auto const odds = ladder_odds({low, high}, Seed{3}, 20'000).value();
  EXPECT_NEAR(odds.choice[1][1], 0.5, 0.02);
  EXPECT_NEAR(odds.path[0][1], odds.choice[1][0], 1e-12);
  EXPECT_NEAR(odds.path[1][0], odds.choice[1][0], 1e-12);
  EXPECT_EQ(odds.path[1][1], 0);
  EXPECT_EQ(odds.payoffs[0][0], 1);
  EXPECT_EQ(odds.payoffs[0][2], 2);
  // The same draws whatever the threads.
  RunControl one;
  one.threads = 1;
  EXPECT_EQ(ladder_odds({low, high}, Seed{3}, 20'000, one).value().choice, odds.choice);
  EXPECT_FALSE(ladder_odds({high, low}, Seed{3}, 10));
  EXPECT_FALSE(ladder_odds({low, high}, Seed{3}, 0));
}

TEST(Ladder, NamesTiesAndMistakes) {
  Ladder const tie{{"A"}, {{"start", 0, {{"a", {}, {1}}, {"b", {}, {1}}, {"c", {}, {0}}}}}};
  auto const answer = climb_ladder(tie).value();
  EXPECT_EQ(answer.choice[0], 0U);
  EXPECT_EQ(answer.ties, (std::vector<std::size_t>{0}));
  Ladder const circle{{"A"},
                      {{"start", 0, {{"a", 1, {}}, {"stop", {}, {0}}}},
                       {"again", 0, {{"back", 1, {}}, {"stop", {}, {0}}}},
                       {"lost", 0, {{"stop", {}, {0}}}}}};
  auto const refused = climb_ladder(circle);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().where, "again");
  EXPECT_EQ(refused.error().further.size(), 1U);
  Ladder const empty{{"A"}, {{"start", 3, {}}}};
  EXPECT_EQ(climb_ladder(empty).error().further.size(), 1U);
  EXPECT_FALSE(climb_ladder({}));
}

/// A can yield now (-0.5, 0.5) or go on to a rung where B goes on to one where A yields: both are
/// the same to it, so both threats are possible and neither is certain.
Ladder even_ladder() {
  return {{"A", "B"},
          {{"first", 0, {{"yield", {}, {-0.5, 0.5}}, {"threaten", 1, {}}, {"hold", {}, {-2, -1}}}},
           {"second", 1, {{"press", 2, {}}, {"hold", {}, {-1, 0}}}},
           {"third", 0, {{"yield late", {}, {-0.5, 0.5}}, {"fight", {}, {-3, -3}}}}}};
}

TEST(Ladder, TiesGoToNobodyAndTheOrderOfMovesDoesNotMatter) {
  auto const ladder = even_ladder();
  auto const answer = climb_ladder(ladder).value();
  EXPECT_EQ(answer.ties, (std::vector<std::size_t>{0}));
  EXPECT_EQ(answer.possible[0], (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(answer.possible[1], (std::vector<std::size_t>{0}));
  EXPECT_EQ(answer.choice[0], 0U);  // ending it comes before going on
  EXPECT_EQ(answer.ends[0], (std::vector<std::pair<std::size_t, std::size_t>>{{0, 0}, {2, 0}}));
  auto const odds = ladder_odds({ladder, ladder}, Seed{1}, 10).value();
  EXPECT_NEAR(odds.possible[0][1], 1, 1e-12);
  EXPECT_EQ(odds.certain[0][1], 0);
  // Every order of the moves of the first rung: the same by name.
  auto moves = ladder.rungs[0].moves;
  std::sort(moves.begin(), moves.end(),
            [](auto const& a, auto const& b) { return a.name < b.name; });
  do {
    auto swapped = ladder;
    swapped.rungs[0].moves = moves;
    auto const again = climb_ladder(swapped).value();
    EXPECT_EQ(moves[again.choice[0]].name, "yield");
    EXPECT_EQ(again.payoffs, answer.payoffs);
    auto const shares = ladder_odds({swapped, swapped}, Seed{1}, 10).value();
    for (std::size_t m = 0; m < moves.size(); ++m) {
      EXPECT_EQ(shares.possible[0][m] > 0, moves[m].name != "hold") << moves[m].name;
      EXPECT_EQ(shares.certain[0][m], 0);
    }
  } while (std::next_permutation(moves.begin(), moves.end(),
                                 [](auto const& a, auto const& b) { return a.name < b.name; }));
}

/// A tie further on that moves another player: C's payoff hangs on what B does at a tie of its own.
TEST(Ladder, PossiblePlayFollowsTiesFurtherOn) {
  Ladder const ladder{{"A", "B"},
                      {{"first", 0, {{"wait", {}, {0, 0}}, {"ask", 1, {}}}},
                       {"answer", 1, {{"give", {}, {1, 0}}, {"refuse", {}, {-1, 0}}}}}};
  auto const answer = climb_ladder(ladder).value();
  EXPECT_EQ(answer.possible[0], (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(answer.ends[0],
            (std::vector<std::pair<std::size_t, std::size_t>>{{0, 0}, {1, 0}}));  // not refused
}

/// By hand, all payoffs of A at a stake S. First rung: lift −S, hold −1.3, go on. There B gives way
/// (to A +S) or holds on (−2 to A), as it suits B.
TEST(BreakEven, IsWhereAnotherMoveBecomesTheBest) {
  Ladder ladder{{"A", "B"},
                {{"first", 0, {{"lift", {}, {0, 0}}, {"hold", {}, {-1.3, -1}}, {"on", 1, {}}}},
                 {"second", 1, {{"give way", {}, {0, -3}}, {"hold on", {}, {-2, -1}}}}}};
  std::vector<std::vector<double>> const slope{{-1, 0, 0}, {1, 0}};
  // B holds on: A has hold at −1.3 against −S, whatever the stake it has today.
  EXPECT_NEAR(break_even_stake({ladder, 0, slope}, 0, 0).value().value(), 1.3, 1e-12);
  // B gives way: −S = S at zero, so A never lifts.
  ladder.rungs[1].moves[0].payoffs[1] = 0;
  EXPECT_EQ(break_even_stake({ladder, 0, slope}, 0, 0).value(), 0.0);
  // Giving way whatever it does: at no stake does A hold out.
  Ladder const lost{{"A", "B"}, {{"only", 0, {{"lift", {}, {0, 0}}, {"later", {}, {-0.5, 0}}}}}};
  EXPECT_FALSE(break_even_stake({lost, 0, {{-1, -1}}}, 0, 0).value());
}

/// A later turn of the same player: at the second rung of A it gives way at −0.3 − S or holds at
/// −2, so going on is worth max(−0.3 − S, −2). Today's stake decides nothing: A holds out from 2
/// on.
TEST(BreakEven, PlaysLaterTurnsAnewAtEveryStake) {
  Ladder const ladder{{"A", "B"},
                      {{"first", 0, {{"lift", {}, {0, 0}}, {"on", 1, {}}}},
                       {"second", 1, {{"answer", 2, {}}, {"stop", {}, {-9, -9}}}},
                       {"third", 0, {{"lift late", {}, {-0.3, 0}}, {"hold", {}, {-2, 0}}}}}};
  auto const found = break_even_stake({ladder, 0, {{-1, 0}, {0, 0}, {-1, 0}}}, 0, 0).value();
  EXPECT_NEAR(found.value(), 2, 1e-12);
}

/// T maximises the weighted product: against a fine grid and its first-order condition.
TEST(NashBargain, MaximisesTheWeightedProduct) {
  for (std::uint64_t draw = 0; draw < 30; ++draw) {
    Rng rng(Seed{61}, draw);
    BargainingCase given{100, 90 + 12 * rng.uniform(), 50, 40 + 8 * rng.uniform(),
                         0.1 + 0.8 * rng.uniform()};
    // Half with resolve: the break is worth more than its income then.
    if (draw % 2 == 1) given.first_resolve = 5 * rng.uniform();
    auto const bargain = nash_bargain(given).value();
    double const stakes = given.first_with - given.first_without + given.second_with -
                          given.second_without - given.first_resolve;
    ASSERT_EQ(bargain.agreement, stakes > 0);
    if (!bargain.agreement) continue;
    double const first_threat = given.first_without + given.first_resolve;
    auto const product = [&](double t) {
      return given.first_weight * std::log(given.first_with - t - first_threat) +
             (1 - given.first_weight) * std::log(given.second_with + t - given.second_without);
    };
    double const low = -bargain.second_at_stake;
    double const high = bargain.first_at_stake - given.first_resolve;
    for (int i = 1; i < 500; ++i) {
      EXPECT_LE(product(low + (high - low) * i / 500), product(bargain.transfer) + 1e-12);
    }
    EXPECT_NEAR(bargain.first_payoff + bargain.second_payoff, 150, 1e-12);
  }
}

TEST(NashBargain, SaysWhatIsCredibleAndCostless) {
  // The first loses 2 and wins 3, the second loses 20 and wins 5: (−1, 15) is what they save by not
  // breaking, halved.
  BargainingCase given{100, 98, 100, 80, 0.5, 3, 5};
  auto const bargain = nash_bargain(given).value();
  EXPECT_NEAR(bargain.transfer, -8, 1e-12);
  EXPECT_NEAR(bargain.first_threat, 101, 1e-12);
  EXPECT_NEAR(bargain.first_payoff - bargain.first_threat, 7, 1e-12);
  EXPECT_NEAR(bargain.second_payoff - bargain.second_threat, 7, 1e-12);
  EXPECT_NEAR(*bargain.first_pain_ratio, 10, 1e-12);
  EXPECT_TRUE(bargain.first_credible);
  EXPECT_FALSE(bargain.second_credible);
  EXPECT_EQ(bargain.first_demand, 15);
  EXPECT_EQ(bargain.second_demand, 0);
  given.first_without = 100;  // no trade on its side
  auto const costless = nash_bargain(given).value();
  EXPECT_TRUE(costless.first_costless);
  EXPECT_FALSE(costless.first_pain_ratio);
  given.second_without = 105;  // both better off apart
  auto const apart = nash_bargain(given).value();
  EXPECT_FALSE(apart.agreement);
  EXPECT_EQ(apart.transfer, 0);
  EXPECT_EQ(apart.second_payoff, 110);
  // Incomes lose 3 by the break, but the first wins 10 by it: nothing to agree on, nothing paid.
  auto const eager = nash_bargain({100, 98, 100, 99, 0.5, 10, 0}).value();
  EXPECT_FALSE(eager.agreement);
  EXPECT_EQ(eager.transfer, 0);
  EXPECT_EQ(eager.first_payoff, 108);
  given.first_weight = 2;
  given.first_with = NAN;
  EXPECT_EQ(nash_bargain(given).error().further.size(), 1U);
}

/// Payoffs of both types and beliefs checked one by one at the ends of each range.
TEST(Signalling, RangesAreEquilibria) {
  SignallingCase const given{1, 4, 3, 8, 2, 3, 0.2};
  auto const ranges = signal_ranges(given).value();
  EXPECT_NEAR(ranges.deterring_belief, 0.4, 1e-15);
  // The dependent do not imitate from 8/4 on; the resilient pay up to 3/1.
  ASSERT_FALSE(ranges.separating.empty);
  EXPECT_NEAR(ranges.separating.low, 2, 1e-15);
  EXPECT_NEAR(ranges.separating.high, 3, 1e-15);
  EXPECT_TRUE(ranges.pooling.empty);
  EXPECT_FALSE(ranges.silence_deters);
  EXPECT_TRUE(ranges.silence_threatened);
  EXPECT_FALSE(ranges.silence_survives_intuition);
  ASSERT_FALSE(ranges.mixing.empty);
  double const share = ranges.mixing_share;
  EXPECT_NEAR(share, 0.2 * 3 / (0.8 * 2), 1e-15);
  double const posterior = 0.2 / (0.2 + 0.8 * share);
  EXPECT_NEAR(posterior, ranges.deterring_belief, 1e-15);  // the sender is indifferent
  double const signal = 1, threat = mixing_threat(given, signal);
  EXPECT_NEAR(4 * signal + threat * 8, 8, 1e-12);  // the dependent are indifferent
  EXPECT_LT(1 * signal + threat * 3, 3);           // the resilient prefer to send it
}

TEST(Signalling, PoolsWhereThePriorDeters) {
  auto const ranges = signal_ranges({1, 4, 3, 8, 2, 3, 0.5}).value();
  ASSERT_FALSE(ranges.pooling.empty);
  EXPECT_NEAR(ranges.pooling.high, 2, 1e-15);
  EXPECT_TRUE(ranges.silence_deters);
  EXPECT_TRUE(ranges.mixing.empty);
  EXPECT_FALSE(ranges.separating.empty);
  // Resilient targets that lose nothing when threatened do not pay to show it.
  auto const careless = signal_ranges({1, 4, 0, 8, 2, 3, 0.1}).value();
  EXPECT_TRUE(careless.separating.empty && careless.mixing.empty);
  EXPECT_TRUE(careless.silence_survives_intuition);
  EXPECT_EQ(signal_ranges({1, 0.5, 0, -1, 0, 3, 2}).error().further.size(), 3U);
}

}  // namespace
}  // namespace linchpin::leverage
