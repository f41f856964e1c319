// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/repair/gras.h"

#include "linchpin/table/repair/ras_scaling.h"

namespace linchpin {

Result<ScalingReport> gras(DenseMatrix& matrix, std::span<double const> rows,
                           std::span<double const> columns, ScalingOptions const& options,
                           RunControl const& control) {
  return scaling::scale(matrix, scaling::Signs::both, rows, columns, options, control);
}

Result<ScalingReport> gras(CsrMatrix& matrix, std::span<double const> rows,
                           std::span<double const> columns, ScalingOptions const& options,
                           RunControl const& control) {
  return scaling::scale(matrix, scaling::Signs::both, rows, columns, options, control);
}

}  // namespace linchpin
