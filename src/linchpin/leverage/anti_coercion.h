// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin::leverage {

/// A sector as its buyers source it when nobody plans: CES between suppliers.
struct SourcingSector {
  std::string name;
  double weight = 0;           ///< β, share in total spending, > 0
  double sigma = 0;            ///< elasticity between suppliers, > 1
  std::vector<double> shares;  ///< private spending shares ω* of the suppliers, sum to 1
};

/// Suppliers that would withhold together, each in at most one rival.
struct Rival {
  std::string name;
  std::vector<std::size_t> suppliers;
  double weight = 1;  ///< of its power in the planner's objective, ≥ 0
};

/// What a planner makes of one sector.
struct SectorPlan {
  std::vector<double> shares;  ///< of spending at the suppliers' prices
  double efficiency_loss = 0;  ///< ln of the cost of a unit of the sector over its private cost
  std::vector<double> power;   ///< [rival] −ln(1 − ω)/(σ − 1) in this sector, not weighted by β
  std::vector<double> wedge;   ///< [rival] shadow tax t = q/(σ − 1)/(1 − ω), q the price of power
  std::vector<double> tariff;  ///< [rival] ad valorem, revenue handed back, that makes buyers do it
  std::vector<bool> captive;  ///< [rival] sells all there is: no plan helps, its power is no number
  double residual = 0;        ///< of the optimality conditions
  std::size_t steps = 0;
};

/// Sourcing that minimises the cost of a sector plus the power it gives away,
///
///   min_ω  −σ/(σ − 1) ln Σ_i ω*_i^{1/σ} ω_i^{1−1/σ} + q Σ_m weight_m [−ln(1 − ω_m)]/(σ − 1),  Σ ω
///   = 1
///
/// a convex programme, solved by Newton's method with the sum kept, to 1e-12 in the conditions
///
///   (ω*_i/ω_i)^{1/σ}/S = ν + t_m for the varieties of rival m, ν for all others
///
/// so that buyers who face c_i (1 + τ_m) with τ = t/ν choose it. For one rival ν = 1 − t ω. With
/// the sector's own spending as the unit q = μ β and t = μ β/(σ − 1)/(1 − ω); in the frontier below
/// the unit is total spending and q = μ. q = 0 gives the private shares back.
/// The residual is relative to the largest number in the conditions; nothing above 1e-12 is
/// returned.
/// \error bad_value      numbers outside their ranges, a supplier in two rivals
/// \error not_converged  1e-12 is not reached in 500 steps
///
/// Source: derived; the idea is that of anti-coercion policy in Clayton, Maggiori & Schreger
/// (2024), "A theory of economic coercion and fragmentation", NBER working paper 33309.
[[nodiscard]] Result<SectorPlan> planned_sourcing(SourcingSector const& sector,
                                                  std::span<Rival const> rivals,
                                                  double price_of_power);

/// How far `shares` are from those conditions, computed anew from the shares of the suppliers and
/// not from what the solver held: a certificate. Relative like `SectorPlan::residual`; includes
/// what the sum of shares is off. Preconditions: as many shares as suppliers, above 0 where the
/// private ones are; no captive rival.
[[nodiscard]] double optimality_residual(SourcingSector const& sector,
                                         std::span<Rival const> rivals, double price_of_power,
                                         std::span<double const> shares);

/// One way to trade efficiency against exposure.
struct FrontierPoint {
  double mu = 0;               ///< price of a unit of exposure in log points of the cost of living
  double efficiency_loss = 0;  ///< Σ_J β_J × the sector's
  double exposure = 0;         ///< Σ_J β_J Σ_m weight_m × power; captive sectors left out
  std::size_t captive = 0;     ///< sectors some rival holds alone
  double residual = 0;         ///< largest of the sectors
  std::vector<SectorPlan> plans;
};

/// The efficient frontier: for each μ ≥ 0 the plan that minimises efficiency loss + μ × exposure.
/// \error as `planned_sourcing`
[[nodiscard]] Result<std::vector<FrontierPoint>> efficient_frontier(
    std::span<SourcingSector const> sectors, std::span<Rival const> rivals,
    std::span<double const> mus);

/// The cheapest plan with an exposure of at most `limit`: the point of the frontier where it binds,
/// found by bisection on μ; μ = 0 where it does not bind.
/// \error bad_value  a limit that is not above 0, or not reached at μ = 1e9
[[nodiscard]] Result<FrontierPoint> sourcing_within(std::span<SourcingSector const> sectors,
                                                    std::span<Rival const> rivals, double limit);

}  // namespace linchpin::leverage
