// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/store/store.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// Reads a world that may come from anywhere in a child process, because the HDF5 library may crash
/// on a hostile file: its crash, or its hunger for memory or time, becomes an error here. Why and
/// how: docs/decisions/0007-untrusted-netcdf.md.
///
/// `reader_program` is a program whose `main` begins with `serve_isolated_read`.
///
/// \error unreadable_file  also: the NetCDF library crashed, or took longer than the limit
/// \error cancelled        `control` asked to stop
/// \error those of read_world and run_child
[[nodiscard]] Result<Table> read_world_isolated(std::filesystem::path const& path,
                                                std::filesystem::path const& reader_program,
                                                WorldReadOptions const& options = {},
                                                RunControl const& control = {},
                                                unsigned wall_seconds = 300);

/// The child's side. If the command line is one that `read_world_isolated` (or
/// `read_trade_calibration_isolated`, trade_store.h) made, reads the file, hands what it holds over
/// and returns the code to exit with; else nothing, and the program goes on.
[[nodiscard]] std::optional<int> serve_isolated_read(int argc, char const* const* argv);

}  // namespace linchpin
