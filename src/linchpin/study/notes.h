// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "linchpin/results/result_set.h"
#include "linchpin/study/answers.h"

namespace linchpin::study {

/// Method, data and assumptions of a run in words: which models with which parameters, where the
/// numbers come from and how far they are off balance, what the ranges mean.
[[nodiscard]] std::vector<ResultNote> notes(Economy const& economy, DependAnswer const* depend,
                                            std::span<ScenarioAnswer const> answers);

/// What a reader must know before quoting a number: estimated data, much of the table moved to get
/// a baseline, industries without value added.
[[nodiscard]] std::vector<std::string> warnings(Economy const& economy,
                                                std::span<ScenarioAnswer const> answers);

/// Sentences on the events of `scenario` that do nothing in `path`: they touch no flow, or begin
/// after the last day simulated. "No effect" would otherwise read like a finding.
[[nodiscard]] std::vector<std::string> idle_event_warnings(Scenario const& scenario,
                                                           disrupt::Path const& path);

}  // namespace linchpin::study
