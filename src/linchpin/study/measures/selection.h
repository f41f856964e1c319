// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/depend/reliance.h"
#include "linchpin/economy/industry_space.h"

namespace linchpin::study {

/// The region or industry (REGION:SECTOR) of a label.
/// \error unknown_label  with the nearest match as hint; `where` says where the user wrote it
[[nodiscard]] Result<depend::Buyer> find_party(IndustrySpace const& space, std::string_view label,
                                               std::string_view where);

[[nodiscard]] std::vector<depend::Buyer> all_regions(IndustrySpace const& space);

/// The regions of `parties`, all where there is none.
/// \error bad_value  one of them is an industry; `hint` says what to do
[[nodiscard]] Result<std::vector<RegionId>> only_regions(IndustrySpace const& space,
                                                         std::vector<depend::Buyer> const& parties,
                                                         std::string_view where,
                                                         std::string_view hint);

/// The industries of `parties`, each once, ascending; all where there is none.
[[nodiscard]] std::vector<IndustryId> industries_of(IndustrySpace const& space,
                                                    std::vector<depend::Buyer> const& parties);

/// The parties named, else all regions; with `detail` each of their industries.
[[nodiscard]] std::vector<depend::Buyer> in_detail(IndustrySpace const& space,
                                                   std::vector<depend::Buyer> const& named,
                                                   bool detail);

/// "TWN:c14 + CHN" as the user named them; more than four: "… + 3 more".
[[nodiscard]] std::string parties_text(IndustrySpace const& space,
                                       std::vector<depend::Buyer> const& parties);

}  // namespace linchpin::study
