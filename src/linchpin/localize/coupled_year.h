// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/equilibrium/solve.h"
#include "linchpin/equilibrium/trade_base.h"
#include "linchpin/localize/policy.h"
#include "linchpin/localize/productivity.h"
#include "linchpin/localize/year.h"

namespace linchpin::localize {

/// Makers of the line abroad, who learn as well: cost over that of the first year is
///   floor + (1 − floor) E^−b,
/// E their experience over that of the first year. World sales less what home makers sell is made
/// abroad; a unit made in the home region teaches `spillover` of an own one as far as tools are not
/// denied.
struct ForeignMakers {
  double learning_rate = 0;         ///< [0, 1); 0: cost abroad stays
  double floor = 0;                 ///< share of first cost that no experience removes, [0, 1]
  double years_of_experience = 10;  ///< first experience in years of output, above 0
  double spillover = 0;             ///< [0, 1]
  double markup = 0;                ///< of their price over cost, >= 0
  /// Share of the markup that they would give up in the home region if they lost all of its users;
  /// less in proportion. What home makers served in the year before counts. [0, 1]
  double answer = 0;
};

/// \error bad_value  all numbers out of range
[[nodiscard]] Result<void> check(ForeignMakers const& abroad, std::string const& where);

/// A technology that is a sector of a whole economy, and its makers in one region of it.
///
/// One unit is what the region buys in the first year; one money is what it pays abroad for it.
/// Qualities are relative to the frontier, which is 1 in every year.
struct CoupledCase {
  equilibrium::TradeBase base;  ///< in equilibrium; θ of the line is η of adoption
  std::size_t line = 0;         ///< sector
  std::size_t home = 0;         ///< region
  Maker maker;  ///< its choice.price_coefficient is ignored: θ of the line stands for it
  MakerState start;
  double demand_growth = 0;  ///< of what final users want of the line, everywhere [per year]
  double home_appeal = 0;    ///< of the first year (calibrated_appeal)
  double foreign_made = 0;   ///< made abroad [units per year]
  double start_exports = 0;  ///< of home makers in the base [units per year]
  double start_made = 0;     ///< by home makers in the base [units per year]
  ForeignMakers abroad;
  /// By what minimum qualities of users were multiplied, so that those who buy at home in the first
  /// year find it good enough; 1: as given.
  double thresholds_scaled = 1;
  /// What the line does for other sectors at home. With it, sales of the line to final users are
  /// investment that leaves the index of real final use, in all regions.
  std::optional<ComputeUse> compute;
};

/// Puts what follows from the base into a case whose base, line, home and maker are filled: η,
/// output of both sides, capacity and its pipeline in a steady state (growth included), experience
/// as `years` of such output, funds at least for what the first year orders, the appeal at which
/// adoption gives the shares of the base, quality `relative`. Whoever buys at home in the first
/// year finds it good enough: where the thresholds say that quality serves hardly more users than
/// it does, they are too strict and scaled.
/// \error bad_value  of check(); shares of the base that adoption cannot give
[[nodiscard]] Result<CoupledCase> calibrated(CoupledCase from, double relative_quality,
                                             double years_of_experience);

/// Prices of the line as its buyers in the home region see them, ln over the base, in the
/// numeraire; and what the search for them can go on from.
struct LinePrices {
  double home = 0;     ///< after productivity and subsidy
  double foreign = 0;  ///< of what comes from abroad, trade cost in, tariffs of the policy left out
  double inputs = 0;   ///< unit cost of the home industry before productivity
  double exports = 1;  ///< quantity wanted abroad of home makers at that price, over the base
  /// ln of what buyers abroad pay beyond it where capacity leaves less than they want, >= 0; the
  /// makers' rent.
  double scarcity = 0;
  double size = 1;  ///< given: final users' demand for the line, over the first year
  equilibrium::TradeState state;
};

/// One year of technology and economy together.
struct CoupledYear {
  Outcome outcome;
  LinePrices prices;
  double welfare = 1;          ///< real final use of the home region over the base
  double home_spending = 0;    ///< share of what the region spends on the line that stays at home
  double share_abroad = 0;     ///< of what all other regions spend on the line
  double real_purchases = 1;   ///< of the line at home, in what it is worth to users, over the base
  double exported = 1;         ///< quantity sold abroad, over the base
  double imported_inputs = 0;  ///< share of what the home industry spends on inputs
  std::size_t rounds = 0;      ///< of prices and shares
  std::vector<double> welfare_abroad;  ///< real final use by region, over the base; home included
  std::vector<double> newcomer;  ///< share of home makers in what each region spends on the line
  DenseVector real_output;       ///< of industries over the base; layout: good
};

/// What technology does in a year at given prices: terms from experience, quality and policy; users
/// choose; capacity, diffusion and access decide what is served.
/// Precondition: a case of calibrated().
[[nodiscard]] Outcome step_at(CoupledCase const& each, MakerState const& state,
                              PolicyState const& policy, LinePrices const& prices);

class CoupledEconomy;

/// What the economy makes of an outcome: solves it with cost, quality, subsidy and tariff as
/// shifters and with wedges that make its shares those of the outcome, until prices move by less
/// than 1e-8.
///
/// \param from     prices at which the outcome was taken
/// \param horizon  multiplies every θ (HorizonProfile::share); 1: the long run
/// \param start    where to start; null: `from`
///
/// Where home serves more than price and quality alone would bring it (mandates, discouragement,
/// access) or less (habit), some users, whoever they are, have no choice: they pay what their side
/// asks and get what it is worth to them, nobody receives anything. Where capacity is short, home
/// goods are dearer at home and abroad and the makers earn the difference. What nobody serves makes
/// both sides dearer, 1 / (1 − unmet), the difference earned at home. At least `least_served` of
/// demand is served.
/// \error not_converged, and those of equilibrium::solve
[[nodiscard]] Result<CoupledYear> priced(CoupledEconomy& economy, Outcome const& outcome,
                                         PolicyState const& policy, LinePrices const& from,
                                         double horizon = 1, RunControl const& control = {},
                                         LinePrices const* start = nullptr);

/// step_at and the economy in turn until shares and prices agree: one solution per round.
/// \param from       where to start; its size is that of the market
/// \param horizon    as in priced(): users, makers and prices of that horizon
/// \param tolerance  to which prices agree
/// \error not_converged, and those of priced()
[[nodiscard]] Result<CoupledYear> coupled_year(CoupledEconomy& economy, MakerState const& state,
                                               PolicyState const& policy, LinePrices const& from,
                                               RunControl const& control = {}, double horizon = 1,
                                               double tolerance = 1e-8);

/// The same for a case that is asked once.
[[nodiscard]] Result<CoupledYear> priced(CoupledCase const& each, Outcome const& outcome,
                                         PolicyState const& policy, LinePrices const& from,
                                         double horizon = 1, RunControl const& control = {});
[[nodiscard]] Result<CoupledYear> coupled_year(CoupledCase const& each, MakerState const& state,
                                               PolicyState const& policy, LinePrices const& from,
                                               RunControl const& control = {});

/// Stocks, smuggling and what is patched up: no year without any of the product.
inline constexpr double least_served = 0.01;

}  // namespace linchpin::localize
