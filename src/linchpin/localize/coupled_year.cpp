// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/coupled_year.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "linchpin/core/contracts.h"
#include "linchpin/equilibrium/outcome.h"

namespace linchpin::localize {
namespace {

constexpr double year_tolerance = 1e-6;
constexpr double price_tolerance = 1e-8;
constexpr std::size_t most_rounds = 60;
/// A side that is not there has these odds, not infinite ones.
constexpr double smallest = 1e-12;

double base_share(CoupledCase const& each) {
  return each.base.share[each.base.grid.pair(each.line, each.home, each.home)];
}

/// Quantities sold at home and abroad by home makers in the base, in units.
double base_exports(CoupledCase const& each) {
  auto const& base = each.base;
  auto const& grid = base.grid;
  double sum = 0;
  for (std::size_t n = 0; n < grid.regions; ++n) {
    if (n == each.home) continue;
    auto const cell = grid.pair(each.line, n, each.home);
    sum +=
        base.share[cell] * base.expenditure[grid.good(each.line, n)] / (1 + base.tariff_at(cell));
  }
  return sum / base.expenditure[grid.good(each.line, each.home)];
}

Surroundings around_of(CoupledCase const& each, PolicyState const& policy,
                       LinePrices const& prices) {
  Surroundings around;
  around.foreign_price = std::exp(prices.foreign);
  around.foreign_made = each.foreign_made;
  around.input_prices = std::exp(prices.inputs);
  around.home_appeal = each.home_appeal;
  around.policy = policy;
  // What is sold abroad has to be made as well.
  around.policy.public_purchase += base_exports(each) * prices.exports;
  return around;
}

/// The price of the home offer as the economy has it.
void take_prices(CoupledCase const& each, LinePrices const& prices, Terms& terms) {
  terms.home_price = each.maker.cost.first_cost * (1 + each.maker.markup) * std::exp(prices.home);
  terms.offers[0].price = terms.home_price;
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
  bool home = true, foreign = true;  ///< anything served
  double scarcity = 1;               ///< 1 / (1 − unmet)
  double productivity = 1;           ///< first cost over cost, input prices of the year in it
};

Targets targets_of(CoupledCase const& each, Outcome const& outcome) {
  Targets targets;
  auto const theta = each.base.theta[each.line];
  auto const& offers = outcome.terms.offers;
  auto const share = base_share(each);
  auto const pure = std::log(share / (1 - share)) -
                    theta * (std::log(offers[0].price / offers[1].price) -
                             std::log(each.maker.cost.first_cost * (1 + each.maker.markup)));
  targets.quality = (free_odds(each, outcome.terms) - pure) / theta;
  auto const from_abroad = outcome.foreign_share + outcome.from_stock;
  targets.home = outcome.home_share > smallest;
  targets.foreign = from_abroad > smallest;
  targets.odds = std::log(std::max(outcome.home_share, smallest) / std::max(from_abroad, smallest));
  auto const unserved = std::clamp(outcome.unmet_share, 0.0, 1 - least_served);
  targets.scarcity = unserved > smallest ? 1 / (1 - unserved) : 1.0;
  targets.productivity = each.maker.cost.first_cost / outcome.terms.cost.total();
  return targets;
}

equilibrium::TradePolicy policy_of(CoupledCase const& each, Targets const& targets,
                                   PolicyState const& policy, LinePrices const& prices,
                                   double input_prices, double theta) {
  auto const& base = each.base;
  auto const& grid = base.grid;
  auto const own = grid.good(each.line, each.home);
  equilibrium::TradePolicy wedges;
  equilibrium::fill_goods(wedges.productivity, grid, 1);
  equilibrium::fill_goods(wedges.subsidy, grid, 0);
  equilibrium::fill_pairs(wedges.iceberg, grid, 1);
  equilibrium::fill_pairs(wedges.availability, grid, 1);
  equilibrium::fill_pairs(wedges.export_tax, grid, 0);
  equilibrium::fill_tariffs(wedges, base);
  wedges.productivity[own] = targets.productivity * input_prices;
  wedges.subsidy[own] = std::min(policy.production_subsidy, 0.99);
  // What price and quality alone would bring at this θ, against what is served.
  auto const share = base_share(each);
  auto const free =
      std::log(share / (1 - share)) -
      theta * (prices.home - prices.foreign - std::log1p(policy.tariff) - targets.quality);
  auto const gap = targets.odds - free;
  auto const home_cell = grid.pair(each.line, each.home, each.home);
  wedges.iceberg[home_cell] = std::exp(-targets.quality);
  auto const rationing = targets.foreign && targets.home && gap < 0 ? std::exp(-gap / theta) : 1.0;
  wedges.export_tax[home_cell] = rationing * targets.scarcity - 1;
  if (!targets.home && targets.foreign) wedges.availability[home_cell] = 0;
  for (std::size_t i = 0; i < grid.regions; ++i) {
    if (i == each.home) continue;
    auto const cell = grid.pair(each.line, each.home, i);
    wedges.availability[cell] = targets.foreign ? std::min(std::exp(-gap), 1.0) : 0.0;
    if (!targets.home) wedges.availability[cell] = 1;
    wedges.tariff[cell] = (1 + base.tariff_at(cell)) * (1 + policy.tariff) * targets.scarcity - 1;
  }
  return wedges;
}

/// Reads the prices off a solution.
LinePrices prices_of(CoupledCase const& each, equilibrium::TradeBase const& base,
                     equilibrium::TradePolicy const& wedges,
                     equilibrium::Equilibrium const& found) {
  auto const& grid = base.grid;
  auto const own = grid.good(each.line, each.home);
  auto const theta = base.theta[each.line];
  LinePrices prices;
  prices.home = found.numbers.log_cost[own];
  prices.inputs = found.numbers.log_unit_cost[grid.industry(each.home, each.line)];
  double weight = 0, sum = 0, before = 0, after = 0;
  for (std::size_t i = 0; i < grid.regions; ++i) {
    if (i == each.home) continue;
    auto const cell = grid.pair(each.line, each.home, i);
    if (base.share[cell] > 0) {
      weight += base.share[cell];
      sum += base.share[cell] * std::exp(-theta * found.numbers.log_cost[grid.good(each.line, i)]);
    }
    auto const sold = equilibrium::flow_at(base, wedges, found, each.line, i, each.home);
    before += sold.before;
    after += sold.after;
  }
  prices.foreign = weight > 0 ? -std::log(sum / weight) / theta : 0.0;
  prices.exports = before > 0 ? after / before / std::exp(prices.home) : 1.0;
  prices.state = found.state;
  return prices;
}

double distance(LinePrices const& a, LinePrices const& b) {
  return std::max({std::abs(a.home - b.home), std::abs(a.foreign - b.foreign),
                   std::abs(a.inputs - b.inputs), std::abs(a.exports - b.exports)});
}

Error no_agreement(char const* what, double gap) {
  return {ErrorCode::not_converged,
          fmt::format("{} still move by {:.2e} after {} rounds", what, gap, most_rounds),
          "coupled year", "look for a policy that leaves a market without supply"};
}

}  // namespace

Result<CoupledCase> calibrated(CoupledCase each, double relative_quality,
                               double years_of_experience) {
  auto const share = base_share(each);
  if (!(share > 0 && share < 1)) {
    return fail(Error{ErrorCode::bad_value,
                      fmt::format("home makers have the share {:.3g} of their market", share),
                      "share of the home region", "a share between 0 and 1, both left out"});
  }
  auto const& base = each.base;
  auto const units = base.expenditure[base.grid.good(each.line, each.home)];
  auto const exports = base_exports(each);
  auto const made = share + exports;
  double world = 0;
  for (std::size_t n = 0; n < base.grid.regions; ++n) {
    world += base.output[base.grid.good(each.line, n)] / units;
  }
  each.foreign_made = std::max(world - made, 0.0);
  each.maker.choice.price_coefficient = base.theta[each.line];
  auto& terms = each.maker.capacity;
  auto& state = each.start;
  state.quality = {relative_quality, 1};
  state.home_share = share;
  auto const installed = made / (each.maker.yield * terms.utilisation);
  state.capacity.installed = installed;
  // Orders that make up for wear year by year are on their way, so that nothing moves by itself.
  // Investors aim at what is wanted, not at what will have worn out before it is there: the
  // utilisation they aim at has to leave room for that.
  auto const years_ahead = std::max(std::ceil(terms.lead_time), 1.0);
  auto const order =
      installed * terms.scrapping / std::pow(1 - terms.scrapping, years_ahead - terms.lead_time);
  for (auto left = terms.lead_time - 1; left > 1e-9; --left) {
    state.capacity.pipeline.push_back({order, left});
  }
  terms.utilisation *= installed / (installed + years_ahead * order);
  each.maker.cost.first_experience = 1;  // of any size: terms are relative to it
  Production const yearly{made / each.maker.makers, made, made + each.foreign_made};
  auto const gained = experience_of(yearly, each.maker.spillovers);
  state.experience = std::max(gained * years_of_experience, smallest);
  each.maker.cost.first_experience = state.experience;
  auto around = around_of(each, {}, {});
  if (auto const fine = check(each.maker, state, around, "technology"); !fine) {
    return fail(fine.error());
  }
  auto const first = terms_of(each.maker, state, around);
  auto const appeal = calibrated_appeal(first.choice, first.offers, 0, share);
  if (!appeal) return fail(appeal.error());
  each.home_appeal = *appeal;
  return each;
}

Outcome step_at(CoupledCase const& each, MakerState const& state, PolicyState const& policy,
                LinePrices const& prices) {
  auto const around = around_of(each, policy, prices);
  auto terms = terms_of(each.maker, state, around);
  take_prices(each, prices, terms);
  auto wanted = adopt(terms.choice, terms.offers);
  auto outcome = advance(each.maker, state, around, std::move(terms), std::move(wanted));
  auto& quality = outcome.next.quality;
  quality = {quality.relative(), 1};
  return outcome;
}

Result<CoupledYear> priced(CoupledCase const& each, Outcome const& outcome,
                           PolicyState const& policy, LinePrices const& from, double horizon,
                           RunControl const& control) {
  LINCHPIN_EXPECTS(horizon > 0);
  auto const targets = targets_of(each, outcome);
  equilibrium::TradeBase scaled;
  if (horizon != 1) {
    scaled = each.base;
    for (auto& theta : scaled.theta) theta *= horizon;
  }
  auto const& base = horizon != 1 ? scaled : each.base;
  auto const theta = base.theta[each.line];
  // Unit cost was taken at the input prices of the outcome; the economy has its own.
  auto const cost_inputs = std::exp(from.inputs);
  CoupledYear year;
  year.outcome = outcome;
  year.prices = from;
  double gap = 0;
  for (year.rounds = 1; year.rounds <= most_rounds; ++year.rounds) {
    auto const wedges = policy_of(each, targets, policy, year.prices, cost_inputs, theta);
    auto const found =
        equilibrium::solve(base, wedges, {}, {},
                           year.prices.state.outer.empty() ? nullptr : &year.prices.state, control);
    if (!found) return fail(found.error());
    auto next = prices_of(each, base, wedges, *found);
    gap = distance(next, year.prices);
    year.prices = std::move(next);
    if (gap > price_tolerance) continue;
    auto const effects = equilibrium::outcomes(base, wedges, *found);
    for (auto const& region : effects) {
      year.welfare_abroad.push_back(1 + region.welfare_exact / 100);
    }
    year.welfare = year.welfare_abroad[each.home];
    year.home_spending = found->numbers.share[base.grid.pair(each.line, each.home, each.home)];
    year.share_abroad =
        equilibrium::undercuts(base, *found)[base.grid.good(each.line, each.home)].share_after;
    return year;
  }
  return fail(no_agreement("prices", gap));
}

Result<CoupledYear> coupled_year(CoupledCase const& each, MakerState const& state,
                                 PolicyState const& policy, LinePrices const& from,
                                 RunControl const& control) {
  auto prices = from;
  double gap = 0;
  for (std::size_t round = 1; round <= most_rounds; ++round) {
    auto const outcome = step_at(each, state, policy, prices);
    auto year = priced(each, outcome, policy, prices, 1, control);
    if (!year) return fail(year.error());
    gap = distance(year->prices, prices);
    prices = year->prices;
    if (gap > year_tolerance) continue;
    year->rounds = round;
    return year;
  }
  return fail(no_agreement("shares and prices", gap));
}

}  // namespace linchpin::localize
