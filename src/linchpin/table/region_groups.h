// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// Regions to be taken as one, whose industries stay apart.
struct RegionGroup {
  std::string label;                 ///< of the new region, "EU27"
  std::vector<std::string> members;  ///< labels of regions of the table
};

/// A group as users write it: "EU=DEU,FRA".
/// \error bad_usage  no label, no member, or an empty member; `where` says where it was written
[[nodiscard]] Result<RegionGroup> parse_region_group(std::string_view text,
                                                     std::string const& where);

/// Makes one region of each group without adding up its industries: member DEU's sector c14 becomes
/// the group's sector "DEU c14", so trade inside a group is domestic and nothing is averaged. Final
/// demand of the members is added up by category. The group stands where its first member stood.
///
/// \error unknown_label    a member is no region of the table
/// \error duplicate_label  a member is in two groups, or a group has the label of another region
/// \error missing_value    a group has no member
/// \error invalid_table    the table's arrays do not fit its labels
/// All faults at once; `where` says where the groups were given.
[[nodiscard]] Result<Table> group_regions(Table const& table, std::span<RegionGroup const> groups,
                                          std::string const& where);

}  // namespace linchpin
