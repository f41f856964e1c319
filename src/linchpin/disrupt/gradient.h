// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/disrupt/model.h"
#include "linchpin/economy/economy.h"

namespace linchpin::disrupt {

/// Which loss is differentiated: per cent of baseline over the days simulated.
enum class LossKind { output, value_added, final_use };

struct LossTarget {
  LossKind kind = LossKind::final_use;
  /// Regions whose loss is added up; empty: the world.
  std::vector<RegionId> regions = {};
};

/// Derivatives of one loss along one path [percentage points of the loss].
struct Gradient {
  double loss = 0;  ///< per cent
  /// n x n, seller x buyer: per unit of the share of today's deliveries that is cut for the whole
  /// horizon (0.01 of it is the first-order loss of cutting 1 %).
  DenseMatrix links;
  DenseVector capacity;   ///< n: per unit of the share of capacity lost for the whole horizon
  DenseMatrix inventory;  ///< products x industries: per day of stock more at the start
  /// Of all branches taken by min() and max() along the path: two paths with the same number went
  /// through the same formulas.
  std::uint64_t branches = 0;
};

/// Derivative of `target` with respect to every link, every capacity and every stock at the start,
/// by one sweep forward and one backward (discrete adjoint) instead of one run per link.
///
/// A min() passes its derivative to the argument that was smaller, and of equal ones to demand
/// before capacity and to both before stocks; so the result is exact where no branch switches, and
/// one-sided where two arguments meet. Links of final users are not varied. Memory: 8 n² bytes, and
/// about 4 √days copies of products x industries.
///
/// Source of the method: Griewank & Walther (2008), Evaluating Derivatives, chapters 3 and 12.
///
/// \error bad_value   as simulate(); an option whose adjoint is not there: other than production
///                    ario or leontief, proportional rationing, no delays, overnight switching, no
///                    labour, households, capital losses, reserves and exponents of weights
/// \error not_finite, cancelled  as simulate()
[[nodiscard]] Result<Gradient> loss_gradient(Economy const& economy, Scenario const& scenario,
                                             ModelOptions const& options, LossTarget const& target,
                                             RunControl const& control = {});

}  // namespace linchpin::disrupt
