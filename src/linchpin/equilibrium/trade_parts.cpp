// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/trade_parts.h"

#include <fmt/format.h>

#include <cmath>

namespace linchpin::equilibrium {
namespace {

/// sells[i · N + n]: something flows from i to n.
std::vector<char> sales(TradeBase const& base, Wedges const& wedges) {
  auto const& grid = base.grid;
  std::vector<char> sells(grid.regions * grid.regions, 0);
  for (std::size_t j = 0; j < grid.sectors; ++j) {
    if (wedges.domestic[j] != 0) continue;
    for (std::size_t n = 0; n < grid.regions; ++n) {
      if (base.expenditure[grid.good(j, n)] <= 0) continue;
      for (std::size_t i = 0; i < grid.regions; ++i) {
        if (!std::isinf(wedges.log_weight[grid.pair(j, n, i)])) sells[i * grid.regions + n] = 1;
      }
    }
  }
  return sells;
}

/// Regions reached from `start` along sales (or against them).
std::vector<char> reached(std::vector<char> const& sells, std::size_t regions, std::size_t start,
                          bool against) {
  std::vector<char> seen(regions, 0);
  std::vector<std::size_t> open{start};
  seen[start] = 1;
  while (!open.empty()) {
    auto const at = open.back();
    open.pop_back();
    for (std::size_t to = 0; to < regions; ++to) {
      if (seen[to] != 0) continue;
      if (sells[against ? to * regions + at : at * regions + to] == 0) continue;
      seen[to] = 1;
      open.push_back(to);
    }
  }
  return seen;
}

}  // namespace

TradeParts parts_of(TradeBase const& base, Wedges const& wedges) {
  auto const regions = base.grid.regions;
  auto const sells = sales(base, wedges);
  TradeParts parts;
  constexpr auto none = static_cast<std::size_t>(-1);
  parts.of.assign(regions, none);
  std::vector<std::size_t> loop(regions, none);
  auto both = sells;
  for (std::size_t i = 0; i < regions; ++i) {
    for (std::size_t n = 0; n < regions; ++n) both[n * regions + i] |= sells[i * regions + n];
  }
  for (std::size_t n = 0; n < regions; ++n) {
    if (parts.of[n] == none) {
      auto const linked = reached(both, regions, n, false);
      for (std::size_t m = 0; m < regions; ++m) {
        if (linked[m] != 0) parts.of[m] = parts.count;
      }
      ++parts.count;
    }
    if (loop[n] != none) continue;
    auto const forth = reached(sells, regions, n, false);
    auto const back = reached(sells, regions, n, true);
    for (std::size_t m = 0; m < regions; ++m) {
      if (forth[m] != 0 && back[m] != 0) loop[m] = n;
    }
  }
  for (std::size_t i = 0; i < regions; ++i) {
    for (std::size_t n = 0; n < regions; ++n) {
      if (sells[i * regions + n] == 0 || loop[i] == loop[n]) continue;
      parts.one_way.push_back(fmt::format("{} > {}", base.regions[i], base.regions[n]));
    }
  }
  return parts;
}

}  // namespace linchpin::equilibrium
