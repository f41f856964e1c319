// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "linchpin/core/random.h"
#include "reference/equilibrium_plain.h"

/// Random worlds, changes and models for the trade equilibrium, with the hard cases mixed in.
namespace linchpin::reference::trade {

/// How much of the extreme the makers mix in: mild has none of it (every case has a solution that
/// any solver must find), hard has zeros, bans, tariffs of 1,000 %, productivity x100, tiny
/// regions, θ of 0.3 and 64.85, deficits up to 40 % of income; some hard cases have no equilibrium.
enum class Hardness { mild, hard };

/// Consistent (see inconsistency()) and connected: each region sells to the next in a ring.
[[nodiscard]] World random_world(Rng& rng, std::size_t regions, std::size_t sectors,
                                 Hardness hardness);

/// One to three kinds of change at a time. Mild: no quotas, at most a tenth up or down.
[[nodiscard]] Policy random_policy(Rng& rng, World const& world, Hardness hardness);

/// Nests from Leontief to substitutes, any of the three kinds of factors, wage floors, and a rule
/// for deficits. Mild: the mobile factor, no floors, elasticities between 0.5 and 2.
[[nodiscard]] Model random_model(Rng& rng, World const& world, Hardness hardness);

/// The world with regions and sectors renumbered: new region n is old regions[n].
[[nodiscard]] World relabelled(World const& world, std::vector<std::size_t> const& regions,
                               std::vector<std::size_t> const& sectors);
[[nodiscard]] Policy relabelled(Policy const& policy, std::vector<std::size_t> const& regions,
                                std::vector<std::size_t> const& sectors);
[[nodiscard]] Model relabelled(Model const& model, std::vector<std::size_t> const& regions,
                               std::vector<std::size_t> const& sectors);

}  // namespace linchpin::reference::trade
