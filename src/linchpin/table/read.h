// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/table.h"

namespace linchpin {

struct ReadOptions {
  std::string format = {};  ///< "wiod2013", "tidy" or "netcdf"; empty: recognised by content
  /// A table that would need more memory than this is refused before it is allocated [bytes].
  std::uint64_t memory_limit = std::uint64_t{8} << 30;
};

/// Names of the formats `read_table` knows.
[[nodiscard]] std::vector<std::string> table_formats();

/// Reads a table in any format we know, plain or compressed with gzip or zstd. Up to 20 problems
/// of the file are reported at once, each with its line and column.
///
/// \error file_not_found   there is no such file
/// \error unreadable_file  it is a folder, not readable, or damaged
/// \error bad_format       no known format, ragged lines, text in a number
/// \error bad_value        unknown format name; NaN or Inf; a label that cannot be one
/// \error duplicate_label, unknown_label, missing_value  labels that do not fit together
/// \error too_large        the table would need more than the memory limit
/// \error cancelled        `control` asked to stop
[[nodiscard]] Result<Table> read_table(std::filesystem::path const& path,
                                       ReadOptions const& options = {},
                                       RunControl const& control = {});

}  // namespace linchpin
