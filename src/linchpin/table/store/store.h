// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>

#include "linchpin/core/error.h"
#include "linchpin/table/store/netcdf_file.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// Version of the layout described in docs/formats/tables.md; files of a later one are refused.
inline constexpr int world_format_version = 1;

struct StoreOptions {
  NetcdfCompression compression = {};
};

struct WorldReadOptions {
  std::uint64_t memory_limit = std::uint64_t{8} << 30;  ///< refuse larger tables [bytes]
};

/// Stores `table` as a world: one self-describing NetCDF-4 file. Reading it back gives the same
/// bits. The same table, options and library versions give the same bytes.
///
/// \error unwritable_output  see AtomicFile; nothing is left behind
/// \error invalid_table      the table's arrays do not have the shapes its labels ask for, or it
///                           has no industry
/// \error bad_value          a label or text that NetCDF cannot hold (control characters)
[[nodiscard]] Result<void> write_world(Table const& table, std::filesystem::path const& path,
                                       StoreOptions const& options = {});

/// Reads a world. Everything in the file is checked before use: it may come from anywhere.
///
/// \error file_not_found   there is no such file
/// \error unreadable_file  a folder, not readable, truncated or damaged
/// \error bad_format       not a world stored by linchpin, or by a later version
/// \error too_large        it would need more than the memory limit
[[nodiscard]] Result<Table> read_world(std::filesystem::path const& path,
                                       WorldReadOptions const& options = {});

}  // namespace linchpin
