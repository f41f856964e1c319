// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/game_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "study_fixtures.h"

namespace linchpin::study {
namespace {

using ::testing::HasSubstr;

constexpr char const* players = R"(
title = "Chips against minerals"
[[player]]
name = "A"
actions = ["nothing", "ban"]
[[player]]
name = "B"
actions = ["nothing", "ban"]
)";

constexpr char const* outcomes = R"(
[[outcome]]
play = {A = "nothing", B = "nothing"}
payoffs = {A = 0, B = 0}
[[outcome]]
play = {A = "nothing", B = "ban"}
payoffs = {A = -3, B = -1}
[[outcome]]
play = {A = "ban", B = "nothing"}
payoffs = {A = -1, B = [-4, -2]}
[[outcome]]
play = {A = "ban", B = "ban"}
payoffs = {A = -4, B = -5}
[ensemble]
draws = 100
seed = 1
)";

constexpr char const* ladder = R"(
[[rung]]
name = "opening"
player = "A"
[[rung.move]]
name = "wait"
payoffs = {A = 0, B = 0}
[[rung.move]]
name = "ban"
next = "answer"
[[rung]]
name = "answer"
player = "B"
[[rung.move]]
name = "yield"
payoffs = {A = 2, B = -1}
[[rung.move]]
name = "retaliate"
payoffs = {A = -3, B = -4}
)";

std::string bad(std::string const& text) {
  auto const file = read_game(text, "g.toml");
  return file ? "accepted" : test::all_of(file.error());
}

TEST(ReadGame, ReadsGameAndLadder) {
  auto const file = read_game(std::string{players} + outcomes + ladder, "g.toml");
  ASSERT_TRUE(file) << test::all_of(file.error());
  EXPECT_EQ(file->title, "Chips against minerals");
  ASSERT_TRUE(file->game && file->ladder);
  EXPECT_TRUE(file->ranges);
  EXPECT_EQ(file->draws, 100U);
  EXPECT_EQ(file->game->low.payoffs[1], (std::vector<double>{0, -1, -4, -5}));
  EXPECT_EQ(file->game->middle().payoffs[1][2], -3);
  auto const played = leverage::climb_ladder(*file->ladder).value();
  EXPECT_EQ(played.payoffs, (std::vector<double>{2, -1}));
}

TEST(ReadGame, ReportsAllProblemsAtOnce) {
  auto const text = bad(R"([[player]]
name = "A"
actions = ["nothing"]
[[player]]
name = "B"
actions = ["nothing", "ban"]
colour = "red"
[[outcome]]
play = {A = "nothing", B = "bann"}
payoffs = {A = 1}
[[outcome]]
play = {A = "nothing", B = "nothing"}
payoffs = {A = [2, 1], B = [1, 2]}
[[rung]]
name = "x"
player = "C"
[[rung.move]]
name = "go"
)");
  EXPECT_THAT(text, HasSubstr("g.toml:7: unknown key 'player.colour'"));
  EXPECT_THAT(text, HasSubstr("g.toml:9: there is no action 'bann' | did you mean 'ban'?"));
  EXPECT_THAT(text, HasSubstr("g.toml:10: no payoff of B"));
  EXPECT_THAT(text, HasSubstr("g.toml:13: [2, 1]"));
  EXPECT_THAT(text, HasSubstr("there is no player 'C'"));
  EXPECT_THAT(text, HasSubstr("a move goes on or ends the game"));
  EXPECT_THAT(text, HasSubstr("no outcome for these actions"));
  EXPECT_THAT(text, HasSubstr("without [ensemble]"));
}

TEST(ReadGame, NeedsPlayersActionsAndOutcomes) {
  EXPECT_THAT(bad(""), HasSubstr("no players"));
  EXPECT_THAT(bad(players), HasSubstr("neither a game nor a ladder"));
  EXPECT_THAT(bad("[[player]]\nname = \"A\"\n[[player]]\nname = \"B\"\nactions = [\"x\"]\n"
                  "[[outcome]]\nplay = {A = \"x\", B = \"x\"}\npayoffs = {A = 1, B = 1}\n"),
              HasSubstr("A has no actions"));
  EXPECT_THAT(bad(std::string{players} + outcomes + outcomes), HasSubstr("not valid TOML"));
  EXPECT_THAT(bad(std::string{players} + "[[outcome]]\nplay = 3\n"),
              HasSubstr("should be a table"));
}

TEST(ReadGame, NamesCirclesOfRungs) {
  std::string text = ladder;
  text.replace(text.find("payoffs = {A = 2, B = -1}"), 25, "next = \"opening\"         ");
  EXPECT_THAT(bad(std::string{players} + text), HasSubstr("in a circle"));
}

}  // namespace
}  // namespace linchpin::study
