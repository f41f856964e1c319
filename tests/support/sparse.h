// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/core/flow_matrix.h"

namespace linchpin::test {

/// The cells of `matrix` that are not zero.
inline CsrMatrix sparse(DenseMatrix const& matrix) {
  CsrMatrix result(matrix.rows(), matrix.columns());
  for (std::size_t i = 0; i < matrix.rows(); ++i) {
    for (std::size_t j = 0; j < matrix.columns(); ++j) {
      if (matrix(i, j) == 0) continue;
      result.column.push_back(static_cast<std::uint32_t>(j));
      result.value.push_back(matrix(i, j));
    }
    result.row_start[i + 1] = result.value.size();
  }
  return result;
}

}  // namespace linchpin::test
