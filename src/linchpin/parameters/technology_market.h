// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/parameters/sourced_numbers.h"

namespace linchpin::parameters {

/// Reads the market of a technology (market.csv, docs/formats/technology.md) for one region: keys
/// are `<number>` for all regions or `<number>.<REGION>` for one, which beats the former. The
/// result has plain keys, in the order of the file, one row per number; rows of other regions are
/// checked and left out. Which numbers there must be is up to the caller.
///
/// \param region  code of three capital letters ("CHN")
/// \error those of read_sourced_numbers; bad_format for a key that is neither form. All at once.
[[nodiscard]] Result<std::vector<SourcedNumber>> read_technology_market(std::string_view text,
                                                                        std::string const& name,
                                                                        std::string_view region);

}  // namespace linchpin::parameters
