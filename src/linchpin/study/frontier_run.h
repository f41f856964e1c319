// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/results/threat_answer.h"
#include "linchpin/study/leverage_world.h"

namespace linchpin::study {

/// A buyer that may rely less on rivals than its private buyers do. Labels.
struct FrontierRequest {
  std::string buyer;
  std::vector<std::string> rivals;   ///< who would withhold together
  std::vector<std::string> sectors;  ///< that may be planned and withheld; none: goods
  bool services = false;             ///< without `sectors`: services, whose theta is assumed, too
  bool network = false;  ///< sectors weigh what they weigh through the network, not in final use
  /// Prices of a log point of exposure in log points of the cost of living; none: a ladder from
  /// 0.01 to 10.
  std::vector<double> prices;
  std::optional<double> limit_pct;  ///< of the exposure, dearer living by a denial, too
  TradeModelSpec model;
};

/// What needs no world: who is named, and the ranges of numbers; all findings at once.
/// \error missing_value, bad_value
[[nodiscard]] Result<void> check_frontier(FrontierRequest const& request);

/// The efficient frontier between what living costs and what a denial by the rivals would make it
/// cost, sector by sector, each point certified by the conditions of its optimum computed anew.
/// \error unknown_label, duplicate_label, bad_value  all at once
/// \error of open_leverage_world, planned_sourcing; cancelled
[[nodiscard]] Result<FrontierAnswer> run_frontier(TradeGround const& ground,
                                                  FrontierRequest const& request,
                                                  ParameterSource const& source,
                                                  RunControl const& control = {});

}  // namespace linchpin::study
