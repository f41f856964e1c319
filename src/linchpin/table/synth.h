// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "linchpin/core/error.h"
#include "linchpin/core/random.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/table.h"

namespace linchpin {

struct SynthesisOptions {
  std::size_t regions = 20;
  std::size_t sectors = 35;
  Seed seed;
  double domestic_share = 0.8;     ///< of inputs and of final demand, on average
  double value_added_share = 0.5;  ///< of output, on average; industries lie within +-0.3
  double zero_share = 0.3;         ///< chance that a seller does not serve a foreign buyer
  double inventory_share = 0.01;   ///< size of inventory changes beside final demand
  std::uint64_t memory_limit = std::uint64_t{8} << 30;  ///< of the table [bytes]
};

/// A made-up world with the look of a real one, for tests and benchmarks of any size: few large and
/// many small regions (Pareto) and sectors (log-normal), trade that falls with distance and grows
/// with the seller's size, inputs from home first, empty cells, inventories of both signs.
///
/// Final demand is drawn, input coefficients are drawn with columns that sum to one less the share
/// of value added, and output follows from both; so rows and columns balance to rounding. The same
/// options give the same table on any number of threads.
///
/// \error bad_value  no region or sector, or a share out of its range
/// \error too_large  the table would need more than the memory limit
/// \error cancelled  `control` asked to stop
///
/// Sources: Anderson & van Wincoop (2003), gravity with size and distance; Gabaix (2009), power
/// laws of sizes. The figures are typical ones, not estimates.
[[nodiscard]] Result<Table> synthesise_world(SynthesisOptions const& options,
                                             RunControl const& control = {});

}  // namespace linchpin
