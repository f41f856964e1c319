// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/disrupt/model.h"
#include "linchpin/disrupt/product_blocks.h"
#include "linchpin/economy/economy.h"

namespace linchpin::disrupt {

/// The undisturbed economy of the dynamic model: no negative flow, no negative value added, and an
/// output that is, to the last bit, what the kernel adds up. Flows are yearly rates [unit per
/// year].
struct Baseline {
  ProductBlocks flows;      ///< n x n, inputs scaled
  DenseVector input_scale;  ///< n: flows(i, j) = Z(i, j) · input_scale(j)
  DenseMatrix final_use;    ///< n x regions, rows in the order of `flows`, >= 0
  DenseVector output;       ///< n, by industry: row sum of flows + final use, in kernel order
  DenseVector value_added;  ///< n, by industry: output - inputs, >= 0
  BaselineReport report;
};

/// Makes the baseline of `economy`.
///
/// Inventory-change categories and all other negative final demand are left out. Where an industry
/// then buys more than it sells, its inputs are scaled down until value added is zero; that lowers
/// its suppliers' output, so this is repeated until no industry is left in deficit.
///
/// \error not_converged  10,000 rounds of scaling were not enough (names the worst industry)
[[nodiscard]] Result<Baseline> make_baseline(Economy const& economy);

}  // namespace linchpin::disrupt
