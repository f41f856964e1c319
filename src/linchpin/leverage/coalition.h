// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin::leverage {

/// What a coalition that denies all it sells does.
struct CoalitionOutcome {
  double target_loss = 0;
  bool lost = false;    ///< something cannot be had at all: any wanted loss is reached
  bool failed = false;  ///< the model has no answer: never enough, whatever the numbers say
  /// In the order of the members; empty with `lost` or `failed`: nobody's loss is known.
  std::vector<std::pair<std::size_t, double>> member_losses = {};
};

using CoalitionEvaluator = std::function<Result<CoalitionOutcome>(std::span<std::size_t const>)>;

struct CoalitionOptions {
  std::size_t evaluations = 20'000;  ///< of the model, before the search by size gives up
};

/// Who must join.
struct CoalitionAnswer {
  bool reached = false;              ///< some coalition of candidates reaches the wanted loss
  std::vector<std::size_t> members;  ///< ascending
  CoalitionOutcome outcome;
  bool smallest = false;   ///< proven: no coalition of fewer members reaches it
  std::size_t failed = 0;  ///< coalitions without an answer; then nothing is proven
  std::size_t evaluations = 0;
};

/// Smallest coalition of `candidates` whose joint denial costs the target at least `wanted`; among
/// those of that size the one whose members lose least together, one that leaves the target without
/// something only where no other does. Greedy first (who adds most), then
/// all smaller coalitions by size, as far as `options` allow. `ceiling`, where given, is never
/// below the loss of a coalition and saves its solution. No candidates, or a loss that all of them
/// together do not reach: not reached, with what all do. Precondition: wanted > 0; candidates
/// ascending, each once.
[[nodiscard]] Result<CoalitionAnswer> who_must_join(
    std::span<std::size_t const> candidates, double wanted, CoalitionEvaluator const& evaluate,
    std::function<double(std::span<std::size_t const>)> const& ceiling = {},
    CoalitionOptions const& options = {});

}  // namespace linchpin::leverage
