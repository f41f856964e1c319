// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/scenario_bracket.h"

#include "linchpin/study/headlines.h"

namespace linchpin::study {

Result<disrupt::BracketAnswer> scenario_bracket(Economy const& economy,
                                                ResolvedScenario const& scenario,
                                                disrupt::Path const& path,
                                                std::optional<RegionId> focus,
                                                RunControl const& control) {
  auto const region = headline_region(scenario, economy.space(), focus);
  if (!region) {
    return disrupt::BracketAnswer{std::nullopt, "the scenario is about no region: it does nothing"};
  }
  // The path has the days that were simulated, which a command may have set.
  auto options = scenario.options;
  options.days = path.days;
  return disrupt::bracket_of(economy, scenario.scenario, options, *region, path, control);
}

}  // namespace linchpin::study
