// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/uncertain_ladder.h"

#include <algorithm>
#include <optional>

#include "linchpin/core/parallel.h"
#include "linchpin/sampling/quantiles.h"

namespace linchpin::leverage {
namespace {

template <typename Combine>
Ladder combined(UncertainLadder const& ladder, Combine&& combine) {
  Ladder result = ladder.low;
  for (std::size_t r = 0; r < result.rungs.size(); ++r) {
    for (std::size_t m = 0; m < result.rungs[r].moves.size(); ++m) {
      auto& payoffs = result.rungs[r].moves[m].payoffs;
      auto const& high = ladder.high.rungs[r].moves[m].payoffs;
      for (std::size_t p = 0; p < payoffs.size(); ++p) payoffs[p] = combine(payoffs[p], high[p]);
    }
  }
  return result;
}

Result<void> check(UncertainLadder const& ladder, std::size_t draws) {
  auto const& [low, high] = ladder;
  char const* where = "ladder with ranges";
  bool same = low.players == high.players && low.rungs.size() == high.rungs.size();
  for (std::size_t r = 0; same && r < low.rungs.size(); ++r) {
    same = low.rungs[r].moves.size() == high.rungs[r].moves.size();
    for (std::size_t m = 0; same && m < low.rungs[r].moves.size(); ++m) {
      auto const& a = low.rungs[r].moves[m].payoffs;
      auto const& b = high.rungs[r].moves[m].payoffs;
      same = a.size() == b.size();
      for (std::size_t p = 0; same && p < a.size(); ++p) {
        if (a[p] <= b[p]) continue;
        return fail(ErrorCode::bad_value, "a lower payoff above the upper one", where,
                    "write the smaller number first");
      }
    }
  }
  if (!same) {
    return fail(ErrorCode::size_mismatch, "bounds for different ladders", where,
                "both bounds need the same rungs and moves");
  }
  if (draws == 0) {
    return fail(ErrorCode::bad_value, "no draws", where, "ask for at least one draw");
  }
  return {};
}

}  // namespace

Ladder UncertainLadder::middle() const {
  return combined(*this, [](double a, double b) { return a + (b - a) / 2; });
}

Result<LadderOdds> ladder_odds(UncertainLadder const& ladder, Seed seed, std::size_t draws,
                               RunControl const& control) {
  if (auto const sound = check(ladder, draws); !sound) return fail(sound.error());
  std::vector<LadderAnswer> answers(draws);
  std::vector<std::optional<Error>> failed(draws);
  auto const done = parallel_for(draws, control, "draws", [&](std::size_t draw) {
    Rng rng(seed, draw);
    auto const drawn =
        combined(ladder, [&](double a, double b) { return a + (b - a) * rng.uniform(); });
    auto played = climb_ladder(drawn);
    if (played) {
      answers[draw] = *std::move(played);
    } else {
      failed[draw] = played.error();
    }
  });
  if (!done) return fail(done.error());
  for (auto& error : failed) {
    if (error) return fail(*std::move(error));
  }
  LadderOdds odds;
  odds.draws = draws;
  for (auto const& rung : ladder.low.rungs) {
    odds.choice.emplace_back(rung.moves.size(), 0.0);
    odds.path.emplace_back(rung.moves.size(), 0.0);
    odds.certain.emplace_back(rung.moves.size(), 0.0);
    odds.possible.emplace_back(rung.moves.size(), 0.0);
  }
  double const part = 1.0 / static_cast<double>(draws);
  for (auto const& answer : answers) {
    for (std::size_t r = 0; r < answer.choice.size(); ++r) {
      odds.choice[r][answer.choice[r]] += part;
      for (auto const m : answer.possible[r]) odds.possible[r][m] += part;
      if (answer.possible[r].size() == 1) odds.certain[r][answer.possible[r].front()] += part;
    }
    for (auto const& [rung, move] : answer.path) odds.path[rung][move] += part;
  }
  for (std::size_t p = 0; p < ladder.low.players.size(); ++p) {
    std::vector<double> column;
    for (auto const& answer : answers) column.push_back(answer.payoffs[p]);
    std::sort(column.begin(), column.end());
    odds.payoffs.push_back({sampling::sorted_quantile(column, 0.05),
                            sampling::sorted_quantile(column, 0.5),
                            sampling::sorted_quantile(column, 0.95)});
  }
  return odds;
}

}  // namespace linchpin::leverage
