// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/output_folder.h"

#include <fmt/format.h>

#include <system_error>

namespace linchpin {
namespace fs = std::filesystem;

Result<std::vector<fs::path>> make_output_folder(fs::path const& folder) {
  if (folder.empty()) {
    return fail(ErrorCode::unwritable_output, "the output folder has no name", "output folder",
                "name a folder with -o");
  }
  std::vector<fs::path> made;
  fs::path path;
  for (auto const& part : folder) {
    path /= part;
    std::error_code code;
    auto const status = fs::status(path, code);
    if (fs::is_directory(status)) continue;
    if (fs::exists(status)) {
      return fail(ErrorCode::unwritable_output, fmt::format("'{}' is not a folder", path.string()),
                  folder.string(), "choose an output path that does not lie beneath a file");
    }
    if (!fs::create_directory(path, code) && code) {
      return fail(ErrorCode::unwritable_output,
                  fmt::format("the folder '{}' cannot be made: {}", path.string(), code.message()),
                  folder.string(), "choose a folder you may write to, or free some space");
    }
    if (!code) made.push_back(path);
  }
  return made;
}

}  // namespace linchpin
