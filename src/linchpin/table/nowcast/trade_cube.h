// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "linchpin/core/contracts.h"
#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// Who sold how much of what to whom in one year, sales at home included. Not a full table: what
/// industries and final users of the importer bought is one number.
struct TradeCube {
  std::string title;
  std::string source;
  std::string licence;
  int year = 0;
  MonetaryUnit unit;
  std::vector<std::string> regions;  ///< exporters and importers alike
  std::vector<std::string> sectors;  ///< of the exporter: what is sold
  DenseVector values;                ///< [exporter][importer][sector], unit per year, >= 0
  DenseVector tariffs;  ///< the same order, as the file has them; empty unless asked for

  [[nodiscard]] std::size_t cell(std::size_t exporter, std::size_t importer,
                                 std::size_t sector) const noexcept {
    LINCHPIN_EXPECTS(exporter < regions.size() && importer < regions.size());
    LINCHPIN_EXPECTS(sector < sectors.size());
    return (exporter * regions.size() + importer) * sectors.size() + sector;
  }
  [[nodiscard]] double value(std::size_t exporter, std::size_t importer,
                             std::size_t sector) const noexcept {
    return values[cell(exporter, importer, sector)];
  }
  /// Sales of `region` to all importers, itself included: its gross output of that sector.
  [[nodiscard]] double output(std::size_t region, std::size_t sector) const noexcept;
  /// Purchases of `region` from all exporters, itself included.
  [[nodiscard]] double absorption(std::size_t region, std::size_t sector) const noexcept;
};

struct CubeReadOptions {
  /// The tariff column is left aside unless asked for: its terms of use are unclear, and nothing
  /// that ships may contain it.
  bool tariffs = false;
  std::uint64_t memory_limit = std::uint64_t{8} << 30;  ///< [bytes]
};

/// Reads a trade cube: a CSV, plain or compressed, with the columns `exporter`, `importer`,
/// `sector`, `value_musd` (USD million) and optionally `tariff`, in any order. Cells the file does
/// not name are zero. The year is that in the file name (`ICIO2022…`), 0 if there is none. Up to 20
/// problems are reported at once. See docs/formats/trade-cube.md.
///
/// \error file_not_found, unreadable_file
/// \error bad_format       columns missing, ragged lines, text in a number
/// \error bad_value        a negative value or one that is not finite
/// \error duplicate_label  the same cell twice
/// \error missing_value    tariffs asked for and not there
/// \error too_large, cancelled
[[nodiscard]] Result<TradeCube> read_trade_cube(std::filesystem::path const& path,
                                                CubeReadOptions const& options = {},
                                                RunControl const& control = {});

/// What a cube would show of a full table: intermediate and final use added up. A cell that is
/// negative (stocks run down) becomes zero and is added to `clipped`.
/// Precondition: the arrays of `table` fit its labels.
[[nodiscard]] TradeCube cube_of(Table const& table, double& clipped);

/// Where an importer's purchases of one product come from.
struct Sourcing {
  int year = 0;
  DenseVector shares;  ///< one per region of the cube; sums to 1
  /// Share of purchases that would have to change origin to get here from the cube before it:
  /// half the sum of absolute differences of shares; 0 for the first.
  double moved = 0;
};

/// Origins of `importer`'s purchases of `sector` in each of `cubes`, in the order given.
/// \error unknown_label   region or sector that a cube does not have
/// \error size_mismatch   cubes whose regions differ
/// \error missing_value   nothing is bought
[[nodiscard]] Result<std::vector<Sourcing>> sourcing_over_time(std::vector<TradeCube> const& cubes,
                                                               std::string const& importer,
                                                               std::string const& sector);

}  // namespace linchpin
