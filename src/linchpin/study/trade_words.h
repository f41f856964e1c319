// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "linchpin/results/equilibrium_answer.h"
#include "linchpin/results/result_set.h"
#include "linchpin/table/table.h"

namespace linchpin::study {

/// Who loses and who gains most, by how much, the world as a whole, and which measure that is; what
/// draws say of the region hit hardest; or which essential input is lost.
[[nodiscard]] std::vector<std::string> trade_sentences(EquilibriumAnswer const& answer);

/// What the numbers rest on, in a sentence.
[[nodiscard]] std::string trade_setting_words(EquilibriumSetting const& setting);

/// Model, data and assumptions behind the answers of a study.
[[nodiscard]] std::vector<ResultNote> trade_notes(std::vector<EquilibriumAnswer> const& answers);

}  // namespace linchpin::study
