// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/technology_names.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "linchpin/core/nearest.h"

namespace linchpin::study {

std::vector<std::string> const& shipped_technologies() {
  static std::vector<std::string> const names{"ai-chips", "electric-vehicles", "industrial-robots"};
  return names;
}

Error unknown_technology(std::string const& name, std::string const& where, Error const& read) {
  auto const& names = shipped_technologies();
  bool const own = name.find('/') != std::string::npos;
  bool const shipped = std::find(names.begin(), names.end(), name) != names.end();
  if (own || shipped || read.code != ErrorCode::file_not_found) return read;
  auto const list = fmt::format("shipped are {}; a folder of your own is written with a '/'",
                                fmt::join(names, ", "));
  return {ErrorCode::unknown_label, fmt::format("no technology is called '{}'", name), where,
          did_you_mean(name, names, list)};
}

}  // namespace linchpin::study
