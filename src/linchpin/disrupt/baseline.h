// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/flow_matrix.h"
#include "linchpin/disrupt/model.h"
#include "linchpin/disrupt/product_rows.h"
#include "linchpin/economy/economy.h"

namespace linchpin::disrupt {

/// The undisturbed economy of the dynamic model: no negative flow, no negative value added, and an
/// output that is, to the last bit, what the kernel adds up. Flows are yearly rates [unit per
/// year].
struct Baseline {
  ProductRows rows;         ///< order of sellers
  DenseVector input_scale;  ///< n: the baseline's flows are Z(i, j) · input_scale(j)
  bool any_scaled = false;  ///< some input_scale is not 1
  DenseMatrix final_use;    ///< n x regions, in the order of `rows`, >= 0
  DenseVector output;       ///< n, by industry: row sum of flows + final use, in kernel order
  DenseVector value_added;  ///< n, by industry: output - inputs, >= 0
  /// Products x industries: Σ Z(i, j) over makers i of the product, before scaling; 1 where nothing
  /// is bought, so that it can be divided by.
  DenseMatrix use;
  std::vector<bool> bought;  ///< products x industries, row-major: `use` is a purchase
  /// The cells of Z that are not zero, if the kernel is to read these instead of all.
  std::optional<CsrMatrix> sparse;
  BaselineReport report;
};

/// What the daily kernel reads. The answers are the same bit for bit.
enum class FlowStorage {
  automatic,  ///< sparse where at most a fifth of the cells is not zero: from there on it is faster
  dense,      ///< the economy's own matrix, no copy
  sparse,     ///< a copy of 12 bytes per cell that is not zero
};

/// Sum over a row of final use: eight interleaved partial sums, then a tree, as everywhere.
[[nodiscard]] double ordered_sum(double const* values, std::size_t count) noexcept;

/// Makes the baseline of `economy`.
///
/// Inventory-change categories and all other negative final demand are left out. Where an industry
/// then buys more than it sells, its inputs are scaled down until value added is zero; that lowers
/// its suppliers' output, so this is repeated until no industry is left in deficit.
///
/// \error not_converged  10,000 rounds of scaling were not enough (names the worst industry)
[[nodiscard]] Result<Baseline> make_baseline(Economy const& economy,
                                             FlowStorage storage = FlowStorage::automatic);

}  // namespace linchpin::disrupt
