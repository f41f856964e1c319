// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/core/error.h"
#include "linchpin/table/nowcast/nowcast_frame.h"

namespace linchpin::nowcasting {

/// Fills `frame.sales`, `output` and `absorption`: the cube in sectors of the result. A cube sector
/// with several sectors of the result is split, flow by flow, by what the importer bought of each
/// from that exporter in the base table; from foreign sources together where the base table does
/// not have the exporter or the flow, else from all sources, else by the world's purchases.
/// \error missing_value  a sector of the cube is not mapped; nothing is known to split by
/// \error unknown_label  the concordance names a sector the cube does not have
/// \error bad_value      sectors of one group cannot be told apart by the base table
[[nodiscard]] Result<void> spread_cube(TradeCube const& cube, Concordance const& sectors,
                                       Frame& frame);

}  // namespace linchpin::nowcasting
