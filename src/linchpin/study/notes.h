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

}  // namespace linchpin::study
