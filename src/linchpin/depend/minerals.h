// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/ids.h"
#include "linchpin/economy/economy.h"
#include "linchpin/table/minerals/minerals.h"

namespace linchpin::depend {

/// How concentrated world production of a mineral is over countries.
///
/// Countries that the source adds up to "others" are between many tiny ones and a single one, which
/// gives bounds: `hhi` with the first, `hhi_most` with the second. Producers whose figures are
/// withheld are in neither.
struct MineralConcentration {
  double hhi = 0;                      ///< sum of squared shares of named producers
  double hhi_most = 0;                 ///< with the others as one producer
  double effective_producers = 0;      ///< 1 / hhi; 0 if nobody is named
  std::optional<std::size_t> largest;  ///< in MineralProduction::producers
  double largest_share = 0;            ///< of world production
  double others_share = 0;
};

/// Precondition: `production` as read_mineral_production gives it.
[[nodiscard]] MineralConcentration mineral_concentration(MineralProduction const& production);

/// A sector of a world that processes a mineral. Its size is no measure of what it would lose.
struct UsingSector {
  std::size_t use = 0;  ///< in the list of uses
  SectorId sector;
  double output = 0;                            ///< of all regions [unit per year]
  double value_added = 0;                       ///< of all regions [unit per year]
  double output_share = 0;                      ///< of the output of all sectors
  std::optional<RegionId> largest_region = {};  ///< by output
  double largest_region_share = 0;              ///< of the sector's output
};

/// Sectors of `economy` that process `commodity` by one of `uses`, in the order of the uses; a
/// sector that several uses name stands there several times. None if the world has none of them.
[[nodiscard]] std::vector<UsingSector> using_sectors(Economy const& economy,
                                                     std::span<MineralUse const> uses,
                                                     std::string const& commodity);

}  // namespace linchpin::depend
