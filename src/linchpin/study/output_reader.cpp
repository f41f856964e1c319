// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/output_reader.h"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "linchpin/core/nearest.h"

namespace linchpin::study {

OutputFormats read_formats(TomlReader reader) {
  OutputFormats formats;
  std::vector<std::string> const known{"html", "json", "netcdf", "csv"};
  if (reader.has("formats")) formats = {false, false, false, false};
  for (auto const& format : reader.texts("formats")) {
    auto const& name = format.value;
    if (name == "html") {
      formats.html = true;
    } else if (name == "json") {
      formats.json = true;
    } else if (name == "netcdf") {
      formats.netcdf = true;
    } else if (name == "csv") {
      formats.csv = true;
    } else {
      reader.problem(ErrorCode::bad_value, fmt::format("'{}' is no output format", name),
                     format.where, did_you_mean(name, known, "use html, json, netcdf or csv"));
    }
  }
  reader.finish();
  return formats;
}

}  // namespace linchpin::study
