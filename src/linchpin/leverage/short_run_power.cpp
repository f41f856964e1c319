// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/short_run_power.h"

#include <algorithm>
#include <utility>

#include "linchpin/core/contracts.h"
#include "linchpin/economy/scenario.h"

namespace linchpin::leverage {
namespace {

Scenario scenario_of(Denial const& denial, ShortRunOptions const& options) {
  Cut cut;
  for (std::size_t const sender : denial.senders) cut.sellers.push_back(RegionId{sender});
  cut.buyers = {RegionId{denial.target}};
  cut.sectors = options.sectors;
  Scenario scenario;
  scenario.cuts.push_back(cut);
  if (options.full_break) {
    std::swap(cut.sellers, cut.buyers);
    scenario.cuts.push_back(std::move(cut));
  }
  return scenario;
}

}  // namespace

std::vector<Denial> all_denials(std::size_t regions) {
  std::vector<Denial> denials;
  denials.reserve(regions * regions);
  for (std::size_t sender = 0; sender < regions; ++sender) {
    for (std::size_t target = 0; target < regions; ++target) denials.push_back({{sender}, target});
  }
  return denials;
}

Result<std::vector<double>> short_run_losses(Economy const& economy,
                                             std::span<Denial const> denials,
                                             ShortRunOptions const& options,
                                             RunControl const& control) {
  std::vector<Scenario> scenarios;
  std::vector<std::size_t> places;
  for (std::size_t k = 0; k < denials.size(); ++k) {
    auto const& [senders, target] = denials[k];
    LINCHPIN_EXPECTS(!senders.empty() && target < economy.space().regions());
    if (std::find(senders.begin(), senders.end(), target) != senders.end()) continue;
    scenarios.push_back(scenario_of(denials[k], options));
    places.push_back(k);
  }
  std::vector<double> losses(denials.size(), 0.0);
  if (scenarios.empty()) return losses;
  std::vector<disrupt::Run> runs;
  runs.reserve(scenarios.size());
  for (auto const& scenario : scenarios) runs.push_back({&scenario, &options.model});
  auto const found = disrupt::simulate_block(economy, runs, control);
  if (!found) return fail(found.error());
  for (std::size_t k = 0; k < runs.size(); ++k) {
    auto const& summary = (*found)[k];
    if (!summary) return fail(summary.error());
    losses[places[k]] = summary->final_use_loss_pct[denials[places[k]].target];
  }
  return losses;
}

}  // namespace linchpin::leverage
