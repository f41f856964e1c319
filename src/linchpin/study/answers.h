// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "linchpin/depend/position.h"
#include "linchpin/depend/reliance.h"
#include "linchpin/disrupt/model.h"
#include "linchpin/economy/economy.h"
#include "linchpin/results/disrupt_tables.h"
#include "linchpin/study/study_file.h"

namespace linchpin::study {

/// One way a scenario was run: the options in force and the path they gave.
struct VariantPath {
  std::string name;
  disrupt::ModelOptions options;
  disrupt::Path path;
};

/// Everything the model found for one scenario.
struct ScenarioAnswer {
  ResolvedScenario const* scenario = nullptr;
  disrupt::Path path;                 ///< the central run: the scenario's own options
  std::vector<VariantPath> variants;  ///< runs with other options; empty if none were asked for
};

struct DependAnswer {
  std::vector<depend::BuyerAccount> accounts;
  depend::Position position;
  std::vector<ResultTable> measure_tables;
  std::vector<Measure const*> measures;
  double residual = 0;     ///< LeontiefSystem::residual; solved directly
  double error_bound = 0;  ///< LeontiefSystem::error_bound
};

inline constexpr char const* central_name = "central";  ///< of the run no variant changes

/// All ways the scenario was run, the central one first. Paths are borrowed.
[[nodiscard]] inline std::vector<PathVariant> all_runs(ScenarioAnswer const& answer) {
  std::vector<PathVariant> runs{{central_name, &answer.path}};
  for (auto const& variant : answer.variants) runs.push_back({variant.name, &variant.path});
  return runs;
}

}  // namespace linchpin::study
