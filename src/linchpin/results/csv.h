// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "linchpin/core/error.h"
#include "linchpin/results/result_set.h"

namespace linchpin {

/// One table as CSV (RFC 4180 quoting, but lines end with LF): a header line with the columns'
/// names, then one line per row. Undefined entries are empty.
///
/// Text comes from untrusted files and a spreadsheet takes a cell that starts with = + - @, tab or
/// CR for a formula, so such a text gets a leading apostrophe; numbers are never changed.
[[nodiscard]] std::string csv_text(ResultTable const& table);

/// What every column of every table means: table, column, title, unit, type, description.
[[nodiscard]] std::string csv_dictionary(ResultSet const& results);

/// Writes `folder`/<table>.csv for every table and `folder`/columns.csv, the dictionary. The folder
/// is made if needed; each file appears whole or not at all.
///
/// \error unwritable_output  the folder or a file cannot be made
[[nodiscard]] Result<void> write_csv(ResultSet const& results, std::filesystem::path const& folder);

}  // namespace linchpin
