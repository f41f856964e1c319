// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/core/error.h"
#include "linchpin/table/grouping.h"
#include "linchpin/table/mapping.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// Adds up regions, sectors or both. A null mapping leaves that side as it is.
///
/// Flows, final demand, value added and output are sums over the parts, taken in the order of the
/// source table, so that whole numbers stay exact and the result never varies. New labels stand in
/// the order in which the mapping first names them. A group of sectors is a service only if all its
/// parts are; the members of a group of regions are those of its parts, and unknown if any part's
/// are. The step is added to info.history.
///
/// All faults of both mappings are reported at once.
/// \error missing_value    a label of the table is not mapped
/// \error unknown_label    the mapping names a label the table does not have
/// \error duplicate_label  a label is mapped twice
/// \error invalid_table    the table's arrays do not fit its labels
[[nodiscard]] Result<Table> aggregate(Table const& table, Mapping const* regions,
                                      Mapping const* sectors);

/// `table` with its industries and columns of final demand added up as `grouping` says, and its
/// step in info.history. Precondition: `grouping` was made from the table's labels.
[[nodiscard]] Table regroup(Table const& table, Grouping grouping);

}  // namespace linchpin
