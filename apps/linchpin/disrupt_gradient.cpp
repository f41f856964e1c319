// SPDX-License-Identifier: Apache-2.0
#include "apps/linchpin/disrupt_gradient.h"

#include <map>

#include "apps/linchpin/terminal.h"
#include "linchpin/disrupt/gradient.h"
#include "linchpin/results/gradient_tables.h"
#include "linchpin/study/headlines.h"

namespace linchpin::app {
namespace {

std::map<std::string, disrupt::LossKind> const kinds{
    {"output", disrupt::LossKind::output},
    {"value_added", disrupt::LossKind::value_added},
    {"final_use", disrupt::LossKind::final_use}};

}  // namespace

void add_gradient_options(CLI::App& command, GradientOptions& options) {
  command
      .add_option("--sensitive", options.top,
                  "The N links, capacities and stocks that matter most (by a gradient)")
      ->check(CLI::Range(std::size_t{1}, std::size_t{100'000}));
  command.add_option("--loss", options.loss, "Loss they matter for")
      ->check(CLI::IsMember({"output", "value_added", "final_use"}));
  command.add_option("--loss-of", options.region,
                     "Region of that loss (default: whom the scenario hits; world: all)");
}

Result<std::optional<GradientAnswer>> run_gradient(GradientOptions const& options,
                                                   Economy const& economy,
                                                   study::ResolvedScenario const& scenario,
                                                   Context const& context) {
  if (options.top == 0) return std::optional<GradientAnswer>{};
  auto const& space = economy.space();
  disrupt::LossTarget target{kinds.at(options.loss), {}};
  if (options.region.empty()) {
    if (auto const hit = study::headline_region(scenario, space, std::nullopt)) {
      target.regions = {*hit};
    }
  } else if (options.region != "world") {
    auto const region = space.find_region(options.region, "--loss-of");
    if (!region) return fail(region.error());
    target.regions = {*region};
  }
  auto const gradient = disrupt::loss_gradient(economy, scenario.scenario, scenario.options, target,
                                               run_control(context));
  if (!gradient) return fail(gradient.error());
  return GradientAnswer{gradient_tables(space, target, *gradient, options.top),
                        gradient_to_json(space, target, *gradient, options.top)};
}

}  // namespace linchpin::app
