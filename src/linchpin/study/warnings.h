// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "linchpin/study/answers.h"

namespace linchpin::study {

/// Sentences on the events of `scenario` that do nothing in `path`: they touch no flow, or begin
/// after the last day simulated. "No effect" would otherwise read like a finding.
[[nodiscard]] std::vector<std::string> idle_event_warnings(ResolvedScenario const& scenario,
                                                           disrupt::Path const& path);

/// True if no event of `scenario` can change anything in `path`; also if there is none.
[[nodiscard]] bool all_idle(ResolvedScenario const& scenario, disrupt::Path const& path);

/// How many industries run short of an input at some time.
[[nodiscard]] std::size_t industries_short(disrupt::Path const& path);

/// True if shortages feed on themselves in `path`: more than half of all industries with output run
/// short of an input, or some do and the world loses more than five times the flows that the events
/// can touch. The model then says that something breaks, not how much.
[[nodiscard]] bool collapses(Scenario const& scenario, disrupt::Path const& path);

/// All a reader must know before quoting a number of one run: what the file itself gives away
/// (rules that never act), events that do nothing, shortages that feed on themselves.
[[nodiscard]] std::vector<std::string> path_warnings(ResolvedScenario const& scenario,
                                                     disrupt::Path const& path);

/// What a reader must know before quoting a number: estimated data, much of the table moved to get
/// a baseline, and path_warnings and ranges of all scenarios.
[[nodiscard]] std::vector<std::string> warnings(Economy const& economy,
                                                std::span<ScenarioAnswer const> answers);

}  // namespace linchpin::study
