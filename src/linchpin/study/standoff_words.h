// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "linchpin/results/leverage_tables.h"
#include "linchpin/results/standoff_answer.h"

namespace linchpin::study {

/// Product lines carved out of a world: label and host.
using Carved = std::vector<std::pair<std::string, std::string>>;

/// A stand-off in sentences: how it is played, who gives way, what each action costs whom, which
/// threats are credible. `carved`: lines whose losses look too small, which is said beside them.
[[nodiscard]] std::vector<std::string> standoff_headlines(StandoffAnswer const& standoff,
                                                          Carved const& carved);

/// Who gives way in the first and in the last year of each path, a sentence for every stand-off.
[[nodiscard]] std::vector<std::string> standoff_after_headlines(
    std::vector<StandoffAfter> const& years);

}  // namespace linchpin::study
