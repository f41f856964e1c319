// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/coupled_year.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "linchpin/core/contracts.h"
#include "linchpin/localize/coupled_economy.h"
#include "linchpin/localize/number_check.h"

namespace linchpin::localize {
namespace {

constexpr std::size_t most_rounds = 60;
constexpr double smallest = 1e-12;  ///< experience of makers who never made anything

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

/// The factor on minimum qualities at which `quality` is good enough for a tenth more users than
/// the `share` that buys it (halfway to all, where that is less); 1 if it is anyway.
double threshold_scale(Thresholds const& thresholds, double quality, double share) {
  auto const wanted = std::min(1.1 * share, (1 + share) / 2);
  auto const served = [&](double factor) { return thresholds.addressable(quality / factor); };
  if (served(1) >= wanted) return 1;
  double low = 1e-6, high = 1;
  for (int step = 0; step < 60; ++step) {
    auto const middle = (low + high) / 2;
    (served(middle) >= wanted ? low : high) = middle;
  }
  return low;
}

/// Share of investors who order in the first year, at first prices and without any subsidy; 1 where
/// none does.
double first_share(Maker const& maker) {
  auto const capital = maker.cost.first_cost * maker.capital_share;
  UnitCost cost;
  cost.capital = capital;
  cost.materials = maker.cost.first_cost - capital;
  auto const plants = plants_at(maker, cost, maker.first_rate.value_or(maker.discount_rate), 0);
  auto const share =
      order_share(plants.value, plants.terms.capital_cost, plants.terms.hurdle_spread);
  constexpr double fewest = 0.01;  // beyond it, capacity wanted for a handful would be for all
  return share > 0 ? std::max(share, fewest) : 1;
}

Surroundings around_of(CoupledCase const& each, PolicyState const& policy,
                       LinePrices const& prices) {
  Surroundings around;
  around.foreign_price = std::exp(prices.foreign);
  around.demand = prices.size;
  around.foreign_made = each.foreign_made * prices.size;
  around.input_prices = std::exp(prices.inputs);
  around.home_appeal = each.home_appeal;
  around.policy = policy;
  around.exports = each.start_exports * prices.size * prices.exports;
  return around;
}

/// The price of the home offer as the economy has it; what buyers pay of it stays in proportion.
void take_prices(CoupledCase const& each, LinePrices const& prices, Terms& terms) {
  auto const paid = terms.offers[0].price / terms.home_price;
  terms.home_price = each.maker.cost.first_cost * (1 + each.maker.markup) * std::exp(prices.home);
  terms.offers[0].price = terms.home_price * paid;
}

double cost_abroad(ForeignMakers const& abroad, double experience) {
  auto const b = learning_exponent(abroad.learning_rate);
  return abroad.floor + (1 - abroad.floor) * std::pow(std::max(experience, 1.0), -b);
}

/// By what share makers abroad are below their price, for the users they have lost so far.
double cut_abroad(CoupledCase const& each, MakerState const& state) {
  auto const lost = (state.home_share - each.start.home_share) / (1 - each.start.home_share);
  return each.abroad.answer * each.abroad.markup / (1 + each.abroad.markup) * std::max(lost, 0.0);
}

/// Experience abroad after a year, over that of the first.
double next_abroad(CoupledCase const& each, MakerState const& state, Outcome const& outcome,
                   double size, PolicyState const& policy) {
  auto const& abroad = each.abroad;
  auto const first = each.foreign_made + abroad.spillover * each.start_made;
  if (abroad.learning_rate <= 0 || first <= 0) return state.experience_abroad;
  // World sales grow alike with and without a programme; what home makers gain others lose.
  auto const made = std::max((each.foreign_made + each.start_made) * size - outcome.made, 0.0);
  auto const taught = abroad.spillover * policy.tool_access * outcome.made;
  return state.experience_abroad + (made + taught) / (first * abroad.years_of_experience);
}

Error no_agreement(char const* what, double gap) {
  return {ErrorCode::not_converged,
          fmt::format("{} still move by {:.2e} after {} rounds", what, gap, most_rounds),
          "coupled year", "look for a policy that leaves a market without supply"};
}

}  // namespace

Result<void> check(ForeignMakers const& abroad, std::string const& where) {
  NumberCheck numbers(where);
  numbers.between("learning rate", abroad.learning_rate, 0, 0.999);
  numbers.share("floor", abroad.floor);
  numbers.above("years of experience", abroad.years_of_experience, 0);
  numbers.share("spillover", abroad.spillover);
  numbers.between("markup", abroad.markup, 0, 1000);
  numbers.share("answer", abroad.answer);
  return numbers.result();
}

Result<CoupledCase> calibrated(CoupledCase each, double relative_quality,
                               double years_of_experience) {
  auto const share = base_share(each);
  if (!(share > 0 && share < 1)) {
    return fail(Error{ErrorCode::bad_value,
                      fmt::format("home makers have the share {:.3g} of their market", share),
                      "share of the home region", "a share between 0 and 1, both left out"});
  }
  auto const& base = each.base;
  auto& thresholds = each.maker.choice.thresholds;
  each.thresholds_scaled = threshold_scale(thresholds, relative_quality, share);
  thresholds.lowest *= each.thresholds_scaled;
  thresholds.highest *= each.thresholds_scaled;
  auto const units = base.expenditure[base.grid.good(each.line, each.home)];
  auto const exports = base_exports(each);
  each.start_exports = exports;
  auto const made = share + exports;
  each.start_made = made;
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
  state.capacity = {.installed = installed, .pipeline = {}};
  // Orders that make up for wear and growth year by year are on their way, so that nothing but
  // demand moves by itself. Investors aim at what is wanted, not at what will have worn out before
  // it is there: the utilisation they aim at has to leave room for that. What they count on to earn
  // stays: plants in a steady state are used as the terms say. Those whose hurdles are too high
  // order nothing of what is wanted: more is, by as much.
  auto const growth = each.demand_growth;
  each.maker.expected_growth = growth;
  auto const years_ahead = std::max(std::ceil(terms.lead_time), 1.0);
  auto const first_order = installed * std::max(terms.scrapping + growth, 0.0) /
                           std::pow(1 - terms.scrapping, years_ahead - terms.lead_time);
  auto const order_due_in = [&](double years) {
    return first_order * std::pow(1 + growth, std::ceil(years) - 1);
  };
  auto counted_on = installed + order_due_in(years_ahead) / first_share(each.maker);
  for (auto left = terms.lead_time - 1; left > 1e-9; --left) {
    state.capacity.pipeline.push_back({order_due_in(left), left});
    counted_on += order_due_in(left);
  }
  each.maker.aimed_utilisation =
      std::min(terms.utilisation * installed * std::pow(1 + growth, years_ahead) / counted_on, 1.0);
  // Makers who replace what wears out have had the money for it.
  auto const sales = each.maker.cost.first_cost * (1 + each.maker.markup) * made;
  auto const spent = first_order * terms.capital_cost * (1 - each.maker.loan_share);
  constexpr double rounded_up = 1 + 1e-9;
  each.maker.funds_per_sales = std::max(each.maker.funds_per_sales, rounded_up * spent / sales);
  each.maker.cost.first_experience = 1;  // of any size: terms are relative to it
  Production const yearly{made / each.maker.makers, made, made + each.foreign_made};
  auto const gained = experience_of(yearly, each.maker.spillovers);
  state.experience = std::max(gained * years_of_experience, smallest);
  each.maker.cost.first_experience = state.experience;
  if (auto const fine = check(each.abroad, "makers abroad"); !fine) return fail(fine.error());
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
  terms.foreign_cost = cost_abroad(each.abroad, state.experience_abroad);
  terms.foreign_cut = cut_abroad(each, state);
  terms.offers[1].price *= 1 - terms.foreign_cut;
  auto wanted = adopt(terms.choice, terms.offers);
  auto outcome = advance(each.maker, state, around, std::move(terms), std::move(wanted));
  auto& quality = outcome.next.quality;
  // Who passes the frontier is the frontier: there is nobody ahead to be better than.
  quality = {std::min(quality.relative(), std::max(state.quality.relative(), 1.0)), 1};
  outcome.next.experience_abroad = next_abroad(each, state, outcome, prices.size, policy);
  return outcome;
}

Result<CoupledYear> priced(CoupledEconomy& economy, Outcome const& outcome,
                           PolicyState const& policy, LinePrices const& from, double horizon,
                           RunControl const& control, LinePrices const* start) {
  LINCHPIN_EXPECTS(horizon > 0);
  // Unit cost was taken at the input prices of the outcome; the economy has its own.
  Asked const asked{outcome, policy, std::exp(from.inputs), horizon};
  auto prices = start != nullptr ? *start : from;
  prices.size = from.size;
  PriceSearch search;
  for (std::size_t round = 1; round <= most_rounds; ++round) {
    auto found = economy.answer(asked, prices, search.tolerance(), control);
    if (!found) return fail(found.error());
    if (search.done(prices, found->prices)) {
      auto year = economy.read(outcome, *std::move(found));
      year.rounds = round;
      return year;
    }
    search.next(prices, *std::move(found));
  }
  return fail(no_agreement("prices", search.gap()));
}

Result<CoupledYear> coupled_year(CoupledEconomy& economy, MakerState const& state,
                                 PolicyState const& policy, LinePrices const& from,
                                 RunControl const& control, double horizon, double tolerance) {
  LINCHPIN_EXPECTS(horizon > 0 && tolerance > 0);
  auto prices = from;
  PriceSearch search{tolerance};
  for (std::size_t round = 1; round <= most_rounds; ++round) {
    auto const outcome = step_at(economy.technology(), state, policy, prices);
    auto found = economy.answer({outcome, policy, std::exp(prices.inputs), horizon}, prices,
                                search.tolerance(), control);
    if (!found) return fail(found.error());
    if (search.done(prices, found->prices)) {
      auto year = economy.read(outcome, *std::move(found));
      year.rounds = round;
      return year;
    }
    search.next(prices, *std::move(found));
  }
  return fail(no_agreement("shares and prices", search.gap()));
}

Result<CoupledYear> priced(CoupledCase const& each, Outcome const& outcome,
                           PolicyState const& policy, LinePrices const& from, double horizon,
                           RunControl const& control) {
  CoupledEconomy economy{each};
  return priced(economy, outcome, policy, from, horizon, control);
}

Result<CoupledYear> coupled_year(CoupledCase const& each, MakerState const& state,
                                 PolicyState const& policy, LinePrices const& from,
                                 RunControl const& control) {
  CoupledEconomy economy{each};
  return coupled_year(economy, state, policy, from, control);
}

}  // namespace linchpin::localize
