// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "linchpin/table/table.h"

namespace linchpin {

/// Names and `service` flags of sector labels, from the label schemes we know:
///   - WIOD 2013: c1 … c35 (services: c17 power, gas and water; c18 construction; c19 … c35);
///   - ISIC Rev. 4 and NACE Rev. 2: a section letter (F), or a division or range of divisions with
///   or
///     without letters in front (D35, G45T47, C10-C12, 61). Services are divisions from 35 on;
///     divisions written without a letter count only if every such label has two digits, since
///     1, 2, 3 … is how small tables number their sectors.
/// Any other label is a good, named after itself.
[[nodiscard]] std::vector<SectorLabel> describe_sectors(std::span<std::string const> labels);

}  // namespace linchpin
