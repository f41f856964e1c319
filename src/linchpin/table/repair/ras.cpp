// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/repair/ras.h"

#include "linchpin/table/repair/ras_scaling.h"

namespace linchpin {

Result<ScalingReport> ras(DenseMatrix& matrix, std::span<double const> rows,
                          std::span<double const> columns, ScalingOptions const& options,
                          RunControl const& control) {
  return scaling::scale(matrix, scaling::Signs::non_negative, rows, columns, options, control);
}

Result<ScalingReport> ras(CsrMatrix& matrix, std::span<double const> rows,
                          std::span<double const> columns, ScalingOptions const& options,
                          RunControl const& control) {
  return scaling::scale(matrix, scaling::Signs::non_negative, rows, columns, options, control);
}

}  // namespace linchpin
