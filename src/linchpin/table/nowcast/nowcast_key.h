// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/table/nowcast/nowcast_frame.h"

namespace linchpin::nowcasting {

/// How flows between two groups divide among the sectors of the result in them. A flow of the base
/// table from group a to group b gives product t in a, used by industry j in b, the part
/// inputs(t,j); the parts of one pair of groups add up to 1, and so do those of final use.
struct SectorKey {
  DenseMatrix inputs;
  DenseVector final_use;
};

/// The keys of all regions: a region's own where a national table was given, the mean of those
/// given, weighted by output, elsewhere.
struct SectorKeys {
  std::vector<SectorKey> keys;      ///< the last is the mean
  std::vector<std::size_t> key_of;  ///< by region of the result

  [[nodiscard]] SectorKey const& of(std::size_t region) const { return keys[key_of[region]]; }
};

/// \error see nowcast()
[[nodiscard]] Result<SectorKeys> make_keys(std::vector<NationalTable> const& national,
                                           Frame const& frame);

}  // namespace linchpin::nowcasting
