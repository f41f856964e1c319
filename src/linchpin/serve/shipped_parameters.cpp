// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/shipped_parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string_view>

#include "linchpin/serve/request_fields.h"
#include "linchpin/table/label_text.h"

namespace linchpin::serve {
namespace {

constexpr std::string_view shipped_mark = "default:";

/// "inventory_days.csv", "technologies/ai-chips/numbers.csv".
bool is_shipped_name(std::string_view name) {
  constexpr std::size_t deepest = 3;
  for (std::size_t depth = 1; depth <= deepest; ++depth) {
    auto const slash = name.find('/');
    if (!is_plain_name(name.substr(0, slash))) return false;
    if (slash == std::string_view::npos) return true;
    name.remove_prefix(slash + 1);
  }
  return false;
}

// What lies beside the parameters and is read with them.
constexpr std::string_view mineral_production = "../minerals/production.csv";

/// "02-chip-autonomy.toml": a shipped study that another one names.
bool is_study_name(std::string_view name) { return is_plain_name(name) && name.ends_with(".toml"); }

}  // namespace

study::ParameterSource ShippedParameters::source() {
  return {[this](std::string const& name) { return read(name); }, {}};
}

std::vector<std::filesystem::path> ShippedParameters::with(
    std::vector<std::filesystem::path> inputs) const {
  inputs.insert(inputs.end(), used_.begin(), used_.end());
  return inputs;
}

Result<std::string> ShippedParameters::read(std::string const& name) {
  bool const marked = name.starts_with(shipped_mark);
  auto const file = marked ? name.substr(shipped_mark.size()) : std::string{};
  auto path = folder_ / file;
  std::error_code ignored;
  if (!marked && is_study_name(name)) path = folder_.parent_path() / "studies" / name;
  bool const ours = is_shipped_name(file) || file == mineral_production ||
                    (!marked && is_study_name(name) && std::filesystem::exists(path, ignored));
  if (!ours) {
    return fail(
        ErrorCode::bad_value,
        fmt::format("'{}' is a file, and the server opens none for a client", printable(name)),
        "parameters", "take 'default', or run the study with `linchpin run`");
  }
  if (!std::filesystem::exists(path, ignored)) {
    return fail(ErrorCode::file_not_found,
                fmt::format("no file of this name is shipped: '{}'", printable(file)), "parameters",
                "take 'default', or run the study with `linchpin run`");
  }
  auto text = read_file(path);
  if (!text) return text;
  if (std::find(used_.begin(), used_.end(), path) == used_.end()) used_.push_back(path);
  return text;
}

Result<std::string> read_file(std::filesystem::path const& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  if (stream) text << stream.rdbuf();
  if (!stream) {
    return fail(ErrorCode::unreadable_file, "cannot be read", path.filename().string(),
                "check that it is there and its permissions");
  }
  return text.str();
}

}  // namespace linchpin::serve
