// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin::serve {

/// Makes what is sent of the results.json in `folder`, which never changes, beside the file itself:
/// results.json.gz, and results-index.json, which says where in it each table stands. Each
/// appears as a whole, the index last; what is there already stays. Nothing happens without
/// results.json.
/// \error unreadable_file, unwritable_output
[[nodiscard]] Result<void> pack_results(std::filesystem::path const& folder);

/// Names of the tables that `folder` has as CSV, sorted.
[[nodiscard]] std::vector<std::string> table_names(std::filesystem::path const& folder);

/// The document in results.json with only the tables of these names in `tables`, in their order in
/// the document, and the others in `left_out`: [{"name", "title", "rows"}]. A document without a
/// list of tables comes whole, and has no names to ask for.
/// \error file_not_found  there is no such table
/// \error unreadable_file, unwritable_output
[[nodiscard]] Result<std::string> results_with_tables(std::filesystem::path const& folder,
                                                      std::vector<std::string> const& names);

}  // namespace linchpin::serve
