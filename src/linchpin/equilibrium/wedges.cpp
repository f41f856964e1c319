// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/wedges.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "linchpin/core/contracts.h"

namespace linchpin::equilibrium {
namespace {

constexpr double never = -std::numeric_limits<double>::infinity();

double at(DenseVector const& array, std::size_t place, double otherwise) noexcept {
  return array.empty() ? otherwise : array[place];
}

double tariff_of(TradeBase const& base, TradePolicy const& policy, std::size_t cell) noexcept {
  return policy.tariff.empty() ? base.tariff_at(cell) : policy.tariff[cell];
}

/// The direct way and all detours of one pair become one weight with mean parts.
void add_route(TradeBase const& base, TradePolicy const& policy, Route const& route,
               Wedges& wedges) {
  auto const& grid = base.grid;
  auto const direct = grid.pair(route.sector, route.importer, route.exporter);
  if (base.share[direct] <= 0 || route.share <= 0) return;
  auto const first = grid.pair(route.sector, route.via, route.exporter);
  auto const second = grid.pair(route.sector, route.importer, route.via);
  auto const theta = base.theta[route.sector];
  // The direct way keeps what detours leave of the taste for the good.
  auto const cost =
      std::log(route.cost) + log_cost(base, policy, first) + log_cost(base, policy, second);
  auto const quality = std::log(at(policy.quality, grid.good(route.sector, route.exporter), 1.0));
  auto const log_detour =
      std::log(base.share[direct]) + std::log(route.share) + theta * (quality - cost);
  // What the two legs leave to the producer and to the governments on the way: duties of the
  // second leg are the importer's, those of the first are lost to him as a cost.
  auto const tariff = tariff_of(base, policy, second);
  auto const export_tax = at(policy.export_tax, first, 0.0);
  auto const kept = 1 / ((1 + tariff) * (1 + export_tax));
  auto const exported = export_tax * kept;

  auto const before = wedges.log_weight[direct];
  auto const peak = std::max(before, log_detour);
  auto const direct_part = std::exp(before - peak);
  auto const detour_part = std::exp(log_detour - peak);
  auto const sum = direct_part + detour_part;
  wedges.log_weight[direct] = peak + std::log(sum);
  wedges.kept[direct] = (direct_part * wedges.kept[direct] + detour_part * kept) / sum;
  if (!wedges.export_part.empty()) {
    wedges.export_part[direct] =
        (direct_part * wedges.export_part[direct] + detour_part * exported) / sum;
  }
}

double direct_share(TradePolicy const& policy, std::size_t j, std::size_t n, std::size_t i) {
  double left = 1;
  for (auto const& route : policy.routes) {
    if (route.sector == j && route.importer == n && route.exporter == i) left -= route.share;
  }
  return std::max(0.0, left);
}

}  // namespace

double log_cost(TradeBase const& base, TradePolicy const& policy, std::size_t pair) noexcept {
  return std::log(at(policy.iceberg, pair, 1.0)) + std::log1p(at(policy.export_tax, pair, 0.0)) +
         std::log1p(tariff_of(base, policy, pair)) - std::log1p(base.tariff_at(pair));
}

void Wedges::scale_row(Grid const& grid, std::size_t sector, std::size_t importer) noexcept {
  auto const start = grid.pair(sector, importer);
  double peak = never;
  for (std::size_t i = 0; i < grid.regions; ++i) peak = std::max(peak, log_weight[start + i]);
  row_shift[grid.good(sector, importer)] = peak;
  for (std::size_t i = 0; i < grid.regions; ++i) {
    weight[start + i] = peak == never ? 0.0 : std::exp(log_weight[start + i] - peak);
  }
}

namespace {

/// Weights and parts of one sector, before detours.
void direct_ways(TradeBase const& base, TradePolicy const& policy, std::size_t j, bool plain_costs,
                 Wedges& wedges) {
  auto const& grid = base.grid;
  auto const theta = base.theta[j];
  wedges.domestic[j] = 1;
  for (std::size_t n = 0; n < grid.regions; ++n) {
    for (std::size_t i = 0; i < grid.regions; ++i) {
      auto const cell = grid.pair(j, n, i);
      auto const tariff = tariff_of(base, policy, cell);
      auto const export_tax = at(policy.export_tax, cell, 0.0);
      wedges.log_weight[cell] = never;
      wedges.kept[cell] = 1 / ((1 + tariff) * (1 + export_tax));
      if (!policy.export_tax.empty()) wedges.export_part[cell] = export_tax * wedges.kept[cell];
      auto const available = at(policy.availability, cell, 1.0);
      if (base.share[cell] <= 0) continue;
      if (i != n) wedges.domestic[j] = 0;
      if (available <= 0) continue;
      auto log_weight = std::log(base.share[cell]);
      if (available < 1) log_weight += std::log(available);
      if (!plain_costs) log_weight -= theta * log_cost(base, policy, cell);
      auto const quality = at(policy.quality, grid.good(j, i), 1.0);
      if (quality != 1) log_weight += theta * std::log(quality);
      if (!policy.routes.empty()) log_weight += std::log(direct_share(policy, j, n, i));
      wedges.log_weight[cell] = log_weight;
    }
  }
}

void scale_sector(Grid const& grid, std::size_t j, Wedges& wedges) {
  for (std::size_t n = 0; n < grid.regions; ++n) {
    wedges.scale_row(grid, j, n);
    // Costs of a region's own deliveries can be shifted too; then its prices are computed.
    auto const own = wedges.log_weight[grid.pair(j, n, n)];
    if (wedges.domestic[j] != 0 && own != 0) wedges.domestic[j] = 0;
  }
}

}  // namespace

Wedges wedges_of(TradeBase const& base, TradePolicy const& policy) {
  auto const& grid = base.grid;
  Wedges wedges;
  wedges.log_weight.assign(grid.pairs(), never);
  wedges.weight.assign(grid.pairs(), 0.0);
  wedges.row_shift.assign(grid.goods(), 0.0);
  wedges.kept.assign(grid.pairs(), 0.0);
  wedges.domestic.assign(grid.sectors, 1);
  auto taxed = !policy.export_tax.empty();
  for (auto const& quota : policy.quotas) taxed |= quota.rents == QuotaRents::exporter;
  if (taxed) wedges.export_part.assign(grid.pairs(), 0.0);
  auto const plain_costs = policy.iceberg.empty() && policy.export_tax.empty() &&
                           (policy.tariff.empty() || policy.tariff == base.tariff);
  for (std::size_t j = 0; j < grid.sectors; ++j) direct_ways(base, policy, j, plain_costs, wedges);
  for (auto const& route : policy.routes) add_route(base, policy, route, wedges);
  for (std::size_t j = 0; j < grid.sectors; ++j) scale_sector(grid, j, wedges);
  return wedges;
}

void wedges_of_sector(TradeBase const& base, TradePolicy const& policy, std::size_t sector,
                      Wedges& wedges) {
  LINCHPIN_EXPECTS(policy.routes.empty() && policy.quotas.empty());
  LINCHPIN_EXPECTS(policy.export_tax.empty() == wedges.export_part.empty());
  direct_ways(base, policy, sector, false, wedges);
  scale_sector(base.grid, sector, wedges);
}

}  // namespace linchpin::equilibrium
