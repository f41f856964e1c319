// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/table/nowcast/nowcast_frame.h"
#include "linchpin/table/nowcast/nowcast_key.h"

namespace linchpin::nowcasting {

/// The purchases of one region before balancing, and what had to be borrowed for them.
struct Seed {
  /// (exporter, product) x (industries of the importer, then its final use). Rows add up to the
  /// cube; the columns of industries without output are zero.
  DenseMatrix matrix;
  std::size_t flows = 0;
  std::size_t pooled_flows = 0, world_flows = 0;
  double pooled_value = 0, world_value = 0;
  std::vector<std::size_t> filled;  ///< industries that took the input pattern of the world
};

/// Spreads each flow of the cube into `importer` over its users by the base table's use of that
/// flow. A region that has borrowed its technology uses its own products as the region it borrowed
/// from does, and exporters outside the base table take the use pooled over foreign sources.
///
/// \param inputs  targets of the importer's industries: those above zero need a seed
[[nodiscard]] Seed make_seed(Frame const& frame, SectorKey const& key, std::size_t importer,
                             DenseVector const& inputs);

}  // namespace linchpin::nowcasting
