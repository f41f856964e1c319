// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "linchpin/core/error.h"
#include "linchpin/results/result_set.h"

namespace linchpin {

/// The results as the bytes of a NetCDF-4 file: for every table a dimension of its name and one
/// variable `<table>.<column>` per column (string, int64 or double). Undefined entries hold
/// `_FillValue` (NaN for numbers, the only place where Linchpin writes NaN). Title, headlines and
/// origin are global attributes. Opens in xarray as one data set.
///
/// \error internal  netCDF refused; with its message
[[nodiscard]] Result<std::string> netcdf_bytes(ResultSet const& results);

/// Writes `netcdf_bytes` to `path`, which appears whole or not at all.
///
/// \error unwritable_output  the file cannot be made
[[nodiscard]] Result<void> write_netcdf(ResultSet const& results,
                                        std::filesystem::path const& path);

}  // namespace linchpin
