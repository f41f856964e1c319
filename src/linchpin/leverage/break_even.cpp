// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/break_even.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "linchpin/core/contracts.h"

namespace linchpin::leverage {
namespace {

/// Stakes at which two ends are worth the same to the player, and zero; ascending.
std::vector<double> crossings(StakedLadder const& staked) {
  std::vector<std::pair<double, double>> ends;  // payoff at zero, slope
  for (std::size_t r = 0; r < staked.ladder.rungs.size(); ++r) {
    auto const& moves = staked.ladder.rungs[r].moves;
    for (std::size_t m = 0; m < moves.size(); ++m) {
      if (!moves[m].next) ends.emplace_back(moves[m].payoffs[staked.player], staked.slope[r][m]);
    }
  }
  std::vector<double> stakes{0};
  for (std::size_t a = 0; a < ends.size(); ++a) {
    for (std::size_t b = a + 1; b < ends.size(); ++b) {
      if (ends[a].second == ends[b].second) continue;
      double const stake = (ends[a].first - ends[b].first) / (ends[b].second - ends[a].second);
      if (stake > 0 && std::isfinite(stake)) stakes.push_back(stake);
    }
  }
  std::sort(stakes.begin(), stakes.end());
  stakes.erase(std::unique(stakes.begin(), stakes.end()), stakes.end());
  return stakes;
}

Ladder at_stake(StakedLadder const& staked, double stake) {
  Ladder ladder = staked.ladder;
  for (std::size_t r = 0; r < ladder.rungs.size(); ++r) {
    auto& moves = ladder.rungs[r].moves;
    for (std::size_t m = 0; m < moves.size(); ++m) {
      if (!moves[m].next) moves[m].payoffs[staked.player] += stake * staked.slope[r][m];
    }
  }
  return ladder;
}

}  // namespace

Result<std::optional<double>> break_even_stake(StakedLadder const& staked, std::size_t rung,
                                               std::size_t move) {
  LINCHPIN_EXPECTS(rung < staked.ladder.rungs.size() &&
                   staked.slope.size() == staked.ladder.rungs.size());
  if (auto const sound = climb_ladder(staked.ladder); !sound) return fail(sound.error());
  auto const stakes = crossings(staked);
  for (std::size_t k = 0; k < stakes.size(); ++k) {
    // Between two crossings nothing changes: any stake in between stands for all.
    double const inside =
        k + 1 < stakes.size() ? stakes[k] + (stakes[k + 1] - stakes[k]) / 2 : stakes[k] + 1;
    auto const played = climb_ladder(at_stake(staked, inside));
    if (!played) return fail(played.error());
    if (played->choice[rung] != move) return std::optional{stakes[k]};
  }
  return std::optional<double>{};
}

}  // namespace linchpin::leverage
