// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/results/leverage_answer.h"
#include "linchpin/study/trade_world.h"

namespace linchpin::study {

struct FlowsRequest {
  std::string target;
  std::vector<std::string> sectors;  ///< whose trade is added up; empty: all goods
  double share = 0.5;  ///< of the target's supply that a joint ban shall remove, (0, 1]
};

/// The trade of `ground` as a network of quantities: the most that can reach the target with
/// today's flows as capacities, a minimum cut, what each region's absence takes, betweenness, the
/// smallest set of regions whose ban removes a share. No prices, no production, no substitution.
/// \error unknown_label, duplicate_label  all at once
[[nodiscard]] Result<FlowsAnswer> run_flows(TradeGround const& ground, FlowsRequest const& request);

}  // namespace linchpin::study
