// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/short_run_power.h"

#include "linchpin/economy/scenario.h"

namespace linchpin::leverage {

Result<std::vector<double>> short_run_pairs(Economy const& economy, ShortRunOptions const& options,
                                            RunControl const& control) {
  auto const regions = economy.space().regions();
  std::vector<Scenario> scenarios;
  std::vector<std::size_t> places;
  for (std::size_t sender = 0; sender < regions; ++sender) {
    for (std::size_t target = 0; target < regions; ++target) {
      if (sender == target) continue;
      Cut cut;
      cut.sellers = {RegionId{static_cast<std::uint32_t>(sender)}};
      cut.buyers = {RegionId{static_cast<std::uint32_t>(target)}};
      cut.sectors = options.sectors;
      Scenario scenario;
      scenario.cuts.push_back(std::move(cut));
      scenarios.push_back(std::move(scenario));
      places.push_back(sender * regions + target);
    }
  }
  std::vector<disrupt::Run> runs;
  runs.reserve(scenarios.size());
  for (auto const& scenario : scenarios) runs.push_back({&scenario, &options.model});
  auto const found = disrupt::simulate_block(economy, runs, control);
  if (!found) return fail(found.error());
  std::vector<double> losses(regions * regions, 0.0);
  for (std::size_t k = 0; k < runs.size(); ++k) {
    auto const& summary = (*found)[k];
    if (!summary) return fail(summary.error());
    losses[places[k]] = summary->final_use_loss_pct[places[k] % regions];
  }
  return losses;
}

}  // namespace linchpin::leverage
