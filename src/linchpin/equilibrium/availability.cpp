// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/availability.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace linchpin::equilibrium {
namespace {

constexpr double never = -std::numeric_limits<double>::infinity();

bool wanted(TradeBase const& base, std::size_t j, std::size_t n) {
  return base.expenditure[base.grid.good(j, n)] > 0;
}

bool has_seller(TradeBase const& base, Wedges const& wedges, std::vector<char> const& makes,
                std::size_t j, std::size_t n) {
  auto const& grid = base.grid;
  for (std::size_t i = 0; i < grid.regions; ++i) {
    if (wedges.log_weight[grid.pair(j, n, i)] != never && makes[grid.good(j, i)] != 0) return true;
  }
  return false;
}

/// True if the nest of materials of industry (n, j) has what it cannot replace.
bool has_materials(TradeBase const& base, UpperNests const& nests, std::vector<char> const& good,
                   std::size_t n, std::size_t j) {
  auto const& grid = base.grid;
  bool any = false;
  bool all = true;
  bool uses = false;
  auto const* const inputs = base.input.data() + grid.input(n, j);
  for (std::size_t k = 0; k < grid.sectors; ++k) {
    if (inputs[k] <= 0) continue;
    uses = true;
    auto const there = good[grid.good(k, n)] != 0;
    any |= there;
    all &= there;
  }
  return !uses || (nests.materials > 1 ? any : all);
}

void add_entrants(TradeBase const& base, Closure const& closure, Wedges& wedges) {
  auto const& grid = base.grid;
  std::vector<char> const all(grid.goods(), 1);
  for (std::size_t j = 0; j < grid.sectors; ++j) {
    for (std::size_t n = 0; n < grid.regions; ++n) {
      if (!wanted(base, j, n) || has_seller(base, wedges, all, j, n)) continue;
      auto const own = grid.pair(j, n, n);
      wedges.log_weight[own] = -base.theta[j] * std::log(closure.entrant_cost);
      wedges.kept[own] = 1;
      if (!wedges.export_part.empty()) wedges.export_part[own] = 0;
      wedges.domestic[j] = 0;
      wedges.scale_row(grid, j, n);
    }
  }
}

std::string label(TradeBase const& base, std::size_t j, std::size_t n) {
  return fmt::format("{}:{}", base.regions[n], base.sectors[j]);
}

}  // namespace

Availability settle_availability(TradeBase const& base, Closure const& closure, Wedges& wedges) {
  auto const& grid = base.grid;
  if (closure.entrant_cost > 0) add_entrants(base, closure, wedges);
  Availability found;
  found.good.assign(grid.goods(), 1);
  found.industry.assign(grid.goods(), 1);
  found.materials.assign(grid.goods(), 1);
  std::vector<std::string> first;
  for (std::size_t round = 0;; ++round) {
    bool changed = false;
    for (std::size_t j = 0; j < grid.sectors; ++j) {
      if (wedges.domestic[j] != 0 && round == 0) continue;
      for (std::size_t n = 0; n < grid.regions; ++n) {
        auto& good = found.good[grid.good(j, n)];
        if (good == 0 || !wanted(base, j, n)) continue;
        if (has_seller(base, wedges, found.industry, j, n)) continue;
        good = 0;
        changed = true;
        if (round == 0) first.push_back(label(base, j, n));
      }
    }
    if (!changed) break;
    for (std::size_t n = 0; n < grid.regions; ++n) {
      for (std::size_t j = 0; j < grid.sectors; ++j) {
        auto const good = grid.good(j, n);
        if (found.materials[good] == 0) continue;
        if (has_materials(base, closure.nests, found.good, n, j)) continue;
        found.materials[good] = 0;
        // Value added alone makes it only where it is a substitute.
        auto const alone =
            closure.nests.value_added > 1 && base.value_added[grid.industry(n, j)] > 0;
        if (!alone) found.industry[good] = 0;
      }
    }
  }
  if (first.empty()) return found;

  bool essential = false;
  for (std::size_t n = 0; n < grid.regions && !essential; ++n) {
    for (std::size_t k = 0; k < grid.sectors && !essential; ++k) {
      essential = found.good[grid.good(k, n)] == 0 && closure.nests.final_use <= 1 &&
                  base.final_share[grid.industry(n, k)] > 0;
    }
  }
  if (essential) found.lost = first;
  for (std::size_t j = 0; j < grid.sectors; ++j) {
    for (std::size_t n = 0; n < grid.regions; ++n) {
      for (std::size_t i = 0; i < grid.regions; ++i) {
        if (found.industry[grid.good(j, i)] == 0) wedges.log_weight[grid.pair(j, n, i)] = never;
      }
      wedges.scale_row(grid, j, n);
    }
    wedges.domestic[j] = 0;
  }
  return found;
}

}  // namespace linchpin::equilibrium
