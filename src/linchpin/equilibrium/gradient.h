// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/equilibrium/adjoint.h"
#include "linchpin/equilibrium/solve.h"

namespace linchpin::equilibrium {

/// Which derivatives are wanted; those by pairs cost a reading of N²J numbers each.
struct GradientRequest {
  bool trade_cost = true;
  bool tariff = false;
  bool export_tax = false;
  bool availability = false;
  bool goods = true;  ///< productivity, quality, subsidies, quotas
};

/// Derivatives of one number by everything a policy can move. Layouts of `Grid`.
struct Gradient {
  DenseVector trade_cost;           ///< by ln d, pair
  DenseVector tariff;               ///< by ln(1 + t), pair
  DenseVector export_tax;           ///< by ln(1 + e), pair
  DenseVector availability;         ///< by m, pair; one-sided where m is 0
  DenseVector productivity;         ///< by ln A, good
  DenseVector quality;              ///< by ln q, good
  DenseVector subsidy;              ///< by s, good
  std::vector<double> quota_limit;  ///< by ln of the limit
  std::size_t sweeps = 0;
};

/// Seeds of ln(Î/P̂) of a region.
[[nodiscard]] Seeds welfare_seeds(TradeBase const& base, Equilibrium const& found, std::size_t n);

/// Implicit differentiation: one search with the transposed equations, whatever the number of
/// derivatives.
///
/// \pre `found` solves `base` under `policy` and `closure`
/// \error bad_value      the policy has detours, which are not differentiated
/// \error not_converged
[[nodiscard]] Result<Gradient> gradient(TradeBase const& base, TradePolicy const& policy,
                                        Closure const& closure, Equilibrium const& found,
                                        Seeds const& seeds, GradientRequest const& request = {});

}  // namespace linchpin::equilibrium
