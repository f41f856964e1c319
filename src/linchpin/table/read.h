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

struct Mapping;

struct ReadOptions {
  std::string format = {};  ///< one of table_formats(); empty: recognised by content
  /// Which member of a folder or archive holds the table, where several could ("2019.csv").
  std::string member = {};
  /// A table that would need more memory than this is refused before it is allocated [bytes].
  std::uint64_t memory_limit = std::uint64_t{8} << 30;
  /// Intermediate flows smaller than this in size are left out and added up in the history of the
  /// table [unit of the table]; for tables too large to hold whole. Where flows are added up while
  /// reading, the sums count.
  double threshold = 0;
  bool float32 = false;              ///< hold intermediate flows in single precision
  /// Program that reads NetCDF files in a child process (isolated_read.h); empty: read them here,
  /// which only files of our own deserve.
  std::filesystem::path reader_program = {};
  Mapping const* regions = nullptr;  ///< add up regions while reading
  Mapping const* sectors = nullptr;  ///< add up sectors while reading
};

/// Names of the formats `read_table` knows.
[[nodiscard]] std::vector<std::string> table_formats();

/// Reads a table in any format we know: a file, plain or compressed with gzip or zstd, a folder, or
/// a zip or tar archive. Up to 20 problems
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
