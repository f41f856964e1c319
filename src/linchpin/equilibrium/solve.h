// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/equilibrium/closure.h"
#include "linchpin/equilibrium/policy.h"
#include "linchpin/equilibrium/trade_system.h"

namespace linchpin::equilibrium {

struct SolveOptions {
  double tolerance = 1e-10;       ///< largest excess demand for a factor, over its income
  std::size_t most_steps = 60;    ///< of the outer search, per point of the path
  std::size_t most_points = 400;  ///< of the path from the base on which a hard shock is followed
  bool follow_path = true;        ///< false: only the direct search
};

/// How a search went.
struct SolverReport {
  double residual = 0;          ///< largest excess demand for a factor, over its income
  std::size_t iterations = 0;   ///< outer steps, all points of the path
  std::size_t sweeps = 0;       ///< of prices and spending
  std::size_t path_points = 0;  ///< 0: the direct search did it
  std::vector<double> history;  ///< residuals of the outer steps, the last 40
};

/// A world in equilibrium under a policy.
struct Equilibrium {
  TradeState state;
  TradeSystem::Numbers numbers;
  SolverReport report;
  /// Multiples of base employment by region where a wage floor is given; 1: everyone works.
  std::vector<double> employment;
};

/// Solves the model. First directly; if that fails, along a path on which the policy grows from
/// nothing, each point started from the one before.
///
/// \param from  where to start: the state of a solved, similar world; null: the base
/// \error bad_value, size_mismatch, unknown_label  of policy and closure, all at once
/// \error bad_value      an essential input lost: bans leave goods without a seller and someone
///                       cannot do without them (each is named)
/// \error not_converged  with the residuals on the way
/// \error cancelled
[[nodiscard]] Result<Equilibrium> solve(TradeBase const& base, TradePolicy const& policy,
                                        Closure const& closure = {},
                                        SolveOptions const& options = {},
                                        TradeState const* from = nullptr,
                                        RunControl const& control = {});

/// The base itself in equilibrium, with deficits as `rule` says: where counterfactuals start.
/// Shares and values are those of the solution; wages and prices are 1 again.
[[nodiscard]] Result<TradeBase> consistent_base(TradeBase const& base, DeficitRule rule);

}  // namespace linchpin::equilibrium
