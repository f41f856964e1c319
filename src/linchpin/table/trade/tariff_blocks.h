// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/table/trade/tariff_file.h"

namespace linchpin {

/// Tariffs after a change, from either of two layouts:
///   a CSV of read_tariff_file with `rate_base` and `rate_new`;
///   plain numbers, as tariffsYYYY.txt of Caliendo & Parro (2015): one block per sector, the first
///   sectors of `sectors`, of one line per importer with one number per exporter, in per cent.
/// Of the second, `rate` of all cells is 0 (the file does not say the base) and cells of a region
/// with itself are left out.
///
/// \error bad_format     neither; numbers that do not make whole blocks; a CSV without new rates
/// \error bad_value      a rate of -100 % or below, or above 10,000 %
/// \error those of read_tariff_file
[[nodiscard]] Result<std::vector<TariffCell>> read_new_tariffs(
    std::filesystem::path const& path, std::vector<std::string> const& regions,
    std::vector<std::string> const& sectors);

/// True if the file holds blocks of numbers.
/// \error file_not_found, unreadable_file
[[nodiscard]] Result<bool> holds_tariff_blocks(std::filesystem::path const& path);

}  // namespace linchpin
