// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin::leverage {

/// What goes from one country (or firm, or port) to another.
struct Flow {
  std::size_t from = 0;
  std::size_t to = 0;
  double amount = 0;  ///< ≥ 0, any unit; as a capacity: no more than this can go this way
};

/// Where supply enters a network.
struct Supplier {
  std::size_t node = 0;
  double supply = std::numeric_limits<double>::infinity();  ///< what it makes itself, ≥ 0
};

/// The most that can reach a target, and the bottleneck that says why.
struct MaxFlow {
  double value = 0;
  std::vector<double> flow;  ///< [flow] what each flow carries in one solution
  /// Flows that leave the suppliers' side of a minimum cut: their amounts, with the supplies of
  /// `cut_suppliers`, sum to `value`.
  std::vector<std::size_t> cut_flows;
  std::vector<std::size_t> cut_suppliers;  ///< whose own supply is the bottleneck
};

/// A directed network of flows between nodes 0 … nodes − 1. A view on trade as if goods were alike
/// and only quantities counted: no prices, no production, no substitution but through the network.
class FlowNetwork {
 public:
  /// Flows from a node to itself are kept and play no part.
  /// \error bad_value  an end that is no node, an amount that is negative or not finite
  [[nodiscard]] static Result<FlowNetwork> make(std::size_t nodes, std::vector<Flow> flows);

  [[nodiscard]] std::size_t nodes() const noexcept { return nodes_; }
  [[nodiscard]] std::vector<Flow> const& flows() const noexcept { return flows_; }

  /// Most that suppliers together can bring to `target` with flows as capacities, and a minimum cut
  /// (Boykov & Kolmogorov's algorithm of Boost.Graph). `banned` nodes pass and supply nothing.
  /// Without suppliers, or with a banned target: 0 and an empty cut.
  /// Preconditions: nodes exist; no supplier is the target.
  [[nodiscard]] MaxFlow max_flow(std::span<Supplier const> suppliers, std::size_t target,
                                 std::span<std::size_t const> banned = {}) const;

  /// Share of shortest paths between other nodes that pass each node, where a flow is as long as
  /// 1/amount (large flows are short ways), divided by (n − 1)(n − 2): 1 is the middle of a star
  /// that everything passes in both directions. Zero flows are no ways.
  ///
  /// Source: Brandes (2001), "A faster algorithm for betweenness centrality", Journal of
  /// Mathematical Sociology 25(2), as in Boost.Graph.
  [[nodiscard]] std::vector<double> betweenness() const;

 private:
  FlowNetwork(std::size_t nodes, std::vector<Flow> flows)
      : nodes_(nodes), flows_(std::move(flows)) {}

  std::size_t nodes_ = 0;
  std::vector<Flow> flows_;
};

}  // namespace linchpin::leverage
