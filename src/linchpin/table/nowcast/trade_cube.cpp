// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/nowcast/trade_cube.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "linchpin/table/nowcast/concordance.h"

namespace linchpin {

double TradeCube::output(std::size_t region, std::size_t sector) const noexcept {
  double sum = 0;
  for (std::size_t r = 0; r < regions.size(); ++r) sum += value(region, r, sector);
  return sum;
}

double TradeCube::absorption(std::size_t region, std::size_t sector) const noexcept {
  double sum = 0;
  for (std::size_t e = 0; e < regions.size(); ++e) sum += value(e, region, sector);
  return sum;
}

TradeCube cube_of(Table const& table, double& clipped) {
  auto const& labels = table.labels;
  TradeCube cube;
  cube.title = table.info.title;
  cube.source = table.info.source;
  cube.licence = table.info.licence;
  cube.year = table.info.year;
  cube.unit = table.info.unit;
  for (auto const& region : labels.regions) cube.regions.push_back(region.label);
  cube.sectors = sector_codes(labels);
  auto const G = cube.regions.size();
  cube.values.assign(G * G * cube.sectors.size(), 0.0);
  auto const categories = labels.categories.size();
  for (std::size_t i = 0; i < table.size(); ++i) {
    auto const& seller = labels.industries[i];
    auto const sold_to = [&](std::size_t region) -> double& {
      return cube.values[cube.cell(seller.region.index(), region, seller.sector.index())];
    };
    table.Z.for_each(i, [&](std::size_t j, double flow) {
      sold_to(labels.industries[j].region.index()) += flow;
    });
    auto const uses = table.Y.row(i);
    for (std::size_t k = 0; k < uses.size(); ++k) sold_to(k / categories) += uses[k];
  }
  clipped = 0;
  for (auto& value : cube.values) {
    if (value >= 0) continue;
    clipped -= value;
    value = 0;
  }
  return cube;
}

Result<std::vector<Sourcing>> sourcing_over_time(std::vector<TradeCube> const& cubes,
                                                 std::string const& importer,
                                                 std::string const& sector) {
  std::vector<Sourcing> result;
  for (auto const& cube : cubes) {
    if (cube.regions != cubes.front().regions) {
      return fail(ErrorCode::size_mismatch, "the cubes have different regions", cube.title,
                  "compare cubes of one release");
    }
    auto const region = find_labels({importer}, cube.regions, "region", cube.title);
    if (!region) return fail(region.error());
    auto const product = find_labels({sector}, cube.sectors, "sector", cube.title);
    if (!product) return fail(product.error());
    double const total = cube.absorption(region->front(), product->front());
    if (total <= 0) {
      return fail(ErrorCode::missing_value,
                  fmt::format("{} buys no product of sector {}", importer, sector), cube.title,
                  "choose another sector");
    }
    Sourcing year{cube.year, {}, 0};
    for (std::size_t e = 0; e < cube.regions.size(); ++e) {
      year.shares.push_back(cube.value(e, region->front(), product->front()) / total);
      if (!result.empty()) year.moved += std::abs(year.shares[e] - result.back().shares[e]) / 2;
    }
    result.push_back(std::move(year));
  }
  return result;
}

}  // namespace linchpin
