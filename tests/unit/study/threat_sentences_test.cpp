// SPDX-License-Identifier: Apache-2.0
// What sentences about bargains, signals and the frontier say where nothing is usual.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "linchpin/study/bargain_run.h"
#include "linchpin/study/frontier_run.h"
#include "linchpin/study/standoff_words.h"
#include "linchpin/study/threat_file.h"
#include "linchpin/study/threat_words.h"
#include "study_fixtures.h"

namespace linchpin::study {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

std::string as_label(std::string const& label) { return label; }

BargainFile break_of(double first_resolve, double second_resolve) {
  BargainFile file;
  file.first = "A";
  file.second = "B";
  file.unit = "coins";
  auto const number = [](double value) { return RangedNumber{value, value, value, {}}; };
  file.first_with = file.second_with = number(100);
  file.first_without = number(98);
  file.second_without = number(99);
  file.first_resolve = number(first_resolve);
  file.second_resolve = number(second_resolve);
  return file;
}

/// A would gain 8 by the break, more than it costs both: nothing is paid, nothing saved.
TEST(ThreatSentences, ResolveIsPartOfTheThreatPoint) {
  auto const answer = answer_bargain(break_of(10, 0)).value();
  EXPECT_FALSE(answer.agreement);
  EXPECT_EQ(answer.transfer.central, 0);
  EXPECT_NEAR(answer.surplus.central, -7, 1e-12);
  EXPECT_NEAR(answer.first.gain_pct, 0, 1e-12);
  auto const words = bargain_sentences(answer, as_label);
  EXPECT_THAT(words[1], HasSubstr("Only the threat of A is credible"));
  EXPECT_THAT(words, Contains(HasSubstr("no transfer makes both better off")));
  EXPECT_THAT(words, Not(Contains(HasSubstr("would pay"))));
}

/// The second sentence, a headline, says what the threats are worth before anybody pays.
TEST(ThreatSentences, CredibilityStandsBesideTheTransfer) {
  auto const words = bargain_sentences(answer_bargain(break_of(0, 0)).value(), as_label);
  EXPECT_THAT(words[1], HasSubstr("Neither threat is credible"));
  EXPECT_THAT(words[2], HasSubstr("If they bargained over it"));
  auto file = break_of(0, 0);
  file.second = "A";
  auto const same = answer_bargain(file);
  ASSERT_FALSE(same);
  EXPECT_THAT(test::all_of(same.error()), HasSubstr("'A' is on both sides"));
}

FrontierAnswer frontier_of(std::vector<FrontierSector> sectors, double exposure,
                           std::size_t captive) {
  FrontierAnswer answer;
  answer.buyer = "B";
  answer.rivals = {"A"};
  FrontierAnswerPoint free;
  free.kind = "private";
  free.exposure_pct = exposure;
  free.captive = captive;
  free.rival_share = 0.3;
  free.sectors = std::move(sectors);
  answer.points = {free};
  return answer;
}

FrontierSector removed(std::string name, double most, bool captive = false) {
  FrontierSector sector;
  sector.sector = std::move(name);
  sector.private_exposure = most;
  sector.captive = captive;
  return sector;
}

TEST(ThreatSentences, AMonopolyIsNotNoTrade) {
  auto const held =
      frontier_sentences(frontier_of({removed("A01", 0, true)}, 0, 1), as_label).front();
  EXPECT_THAT(held, HasSubstr("holds alone"));
  EXPECT_THAT(held, HasSubstr("A01"));
  EXPECT_THAT(frontier_sentences(frontier_of({removed("A01", 0)}, 0, 0), as_label).front(),
              HasSubstr("buys nothing"));
}

/// "Most" only of more than half.
TEST(ThreatSentences, MostIsMoreThanHalf) {
  auto const words = [](double largest) {
    auto answer = frontier_of({removed("x", largest), removed("y", 0.3), removed("z", 0.3)}, 1, 0);
    auto point = answer.points.front();
    point.kind = "swept";
    point.mu = 0.5;
    point.removed = 0.4;
    answer.points.push_back(point);
    answer.sectors = {"x", "y", "z"};
    return frontier_sentences(answer, as_label);
  };
  EXPECT_THAT(words(0.4)[1], HasSubstr("the largest part of it (40 %) in x"));
  EXPECT_THAT(words(0.9)[1], HasSubstr("most of it (60 %) in x"));
  EXPECT_THAT(words(0.9)[1], HasSubstr("at a price of exposure of 0.5"));
  EXPECT_THAT(words(0.9)[0], HasSubstr("buys x, y and z today"));
}

TEST(ThreatSentences, NoAnswerIsNoFinding) {
  SignalAnswer answer;
  answer.target = "T";
  answer.senders = {"S"};
  answer.no_answer = "no prices balance";
  answer.unsettled = true;
  EXPECT_THAT(signal_sentences(answer, as_label).front(), HasSubstr("is not known"));
  answer.unsettled = false;
  EXPECT_THAT(signal_sentences(answer, as_label).front(), HasSubstr("tells it nothing"));
}

StandoffAnswer standoff_with(Band first, Band second) {
  StandoffAnswer answer;
  answer.name = answer.title = "S";
  answer.measure = "spending";
  answer.players = answer.player_words = {"A", "B"};
  StandoffProfile profile;
  profile.actions = {"ban", "nothing"};
  profile.loss = {first, second};
  profile.others_loss = {{1, {}, {}, {}}};
  profile.others_within = {0.1};
  answer.profiles = {profile};
  answer.others = answer.other_words = {"C"};
  answer.member_limit_pct = 0.5;
  answer.draws = 10;
  StandoffMove move;
  move.rung = "r";
  move.player = "A";
  move.move = "ban";
  move.leads_to = "ban";
  move.on_path = move.ends = true;
  move.credible_share = move.possible_share = 1;
  move.loss = {first, second};
  answer.moves = {move};
  answer.gives_way = answer.may_give_way = {0, 0};
  return answer;
}

/// Losses, gains and what is nothing but rounding; a band across zero is no gain for sure.
TEST(ThreatSentences, LossesAndGainsOfStandoffs) {
  auto const costs = [](Band first, Band second) {
    for (auto const& each : standoff_headlines(standoff_with(first, second), {})) {
      if (each.find("carried out alone") != std::string::npos) return each;
    }
    return std::string{};
  };
  EXPECT_THAT(costs({0.3, 0.2, 0.3, 0.4}, {-0.005, -0.012, -0.005, 0.002}),
              HasSubstr("costs A 0.30 % [0.20 %, 0.40 %] (B gains 0.0050 % [a gain of 0.012 % to a "
                        "loss of 0.0020 %])"));
  EXPECT_THAT(costs({-0.2, -0.4, -0.2, -0.1}, {5e-13, {}, {}, {}}),
              HasSubstr("costs B nothing (A gains 0.20 % [0.10 %, 0.40 %])"));
  EXPECT_THAT(costs({-5e-13, {}, {}, {}}, {0.1, -0.1, 0.1, 0.2}),
              HasSubstr("costs A nothing and B 0.10 % [a gain of 0.10 % to a loss of 0.20 %]"));
}

/// Beside the best play and beside "credible": who is over its limit in most draws.
TEST(ThreatSentences, MembersOverTheirLimitAreSaidBesideTheHeadline) {
  auto answer = standoff_with({0.3, {}, {}, {}}, {0.2, {}, {}, {}});
  auto const words = standoff_headlines(answer, {});
  EXPECT_THAT(words.front(), HasSubstr("C (within it in 10 % of draws)"));
  std::size_t said = 0;
  for (auto const& each : words) said += each.find("taken to bear for C") != std::string::npos;
  EXPECT_EQ(said, 2U);
  answer.profiles[0].others_within = {0.9};
  EXPECT_THAT(standoff_headlines(answer, {}).front(), Not(HasSubstr("taken to bear")));
}

/// A number that is none has no bound to name.
TEST(ThreatSentences, NumbersOfFilesAreFinite) {
  auto const wrong = read_bargain(
      "[bargain]\nfirst = \"A\"\nsecond = \"B\"\nfirst_with = 1\nfirst_without = nan\n"
      "second_with = 1\nsecond_without = inf\n",
      "b.toml");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().further.size(), 1U);
  EXPECT_EQ(wrong.error().hint, "use a finite number");
  EXPECT_EQ(wrong.error().further[0].hint, "use a finite number");
}

}  // namespace
}  // namespace linchpin::study
