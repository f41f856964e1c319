// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/supplier_cut.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "linchpin/core/contracts.h"

namespace linchpin::leverage {
namespace {

constexpr double rounding = 1e-9;  // of the supply: a share that is reached but for rounding

/// Least of what can enter a node (its own supply included) and leave it: no flow through it is
/// larger, so its ban cannot remove more.
std::vector<double> throughputs(FlowNetwork const& network, std::span<Supplier const> suppliers) {
  std::vector<double> in(network.nodes(), 0.0), out(network.nodes(), 0.0);
  for (Flow const& flow : network.flows()) {
    if (flow.from == flow.to) continue;
    out[flow.from] += flow.amount;
    in[flow.to] += flow.amount;
  }
  for (Supplier const& supplier : suppliers) in[supplier.node] += supplier.supply;
  for (std::size_t i = 0; i < in.size(); ++i) in[i] = std::min(in[i], out[i]);
  return in;
}

struct Search {
  FlowNetwork const& network;
  std::span<Supplier const> suppliers;
  std::size_t target;
  std::vector<std::size_t> candidates;  // by their loss alone, largest first
  std::vector<double> through;          // [candidate]
  double limit = 0;                     // what may still reach the target
  std::size_t allowed = 0;
  std::size_t evaluations = 0;
  std::vector<std::size_t> chosen;

  double flow() {
    ++evaluations;
    return network.max_flow(suppliers, target, chosen).value;
  }

  /// Upper bound on what `count` more bans from `first` on can remove.
  double most_removed(std::size_t first, std::size_t count) const {
    std::vector<double> left(through.begin() + static_cast<std::ptrdiff_t>(first), through.end());
    count = std::min(count, left.size());
    std::partial_sort(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(count), left.end(),
                      std::greater<>{});
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) sum += left[i];
    return sum;
  }

  /// True if adding exactly `count` candidates from `first` on can reach the limit; `chosen` is
  /// then the set. `current` is the flow with what is chosen.
  bool extend(std::size_t first, std::size_t count, double current) {
    if (current <= limit) return true;
    if (count == 0 || evaluations >= allowed) return false;
    for (std::size_t c = first; c + count <= candidates.size(); ++c) {
      if (current - most_removed(c, count) > limit) return false;  // later ones are no better
      chosen.push_back(candidates[c]);
      if (extend(c + 1, count - 1, flow())) return true;
      chosen.pop_back();
    }
    return false;
  }

  /// Adds the ban that leaves least, until the limit is reached or none helps.
  void greedy() {
    double current = flow();
    while (current > limit && chosen.size() < candidates.size()) {
      std::optional<std::size_t> best;
      double least = INFINITY;
      for (std::size_t const candidate : candidates) {
        if (std::find(chosen.begin(), chosen.end(), candidate) != chosen.end()) continue;
        chosen.push_back(candidate);
        double const left = flow();
        chosen.pop_back();
        if (left < least) {
          least = left;
          best = candidate;
        }
      }
      chosen.push_back(*best);
      current = least;
    }
  }
};

}  // namespace

std::vector<NodeLoss> single_points_of_failure(FlowNetwork const& network,
                                               std::span<Supplier const> suppliers,
                                               std::size_t target) {
  double const base = network.max_flow(suppliers, target).value;
  std::vector<NodeLoss> losses;
  for (std::size_t node = 0; node < network.nodes(); ++node) {
    if (node == target) continue;
    std::size_t const banned[] = {node};
    double const left = base > 0 ? network.max_flow(suppliers, target, banned).value : 0;
    losses.push_back({node, base > 0 ? std::clamp(1 - left / base, 0.0, 1.0) : 0});
  }
  std::stable_sort(losses.begin(), losses.end(), [](NodeLoss const& a, NodeLoss const& b) {
    return a.lost_share > b.lost_share;
  });
  return losses;
}

SupplierCut smallest_supplier_cut(FlowNetwork const& network, std::span<Supplier const> suppliers,
                                  std::size_t target, std::span<std::size_t const> candidates,
                                  double share, SupplierCutOptions const& options) {
  LINCHPIN_EXPECTS(share > 0 && share <= 1);
  LINCHPIN_EXPECTS(std::find(candidates.begin(), candidates.end(), target) == candidates.end());
  SupplierCut cut;
  double const base = network.max_flow(suppliers, target).value;
  cut.evaluations = 1;
  if (base <= 0 || candidates.empty()) return cut;
  Search search{network, suppliers, target, {}, {}, base * (1 - share + rounding), 0, 0, {}};
  for (NodeLoss const& loss : single_points_of_failure(network, suppliers, target)) {
    if (std::find(candidates.begin(), candidates.end(), loss.node) != candidates.end()) {
      search.candidates.push_back(loss.node);
    }
  }
  auto const through = throughputs(network, suppliers);
  for (std::size_t const node : search.candidates) search.through.push_back(through[node]);
  search.greedy();
  search.allowed = search.evaluations + options.evaluations;
  auto const left_of = [&](std::vector<std::size_t> const& set) {
    return network.max_flow(suppliers, target, set).value;
  };
  std::vector<std::size_t> best = search.chosen;
  cut.reached = left_of(best) <= search.limit;
  if (cut.reached && candidates.size() <= options.exact_up_to) {
    cut.smallest = true;
    for (std::size_t size = 1; size < best.size(); ++size) {
      search.chosen.clear();
      if (search.extend(0, size, base)) {
        best = search.chosen;
        break;
      }
      if (search.evaluations >= search.allowed) {
        cut.smallest = false;
        break;
      }
    }
  }
  cut.lost_share = std::clamp(1 - left_of(best) / base, 0.0, 1.0);
  cut.evaluations += search.evaluations;
  std::sort(best.begin(), best.end());
  cut.nodes = std::move(best);
  return cut;
}

}  // namespace linchpin::leverage
