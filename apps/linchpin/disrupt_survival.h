// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "apps/linchpin/context.h"
#include "linchpin/study/scenario_file.h"

namespace linchpin::app {

struct SurvivalAnswer {
  std::vector<std::string> lines;  ///< for people
  nlohmann::ordered_json json;
};

/// Days of stock with which the region the scenario is about gets through its first `days` days, by
/// product that some cut names (all products where none does); empty if `days` is 0: not asked.
/// \error as disrupt::survival; missing_value  the scenario is about no region
[[nodiscard]] Result<std::optional<SurvivalAnswer>> run_survival(
    int days, Economy const& economy, study::ResolvedScenario const& scenario,
    Context const& context);

}  // namespace linchpin::app
