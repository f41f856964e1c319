// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"

namespace linchpin {

/// Ad valorem rates of one (importer, exporter, sector), shares of the value net of tariff.
struct TariffCell {
  std::size_t sector = 0, importer = 0, exporter = 0;  ///< positions in the labels given
  double rate = 0;                                     ///< of the base, 0 or more
  std::optional<double> new_rate;                      ///< of the change, above -1
};

/// Reads tariffs: a CSV with the columns `importer`, `exporter`, `sector` and `rate`, or
/// `rate_base` and `rate_new`, in any order. Rates are shares: 0.25 is 25 %. At most one line per
/// cell. The columns `source`, `licence`, `date`, `status` and `note` are for people. Up to 20
/// problems at once. See docs/formats/trade-calibration.md.
///
/// \error file_not_found, unreadable_file
/// \error bad_format       columns missing or unknown, ragged lines, text in a number
/// \error bad_value        a rate out of its range; a tariff of a region on its own goods
/// \error unknown_label    a region or sector that is not among `regions`, `sectors`
/// \error duplicate_label  the same cell twice
[[nodiscard]] Result<std::vector<TariffCell>> read_tariff_file(
    std::filesystem::path const& path, std::vector<std::string> const& regions,
    std::vector<std::string> const& sectors);

/// Rates of the base in the layout of TradeAccounts::tariffs; 0 where there is no cell.
[[nodiscard]] DenseVector tariffs_of(std::span<TariffCell const> cells, std::size_t regions,
                                     std::size_t sectors);

}  // namespace linchpin
