// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_abroad.h"

#include <algorithm>
#include <cmath>

#include "linchpin/core/contracts.h"

namespace linchpin::study {
namespace {

// Of output without the programme: below it a change is rounding.
constexpr double least_change = 1e-9;
// How long after a stop it is priced, in years.
constexpr double soon = 0.5;

std::vector<SectorLoss> losses_of(localize::CoupledCase const& technology,
                                  localize::PathYear const& with,
                                  localize::PathYear const& without) {
  auto const& base = technology.base;
  std::vector<SectorLoss> losses;
  for (std::size_t n = 0; n < base.grid.regions; ++n) {
    if (n == technology.home) continue;
    auto const spending = base.final_spending(n);
    for (std::size_t j = 0; j < base.grid.sectors; ++j) {
      auto const good = base.grid.good(j, n);
      auto const before = without.real_output[good] * base.output[good];
      auto const lost = before - with.real_output[good] * base.output[good];
      if (!(before > 0) || !(lost > least_change * before)) continue;
      losses.push_back({n, j, lost, lost / before, spending > 0 ? lost / spending : 0});
    }
  }
  std::stable_sort(losses.begin(), losses.end(),
                   [](auto const& a, auto const& b) { return a.value > b.value; });
  return losses;
}

}  // namespace

std::optional<double> stop_loss(double purchases, double share, double theta) {
  LINCHPIN_EXPECTS(purchases >= 0 && share >= 0 && theta > 0);
  if (purchases == 0 || share == 0) return 0;
  if (share >= 1) return std::nullopt;
  return -std::expm1(purchases * std::log1p(-share) / theta);
}

std::vector<AbroadYear> abroad_of(localize::CoupledCase const& technology,
                                  localize::AutonomyCurve const& curve,
                                  parameters::HorizonProfile const& horizon) {
  auto const& base = technology.base;
  double world = 0;
  for (std::size_t n = 0; n < base.grid.regions; ++n) {
    world += base.output[base.grid.good(technology.line, n)];
  }
  auto const theta = base.theta[technology.line];
  std::vector<AbroadYear> result;
  for (std::size_t t = 0; t < curve.with.size(); ++t) {
    auto const& with = curve.with[t];
    auto const& without = curve.without[t];
    AbroadYear year;
    year.year = with.year;
    year.regions.resize(base.grid.regions);
    auto const read = localize::competitor_losses(technology, curve, t);
    auto const size = std::pow(1 + technology.demand_growth, static_cast<double>(t));
    for (std::size_t n = 0; n < base.grid.regions; ++n) {
      if (n == technology.home) continue;
      auto& region = year.regions[n];
      auto const good = base.grid.good(technology.line, n);
      region.makes_line = base.output[good] > 0;
      region.real_final_use = read[n].real_income;
      region.line_output = read[n].line_output;
      region.line_lost = (without.real_output[good] - with.real_output[good]) * base.output[good];
      region.line_lost_of_world = world > 0 ? region.line_lost / world : 0;
      region.newcomer = read[n].newcomer;
      region.newcomer_without = read[n].newcomer_without;
      region.bought = std::max(base.expenditure[good], 0.0) * size * region.newcomer;
      auto const spending = base.final_spending(n);
      auto const purchases =
          spending > 0 ? std::max(base.expenditure[good], 0.0) * size / spending : 0;
      auto const stop = [&](double share) {
        share = std::clamp(share, 0.0, 1.0);
        return NewcomerStop{stop_loss(purchases, share, theta * horizon.share(soon)),
                            stop_loss(purchases, share, theta)};
      };
      region.stop = stop(region.newcomer);
      region.stop_without = stop(region.newcomer_without);
    }
    year.losses = losses_of(technology, with, without);
    for (auto const& loss : year.losses) {  // the largest comes first
      auto& region = year.regions[loss.region];
      if (region.hardest_hit) continue;
      region.hardest_hit = loss.sector;
      region.hardest_hit_output = -loss.of_sector;
    }
    result.push_back(std::move(year));
  }
  return result;
}

}  // namespace linchpin::study
