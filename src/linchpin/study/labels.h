// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/economy/industry_space.h"
#include "linchpin/economy/scenario.h"
#include "linchpin/study/placed.h"

namespace linchpin::study {

using PlacedTexts = std::vector<Placed<std::string>>;

/// True if one of the texts is "*" or "all".
[[nodiscard]] bool names_everything(PlacedTexts const& texts);

// Labels to ids. "*" and "all" stand for everything. Unknown labels go to `errors` with the place
// and the nearest match. Results keep the order of the texts, each once.

[[nodiscard]] std::vector<RegionId> find_regions(PlacedTexts const& texts,
                                                 IndustrySpace const& space, ErrorList& errors);
[[nodiscard]] std::vector<SectorId> find_sectors(PlacedTexts const& texts,
                                                 IndustrySpace const& space, ErrorList& errors);

/// "CHN:c14", "CHN:*" (all industries of a region) or "*:c14" (a sector everywhere).
[[nodiscard]] std::vector<IndustryId> find_industries(PlacedTexts const& texts,
                                                      IndustrySpace const& space,
                                                      ErrorList& errors);

/// "NLD" and "CHN:c33": out of the cut as seller and as buyer. "TWN:c14>CHN:c15": only flows from
/// the left to the right.
[[nodiscard]] std::vector<Exemption> find_exemptions(PlacedTexts const& texts,
                                                     IndustrySpace const& space, ErrorList& errors);

}  // namespace linchpin::study
