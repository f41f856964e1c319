// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "linchpin/results/result_set.h"
#include "linchpin/study/leverage_spec.h"
#include "linchpin/study/leverage_study.h"

namespace linchpin::study {

/// Sentences with the numbers of the answer: who holds whom and how that changed, how well ranks
/// hold, where a target can be hurt most and at whose cost, who gives way in a stand-off.
[[nodiscard]] std::vector<std::string> leverage_headlines(LeverageStudyAnswer const& answer);

/// Warnings of all parts, each once, and draws that failed.
[[nodiscard]] std::vector<std::string> leverage_warnings(LeverageStudyAnswer const& answer);

/// What the numbers rest on and what they must not be used for.
[[nodiscard]] std::vector<ResultNote> leverage_notes(LeverageStudyAnswer const& answer,
                                                     LeverageSpec const& spec);

}  // namespace linchpin::study
