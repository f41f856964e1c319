// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/study/leverage_spec.h"

namespace linchpin::study {

/// Where a rung of a ladder lies in the horizon, and what has been in force until its move.
struct RungTime {
  double from = 0, until = 0;  ///< shares of the horizon
  /// (actions as of action_mask, weight) of the rungs up to and with this one, first to last, as
  /// far as they take time.
  std::vector<std::pair<unsigned, double>> before;
  double rest = 1;  ///< weight of what is in force once a move here ends the game
};

/// Times by rung. Weights are shares of the horizon, discounted continuously at `spec.discount`;
/// those of a way through the ladder add up to 1. Without durations `before` is empty and `rest` 1.
/// \pre with durations each rung is reached by one move at most, and they leave something of the
///      horizon (time_problems)
[[nodiscard]] std::vector<RungTime> rung_times(StandoffSpec const& spec);

/// With durations: rungs that several moves lead to, rungs that together last as long as the
/// horizon or longer; a discount in the long run; actions at a rung that takes no time (bad_value).
[[nodiscard]] std::vector<Error> time_problems(StandoffSpec const& spec);

/// True if some rung takes time.
[[nodiscard]] bool takes_time(StandoffSpec const& spec);

}  // namespace linchpin::study
