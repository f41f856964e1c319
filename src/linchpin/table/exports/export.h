// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// Writes `table` as a tidy CSV, compressed when the name ends in `.gz` or `.zst`.
///
/// Numbers are the shortest that read back to the same bits; zero cells are left out, except for a
/// few that come first where the order of labels could not be told otherwise. Reading the file
/// gives the same Z, Y, value added and label codes in the same order, except that sectors come in
/// the order in which industries name them. Not carried: names, members, flags and TableInfo (known
/// label schemes bring names and flags back), published output that differs from the row sums,
/// sectors without an industry, value-added rows without a non-zero cell, and NaN or Inf.
///
/// \error unwritable_output  see AtomicFile
/// \error invalid_table      the arrays do not fit the labels, or a cell is not finite
/// \error bad_value          a label that a tidy file cannot hold
/// \error cancelled          `control` asked to stop
[[nodiscard]] Result<void> export_tidy(Table const& table, std::filesystem::path const& path,
                                       RunControl const& control = {});

}  // namespace linchpin
