// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/panel.h"

#include <algorithm>
#include <utility>

namespace linchpin::equilibrium {

Result<std::vector<PanelYear>> run_panel(std::span<TradeBase const> bases,
                                         PolicyOfBase const& policy_of, Closure const& closure,
                                         SolveOptions const& options, RunControl const& control) {
  std::vector<PanelYear> panel;
  panel.reserve(bases.size());
  for (auto const& base : bases) {
    PanelYear row;
    row.year = base.year;
    row.title = base.title;
    row.regions = base.regions;
    auto const policy = policy_of(base);
    if (!policy) {
      row.error = policy.error();
    } else if (auto found = solve(base, *policy, closure, options, nullptr, control); found) {
      row.outcomes = outcomes(base, *policy, *found);
      row.report = std::move(found->report);
    } else if (found.error().code == ErrorCode::cancelled) {
      return fail(found.error());
    } else {
      row.error = found.error();
    }
    panel.push_back(std::move(row));
  }
  return panel;
}

std::vector<std::optional<double>> series_of(std::span<PanelYear const> panel,
                                             std::string const& region,
                                             double RegionOutcome::* number) {
  std::vector<std::optional<double>> series;
  series.reserve(panel.size());
  for (auto const& row : panel) {
    auto const place = std::find(row.regions.begin(), row.regions.end(), region);
    if (row.outcomes.empty() || place == row.regions.end()) {
      series.emplace_back();
    } else {
      series.emplace_back(row.outcomes[static_cast<std::size_t>(place - row.regions.begin())].*
                          number);
    }
  }
  return series;
}

}  // namespace linchpin::equilibrium
