// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <span>

#include "linchpin/depend/position.h"
#include "linchpin/depend/reliance.h"

namespace linchpin {

/// The document "linchpin.depend", version 1 (docs/formats/json.md): `schema`, the tables of
/// depend_tables as lists of objects, and `origin` as given. An undefined entry is null beside a
/// text `<name>_reason`.
[[nodiscard]] nlohmann::ordered_json depend_to_json(IndustrySpace const& space,
                                                    std::span<depend::BuyerAccount const> accounts,
                                                    depend::Position const& position,
                                                    nlohmann::ordered_json origin);

}  // namespace linchpin
