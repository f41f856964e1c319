// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/table/mapping.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// What becomes of the labels of a table when regions, sectors or both are added up.
struct Grouping {
  TableLabels labels;                          ///< of the groups
  std::vector<std::size_t> industry_of;        ///< old industry -> new one
  std::vector<std::size_t> final_column_of;    ///< old column of Y -> new one
  std::string history;                         ///< one line on what was done

  /// Industries stay what they are: nothing is added up.
  [[nodiscard]] bool trivial() const noexcept { return history.empty(); }
};

/// A null mapping leaves that side as it is. New labels stand in the order in which the mapping
/// first names them. A group of sectors is a service only if all its parts are; the members of a
/// group of regions are those of its parts, and unknown if any part's are.
/// \error missing_value, unknown_label, duplicate_label  as `aggregate`, all at once
[[nodiscard]] Result<Grouping> group_labels(TableLabels const& labels, Mapping const* regions,
                                            Mapping const* sectors);

}  // namespace linchpin
