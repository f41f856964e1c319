// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin {

struct MineralProducer {
  std::string country;    ///< as the source names it
  std::string iso3;       ///< ISO 3166-1 alpha-3
  double production = 0;  ///< [MineralProduction::unit], > 0
};

/// World production of one kind of one mineral in one year.
struct MineralProduction {
  std::string commodity;  ///< "Gallium"
  std::string kind;       ///< "Primary production"
  int year = 0;
  std::string unit;  ///< "metric tons"
  double world = 0;  ///< [unit] at least the sum of all below
  std::vector<MineralProducer> producers;
  double others = 0;                ///< [unit] of countries that the source does not name
  std::vector<std::string> hidden;  ///< countries whose figures are withheld or unknown
  bool estimated = false;           ///< at least one of the figures
  std::string source;
};

/// Reads `data/minerals/production.csv`: commodity, kind, country, iso3, year, production, unit,
/// world, share, status, source; one line per producer. Lines of one production stand together.
/// \error file_not_found, unreadable_file
/// \error bad_format  columns missing, ragged lines, text in a number
/// \error bad_value   a figure that is not above zero, a producer's above the world's, an unknown
///                    status
/// \error duplicate_label  the same producer twice
[[nodiscard]] Result<std::vector<MineralProduction>> read_mineral_production(
    std::filesystem::path const& path);
/// The same from the text of such a file; `name` is for messages.
[[nodiscard]] Result<std::vector<MineralProduction>> parse_mineral_production(
    std::string_view text, std::string const& name);

/// Which sectors process a mineral.
struct MineralUse {
  std::string commodity;
  std::vector<std::string> sectors;  ///< labels of sectors; those that a world has count
  std::string reason;                ///< one line
  std::string status;                ///< "assumption"
};

/// Reads `data/minerals/uses.csv`: commodity, isic3, isic4, reason, status. Several labels of one
/// column are separated by blanks.
/// \error as above; missing_value  no label or no reason
[[nodiscard]] Result<std::vector<MineralUse>> read_mineral_uses(std::filesystem::path const& path);

}  // namespace linchpin
