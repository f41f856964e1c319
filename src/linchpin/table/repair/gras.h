// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/flow_matrix.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/repair/ras.h"

namespace linchpin {

/// GRAS: scales a matrix with cells of both signs to row and column targets of any sign.
///
/// Positive cells become r(i) z(i,j) s(j), negative ones z(i,j) / (r(i) s(j)), so every cell keeps
/// its sign and zero cells stay zero. Without negative cells this is RAS. A line whose cells all
/// have one sign cannot reach a total of the other; with the target zero it is emptied. Everything
/// else is as with `ras`.
///
/// \error size_mismatch, bad_value, not_converged, cancelled  see ras
///
/// Source: Günlük-Şenesen & Bates (1988); Junius & Oosterhaven (2003), Economic Systems Research
/// 15(1); objective as corrected by Lenzen, Wood & Gallego (2007), Economic Systems Research 19(4);
/// lines without positive cells: Temurshoev, Miller & Bouwmeester (2013), same journal 25(3).
[[nodiscard]] Result<ScalingReport> gras(DenseMatrix& matrix, std::span<double const> rows,
                                         std::span<double const> columns,
                                         ScalingOptions const& options = {},
                                         RunControl const& control = {});
[[nodiscard]] Result<ScalingReport> gras(CsrMatrix& matrix, std::span<double const> rows,
                                         std::span<double const> columns,
                                         ScalingOptions const& options = {},
                                         RunControl const& control = {});

}  // namespace linchpin
