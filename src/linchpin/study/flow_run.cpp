// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/flow_run.h"

#include <fmt/format.h>

#include <algorithm>

#include "linchpin/leverage/flow_network.h"
#include "linchpin/leverage/supplier_cut.h"
#include "linchpin/study/leverage_world.h"

namespace linchpin::study {
namespace {

void sort_by_size(std::vector<Labelled>& list) {
  std::stable_sort(list.begin(), list.end(),
                   [](auto const& a, auto const& b) { return a.second > b.second; });
}

}  // namespace

Result<FlowsAnswer> run_flows(TradeGround const& ground, FlowsRequest const& request) {
  auto const& accounts = ground.accounts;
  ErrorList errors;
  auto const targets = region_places({request.target}, "--target", ground.space, errors);
  auto sectors = sector_places(request.sectors, "--sectors", ground.space, errors);
  if (!errors.empty()) return fail(errors.joined());
  if (request.sectors.empty()) {
    auto const& labels = ground.space.labels().sectors;
    std::erase_if(sectors, [&](std::size_t j) { return labels[j].service; });
  }
  auto const target = targets.front();
  std::size_t const n = accounts.regions.size();
  std::vector<leverage::Flow> flows;
  std::vector<leverage::Supplier> suppliers;
  std::vector<std::size_t> candidates;
  for (std::size_t from = 0; from < n; ++from) {
    double made = 0;
    for (std::size_t to = 0; to < n; ++to) {
      double amount = 0;
      for (auto const j : sectors) amount += accounts.trade[accounts.cell(j, to, from)];
      made += amount;
      if (from != to && amount > 0) flows.push_back({from, to, amount});
    }
    if (from == target) continue;
    candidates.push_back(from);
    if (made > 0) suppliers.push_back({from, made});
  }
  auto const network = leverage::FlowNetwork::make(n, std::move(flows));
  if (!network) return fail(network.error());
  auto const found = network->max_flow(suppliers, target);
  auto const& regions = accounts.regions;
  FlowsAnswer answer;
  answer.target = request.target;
  for (auto const j : sectors) answer.sectors.push_back(accounts.sectors[j]);
  answer.unit = to_string(accounts.unit);
  answer.most = found.value;
  for (auto const f : found.cut_flows) {
    auto const& flow = network->flows()[f];
    answer.cut.emplace_back(fmt::format("{}>{}", regions[flow.from], regions[flow.to]),
                            flow.amount);
  }
  for (auto const node : found.cut_suppliers) {
    auto const supplier = std::find_if(suppliers.begin(), suppliers.end(),
                                       [&](auto const& each) { return each.node == node; });
    answer.cut_suppliers.emplace_back(regions[node], supplier->supply);
  }
  for (auto const& loss : leverage::single_points_of_failure(*network, suppliers, target)) {
    answer.lost_share.emplace_back(regions[loss.node], loss.lost_share);
  }
  auto const between = network->betweenness();
  for (std::size_t r = 0; r < n; ++r) answer.betweenness.emplace_back(regions[r], between[r]);
  sort_by_size(answer.cut);
  sort_by_size(answer.cut_suppliers);
  sort_by_size(answer.betweenness);
  answer.wanted_share = request.share;
  auto const cut =
      leverage::smallest_supplier_cut(*network, suppliers, target, candidates, request.share);
  answer.reached = cut.reached;
  answer.smallest = cut.smallest;
  for (auto const node : cut.nodes) answer.banned.push_back(regions[node]);
  answer.banned_lost_share = cut.lost_share;
  answer.vintage = ground.vintage;
  return answer;
}

}  // namespace linchpin::study
