// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "linchpin/table/table.h"

namespace linchpin {

/// Name and member countries of a region label. Known are ISO 3166 alpha-3 codes, ROM (Romania's
/// code until 2002, still used by WIOD) and the usual labels of "rest of world", which has no
/// list of members. Any other label is named after itself, members unknown.
[[nodiscard]] RegionLabel describe_region(std::string const& label);

}  // namespace linchpin
