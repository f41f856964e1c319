// SPDX-License-Identifier: Apache-2.0
#include "apps/linchpin/parameter_files.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace linchpin::app {
namespace {

constexpr std::string_view shipped_mark = "default:";

}  // namespace

ParameterFiles::ParameterFiles(std::filesystem::path study, std::vector<std::string> asked,
                               Context const& context)
    : study_(std::move(study)),
      asked_(std::move(asked)),
      shipped_(context.data_dir / "parameters") {}

study::ParameterSource ParameterFiles::source() {
  return {[this](std::string const& name) { return read(name); }, asked_};
}

std::vector<std::filesystem::path> ParameterFiles::with(
    std::vector<std::filesystem::path> inputs) const {
  inputs.insert(inputs.end(), used_.begin(), used_.end());
  return inputs;
}

std::filesystem::path ParameterFiles::path_of(std::string const& name) const {
  if (name.starts_with(shipped_mark)) return shipped_ / name.substr(shipped_mark.size());
  bool const of_command_line = std::any_of(asked_.begin(), asked_.end(), [&](auto const& each) {
    return each.substr(0, each.rfind('#')) == name;
  });
  return of_command_line ? std::filesystem::path{name} : study_.parent_path() / name;
}

Result<std::string> ParameterFiles::read(std::string const& name) {
  auto const path = path_of(name);
  auto text = read_text(path);
  if (!text) return text;
  if (std::find(used_.begin(), used_.end(), path) == used_.end()) {
    used_.push_back(path);
    text_ += *text;
  }
  return text;
}

void add_parameters_option(CLI::App& command, std::vector<std::string>& files) {
  command
      .add_option("--parameters", files,
                  "CSV file of parameters by sector, or 'default' for the shipped ones; "
                  "repeatable, later files win")
      ->allow_extra_args(false);
}

}  // namespace linchpin::app
