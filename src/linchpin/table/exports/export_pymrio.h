// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// Writes `table` as a folder that `pymrio.load_all` reads: Z.txt, Y.txt, x.txt, unit.txt with
/// file_parameters.json and metadata.json; value added as the extension `factor_inputs`, satellite
/// accounts as `satellite`. The folder appears complete or not at all.
///
/// Numbers are the shortest that read back to the same bits. Reading the folder (format `pymrio`)
/// gives the same flows, final demand, value added, output, accounts, label codes and TableInfo,
/// with a line more in its history. Not carried: names, members and flags of labels (known schemes
/// bring them back), sectors that no industry has and another order of sectors than that of the
/// industries; regions without industries come last.
///
/// \error unwritable_output  there is a folder of that name that is not empty; see AtomicFile
/// \error invalid_table      the arrays do not fit the labels, or a cell is not finite
/// \error bad_value          a label that a text file cannot hold
/// \error cancelled          `control` asked to stop
[[nodiscard]] Result<void> export_pymrio(Table const& table, std::filesystem::path const& folder,
                                         RunControl const& control = {});

}  // namespace linchpin
