// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "linchpin/leverage/flow_network.h"

namespace linchpin::leverage {

/// How much less reaches a target without one node.
struct NodeLoss {
  std::size_t node = 0;
  double lost_share = 0;  ///< of the most that could reach the target, 0…1
};

/// Loss of supply from every node but the target, taken out alone; largest first, ties in node
/// order. A node with a loss of 1 is a single point of failure. Nothing reaches the target anyway:
/// all 0.
[[nodiscard]] std::vector<NodeLoss> single_points_of_failure(FlowNetwork const& network,
                                                             std::span<Supplier const> suppliers,
                                                             std::size_t target);

struct SupplierCutOptions {
  std::size_t exact_up_to = 25;       ///< candidates; beyond, greedy only
  std::size_t evaluations = 200'000;  ///< of the flow, before the exact search gives up
};

/// A set of countries whose joint ban removes a given share of a target's supply.
struct SupplierCut {
  bool reached = false;            ///< some set of candidates removes the share
  std::vector<std::size_t> nodes;  ///< ascending
  double lost_share = 0;           ///< what their ban removes
  bool smallest = false;           ///< proven: no smaller set does; else found greedily
  std::size_t evaluations = 0;
};

/// Smallest set of `candidates` whose ban removes at least `share` of the most that can reach the
/// target. The problem is a hitting set: exact by size up to a number of candidates, where a branch
/// ends once the throughput (least of what can enter and leave) of the largest candidates left
/// cannot make up the rest; greedy by loss beyond. Among sets of one size the first in the order of
/// their losses alone, not the most harmful. Nothing to remove (no supply): not reached.
/// Preconditions: 0 < share ≤ 1; the target is no candidate.
[[nodiscard]] SupplierCut smallest_supplier_cut(
    FlowNetwork const& network, std::span<Supplier const> suppliers, std::size_t target,
    std::span<std::size_t const> candidates, double share, SupplierCutOptions const& options = {});

}  // namespace linchpin::leverage
