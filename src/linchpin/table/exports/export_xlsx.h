// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// Writes `table` as an Excel workbook with the sheets info, labels, Z, Y, value_added and output
/// (and F, F_Y where there are satellite accounts): matrices as matrices, labels in the first rows
/// and columns. Described in docs/formats/excel.md.
///
/// \error too_large          more rows or columns than a sheet has (1,048,576 x 16,384)
/// \error unwritable_output  see AtomicFile
/// \error invalid_table      the arrays do not fit the labels, or a cell is not finite
/// \error bad_value          a label that Excel cannot hold
/// \error cancelled          `control` asked to stop
[[nodiscard]] Result<void> export_xlsx(Table const& table, std::filesystem::path const& path,
                                       RunControl const& control = {});

}  // namespace linchpin
