// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/disrupt/baseline.h"
#include "linchpin/economy/economy.h"

namespace linchpin::disrupt {

/// Categories of households' consumption by their names, those of institutions serving them left
/// out; if none is known, all final use counts.
[[nodiscard]] std::vector<bool> household_categories(TableLabels const& labels);

/// Categories of government's consumption by their names; none if none is known.
[[nodiscard]] std::vector<bool> government_categories(TableLabels const& labels);

/// Share of the `chosen` categories in the baseline's final use, rows x regions, 0 … 1.
[[nodiscard]] DenseMatrix category_shares(Economy const& economy, Baseline const& baseline,
                                          std::vector<bool> const& chosen);

}  // namespace linchpin::disrupt
