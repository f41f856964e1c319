// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// Writes `table` as a Stata data set (.dta, version 118: Stata 14 and later) in the long form of
/// the tidy CSV: seller_region, seller_sector, buyer_region, buyer (text), kind (a labelled
/// number), value (double). Zero cells are left out, except that every industry has a row of kind
/// "output". What the table says about itself goes into the notes of the data set. Described in
/// docs/formats/stata.md.
///
/// \error unwritable_output  see AtomicFile
/// \error invalid_table      the arrays do not fit the labels, or a cell is not finite
/// \error bad_value          a label that Stata cannot hold
/// \error too_large          more rows than Stata can hold (2,147,483,619)
/// \error cancelled          `control` asked to stop
[[nodiscard]] Result<void> export_stata(Table const& table, std::filesystem::path const& path,
                                        RunControl const& control = {});

}  // namespace linchpin
