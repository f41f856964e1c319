// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "linchpin/study/answers.h"

namespace linchpin::study {

/// What the cuts and losses of a scenario do, as the first half of a sentence: "If Japan and the
/// Netherlands stop delivering machinery to China (with exemptions)".
[[nodiscard]] std::string condition_words(ResolvedScenario const& scenario,
                                          IndustrySpace const& space);

/// Region the headline of a scenario is about: `focus`, else the first buyer its file names, else
/// the region of the first industry that loses capacity; empty if the scenario does nothing.
[[nodiscard]] std::optional<RegionId> headline_region(ResolvedScenario const& scenario,
                                                      IndustrySpace const& space,
                                                      std::optional<RegionId> focus);

/// Computed sentences on one scenario: the loss of the region in focus with its range, who else
/// loses, the first shortage.
[[nodiscard]] std::vector<std::string> disrupt_headlines(Economy const& economy,
                                                         ScenarioAnswer const& answer,
                                                         std::optional<RegionId> focus);

/// One sentence per buyer, five at most: direct purchases against whole chains, from the sellers of
/// `scenario`'s first cut where it hits the buyer, else from the largest foreign supplier.
[[nodiscard]] std::vector<std::string> depend_headlines(Economy const& economy,
                                                        DependAnswer const& answer,
                                                        ResolvedScenario const* scenario);

}  // namespace linchpin::study
