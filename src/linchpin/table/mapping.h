// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin {

/// Which label becomes which: the lines of a mapping file in their order.
struct Mapping {
  struct Entry {
    std::string from;
    std::string to;
    std::string name;      ///< of `to`, for people; may be empty
    std::size_t line = 0;  ///< in the file; 0: made by a program
  };
  std::string file;  ///< name for messages
  std::vector<Entry> entries;
};

/// Reads a mapping: a CSV with the header `from,to` or `from,to,name`.
///
/// All problems are reported at once: ragged lines, empty or unfit labels, a `from` that appears
/// twice, two different names for one `to`.
/// \error file_not_found, unreadable_file, bad_format, bad_value, missing_value, duplicate_label
[[nodiscard]] Result<Mapping> read_mapping(std::filesystem::path const& path);

}  // namespace linchpin
