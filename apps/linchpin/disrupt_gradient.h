// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "apps/linchpin/context.h"
#include "linchpin/results/result_set.h"
#include "linchpin/study/scenario_file.h"

namespace linchpin::app {

/// `--sensitive N` and what it is about.
struct GradientOptions {
  std::size_t top = 0;  ///< 0: not asked
  std::string loss = "final_use";
  std::string region;
};

struct GradientAnswer {
  std::vector<ResultTable> tables;
  nlohmann::ordered_json json;
};

void add_gradient_options(CLI::App& command, GradientOptions& options);

/// The largest derivatives of the loss of the region named, or of the one the scenario is about;
/// empty if they were not asked for.
/// \error as disrupt::loss_gradient, unknown_label
[[nodiscard]] Result<std::optional<GradientAnswer>> run_gradient(
    GradientOptions const& options, Economy const& economy, study::ResolvedScenario const& scenario,
    Context const& context);

}  // namespace linchpin::app
