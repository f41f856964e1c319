// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "linchpin/disrupt/model.h"
#include "linchpin/economy/industry_space.h"

namespace linchpin {

/// The document "linchpin.disrupt", version 1 (docs/formats/json.md): losses by region and of the
/// world, output of every industry on every day, shortages, what was done to the baseline,
/// `warnings` and `origin` as given. Industries without baseline output stay at 1 and are listed in
/// `industries.without_output`. An undefined entry is null beside a text `<name>_reason`.
[[nodiscard]] nlohmann::ordered_json disrupt_to_json(IndustrySpace const& space,
                                                     disrupt::Path const& path,
                                                     nlohmann::ordered_json origin,
                                                     std::vector<std::string> const& warnings = {});

}  // namespace linchpin
