// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "linchpin/leverage/chokepoints.h"

namespace linchpin::leverage {

/// Σ_g weights_g [−ln(1 − share of `set` in g)]/θ_g; shares that are all there is count as
/// `monopoly_share`, and shares above `most` (one per group; empty: none) as that.
[[nodiscard]] double additive_loss(Screen const& screen, std::span<double const> weights,
                                   std::span<std::size_t const> set,
                                   std::span<double const> most = {});

/// The `count` best sets of at most k candidates by the additive loss with `Screen::weight`, where
/// candidates of a group join in order of share; best first, members ascending, none empty. With
/// `most` no set denies more than that of a group: the largest candidates that fit join.
[[nodiscard]] std::vector<std::vector<std::size_t>> best_screened(
    Screen const& screen, std::size_t k, std::size_t count, std::span<double const> most = {});

/// The fewest candidates of each group whose denial exceeds `Screen::most` (without it: all there
/// is), if k are enough: the largest first, members ascending, in the order of groups.
[[nodiscard]] std::vector<std::vector<std::size_t>> smallest_stops(Screen const& screen,
                                                                   std::size_t k);

/// Candidates in the order branch and bound takes them: group by group, the heaviest group first,
/// within a group by share.
struct BranchOrder {
  std::vector<std::size_t> candidates;
  std::vector<std::size_t> group_end;  ///< [position] one past the last position of its group
  /// [position][budget] most the groups from this position's group end on can add.
  std::vector<std::vector<double>> later;
  double most = 0;  ///< bound on every set of at most k
};

/// Order and bounds for `k`, with `Screen::ceiling`, on sets that deny at most `most` of each group
/// (empty: any share). Precondition: ceilings are known.
[[nodiscard]] BranchOrder branch_order(Screen const& screen, std::size_t k,
                                       std::span<double const> most = {});

}  // namespace linchpin::leverage
