// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/pair_power.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>

#include "linchpin/core/contracts.h"
#include "linchpin/core/parallel.h"

namespace linchpin::leverage {
namespace {

std::vector<std::size_t> all_or(std::span<std::size_t const> chosen, std::size_t count) {
  if (!chosen.empty()) return {chosen.begin(), chosen.end()};
  std::vector<std::size_t> all(count);
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

double total_spending(PriceWorldData const& data, std::size_t region) {
  double sum = 0;
  for (std::size_t j = 0; j < data.sectors.size(); ++j) {
    sum += data.spending[region * data.sectors.size() + j];
  }
  return sum;
}

LiuYang first_order(PriceWorld const& world, std::span<std::size_t const> senders,
                    std::size_t target, std::span<std::size_t const> sectors) {
  PriceWorldData const& data = world.data();
  std::vector<double> target_buys(world.sectors(), 0.0), sender_buys(world.sectors(), 0.0);
  double sender_spending = 0;
  for (std::size_t const sender : senders) {
    sender_spending += total_spending(data, sender);
    for (std::size_t const j : sectors) {
      target_buys[j] +=
          world.share(j, target, sender) * data.spending[target * world.sectors() + j];
      sender_buys[j] +=
          world.share(j, sender, target) * data.spending[sender * world.sectors() + j];
    }
  }
  return liu_yang(target_buys, total_spending(data, target), sender_buys, sender_spending,
                  data.theta);
}

/// ln of a region's final price index with CES between sectors of final demand. With ρ > 1 a sector
/// that is lost is given up; else its price stays at its base, as in `prices`.
double cost_of_living(PriceWorld const& world, DenialPrices const& prices, std::size_t region,
                      double outer) {
  std::vector<double> weights, rises;
  for (std::size_t j = 0; j < world.sectors(); ++j) {
    weights.push_back(world.final_share(region, j));
    rises.push_back(prices.log_prices(region, j));
  }
  double given_up = 0;
  for (DeniedLink const& lost : prices.lost) {
    if (lost.importer == region) given_up += weights[lost.sector];
  }
  for (DeniedLink const& lost : prices.lost) {
    if (outer <= 1 || lost.importer != region || given_up > monopoly_share) continue;
    rises[lost.sector] = std::numeric_limits<double>::infinity();
  }
  return ces_log_index(weights, rises, outer);
}

}  // namespace

std::vector<DeniedLink> denial_by(PriceWorld const& world, std::span<std::size_t const> senders,
                                  std::size_t target, std::span<std::size_t const> sectors) {
  std::vector<DeniedLink> links;
  for (std::size_t const j : all_or(sectors, world.sectors())) {
    for (std::size_t const sender : senders) {
      if (world.share(j, target, sender) > 0) links.push_back({j, target, sender});
    }
  }
  return links;
}

Result<PairPower> power_over(PriceWorld const& world, std::span<std::size_t const> senders,
                             std::size_t target, PowerOptions const& options) {
  LINCHPIN_EXPECTS(!senders.empty() && target < world.regions());
  PairPower power;
  power.senders.assign(senders.begin(), senders.end());
  power.target = target;
  power.by_sector.assign(world.sectors(), 0.0);
  power.sender_network.assign(senders.size(), 0.0);
  power.same = std::find(senders.begin(), senders.end(), target) != senders.end();
  if (power.same) return power;
  auto const sectors = all_or(options.sectors, world.sectors());
  std::vector<SectorExposure> exposures(world.sectors());
  for (std::size_t j = 0; j < world.sectors(); ++j) {
    exposures[j] = {world.final_share(target, j), 0, world.data().theta[j]};
  }
  for (std::size_t const j : sectors) {
    for (std::size_t const sender : senders) exposures[j].share += world.share(j, target, sender);
    exposures[j].share = std::min(1.0, exposures[j].share);
    power.trade = power.trade || exposures[j].share > 0;
    if (exposures[j].share > monopoly_share) continue;
    power.by_sector[j] =
        exposures[j].weight * log_price_of_denial(exposures[j].share, exposures[j].theta);
  }
  power.direct = cost_power(exposures, options.outer);
  power.first_order = first_order(world, senders, target, sectors);
  if (!options.network || !power.trade) return power;
  auto const prices = world.prices_without(denial_by(world, senders, target, sectors));
  if (!prices) return fail(prices.error());
  power.network.log_cost = cost_of_living(world, *prices, target, options.outer);
  for (DeniedLink const& link : prices->lost) power.network.monopoly.push_back(link.sector);
  std::sort(power.network.monopoly.begin(), power.network.monopoly.end());
  for (std::size_t s = 0; s < senders.size(); ++s) {
    power.sender_network[s] = cost_of_living(world, *prices, senders[s], options.outer);
  }
  return power;
}

Result<std::vector<PairPower>> all_pairs(PriceWorld const& world, PowerOptions const& options,
                                         RunControl const& control) {
  std::size_t const n = world.regions();
  std::vector<PairPower> answers(n * n);
  std::vector<std::optional<Error>> problems(n * n);
  auto const run = parallel_for(n * n, control, "power", [&](std::size_t pair) {
    std::size_t const sender[] = {pair / n};
    auto power = power_over(world, sender, pair % n, options);
    if (power) {
      answers[pair] = std::move(*power);
    } else {
      problems[pair] = power.error();
    }
  });
  if (!run) return fail(run.error());
  for (auto const& problem : problems) {
    if (problem) return fail(*problem);
  }
  return answers;
}

}  // namespace linchpin::leverage
