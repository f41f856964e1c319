// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "linchpin/core/dense.h"

namespace linchpin::plain {

/// RAS and GRAS as the textbooks write them: rows and columns in turn, every sum anew, no tiles, no
/// shortcuts. Stops after `rounds`; for comparison only.
[[nodiscard]] DenseMatrix ras(DenseMatrix matrix, std::vector<double> const& rows,
                              std::vector<double> const& columns, int rounds = 5'000);
[[nodiscard]] DenseMatrix gras(DenseMatrix const& matrix, std::vector<double> const& rows,
                               std::vector<double> const& columns, int rounds = 5'000);

/// Objective of GRAS, sum of |z0| (a ln a - a + 1) with a = z / z0: of Kullback and Leibler for
/// matrices without negative cells. Empty cells of `z` count |z0|.
[[nodiscard]] double distance(DenseMatrix const& z, DenseMatrix const& z0);

}  // namespace linchpin::plain
