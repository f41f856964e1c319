// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "linchpin/depend/minerals.h"
#include "linchpin/results/result_set.h"

namespace linchpin {

/// Productions of minerals from the most concentrated on, with their concentration.
struct RankedMineral {
  MineralProduction const* production = nullptr;
  depend::MineralConcentration concentration;
};

/// By HHI, highest first; equal ones in the order given. Keeps `top`.
[[nodiscard]] std::vector<RankedMineral> ranked_minerals(
    std::span<MineralProduction const> productions, std::size_t top);

/// World production of minerals as tidy tables; names of tables and columns are a contract with
/// machines.
///
///   minerals           one row per commodity and kind of production, rank 1 first
[[nodiscard]] ResultTable minerals_table(std::span<RankedMineral const> minerals);

///   mineral_producers  one row per production and country, largest first
[[nodiscard]] ResultTable mineral_producers_table(std::span<RankedMineral const> minerals);

///   mineral_uses       one row per production and sector of `economy` that uses the commodity
[[nodiscard]] ResultTable mineral_uses_table(std::span<RankedMineral const> minerals,
                                             Economy const& economy,
                                             std::span<MineralUse const> uses);

}  // namespace linchpin
