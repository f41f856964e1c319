// SPDX-License-Identifier: Apache-2.0
#include "property/equilibrium_bridge.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace linchpin::equilibrium_tests {

using namespace equilibrium;

TradeBase base_of(plain::World const& world) {
  TradeBase base;
  base.grid = Grid{world.regions, world.sectors};
  auto const& grid = base.grid;
  for (std::size_t n = 0; n < world.regions; ++n) base.regions.push_back(fmt::format("R{}", n));
  for (std::size_t j = 0; j < world.sectors; ++j) base.sectors.push_back(fmt::format("S{}", j));
  base.share.assign(grid.pairs(), 0.0);
  base.tariff.assign(grid.pairs(), 0.0);
  base.value_added.assign(grid.industries(), 0.0);
  base.input.assign(grid.inputs(), 0.0);
  base.final_share.assign(grid.industries(), 0.0);
  base.expenditure.assign(grid.goods(), 0.0);
  base.output.assign(grid.goods(), 0.0);
  base.factor_income.assign(grid.region_stride, 0.0);
  base.deficit.assign(grid.region_stride, 0.0);
  for (std::size_t j = 0; j < world.sectors; ++j) {
    base.theta.push_back(world.theta[j]);
    for (std::size_t n = 0; n < world.regions; ++n) {
      for (std::size_t i = 0; i < world.regions; ++i) {
        base.share[grid.pair(j, n, i)] = world.share[j][n][i];
        base.tariff[grid.pair(j, n, i)] = world.tariff[j][n][i];
      }
      base.expenditure[grid.good(j, n)] = world.spending[n][j];
      base.output[grid.good(j, n)] = world.output[n][j];
      base.value_added[grid.industry(n, j)] = world.value_added[n][j];
      base.final_share[grid.industry(n, j)] = world.final_share[n][j];
      for (std::size_t k = 0; k < world.sectors; ++k) {
        base.input[grid.input(n, j, k)] = (1 - world.value_added[n][j]) * world.materials[n][j][k];
      }
    }
  }
  for (std::size_t n = 0; n < world.regions; ++n) {
    base.factor_income[n] = world.wages[n];
    base.deficit[n] = world.deficit[n];
  }
  return base;
}

TradePolicy policy_of(plain::World const& world, plain::Policy const& policy,
                      plain::Model const& model) {
  Grid const grid{world.regions, world.sectors};
  TradePolicy out;
  fill_pairs(out.tariff, grid, 0);
  fill_pairs(out.export_tax, grid, 0);
  fill_pairs(out.iceberg, grid, 1);
  fill_pairs(out.availability, grid, 1);
  fill_goods(out.productivity, grid, 1);
  fill_goods(out.quality, grid, 1);
  fill_goods(out.subsidy, grid, 0);
  for (std::size_t j = 0; j < world.sectors; ++j) {
    for (std::size_t n = 0; n < world.regions; ++n) {
      for (std::size_t i = 0; i < world.regions; ++i) {
        auto const cell = grid.pair(j, n, i);
        out.tariff[cell] = policy.tariff[j][n][i];
        out.export_tax[cell] = policy.export_tax[j][n][i];
        out.iceberg[cell] = policy.iceberg[j][n][i];
        out.availability[cell] = policy.mask[j][n][i];
      }
      out.productivity[grid.good(j, n)] = policy.productivity[n][j];
      out.subsidy[grid.good(j, n)] = policy.subsidy[n][j];
      // There a weight, here worth a price.
      out.quality[grid.good(j, n)] = std::pow(policy.quality[j][0][n], 1 / world.theta[j]);
    }
  }
  for (auto const& quota : policy.quotas) {
    auto const rents = quota.rents == plain::Rents::exporter   ? QuotaRents::exporter
                       : quota.rents == plain::Rents::importer ? QuotaRents::importer
                                                               : QuotaRents::nobody;
    out.quotas.push_back({quota.sector, quota.buyer, quota.seller, quota.limit, rents});
  }
  switch (model.deficits) {
    case plain::Deficits::keep:
      out.deficits = DeficitRule::keep;
      break;
    case plain::Deficits::scale_to_world_income:
      out.deficits = DeficitRule::scale_to_world_income;
      break;
    case plain::Deficits::zero:
      out.deficits = DeficitRule::zero;
      break;
  }
  return out;
}

Closure closure_of(plain::World const& world, plain::Model const& model) {
  Grid const grid{world.regions, world.sectors};
  Closure closure;
  closure.nests = {model.sigma_value_added[0], model.sigma_materials[0], model.sigma_final};
  bool none = true;
  bool all = true;
  for (auto const& row : model.specific_share) {
    for (auto const share : row) {
      none &= share == 0;
      all &= share == 1;
    }
  }
  if (all) {
    closure.factors.all_specific = true;
    return closure;
  }
  closure.factors.wage_floor.assign(world.regions, 0.0);
  for (std::size_t n = 0; n < world.regions; ++n) {
    closure.factors.wage_floor[n] = model.wage_floor[n];
  }
  if (none) return closure;
  closure.factors.mobile.assign(1, DenseVector(grid.industries(), 0.0));
  for (std::size_t n = 0; n < world.regions; ++n) {
    for (std::size_t j = 0; j < world.sectors; ++j) {
      closure.factors.mobile[0][grid.industry(n, j)] = 1 - model.specific_share[n][j];
    }
  }
  return closure;
}

void simplify(plain::World const& world, plain::Policy& policy, plain::Model& model) {
  for (auto& sigma : model.sigma_value_added) sigma = model.sigma_value_added[0];
  for (auto& sigma : model.sigma_materials) sigma = model.sigma_materials[0];
  for (auto& floor : model.wage_floor) floor = std::min(floor, 1.0);
  for (std::size_t j = 0; j < world.sectors; ++j) {
    for (std::size_t n = 1; n < world.regions; ++n) policy.quality[j][n] = policy.quality[j][0];
  }
}

}  // namespace linchpin::equilibrium_tests
