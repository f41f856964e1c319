// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"

namespace linchpin::disrupt {

/// Rows of a linear programme over columns 0 <= x <= most: least <= entries x <= upper. No bound is
/// infinity.
struct LinearProgramme {
  struct Entry {
    std::size_t row = 0;
    std::size_t column = 0;
    double value = 0;
  };
  DenseVector most;          ///< of each column
  DenseVector least, upper;  ///< of each row
  std::vector<Entry> entries;

  [[nodiscard]] std::size_t add_column(double bound);
  [[nodiscard]] std::size_t add_row(double from, double to);
  void set(std::size_t row, std::size_t column, double value);
};

/// Maximises the objectives one after the other with the simplex method: each later one without
/// giving up more than 1e-9 of the earlier ones.
///
/// \return the values of the columns
/// \error not_converged  the solver found no optimum (infeasible, unbounded, or its limit)
[[nodiscard]] Result<DenseVector> maximise(LinearProgramme const& programme,
                                           std::vector<DenseVector> const& objectives);

}  // namespace linchpin::disrupt
