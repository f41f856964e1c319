// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "apps/linchpin/context.h"

namespace linchpin::app {

void add_json_option(CLI::App& command, Context& context) {
  command.add_flag("--json", context.json, "Print one JSON document and nothing else");
}

Result<std::string> read_text(std::filesystem::path const& path) {
  std::error_code failure;
  auto const status = std::filesystem::status(path, failure);
  if (!std::filesystem::exists(status)) {
    return fail(ErrorCode::file_not_found, "no such file", path.string(), "check the path");
  }
  if (std::filesystem::is_directory(status)) {
    return fail(ErrorCode::unreadable_file, "this is a folder, not a file", path.string(),
                "name a file in it");
  }
  // A study is a page of text; anything larger is a mistake that should not fill the memory.
  constexpr std::uintmax_t largest = 16U << 20U;
  auto const size = std::filesystem::file_size(path, failure);
  if (!failure && size > largest) {
    return fail(ErrorCode::too_large, fmt::format("{} bytes are too many for a text file", size),
                path.string(), "is this a table? Import it with `linchpin table import`");
  }
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  if (!stream) {
    return fail(ErrorCode::unreadable_file, "cannot be read", path.string(),
                "check its permissions");
  }
  return text.str();
}

}  // namespace linchpin::app
