// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/flow_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/boykov_kolmogorov_max_flow.hpp>
#include <cmath>

#include "linchpin/core/contracts.h"

namespace linchpin::leverage {
namespace {

using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
using EdgeProperties = boost::property<
    boost::edge_capacity_t, double,
    boost::property<boost::edge_residual_capacity_t, double,
                    boost::property<boost::edge_reverse_t, Traits::edge_descriptor>>>;
using NodeProperties = boost::property<
    boost::vertex_color_t, boost::default_color_type,
    boost::property<boost::vertex_distance_t, double,
                    boost::property<boost::vertex_predecessor_t, Traits::edge_descriptor>>>;
using CapacityGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS,
                                            NodeProperties, EdgeProperties>;

Traits::edge_descriptor add_capacity(CapacityGraph& graph, std::size_t from, std::size_t to,
                                     double capacity) {
  auto const there = boost::add_edge(from, to, graph).first;
  auto const back = boost::add_edge(to, from, graph).first;
  auto reverse = boost::get(boost::edge_reverse, graph);
  auto capacities = boost::get(boost::edge_capacity, graph);
  capacities[there] = capacity;
  capacities[back] = 0;
  reverse[there] = back;
  reverse[back] = there;
  return there;
}

}  // namespace

Result<FlowNetwork> FlowNetwork::make(std::size_t nodes, std::vector<Flow> flows) {
  ErrorList errors;
  for (std::size_t f = 0; f < flows.size() && errors.size() < 20; ++f) {
    Flow const& flow = flows[f];
    if (flow.from >= nodes || flow.to >= nodes) {
      errors.add(ErrorCode::bad_value,
                 fmt::format("a flow from {} to {} among {} nodes", flow.from, flow.to, nodes),
                 fmt::format("flow {}", f + 1), "nodes count from 0");
    }
    if (!std::isfinite(flow.amount) || flow.amount < 0) {
      errors.add(ErrorCode::bad_value, fmt::format("an amount of {}", flow.amount),
                 fmt::format("flow {}", f + 1), "a finite number, 0 or above");
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  return FlowNetwork(nodes, std::move(flows));
}

MaxFlow FlowNetwork::max_flow(std::span<Supplier const> suppliers, std::size_t target,
                              std::span<std::size_t const> banned) const {
  LINCHPIN_EXPECTS(target < nodes_);
  MaxFlow answer;
  answer.flow.assign(flows_.size(), 0.0);
  std::vector<char> out(nodes_, 0);
  for (std::size_t const node : banned) out[node] = 1;
  if (suppliers.empty() || out[target] != 0) return answer;
  CapacityGraph graph(nodes_ + 1);
  std::vector<double> sent(nodes_, 0.0);
  std::vector<Traits::edge_descriptor> edges(flows_.size());
  for (std::size_t f = 0; f < flows_.size(); ++f) {
    Flow const& flow = flows_[f];
    bool const open = flow.from != flow.to && out[flow.from] == 0 && out[flow.to] == 0;
    edges[f] = add_capacity(graph, flow.from, flow.to, open ? flow.amount : 0);
    if (open) sent[flow.from] += flow.amount;
  }
  std::size_t const source = nodes_;
  for (Supplier const& supplier : suppliers) {
    LINCHPIN_EXPECTS(supplier.node < nodes_ && supplier.node != target && supplier.supply >= 0);
    // More than it can send on would be an infinite capacity by another name.
    double const most = 2 * sent[supplier.node] + 1;
    add_capacity(graph, source, supplier.node,
                 out[supplier.node] != 0 ? 0 : std::min(supplier.supply, most));
  }
  answer.value = boost::boykov_kolmogorov_max_flow(graph, source, target);
  auto const residual = boost::get(boost::edge_residual_capacity, graph);
  auto const capacity = boost::get(boost::edge_capacity, graph);
  // What can still be reached from the source; the colours of the algorithm miss some of it where
  // the target sends flows on.
  std::vector<char> reached(nodes_ + 1, 0);
  std::vector<std::size_t> open_nodes{source};
  reached[source] = 1;
  double const rounding = 1e-12 * answer.value;
  while (!open_nodes.empty()) {
    auto const node = open_nodes.back();
    open_nodes.pop_back();
    for (auto [edge, last] = boost::out_edges(node, graph); edge != last; ++edge) {
      auto const next = boost::target(*edge, graph);
      if (reached[next] != 0 || residual[*edge] <= rounding) continue;
      reached[next] = 1;
      open_nodes.push_back(next);
    }
  }
  auto const near = [&](std::size_t node) { return reached[node] != 0; };
  for (std::size_t f = 0; f < flows_.size(); ++f) {
    answer.flow[f] = std::max(0.0, capacity[edges[f]] - residual[edges[f]]);
    bool const crosses = near(flows_[f].from) && !near(flows_[f].to);
    if (crosses && capacity[edges[f]] > 0) answer.cut_flows.push_back(f);
  }
  for (Supplier const& supplier : suppliers) {
    bool const open = out[supplier.node] == 0 && supplier.supply > 0;
    if (open && !near(supplier.node)) answer.cut_suppliers.push_back(supplier.node);
  }
  return answer;
}

std::vector<double> FlowNetwork::betweenness() const {
  using Graph =
      boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property,
                            boost::property<boost::edge_weight_t, double>>;
  Graph graph(nodes_);
  for (Flow const& flow : flows_) {
    if (flow.from != flow.to && flow.amount > 0) {
      boost::add_edge(flow.from, flow.to, 1 / flow.amount, graph);
    }
  }
  std::vector<double> centrality(nodes_, 0.0);
  if (nodes_ < 3) return centrality;
  auto const index = boost::get(boost::vertex_index, graph);
  boost::brandes_betweenness_centrality(
      graph, boost::centrality_map(boost::make_iterator_property_map(centrality.begin(), index))
                 .vertex_index_map(index)
                 .weight_map(boost::get(boost::edge_weight, graph)));
  auto const n = static_cast<double>(nodes_);
  for (double& value : centrality) value /= (n - 1) * (n - 2);
  return centrality;
}

}  // namespace linchpin::leverage
