// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "linchpin/table/repair/ras.h"

namespace linchpin::scaling {

enum class Signs { non_negative, both };

/// The loop behind `ras` and `gras`, for each kind of storage.
[[nodiscard]] Result<ScalingReport> scale(DenseMatrix& matrix, Signs signs,
                                          std::span<double const> rows,
                                          std::span<double const> columns,
                                          ScalingOptions const& options, RunControl const& control);
[[nodiscard]] Result<ScalingReport> scale(CsrMatrix& matrix, Signs signs,
                                          std::span<double const> rows,
                                          std::span<double const> columns,
                                          ScalingOptions const& options, RunControl const& control);

}  // namespace linchpin::scaling
