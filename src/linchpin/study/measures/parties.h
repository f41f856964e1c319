// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "linchpin/depend/reliance.h"
#include "linchpin/economy/industry_space.h"

namespace linchpin::study {

/// "TWN:c14 + CHN" as the user named them; more than four: "… + 3 more".
[[nodiscard]] std::string parties_text(IndustrySpace const& space,
                                       std::vector<depend::Buyer> const& parties);

}  // namespace linchpin::study
