// SPDX-License-Identifier: Apache-2.0
#include "linchpin/uncertainty/disrupt_swings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "linchpin/results/loss_measures.h"
#include "linchpin/uncertainty/disrupt_parameters.h"

namespace linchpin::uncertainty {
namespace {

/// Why swings are not run; empty if they are.
std::string why_not(Economy const& economy, disrupt::ModelOptions const& options,
                    std::size_t factors) {
  auto const n = economy.size();
  bool const alone = !std::isinf(options.switching_speed);
  auto const most = alone ? most_swing_industries_alone : most_swing_industries;
  if (n > most) {
    return fmt::format("{} industries, and one number at a time is tried up to {}{}; ask for draws",
                       n, most, alone ? " with a switching speed" : "");
  }
  if (factors > most_swing_factors) {
    return fmt::format(
        "{} numbers are uncertain, and one at a time is tried up to {}; ask for draws", factors,
        most_swing_factors);
  }
  return {};
}

double swing_of(Swing const& swing, double central) {
  double lowest = central, highest = central;
  for (auto const& each : {swing.loss_at_low, swing.loss_at_high}) {
    if (!each) continue;
    lowest = std::min(lowest, *each);
    highest = std::max(highest, *each);
  }
  return highest - lowest;
}

/// The words of all members, and their ends.
Swing described(Factor const& factor, std::vector<Uncertain> const& uncertain) {
  Swing swing;
  swing.parameter = factor.name;
  for (auto const member : factor.members) {
    auto const& each = uncertain[member];
    swing.members.push_back(each.parameter);
    swing.words += (swing.words.empty() ? "" : " together with ") + parameter_words(each.parameter);
    swing.low.push_back(each.distribution.low);
    swing.high.push_back(each.distribution.high);
  }
  return swing;
}

}  // namespace

Result<SwingSummary> disrupt_swings(Economy const& economy, Scenario const& scenario,
                                    disrupt::ModelOptions const& options,
                                    std::vector<Uncertain> const& uncertain,
                                    std::optional<RegionId> focus, disrupt::Path const& central,
                                    RunControl const& control) {
  auto const& space = economy.space();
  SwingSummary summary;
  summary.scenario = scenario.name;
  summary.assumed = uncertain.empty();
  auto const tried = uncertain.empty() ? default_uncertain(options) : uncertain;
  auto const parameters = find_parameters(tried, space, scenario, options);
  if (!parameters) return fail(parameters.error());
  auto const factors = factors_of(tried);
  if (!focus) {
    summary.reason = "the scenario is about no region: it does nothing";
    return summary;
  }
  auto const r = focus->index();
  summary.focus = space.label(*focus);
  if (!loss_of(central, loss_measures[2], r)) summary.reason = no_baseline;
  if (summary.reason.empty()) summary.reason = why_not(economy, options, factors.size());
  if (!summary.reason.empty()) return summary;
  summary.central = central.region_final_use_loss_pct[r];
  summary.central_value_added = central.region_value_added_loss_pct[r];

  auto same_days = options;
  same_days.days = central.days;
  std::vector<Scenario> scenarios(2 * factors.size(), scenario);
  std::vector<disrupt::ModelOptions> all(2 * factors.size(), same_days);
  std::vector<disrupt::Run> runs;
  for (std::size_t k = 0; k < factors.size(); ++k) {
    for (std::size_t const high : {0U, 1U}) {
      std::vector<DisruptParameter> moved;
      std::vector<double> values;
      for (auto const member : factors[k].members) {
        auto const& d = tried[member].distribution;
        moved.push_back((*parameters)[member]);
        values.push_back(high == 1 ? d.high : d.low);
      }
      auto const place = 2 * k + high;
      apply(moved, values, space, scenarios[place], all[place]);
      runs.push_back({&scenarios[place], &all[place]});
    }
  }
  // Short beside what it follows, and part of the same answer: no progress of its own.
  RunControl const quiet{control.threads, control.cancel, {}};
  auto const found = disrupt::simulate_block(economy, runs, quiet);
  if (!found) return fail(found.error());
  for (std::size_t k = 0; k < factors.size(); ++k) {
    auto swing = described(factors[k], tried);
    auto const& low = (*found)[2 * k];
    auto const& high = (*found)[2 * k + 1];
    if (low) {
      swing.loss_at_low = low->final_use_loss_pct[r];
      swing.value_added_loss_at_low = low->value_added_loss_pct[r];
    }
    if (high) {
      swing.loss_at_high = high->final_use_loss_pct[r];
      swing.value_added_loss_at_high = high->value_added_loss_pct[r];
    }
    swing.swing = swing_of(swing, summary.central);
    summary.swings.push_back(std::move(swing));
  }
  std::stable_sort(summary.swings.begin(), summary.swings.end(),
                   [](Swing const& a, Swing const& b) { return a.swing > b.swing; });
  return summary;
}

}  // namespace linchpin::uncertainty
