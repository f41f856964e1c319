// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/table/files/csv.h"

namespace linchpin {

/// A column that a file must have, under one of several names (any case).
struct WantedColumn {
  std::string_view name;  ///< for messages
  std::vector<std::string_view> spellings;
};

struct HeaderColumns {
  std::size_t width = 0;              ///< fields of the header
  std::vector<std::size_t> field_of;  ///< in the order of the wanted columns
};

/// Reads the header of `csv`, takes its separator, and finds the columns.
/// \error bad_format  the file is empty, or a column is missing or there twice; `hint` says what is
///                    expected
[[nodiscard]] Result<HeaderColumns> read_header(CsvReader& csv,
                                                std::vector<WantedColumn> const& wanted,
                                                std::string const& hint);

/// True if a line is a header with all wanted columns.
[[nodiscard]] bool has_columns(std::string_view line, std::vector<WantedColumn> const& wanted);

/// "the line has 3 fields, the header has 4"
[[nodiscard]] std::string ragged_line(std::size_t fields, std::size_t width);

}  // namespace linchpin
