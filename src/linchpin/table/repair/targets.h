// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin {

/// What sums of a table should be: the lines of a target file in their order.
struct TargetList {
  struct Entry {
    std::string label;     ///< industry "CHN:c14", final use "USA:HH", or a kind of value added
    double target = 0;     ///< in the unit of the table
    double sigma = 0;      ///< standard deviation in the unit of the target; 0: exact
    std::size_t line = 0;  ///< in the file; 0: made by a program
  };
  std::string file;  ///< name for messages
  std::vector<Entry> entries;
};

/// Reads targets: a CSV with the header `label,target` or `region,sector,target`, either with a
/// further column `sigma`, which may be empty.
///
/// All problems are reported at once: ragged lines, text in a number, a label that appears twice.
/// \error file_not_found, unreadable_file, bad_format, bad_value, missing_value, duplicate_label
[[nodiscard]] Result<TargetList> read_targets(std::filesystem::path const& path);

}  // namespace linchpin
