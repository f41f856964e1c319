// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/localize/adoption.h"
#include "linchpin/localize/capacity.h"
#include "linchpin/localize/diffusion_curves.h"
#include "linchpin/localize/gates.h"
#include "linchpin/localize/learning.h"
#include "linchpin/localize/policy.h"
#include "linchpin/localize/quality.h"

namespace linchpin::localize {

/// One technology in one country: what does not change from period to period.
struct Maker {
  LearningCurve cost;
  Spillovers spillovers;
  double forgetting = 0;  ///< share of experience lost per year
  CatchUp catch_up;
  /// λ: what a rise of the logarithm of experience adds to the logarithm of quality. The channel
  /// through which captured demand raises quality.
  double quality_learning = 0;
  /// Levels are shares of the frontier of the moment: who lacks the tools of a step stays so far
  /// behind. Empty: nothing gates quality.
  std::vector<Step> ladder;
  GateRule gate;
  double readiness_rate = 0;  ///< of all tools made at home, beside their own [levels per year]
  CapacityTerms capacity;     ///< its capital cost falls with unit cost
  /// Orders aim at capacity at which what is wanted takes up this share; 0: what investors count on
  /// to earn (capacity.utilisation).
  double aimed_utilisation = 0;
  double yield = 1;            ///< share of what is made that is good, (0, 1]
  double markup = 0;           ///< of price over cost
  double expected_growth = 0;  ///< of demand, what investors count on [per year]
  double capital_share = 0;    ///< of unit cost that pays for capacity, [0, 1]
  double discount_rate = 0.08;
  /// At which those discounted who ordered what the first year saw; empty: discount_rate.
  std::optional<double> first_rate;
  double loan_share = 0;
  /// What makers spend on research at the norm, share of their sales; more of it takes that much
  /// more.
  double research_share = 0.1;
  /// Funds for capacity per money of sales and year; infinity: money does not bind.
  double funds_per_sales = std::numeric_limits<double>::infinity();
  double makers = 1;  ///< equal makers at home, >= 1
  /// What it takes to set up one more, used up and paid by the government that asks it in [money].
  double entry_cost = 0;
  Choice choice;
  std::optional<Diffusion> diffusion;  ///< empty: users switch at once
};

/// Where it stands. Plain data: a driver may keep, copy and compare it.
struct MakerState {
  double experience = 1;
  Quality quality;
  Capacity capacity;
  std::vector<Tool> tools;       ///< access before the controls of the period
  double home_share = 0;         ///< of users, reached so far
  double stock = 0;              ///< foreign goods put by [units]
  double entrants = 0;           ///< makers that entry subsidies have brought; they stay
  double experience_abroad = 1;  ///< of foreign makers, over that of the first year
};

/// What the world around it is in one period.
struct Surroundings {
  double years = 1;            ///< length of the period
  double demand = 1;           ///< [units per year]
  double foreign_price = 1;    ///< before tariffs [money per unit]
  double foreign_quality = 1;  ///< usually the frontier's
  double foreign_made = 0;     ///< made abroad, what is sold here included [units per year]
  double input_prices = 1;  ///< multiplies unit cost (wages and inputs, relative to the first year)
  double home_appeal = 0;   ///< of the home offer (calibrated_appeal)
  double exports = 0;       ///< wanted abroad of home makers [units per year]
  PolicyState policy;
};

/// What the two sides offer, before anybody has chosen: cost, quality and access as shifters.
struct Terms {
  UnitCost cost;  ///< at home, per unit; capital is its share, the rest stands under materials
  double home_price = 0;      ///< what makers ask, after the production subsidy
  Reach reach;                ///< what the gates allow
  double tools = 1;           ///< mean access to tools, those ready at home counted as there
  double denied = 0;          ///< share of it that controls take away
  double foreign_cost = 1;    ///< of foreign makers over their first, where they learn
  double foreign_cut = 0;     ///< share of their price that they give up at home, in the offer
  Choice choice;              ///< the maker's, with the period's mandate and discouragement
  std::vector<Offer> offers;  ///< [0] home, [1] foreign
};

/// What happened in the period. Units are per year.
struct Outcome {
  Terms terms;
  Adoption wanted;           ///< shares users would have in the end
  double home_share = 0;     ///< of demand served by home production
  double foreign_share = 0;  ///< of demand served from abroad
  double unmet_share = 0;    ///< the rest, after stocks
  double made = 0;           ///< good units at home, exports and public purchases included
  double exported = 0;       ///< what capacity leaves of what is wanted abroad
  double most_exports = 0;   ///< what home users leave of capacity
  double imports = 0;        ///< purchases for stock included
  double from_stock = 0;
  double utilisation = 0;
  double ordered = 0;  ///< capacity, private and public
  double makers = 1;   ///< at home, those who enter in the period included
  bool gated = false;  ///< missing tools hold quality below what it would be
  double investment_value = 0;
  /// Memo: what the treasury pays per year. Transfers in it are no welfare cost.
  double outlay = 0;
  /// What the state takes from other uses per year: research beyond the norm, public capacity,
  /// public purchases, stocks, the entry of makers. Unlike transfers it is a cost.
  double resources = 0;
  /// The two channels of denial: φ now against φ with nobody denying, and experience gained.
  double catch_up_speed = 0;
  double undenied_speed = 0;
  double experience_gained = 0;
  MakerState next;
};

/// \error bad_value, unknown_label, duplicate_label, missing_value  all problems of all parts
[[nodiscard]] Result<void> check(Maker const& maker, MakerState const& state,
                                 Surroundings const& around, std::string const& where);

/// Capacity at some unit cost, as an investor sees it.
struct Plants {
  CapacityTerms terms;  ///< the maker's, their capital cost moved along with unit cost
  double value = 0;     ///< investment_value of it [money per unit and year]
};
/// \param subsidy  of capacity, share of its cost
[[nodiscard]] Plants plants_at(Maker const& maker, UnitCost const& cost, double rate,
                               double subsidy);

/// What is offered this period. Precondition: checked.
[[nodiscard]] Terms terms_of(Maker const& maker, MakerState const& state,
                             Surroundings const& around);

/// One period, given who would buy what (`wanted`: from adopt(), or from a model of the whole
/// economy that takes `terms` as shifters). Users switch as fast as diffusion lets them; those who
/// have not switched stay abroad as far as access goes. Home demand beyond capacity goes abroad as
/// far as access goes, then to stocks, then stays unmet. Users at home come before those abroad,
/// both before public purchases. Then experience, quality, capacity, tools and stocks move on.
/// Precondition: checked, wanted belongs to terms.
[[nodiscard]] Outcome advance(Maker const& maker, MakerState const& state,
                              Surroundings const& around, Terms terms, Adoption wanted);

/// terms_of, adopt, advance.
[[nodiscard]] Outcome one_period(Maker const& maker, MakerState const& state,
                                 Surroundings const& around);

}  // namespace linchpin::localize
