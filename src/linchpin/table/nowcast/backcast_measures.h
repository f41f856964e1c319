// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/table/table.h"

namespace linchpin::backcasting {

/// What two tables are compared by.
struct Measures {
  DenseMatrix Z;
  DenseVector multipliers;            ///< column sums of L; 1 for an industry without output
  std::vector<DenseVector> reliance;  ///< by buying region: (L - I) w, w its output shares
};

/// \param output   gross output of the flows `Z`
/// \param regions  buyers whose reliance is wanted
/// \error not_converged  I - A has no non-negative inverse, or nearly so
[[nodiscard]] Result<Measures> measure(TableLabels const& labels, DenseMatrix Z,
                                       DenseVector const& output,
                                       std::vector<std::size_t> const& regions);

/// sum |estimate - truth| / sum |truth|; 0 where both are zero.
[[nodiscard]] double percentage_error(std::span<double const> estimate,
                                      std::span<double const> truth) noexcept;

}  // namespace linchpin::backcasting
