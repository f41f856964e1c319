// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/results/result_set.h"

namespace linchpin {

/// Which files a run leaves behind.
struct OutputFormats {
  bool html = true;
  bool json = true;
  bool netcdf = true;
  bool csv = true;
};

/// Writes results.json: the whole document of `result_set_to_json`, with a line end.
/// \error unwritable_output  the file cannot be made
[[nodiscard]] Result<void> write_json(ResultSet const& results, std::filesystem::path const& path);

/// Writes a run's output folder: report.html, results.json, results.nc, tables/<table>.csv and
/// tables/columns.csv. Everything is written to a temporary folder inside `folder` first and moved
/// into place only when all of it is there; when something fails, what this run wrote is removed.
/// Tables that an earlier run left in tables/ and that this run does not have are removed too.
///
/// \param report_html  finished page of report::render_report; written as it is
/// \return             the files written, in the order above
/// \error unwritable_output  a folder or file cannot be made (a file in the way, disk full …)
[[nodiscard]] Result<std::vector<std::filesystem::path>> write_outputs(
    ResultSet const& results, std::filesystem::path const& folder, std::string const& report_html,
    OutputFormats const& formats = {});

}  // namespace linchpin
