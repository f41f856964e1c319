// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/frontier_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "linchpin/leverage/anti_coercion.h"
#include "linchpin/leverage/log_cost.h"

namespace linchpin::study {
namespace {

using leverage::FrontierPoint;
using leverage::Rival;
using leverage::SourcingSector;

struct Sourcing {
  std::vector<SourcingSector> sectors;
  std::vector<std::size_t> places;  ///< [sector] in the world
  std::vector<Rival> rivals;        ///< one: all of them together
};

Result<Sourcing> sourcing_of(LeverageWorld const& world, std::size_t buyer,
                             std::vector<std::size_t> const& rivals,
                             std::vector<std::size_t> const& sectors, bool network) {
  auto const& prices = world.prices;
  std::optional<DenseMatrix> weights;
  if (network) {
    auto found = prices.network_weights(buyer);
    if (!found) return fail(found.error());
    weights = *std::move(found);
  }
  Sourcing sourcing;
  for (auto const j : sectors) {
    double const weight = weights ? (*weights)(buyer, j) : prices.final_share(buyer, j);
    auto const sellers = prices.sellers(j, buyer);
    double total = 0;
    for (double const share : sellers) total += share;
    if (!(weight > 0) || !(total > 0)) continue;
    SourcingSector sector{prices.data().sectors[j], weight, prices.data().theta[j] + 1, {}};
    for (double const share : sellers) sector.shares.push_back(share / total);
    sourcing.sectors.push_back(std::move(sector));
    sourcing.places.push_back(j);
  }
  sourcing.rivals.push_back({"rivals", rivals, 1});
  return sourcing;
}

double held(std::vector<double> const& shares, Rival const& rival) {
  double sum = 0;
  for (auto const supplier : rival.suppliers) sum += shares[supplier];
  return sum;
}

FrontierAnswerPoint point_of(char const* kind, FrontierPoint const& found,
                             FrontierPoint const& free, Sourcing const& sourcing) {
  FrontierAnswerPoint point;
  point.kind = kind;
  point.mu = found.mu;
  point.cost_pct = leverage::dearer_pct(found.efficiency_loss);
  point.exposure_pct = leverage::dearer_pct(found.exposure);
  point.removed = free.exposure > 0 ? 1 - found.exposure / free.exposure : 0;
  point.captive = found.captive;
  double weights = 0;
  for (std::size_t s = 0; s < sourcing.sectors.size(); ++s) {
    auto const& sector = sourcing.sectors[s];
    auto const& plan = found.plans[s];
    FrontierSector row;
    row.sector = sector.name;
    row.weight = sector.weight;
    row.private_share = held(sector.shares, sourcing.rivals.front());
    row.share = held(plan.shares, sourcing.rivals.front());
    row.wedge = plan.wedge.front();
    row.tariff = plan.tariff.front();
    row.private_exposure = sector.weight * free.plans[s].power.front();
    row.exposure = sector.weight * plan.power.front();
    row.cost = sector.weight * plan.efficiency_loss;
    row.captive = plan.captive.front();
    point.rival_share += row.weight * row.share;
    weights += row.weight;
    if (!row.captive) {
      point.residual =
          std::max(point.residual,
                   leverage::optimality_residual(sector, sourcing.rivals, found.mu, plan.shares));
    }
    point.sectors.push_back(std::move(row));
  }
  if (weights > 0) point.rival_share /= weights;
  return point;
}

void check(FrontierRequest const& request, ErrorList& errors) {
  if (request.rivals.empty()) {
    errors.add(ErrorCode::missing_value, "no rival is named", "--rivals",
               "say who would withhold: --rivals CHN");
  }
  if (std::find(request.rivals.begin(), request.rivals.end(), request.buyer) !=
      request.rivals.end()) {
    errors.add(ErrorCode::bad_value, fmt::format("'{}' is the buyer itself", request.buyer),
               "--rivals", "nobody coerces itself");
  }
  for (double const price : request.prices) {
    if (std::isfinite(price) && price >= 0 && price <= 1e6) continue;
    errors.add(ErrorCode::bad_value, fmt::format("a price of {}", price), "--prices",
               "between 0 and a million");
  }
  if (request.limit_pct && !(*request.limit_pct > 0)) {
    errors.add(ErrorCode::bad_value, fmt::format("a limit of {} %", *request.limit_pct), "--limit",
               "above 0");
  }
}

}  // namespace

Result<void> check_frontier(FrontierRequest const& request) {
  ErrorList errors;
  check(request, errors);
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

Result<FrontierAnswer> run_frontier(TradeGround const& ground, FrontierRequest const& request,
                                    ParameterSource const& source, RunControl const& control) {
  ErrorList errors;
  auto const buyers = region_places({request.buyer}, "--buyer", ground.space, errors);
  auto const rivals = region_places(request.rivals, "--rivals", ground.space, errors);
  auto sectors = sector_places(request.sectors, "--sectors", ground.space, errors);
  if (request.sectors.empty() && !request.services) sectors = goods_of(ground.space);
  if (auto const sound = check_frontier(request); !sound) errors.add(sound.error());
  if (!errors.empty()) return fail(errors.joined());
  auto const world = open_leverage_world(ground, request.model, source);
  if (!world) return fail(world.error());
  auto const sourcing = sourcing_of(*world, buyers.front(), rivals, sectors, request.network);
  if (!sourcing) return fail(sourcing.error());
  std::vector<double> mus{0};
  if (request.prices.empty()) {
    mus.insert(mus.end(), {0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10});
  }
  for (double const price : request.prices) mus.push_back(price);
  std::sort(mus.begin(), mus.end());
  mus.erase(std::unique(mus.begin(), mus.end()), mus.end());
  auto const found = leverage::efficient_frontier(sourcing->sectors, sourcing->rivals, mus);
  if (!found) return fail(found.error());
  if (control.cancel.cancelled()) return fail(ErrorCode::cancelled, "cancelled", "frontier", "");
  FrontierAnswer answer;
  answer.buyer = request.buyer;
  answer.rivals = request.rivals;
  answer.sectors = request.sectors;
  answer.network = request.network;
  answer.services = request.services || !request.sectors.empty();
  for (auto const j : sourcing->places) {
    auto const& label = ground.space.labels().sectors[j];
    if (label.service) answer.theta_assumed.push_back(world->base.sectors[j]);
  }
  auto const& free = found->front();
  for (auto const& each : *found) {
    answer.points.push_back(point_of(each.mu == 0 ? "private" : "swept", each, free, *sourcing));
  }
  if (request.limit_pct && free.exposure > 0) {
    auto const within = leverage::sourcing_within(sourcing->sectors, sourcing->rivals,
                                                  std::log1p(*request.limit_pct / 100));
    if (!within) return fail(within.error());
    answer.points.push_back(point_of("limit", *within, free, *sourcing));
  }
  if (request.limit_pct && !(free.exposure > 0) && free.captive > 0) {
    answer.warnings.push_back(
        fmt::format("The limit of {:g} % is not planned for: all that {} buys of this from the "
                    "rivals they hold "
                    "alone.",
                    *request.limit_pct, request.buyer));
  }
  for (auto const& point : answer.points) {
    answer.residual = std::max(answer.residual, point.residual);
  }
  answer.setting = world->setting;
  answer.warnings = world->warnings;
  return answer;
}

}  // namespace linchpin::study
