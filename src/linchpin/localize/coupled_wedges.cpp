// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/coupled_wedges.h"

#include <algorithm>
#include <cmath>

#include "linchpin/localize/adoption.h"

namespace linchpin::localize {
namespace {

/// A side that is not there has these odds, not infinite ones.
constexpr double smallest = 1e-12;

double base_share(CoupledCase const& each, equilibrium::TradeBase const& base) {
  return base.share[base.grid.pair(each.line, each.home, each.home)];
}

/// ln of home over foreign shares that price and quality alone would bring.
double free_odds(CoupledCase const& each, Terms const& terms) {
  auto offers = terms.offers;
  offers[1].access = 1;
  auto const adoption = adopt(each.maker.choice, offers);
  return std::log(std::max(adoption.home, smallest) / std::max(adoption.foreign, smallest));
}

/// What the wedges of a year have to bring about.
struct Targets {
  double quality = 0;  ///< ln of what a home good is worth to buyers at home, beyond the base
  double odds = 0;     ///< ln, home over foreign, as served
  double reached = 0;  ///< the same as it would be with capacity for all who want to buy at home
  bool home = true, foreign = true;  ///< anything served
  double scarcity = 1;               ///< 1 / (1 − unmet)
  double productivity = 1;           ///< first cost over cost, input prices of the year in it
};

double log_odds(double home, double foreign) {
  return std::log(std::max(home, smallest) / std::max(foreign, smallest));
}

/// \param share  made at home in the base
/// \param size   of the market
Targets targets_of(CoupledCase const& each, Outcome const& outcome, double share, double size) {
  Targets targets;
  auto const theta = each.base.theta[each.line];
  auto const& offers = outcome.terms.offers;
  auto const pure = std::log(share / (1 - share)) -
                    theta * (std::log(offers[0].price / offers[1].price) -
                             std::log(each.maker.cost.first_cost * (1 + each.maker.markup)));
  targets.quality = (free_odds(each, outcome.terms) - pure) / theta;
  auto const from_abroad = outcome.foreign_share + outcome.from_stock / size;
  targets.home = outcome.home_share > smallest;
  targets.foreign = from_abroad > smallest;
  targets.odds = log_odds(outcome.home_share, from_abroad);
  auto const turned_away = std::max(outcome.next.home_share - outcome.home_share, 0.0);
  targets.reached =
      log_odds(outcome.home_share + turned_away, std::max(from_abroad - turned_away, 0.0));
  auto const unserved = std::clamp(outcome.unmet_share, 0.0, 1 - least_served);
  targets.scarcity = unserved > smallest ? 1 / (1 - unserved) : 1.0;
  targets.productivity = each.maker.cost.first_cost / outcome.terms.cost.total();
  return targets;
}

/// How shares other than the free ones come about without anybody's gain: a part of users is bound
/// to one side, the others choose freely.
struct Bound {
  double odds = 0;       ///< ln by which availability moves the odds of that side, <= 0 the other's
  double log_price = 0;  ///< ln of a factor on both sides, <= 0
};

/// Availability alone, an iceberg cost of the other side, would give the shares but take more than
/// users lose: (1/θ) ln(s/s0) of the price index, where a part b of users bound to the side of
/// share s0 loses −(b/θ) ln s0. `free` and `wanted` are ln odds of the side.
Bound bound_to(double free, double wanted, double theta) {
  auto const share = [](double odds) { return 1 / (1 + std::exp(-odds)); };
  auto const before = share(free), after = share(wanted);
  if (after <= before || before >= 1) return {};
  auto const bound = (after - before) / (1 - before);
  return {wanted - free, (-bound * std::log(before) - std::log(after / before)) / theta};
}

}  // namespace

void set_wedges(CoupledCase const& each, equilibrium::TradeBase const& base, Asked const& asked,
                LinePrices const& prices, equilibrium::TradePolicy& wedges) {
  auto const& grid = base.grid;
  auto const own = grid.good(each.line, each.home);
  auto const theta = base.theta[each.line];
  auto const share = base_share(each, base);
  auto const targets = targets_of(each, asked.outcome, share, prices.size);
  wedges.productivity[own] = targets.productivity * asked.input_prices;
  wedges.subsidy[own] = std::min(asked.policy.production_subsidy, 0.99);
  // What price and quality alone would bring at this θ, against what is served.
  auto const tariff = 1 + asked.policy.tariff;
  auto const paid = asked.outcome.terms.offers[0].price / asked.outcome.terms.home_price;
  auto const cut = asked.outcome.terms.foreign_cut;
  auto const foreign = prices.foreign + std::log1p(-cut);
  auto const free = std::log(share / (1 - share)) -
                    theta * (prices.home + std::log(paid / tariff) - foreign - targets.quality);
  auto const both = targets.home && targets.foreign;
  auto const to_home = bound_to(free, targets.odds, theta);
  auto const choice = std::max(targets.odds, std::min(targets.reached, free));
  auto const to_foreign = both ? bound_to(-free, -choice, theta) : Bound{};
  auto const rationing = both ? std::max(choice - targets.odds, 0.0) / theta : 0.0;
  auto const eased = std::exp(to_home.log_price + to_foreign.log_price);
  auto const home_cell = grid.pair(each.line, each.home, each.home);
  wedges.iceberg[home_cell] = std::exp(-targets.quality) * eased;
  wedges.export_tax[home_cell] = std::exp(rationing) * targets.scarcity * paid - 1;
  wedges.availability[home_cell] =
      !targets.home && targets.foreign ? 0.0 : std::exp(-to_foreign.odds);
  for (std::size_t i = 0; i < grid.regions; ++i) {
    if (i == each.home) continue;
    wedges.productivity[grid.good(each.line, i)] = 1 / asked.outcome.terms.foreign_cost;
    auto const cell = grid.pair(each.line, each.home, i);
    wedges.availability[cell] = targets.foreign ? std::exp(-to_home.odds) : 0.0;
    if (!targets.home) wedges.availability[cell] = 1;
    wedges.iceberg[cell] = eased;
    wedges.export_tax[cell] = -cut;  // the profit they give up
    wedges.tariff[cell] = (1 + base.tariff_at(cell)) * tariff * targets.scarcity - 1;
    wedges.export_tax[grid.pair(each.line, i, each.home)] = std::expm1(prices.scarcity);
  }
}

}  // namespace linchpin::localize
