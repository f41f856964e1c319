// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/game.h"

#include <gtest/gtest.h>

#include <cmath>

#include "linchpin/core/random.h"
#include "linchpin/leverage/uncertain_game.h"

namespace linchpin::leverage {
namespace {

using Row = std::vector<double>;

Game two_by_two(Row first, Row second) {
  return {{{"A", {"a", "b"}}, {"B", {"a", "b"}}}, {std::move(first), std::move(second)}};
}

/// Temptation 5, reward 3, punishment 1, sucker 0: both defect, and that is all.
TEST(NashEquilibria, PrisonersDilemma) {
  auto const answer = nash_equilibria(two_by_two({3, 0, 5, 1}, {3, 5, 0, 1})).value();
  ASSERT_EQ(answer.equilibria.size(), 1U);
  auto const& only = answer.equilibria[0];
  EXPECT_EQ(only.strategies, (Strategies{{0, 1}, {0, 1}}));
  EXPECT_EQ(only.payoffs, (Row{1, 1}));
  EXPECT_EQ(only.residual, 0);
  EXPECT_TRUE(only.pure && answer.complete && !answer.continuum);
  EXPECT_EQ(answer.dominated, (std::vector<std::vector<std::size_t>>{{0}, {0}}));
}

/// Swerve or straight: 0, ±1, crash −10. Mixed: straight with chance 1/10.
TEST(NashEquilibria, Chicken) {
  auto const answer = nash_equilibria(two_by_two({0, -1, 1, -10}, {0, 1, -1, -10})).value();
  ASSERT_EQ(answer.equilibria.size(), 3U);
  EXPECT_EQ(answer.equilibria[0].strategies, (Strategies{{1, 0}, {0, 1}}));
  EXPECT_EQ(answer.equilibria[1].strategies, (Strategies{{0, 1}, {1, 0}}));
  auto const& mixed = answer.equilibria[2];
  EXPECT_NEAR(mixed.strategies[0][1], 0.1, 1e-12);
  EXPECT_NEAR(mixed.strategies[1][1], 0.1, 1e-12);
  EXPECT_NEAR(mixed.payoffs[0], -0.1, 1e-12);
  EXPECT_LT(mixed.residual, 1e-12);
}

TEST(NashEquilibria, MatchingPennies) {
  auto const answer = nash_equilibria(two_by_two({1, -1, -1, 1}, {-1, 1, 1, -1})).value();
  ASSERT_EQ(answer.equilibria.size(), 1U);
  EXPECT_NEAR(answer.equilibria[0].strategies[0][0], 0.5, 1e-12);
  EXPECT_NEAR(answer.equilibria[0].strategies[1][0], 0.5, 1e-12);
  EXPECT_NEAR(answer.equilibria[0].payoffs[0], 0, 1e-12);
  EXPECT_FALSE(answer.equilibria[0].pure);
}

/// (3, 2), (2, 3), else nothing: mixed with 3/5 on the own favourite, worth 6/5.
TEST(NashEquilibria, BattleOfTheSexes) {
  auto const answer = nash_equilibria(two_by_two({3, 0, 0, 2}, {2, 0, 0, 3})).value();
  ASSERT_EQ(answer.equilibria.size(), 3U);
  EXPECT_NEAR(answer.equilibria[2].strategies[0][0], 0.6, 1e-12);
  EXPECT_NEAR(answer.equilibria[2].strategies[1][0], 0.4, 1e-12);
  EXPECT_NEAR(answer.equilibria[2].payoffs[0], 1.2, 1e-12);
  EXPECT_NEAR(answer.equilibria[2].payoffs[1], 1.2, 1e-12);
}

/// Rock, paper, scissors where beating scissors with rock is worth a, paper over rock b, scissors
/// over paper c: the unique equilibrium plays rock : paper : scissors as c : a : b.
TEST(NashEquilibria, RockPaperScissorsWithUnequalStakes) {
  double const a = 1, b = 2, c = 3;
  Row const first{0, -b, a, b, 0, -c, -a, c, 0};
  Row second;
  for (double const value : first) second.push_back(-value);
  Game const game{{{"A", {"r", "p", "s"}}, {"B", {"r", "p", "s"}}}, {first, second}};
  auto const answer = nash_equilibria(game).value();
  ASSERT_EQ(answer.equilibria.size(), 1U);
  for (auto const& strategy : answer.equilibria[0].strategies) {
    EXPECT_NEAR(strategy[0], c / 6, 1e-12);
    EXPECT_NEAR(strategy[1], a / 6, 1e-12);
    EXPECT_NEAR(strategy[2], b / 6, 1e-12);
  }
  EXPECT_NEAR(answer.equilibria[0].payoffs[0], 0, 1e-12);
  EXPECT_LT(answer.equilibria[0].residual, 1e-12);
}

/// Identical payoffs: everything is an equilibrium; its four corners are listed, and it is said.
TEST(NashEquilibria, IdenticalPayoffs) {
  auto const answer = nash_equilibria(two_by_two({7, 7, 7, 7}, {7, 7, 7, 7})).value();
  EXPECT_EQ(answer.equilibria.size(), 4U);
  EXPECT_TRUE(answer.continuum);
  for (auto const& found : answer.equilibria) EXPECT_EQ(found.residual, 0);
}

/// One player is indifferent against one action: a line of equilibria between two corners.
TEST(NashEquilibria, DegenerateGame) {
  // A's best answers to "a" are both rows; B prefers "a" while A plays "a" with at least 1/2.
  auto const answer = nash_equilibria(two_by_two({1, 0, 1, 2}, {1, 0, 0, 1})).value();
  EXPECT_TRUE(answer.continuum);
  bool half = false;
  for (auto const& found : answer.equilibria) {
    EXPECT_LE(found.residual, 1e-12);
    half = half || std::abs(found.strategies[0][0] - 0.5) < 1e-12;
  }
  EXPECT_TRUE(half);  // the end of the line that is not pure
}

TEST(NashEquilibria, AMenuOfOneIsNoGame) {
  Game const game{{{"A", {"wait"}}, {"B", {"a", "b", "c"}}}, {{0, 0, 0}, {1, 3, 2}}};
  auto const answer = nash_equilibria(game).value();
  ASSERT_EQ(answer.equilibria.size(), 1U);
  EXPECT_EQ(answer.equilibria[0].strategies[1], (Row{0, 1, 0}));
}

/// Random games: an odd number of equilibria (Wilson 1971, Oddness theorem), all certified.
TEST(NashEquilibria, RandomGamesHaveAnOddNumber) {
  for (std::uint64_t draw = 0; draw < 100; ++draw) {
    Rng rng(Seed{41}, draw);
    Game game{{{"A", {"1", "2", "3", "4"}}, {"B", {"1", "2", "3"}}}, {Row(12), Row(12)}};
    for (auto& list : game.payoffs) {
      for (double& value : list) value = rng.normal();
    }
    auto const answer = nash_equilibria(game).value();
    EXPECT_EQ(answer.equilibria.size() % 2, 1U) << draw;
    EXPECT_FALSE(answer.continuum);
    for (auto const& found : answer.equilibria) EXPECT_LT(found.residual, 1e-9);
  }
}

/// Three players who want to differ from both others (two actions): pure ones where one stands
/// alone, and the mixed one of half and half.
TEST(NashEquilibria, ThreePlayers) {
  Game game{{{"A", {"0", "1"}}, {"B", {"0", "1"}}, {"C", {"0", "1"}}}, {Row(8), Row(8), Row(8)}};
  for (std::size_t profile = 0; profile < 8; ++profile) {
    auto const actions = game.actions(profile);
    for (std::size_t p = 0; p < 3; ++p) {
      bool const alone = actions[p] != actions[(p + 1) % 3] && actions[p] != actions[(p + 2) % 3];
      game.payoffs[p][profile] = alone ? 1 : 0;
    }
  }
  auto const answer = nash_equilibria(game).value();
  EXPECT_FALSE(answer.complete);
  std::size_t pure = 0;
  bool half = false;
  for (auto const& found : answer.equilibria) {
    EXPECT_LT(found.residual, 1e-9);
    pure += found.pure ? 1 : 0;
    half = half || (!found.pure && std::abs(found.strategies[0][0] - 0.5) < 1e-9 &&
                    std::abs(found.strategies[1][0] - 0.5) < 1e-9 &&
                    std::abs(found.strategies[2][0] - 0.5) < 1e-9);
  }
  EXPECT_EQ(pure, 6U);
  EXPECT_TRUE(half);
}

/// Random games of three have an equilibrium that is found.
TEST(NashEquilibria, ThreePlayersAlwaysHaveOne) {
  for (std::uint64_t draw = 0; draw < 20; ++draw) {
    Rng rng(Seed{42}, draw);
    Game game{{{"A", {"0", "1"}}, {"B", {"0", "1", "2"}}, {"C", {"0", "1"}}},
              {Row(12), Row(12), Row(12)}};
    for (auto& list : game.payoffs) {
      for (double& value : list) value = rng.uniform();
    }
    auto const answer = nash_equilibria(game).value();
    EXPECT_FALSE(answer.equilibria.empty()) << draw;
    for (auto const& found : answer.equilibria) EXPECT_LT(found.residual, 1e-9);
  }
}

/// Prisoner's dilemma whose temptation is uniform on 2 … 4, reward 3: both cooperate, too, in the
/// half of draws where temptation does not pay; by symmetry of the draw of each side in a quarter
/// both.
TEST(EquilibriumOdds, CountsWhatIsAnEquilibrium) {
  UncertainGame const game{two_by_two({3, 0, 2, 1}, {3, 2, 0, 1}),
                           two_by_two({3, 0, 4, 1}, {3, 4, 0, 1})};
  auto const odds = equilibrium_odds(game, Seed{43}, 2000).value();
  EXPECT_EQ(odds.profile[3], 1);
  EXPECT_NEAR(odds.profile[0], 0.25, 0.04);
  EXPECT_EQ(odds.profile[1], 0);
  EXPECT_NEAR(odds.several, 0.25, 0.04);
  EXPECT_EQ(odds.possible[0][1], 1);
  EXPECT_NEAR(odds.certain[0][1], 0.75, 0.04);
  EXPECT_EQ(odds.failed, 0U);
  auto const again = equilibrium_odds(game, Seed{43}, 2000, {.threads = 1}).value();
  EXPECT_EQ(again.profile, odds.profile);
  EXPECT_EQ(game.middle().payoffs[0][2], 3);
  EXPECT_FALSE(equilibrium_odds({game.high, game.low}, Seed{1}, 0));
}

TEST(CheckGame, ReportsAllProblemsAtOnce) {
  Game const game{{{"A", {}}, {"A", {"x", "x"}}}, {{}, {NAN}}};
  auto const refused = nash_equilibria(game);
  ASSERT_FALSE(refused);
  EXPECT_GE(refused.error().further.size(), 3U);
  Game large{{{"A", std::vector<std::string>(15)}, {"B", std::vector<std::string>(15)}}, {}};
  for (auto& player : large.players) {
    for (std::size_t a = 0; a < 15; ++a) player.actions[a] = std::to_string(a);
  }
  large.payoffs.assign(2, Row(225, 0.0));
  EXPECT_EQ(nash_equilibria(large).error().code, ErrorCode::too_large);
}

}  // namespace
}  // namespace linchpin::leverage
