// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin::parameters {

/// One line of a preset: which numbers it changes, and to what.
struct PresetChange {
  std::string key;                       ///< of a number, or a parameter: all numbers of it
  std::variant<double, std::string> to;  ///< a number, or "low", "value", "high"
  std::string where;
};

/// A technology's TOML file, its values not yet connected.
struct TechnologyOutline {
  std::string name, title, sector, product;
  std::string where;                                        ///< of the file
  std::vector<std::pair<std::string, std::string>> stages;  ///< name and title, in the file's order
  std::vector<std::pair<std::string, std::string>> uses;
  std::vector<std::pair<std::string, std::string>> tools, steps;  ///< steps from the lowest
  /// Which tools a step needs, as they stand in the file.
  struct StepTools {
    std::string step;
    std::vector<std::string> tools;
    std::string where;
  };
  std::vector<StepTools> step_tools;
  /// Which stage sells a tool, as it stands in the file.
  struct ToolStage {
    std::string tool, stage;
    std::string where;
  };
  std::vector<ToolStage> tool_stages;
  std::vector<std::pair<std::string, std::vector<PresetChange>>> presets;
};

/// What the TOML text says; every problem is added to `errors`.
[[nodiscard]] TechnologyOutline read_technology_outline(std::string_view text,
                                                        std::string const& name, ErrorList& errors);

}  // namespace linchpin::parameters
