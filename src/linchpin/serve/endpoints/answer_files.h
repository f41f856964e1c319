// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "linchpin/core/error.h"
#include "linchpin/results/json.h"
#include "linchpin/results/result_set.h"

namespace linchpin::serve {

/// Writes the document of a run, results.json, into its folder.
/// \error unwritable_output
[[nodiscard]] Result<void> write_document(Json const& document,
                                          std::filesystem::path const& folder);

/// The same, and the tables of `results` as results.nc and tables/*.csv; with a page also
/// report.html.
[[nodiscard]] Result<void> write_document_and_tables(Json const& document, ResultSet const& results,
                                                     std::filesystem::path const& folder,
                                                     std::string const& report_html = {});

}  // namespace linchpin::serve
