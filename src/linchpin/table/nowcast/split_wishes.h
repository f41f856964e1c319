// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/table/nowcast/split.h"

namespace linchpin::splitting {

/// A SplitSpec in numbers of a table. An empty vector: nothing was said, the sector is followed.
struct Wishes {
  std::size_t sector = 0;
  DenseVector output;               ///< by region
  std::vector<DenseVector> flows;   ///< by selling region: by buying region
  std::vector<DenseVector> users;   ///< by buying region: by sector, then by category
  std::vector<DenseVector> inputs;  ///< by region: by sector of the new table, per unit of output
};

/// \error see split_sector
[[nodiscard]] Result<Wishes> understand(TableLabels const& labels, SplitSpec const& spec);

}  // namespace linchpin::splitting
