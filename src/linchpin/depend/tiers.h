// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/depend/leontief_system.h"
#include "linchpin/depend/reliance.h"

namespace linchpin::depend {

/// What a buyer needs by tier of supply, per unit of its gross output.
///
/// With w the buyer's weights (one, or its industries by output), tier k delivers A^k w: tier 1 is
/// what the buyer purchases itself (its face value), tier 2 what tier 1 purchases for that, and so
/// on. All tiers together are the look-through reliance (L - I) w.
struct TierFlows {
  /// flows[k](s, r): deliveries of region s as tier k + 1 to region r, which is of tier k; at k = 0
  /// only the buyer's region r has any. regions x regions each.
  std::vector<DenseMatrix> flows;
  double beyond = 0;  ///< all further tiers together
};

/// \param tiers  at least 1
/// \error missing_value  the buyer has no output
[[nodiscard]] Result<TierFlows> tier_flows(LeontiefSystem const& system, Buyer const& buyer,
                                           std::size_t tiers);

}  // namespace linchpin::depend
