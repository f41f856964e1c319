// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/flow_network.h"

#include <gtest/gtest.h>

#include <array>
#include <bit>

#include "linchpin/core/random.h"
#include "linchpin/leverage/supplier_cut.h"

namespace linchpin::leverage {
namespace {

FlowNetwork random_network(std::size_t nodes, double density, Rng& rng) {
  std::vector<Flow> flows;
  for (std::size_t i = 0; i < nodes; ++i) {
    for (std::size_t j = 0; j < nodes; ++j) {
      if (i != j && rng.uniform() < density) flows.push_back({i, j, 10 * rng.uniform()});
    }
  }
  return FlowNetwork::make(nodes, std::move(flows)).value();
}

/// Middle of a star: every path between two leaves passes it; leaves are passed by none.
TEST(FlowNetwork, StarHasItsMiddleBetweenAll) {
  std::vector<Flow> flows;
  for (std::size_t leaf = 1; leaf < 6; ++leaf) {
    flows.push_back({0, leaf, 2.0});
    flows.push_back({leaf, 0, 3.0});
  }
  auto const centrality = FlowNetwork::make(6, flows)->betweenness();
  EXPECT_NEAR(centrality[0], 1, 1e-12);
  for (std::size_t leaf = 1; leaf < 6; ++leaf) EXPECT_EQ(centrality[leaf], 0);
}

/// Large flows are short ways: 0 → 1 → 2 (length 1/10 + 1/10) beats 0 → 2 (length 1/2).
TEST(FlowNetwork, BetweennessFollowsTheLargeFlows) {
  auto const network = FlowNetwork::make(3, {{0, 1, 10}, {1, 2, 10}, {0, 2, 2}}).value();
  EXPECT_NEAR(network.betweenness()[1], 0.5, 1e-12);
  auto const direct = FlowNetwork::make(3, {{0, 1, 10}, {1, 2, 10}, {0, 2, 6}}).value();
  EXPECT_EQ(direct.betweenness()[1], 0);
}

/// By hand: two ways of 3 and 2 that share a pipe of 4 into the target.
TEST(FlowNetwork, FindsTheBottleneck) {
  auto const network =
      FlowNetwork::make(5, {{0, 2, 3}, {1, 2, 2}, {2, 3, 4}, {3, 4, 9}, {4, 4, 100}}).value();
  std::array const suppliers{Supplier{0}, Supplier{1}};
  auto const flow = network.max_flow(suppliers, 4);
  EXPECT_NEAR(flow.value, 4, 1e-12);
  EXPECT_EQ(flow.cut_flows, (std::vector<std::size_t>{2}));
  EXPECT_TRUE(flow.cut_suppliers.empty());
  std::array const limited{Supplier{0, 1.0}, Supplier{1}};
  auto const less = network.max_flow(limited, 4);
  EXPECT_NEAR(less.value, 3, 1e-12);
  EXPECT_EQ(less.cut_suppliers, (std::vector<std::size_t>{0}));
  EXPECT_EQ(less.cut_flows, (std::vector<std::size_t>{1}));
  EXPECT_EQ(network.max_flow({}, 4).value, 0);
}

/// Duality, conservation, and: taking the cut away lowers the flow by its capacity, to nothing.
TEST(FlowNetwork, MaxFlowIsMinCutOnRandomGraphs) {
  Rng rng(Seed{21}, 0);
  for (int draw = 0; draw < 30; ++draw) {
    auto const network = random_network(9, 0.4, rng);
    std::array const suppliers{Supplier{0}, Supplier{1, 8.0}, Supplier{2}};
    auto const flow = network.max_flow(suppliers, 8);
    double cut = 0;
    for (std::size_t const f : flow.cut_flows) cut += network.flows()[f].amount;
    for (std::size_t const node : flow.cut_suppliers) cut += node == 1 ? 8.0 : 0.0;
    EXPECT_NEAR(flow.value, cut, 1e-9);
    std::vector<double> balance(9, 0.0);
    for (std::size_t f = 0; f < network.flows().size(); ++f) {
      EXPECT_LE(flow.flow[f], network.flows()[f].amount + 1e-12);
      balance[network.flows()[f].from] -= flow.flow[f];
      balance[network.flows()[f].to] += flow.flow[f];
    }
    EXPECT_NEAR(balance[8], flow.value, 1e-9);
    for (std::size_t node = 3; node < 8; ++node) EXPECT_NEAR(balance[node], 0, 1e-9);
    // Part of the cut lowers the flow by exactly its capacity.
    auto flows = network.flows();
    double expected = flow.value;
    for (std::size_t const f : flow.cut_flows) {
      expected -= flows[f].amount;
      flows[f].amount = 0;
      EXPECT_NEAR(FlowNetwork::make(9, flows)->max_flow(suppliers, 8).value, expected, 1e-9);
    }
  }
}

/// The same where everybody supplies, with a limit, and the target sends flows on, too.
TEST(FlowNetwork, MinimumCutsHoldWhereTheTargetSellsToo) {
  Rng rng(Seed{22}, 0);
  for (int draw = 0; draw < 30; ++draw) {
    std::vector<Flow> flows;
    for (std::size_t a = 0; a < 6; ++a) {
      for (std::size_t b = 0; b < 6; ++b) {
        if (a != b) flows.push_back({a, b, 100 * rng.uniform()});
      }
    }
    auto const network = FlowNetwork::make(6, flows).value();
    std::vector<Supplier> suppliers;
    for (std::size_t node = 1; node < 6; ++node) suppliers.push_back({node, 500 * rng.uniform()});
    auto const found = network.max_flow(suppliers, 0);
    double cut = 0;
    for (std::size_t const f : found.cut_flows) cut += flows[f].amount;
    for (std::size_t const node : found.cut_suppliers) cut += suppliers[node - 1].supply;
    EXPECT_NEAR(cut, found.value, 1e-9);
  }
}

TEST(FlowNetwork, ReportsBadFlowsAtOnce) {
  auto const refused = FlowNetwork::make(2, {{0, 2, 1}, {0, 1, -1}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().further.size(), 1U);
}

TEST(SupplierCut, FindsSinglePointsOfFailure) {
  auto const network = FlowNetwork::make(4, {{0, 2, 3}, {1, 2, 2}, {2, 3, 4}}).value();
  std::array const suppliers{Supplier{0}, Supplier{1}};
  auto const losses = single_points_of_failure(network, suppliers, 3);
  ASSERT_EQ(losses.size(), 3U);
  EXPECT_EQ(losses[0].node, 2U);
  EXPECT_NEAR(losses[0].lost_share, 1, 1e-12);
  EXPECT_NEAR(losses[1].lost_share, 0.5, 1e-12);   // without 0 only 2 of 4
  EXPECT_NEAR(losses[2].lost_share, 0.25, 1e-12);  // without 1 still 3
}

/// Against all subsets of the candidates.
TEST(SupplierCut, IsSmallestOnRandomNetworks) {
  Rng rng(Seed{22}, 0);
  for (int draw = 0; draw < 20; ++draw) {
    auto const network = random_network(8, 0.5, rng);
    std::vector<Supplier> suppliers;
    std::vector<std::size_t> candidates;
    for (std::size_t node = 0; node < 7; ++node) {
      suppliers.push_back({node, 5 * rng.uniform()});
      candidates.push_back(node);
    }
    double const base = network.max_flow(suppliers, 7).value;
    double const share = 0.3 + 0.6 * rng.uniform();
    std::size_t smallest = 8;
    for (unsigned set = 0; set < 128; ++set) {
      std::vector<std::size_t> banned;
      for (std::size_t node = 0; node < 7; ++node) {
        if ((set >> node & 1U) != 0) banned.push_back(node);
      }
      if (network.max_flow(suppliers, 7, banned).value <= base * (1 - share)) {
        smallest = std::min(smallest, banned.size());
      }
    }
    auto const cut = smallest_supplier_cut(network, suppliers, 7, candidates, share);
    ASSERT_TRUE(cut.reached && cut.smallest);
    EXPECT_EQ(cut.nodes.size(), smallest);
    EXPECT_GE(cut.lost_share, share - 1e-8);
    auto const greedy =
        smallest_supplier_cut(network, suppliers, 7, candidates, share, {.exact_up_to = 0});
    EXPECT_FALSE(greedy.smallest);
    EXPECT_GE(greedy.nodes.size(), smallest);
  }
}

TEST(SupplierCut, SaysWhenNothingReaches) {
  auto const network = FlowNetwork::make(3, {{0, 1, 1}}).value();
  std::array const suppliers{Supplier{0}};
  std::array const candidates{std::size_t{0}, std::size_t{1}};
  EXPECT_FALSE(smallest_supplier_cut(network, suppliers, 2, candidates, 0.5).reached);
  EXPECT_EQ(single_points_of_failure(network, suppliers, 2)[0].lost_share, 0);
  EXPECT_FALSE(smallest_supplier_cut(network, suppliers, 1, {}, 0.5).reached);
}

}  // namespace
}  // namespace linchpin::leverage
