// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/year.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "linchpin/core/contracts.h"
#include "linchpin/localize/number_check.h"

namespace linchpin::localize {
namespace {

/// A full subsidy would make the price zero, of which no logarithm exists: a ten-thousandth stays.
constexpr double least_paid = 1e-4;
constexpr double unbounded = std::numeric_limits<double>::infinity();

std::vector<Tool> under_control(std::vector<Tool> tools, double tool_access) {
  for (auto& tool : tools) tool.access *= tool_access;
  return tools;
}

/// Share of access that the controls of the period take away and home-made tools do not replace.
double denied_share(MakerState const& state, PolicyState const& policy, double left,
                    GateRule const& rule) {
  if (state.tools.empty()) return 1 - policy.tool_access;
  auto const all = mean_access(state.tools, rule);
  return all > 0 ? std::clamp(1 - left / all, 0.0, 1.0) : 0.0;
}

/// Makers that an entry subsidy brings in this period: those who are there already stay.
double entering(MakerState const& state, PolicyState const& policy) {
  return std::max(policy.makers_added - state.entrants, 0.0);
}

double aimed_utilisation(Maker const& maker) {
  return maker.aimed_utilisation > 0 ? maker.aimed_utilisation : maker.capacity.utilisation;
}

/// Who serves demand this period; fills shares, made, imports and stocks.
void serve(Maker const& maker, MakerState const& state, Surroundings const& around,
           Outcome& outcome) {
  auto const& foreign = outcome.terms.offers[1];
  auto const& wanted = outcome.wanted;
  auto const home = maker.diffusion
                        ? next_reach(state.home_share, wanted.home, *maker.diffusion, around.years)
                        : wanted.home;
  auto const demand = around.demand;
  auto const use = use_of(
      state.capacity, home * demand + around.exports + around.policy.public_purchase, maker.yield);
  outcome.made = use.made;
  outcome.utilisation = use.utilisation;
  // Users at home and abroad are served alike, and before the government's extra purchases: those
  // exist to fill idle capacity.
  auto const wanted_by_users = home * demand + around.exports;
  auto const served = wanted_by_users > 0 ? std::min(use.made / wanted_by_users, 1.0) : 1.0;
  auto const home_sold = served * home * demand;
  outcome.home_share = demand > 0 ? home_sold / demand : 0;
  outcome.exported = served * around.exports;
  outcome.most_exports = std::max(state.capacity.installed * maker.yield - home_sold, 0.0);
  auto const foreign_most =
      foreign.access * outcome.terms.choice.thresholds.addressable(foreign.quality);
  outcome.foreign_share = std::clamp(wanted.foreign + wanted.home - outcome.home_share, 0.0,
                                     std::min(foreign_most, 1 - outcome.home_share));
  auto const short_of = std::max(1 - outcome.home_share - outcome.foreign_share, 0.0) * demand;
  outcome.from_stock = std::min(short_of, state.stock / around.years);
  outcome.unmet_share = demand > 0 ? (short_of - outcome.from_stock) / demand : 0;
  auto const put_by = around.policy.stockpile * foreign.access;
  outcome.imports = outcome.foreign_share * demand + put_by;
  outcome.next.home_share = home;
  outcome.next.stock = std::max(state.stock + (put_by - outcome.from_stock) * around.years, 0.0);
}

void learn(Maker const& maker, MakerState const& state, Surroundings const& around,
           Outcome& outcome) {
  auto const made = outcome.made * around.years;
  outcome.next.entrants = state.entrants + entering(state, around.policy);
  outcome.makers = maker.makers + outcome.next.entrants;
  Production const production{made / outcome.makers, made,
                              made + around.foreign_made * around.years};
  auto const spillovers = maker.spillovers.with_denial(1 - around.policy.tool_access);
  auto const forgotten = 1 - std::pow(1 - maker.forgetting, around.years);
  outcome.next.experience = next_experience(state.experience, production, spillovers, forgotten);
  outcome.experience_gained = experience_of(production, spillovers);
}

void improve(Maker const& maker, MakerState const& state, Surroundings const& around,
             Outcome& outcome) {
  auto parameters = maker.catch_up;
  parameters.absorption.research_share *= around.policy.research_effort;
  parameters.absorption.base_speed *= around.policy.learning_access;
  auto const strictness = outcome.terms.denied;
  outcome.catch_up_speed = catch_up_speed(parameters, strictness);
  outcome.undenied_speed = catch_up_speed(parameters, 0);
  if (maker.quality_learning > 0 && around.years > 0) {
    auto const gained = std::log(outcome.next.experience / state.experience);
    parameters.own_growth += maker.quality_learning * std::max(gained, 0.0) / around.years;
  }
  outcome.next.quality =
      next_quality(state.quality, parameters, around.years, strictness, unbounded);
  if (maker.ladder.empty()) return;
  auto const free = outcome.next.quality.level;
  auto const ceiling = outcome.terms.reach.ceiling * outcome.next.quality.frontier;
  outcome.next.quality = next_quality(state.quality, parameters, around.years, strictness, ceiling);
  outcome.gated = !outcome.terms.reach.missing.empty() && outcome.next.quality.level < free;
}

void build(Maker const& maker, MakerState const& state, Surroundings const& around,
           Outcome& outcome) {
  auto const& policy = around.policy;
  auto const price = outcome.terms.cost.total() * (1 + maker.markup);
  auto const [terms, value] =
      plants_at(maker, outcome.terms.cost, maker.discount_rate, policy.investment_subsidy);
  outcome.investment_value = value;
  auto const home_demand =
      outcome.next.home_share * around.demand + around.exports + policy.public_purchase;
  auto const years_ahead = std::max(std::ceil(maker.capacity.lead_time), 1.0);
  auto const wanted = home_demand * std::pow(1 + maker.expected_growth, years_ahead) /
                      (maker.yield * aimed_utilisation(maker));
  Finance finance;
  finance.loan_share = maker.loan_share;
  finance.own_funds = std::isinf(maker.funds_per_sales)
                          ? unbounded
                          : maker.funds_per_sales * price * outcome.made * around.years;
  auto const own = private_order(state.capacity, terms, wanted, outcome.investment_value, finance,
                                 policy.investment_subsidy);
  auto const by_state = policy.public_capacity * around.years;
  outcome.ordered = own + by_state;
  outcome.next.capacity = next_capacity(state.capacity, terms, outcome.ordered, around.years);
  auto const research =
      maker.research_share * std::max(policy.research_effort - 1, 0.0) * price * outcome.made;
  auto const kept = outcome.made - outcome.home_share * around.demand - outcome.exported;
  auto const put_by = outcome.imports - outcome.foreign_share * around.demand;
  auto const entry = maker.entry_cost * entering(state, policy) / around.years;
  outcome.resources = research + entry + terms.capital_cost * by_state / around.years +
                      price * std::max(kept, 0.0) + around.foreign_price * std::max(put_by, 0.0);
  auto const home_sales = outcome.terms.home_price * outcome.home_share * around.demand;
  outcome.outlay =
      policy.production_subsidy * price * outcome.made + policy.purchase_subsidy * home_sales +
      terms.capital_cost * policy.investment_subsidy * own / around.years + outcome.resources;
}

}  // namespace

Result<void> check(Maker const& maker, MakerState const& state, Surroundings const& around,
                   std::string const& where) {
  ErrorList errors;
  auto const collect = [&](Result<void> const& result) {
    if (!result) errors.add(result.error());
  };
  collect(check(maker.cost, where));
  collect(check(maker.catch_up, where));
  collect(check(maker.capacity, where));
  if (!maker.ladder.empty()) collect(check(maker.ladder, state.tools, maker.gate, where));
  NumberCheck numbers(where);
  numbers.share("spillovers at home", maker.spillovers.home);
  numbers.share("spillovers from abroad", maker.spillovers.abroad);
  numbers.between("forgetting", maker.forgetting, 0, 0.999);
  numbers.between("quality_learning", maker.quality_learning, 0, 10);
  numbers.between("readiness_rate", maker.readiness_rate, 0, 9);
  if (numbers.above("yield", maker.yield, 0)) numbers.share("yield", maker.yield);
  numbers.between("markup", maker.markup, 0, 100);
  numbers.between("expected_growth", maker.expected_growth, -0.5, 2);
  numbers.share("aimed_utilisation", maker.aimed_utilisation);
  numbers.share("capital_share", maker.capital_share);
  numbers.share("research_share", maker.research_share);
  numbers.between("discount_rate", maker.discount_rate, 0, 10);
  numbers.between("loan_share", maker.loan_share, 0, 0.999);
  numbers.require(maker.funds_per_sales >= 0, "funds_per_sales is negative", "use 0 or more");
  numbers.between("makers", maker.makers, 1, 1e9);
  numbers.between("entry_cost", maker.entry_cost, 0, unbounded);
  numbers.above("experience", state.experience, 0);
  numbers.above("quality", state.quality.level, 0);
  numbers.above("frontier", state.quality.frontier, 0);
  numbers.between("capacity", state.capacity.installed, 0, unbounded);
  numbers.share("home_share", state.home_share);
  numbers.between("stock", state.stock, 0, unbounded);
  numbers.between("entrants", state.entrants, 0, 1e9);
  numbers.above("experience_abroad", state.experience_abroad, 0);
  if (numbers.above("years", around.years, 0)) numbers.between("years", around.years, 0, 100);
  numbers.between("demand", around.demand, 0, unbounded);
  numbers.between("foreign_made", around.foreign_made, 0, unbounded);
  numbers.between("exports", around.exports, 0, unbounded);
  numbers.above("input_prices", around.input_prices, 0);
  if (maker.diffusion) {
    numbers.between("innovation", maker.diffusion->innovation, 0, 100);
    numbers.between("imitation", maker.diffusion->imitation, 0, 100);
  }
  collect(numbers.result());
  // A bad price abroad shows among the offers; terms_of() needs the rest to be right.
  if (errors.empty()) {
    auto const terms = terms_of(maker, state, around);
    collect(check(terms.choice, terms.offers, where));
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

Terms terms_of(Maker const& maker, MakerState const& state, Surroundings const& around) {
  Terms terms;
  auto const& policy = around.policy;
  auto const tools = under_control(state.tools, policy.tool_access);
  terms.reach = reach(maker.ladder, tools, maker.gate);
  terms.tools = mean_access(tools, maker.gate);
  terms.denied = denied_share(state, policy, terms.tools, maker.gate);
  auto const cost = unit_cost(maker.cost, state.experience, terms.tools) * around.input_prices;
  terms.cost.capital = cost * maker.capital_share;
  terms.cost.materials = cost - terms.cost.capital;
  terms.home_price =
      cost * (1 + maker.markup) * std::max(1 - policy.production_subsidy, least_paid);
  terms.choice = maker.choice;
  terms.choice.mandate = 1 - (1 - maker.choice.mandate) * (1 - policy.mandate);
  terms.choice.discouragement += policy.discouragement;
  Offer home;
  home.price = terms.home_price * std::max(1 - policy.purchase_subsidy, least_paid);
  home.quality = state.quality.level;
  home.appeal = around.home_appeal;
  Offer foreign;
  foreign.price = around.foreign_price * (1 + policy.tariff);
  foreign.quality = around.foreign_quality;
  foreign.foreign = true;
  foreign.access = policy.product_access;
  terms.offers = {home, foreign};
  return terms;
}

Plants plants_at(Maker const& maker, UnitCost const& cost, double rate, double subsidy) {
  Plants plants{maker.capacity, 0};
  // Plants learn as the rest does: otherwise cheaper goods alone would stop investment.
  plants.terms.capital_cost *= cost.total() / maker.cost.first_cost;
  auto const operating = cost.materials + cost.labour;
  auto const margin = (cost.total() * (1 + maker.markup) - operating) * maker.yield;
  plants.value = investment_value(plants.terms, margin, rate, subsidy);
  return plants;
}

Outcome advance(Maker const& maker, MakerState const& state, Surroundings const& around,
                Terms terms, Adoption wanted) {
  LINCHPIN_EXPECTS(terms.offers.size() == 2 && wanted.shares.size() == 2);
  Outcome outcome;
  outcome.terms = std::move(terms);
  outcome.wanted = std::move(wanted);
  outcome.next = state;
  serve(maker, state, around, outcome);
  learn(maker, state, around, outcome);
  improve(maker, state, around, outcome);
  build(maker, state, around, outcome);
  for (auto& tool : outcome.next.tools) {
    auto const rate = maker.readiness_rate + tool.rate * around.policy.research_effort;
    tool.readiness = next_readiness(tool.readiness, rate, around.years);
  }
  return outcome;
}

Outcome one_period(Maker const& maker, MakerState const& state, Surroundings const& around) {
  auto terms = terms_of(maker, state, around);
  auto wanted = adopt(terms.choice, terms.offers);
  return advance(maker, state, around, std::move(terms), std::move(wanted));
}

}  // namespace linchpin::localize
