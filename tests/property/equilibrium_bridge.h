// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/equilibrium/closure.h"
#include "linchpin/equilibrium/policy.h"
#include "linchpin/equilibrium/trade_base.h"
#include "reference/equilibrium_plain.h"

/// Worlds, policies and models of the plain version as those of the kernel.
namespace linchpin::equilibrium_tests {

namespace plain = reference::trade;

[[nodiscard]] equilibrium::TradeBase base_of(plain::World const& world);
/// \pre one elasticity for all sectors, one quality per exporter (what the kernel has)
[[nodiscard]] equilibrium::TradePolicy policy_of(plain::World const& world,
                                                 plain::Policy const& policy,
                                                 plain::Model const& model);
[[nodiscard]] equilibrium::Closure closure_of(plain::World const& world, plain::Model const& model);
/// Makes a random case one the kernel can state: σ of the first sector for all, quality by
/// exporter.
void simplify(plain::World const& world, plain::Policy& policy, plain::Model& model);

}  // namespace linchpin::equilibrium_tests
