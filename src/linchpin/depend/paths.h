// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/depend/leontief_system.h"

namespace linchpin::depend {

/// What a path carries from its first industry to final use.
enum class PathTerms {
  value_added,  ///< v_c: value that the supplier added
  output,       ///< 1: gross output of the supplier
};

inline constexpr std::size_t most_paths = 1'000'000;  ///< about 1 GB of search tree

/// From which suppliers to whose final use.
struct PathQuestion {
  std::vector<IndustryId> suppliers;
  std::optional<RegionId> final_region = {};  ///< empty: of the whole world
  PathTerms terms = PathTerms::value_added;
  std::size_t count = 10;  ///< how many paths are wanted
};

/// i_0 sells to i_1 … sells to i_m, which delivers to final use. An industry can stand on a path
/// more than once.
struct SupplyPath {
  std::vector<IndustryId> industries;  ///< supplier first
  double value = 0;                    ///< w(i_0) A(i_0,i_1) … A(i_m-1,i_m) f(i_m) [unit per year]
};

/// The heaviest paths and what they leave out [unit per year].
struct SupplyPaths {
  std::vector<SupplyPath> paths;  ///< heaviest first; ties: shorter first, then by industry
  double shown = 0;               ///< sum of their values
  double total = 0;               ///< of all paths that end in positive final use
  double negative_final_use = 0;  ///< <= 0: of all paths that end in negative cells (inventories)
  /// <= 0: of the suppliers whose value added is negative; no path of theirs is listed.
  double negative_suppliers = 0;
  /// No path that is not listed is heavier. 0: all paths are listed.
  double heaviest_left_out = 0;
  std::size_t looked_at = 0;  ///< beginnings of paths the search made
};

/// The heaviest supply paths, in exact order, by best-first search.
///
/// h(j) = max(f_j, max_k A_jk h_k) is the heaviest continuation of a path that reached j; since
/// the table is productive every cycle multiplies by less than one, so the best continuation has no
/// cycle and Bellman's iteration ends after at most n rounds. A beginning w A … A that stands at j
/// with value p has no completion above p h(j): the search takes the beginning with the highest
/// bound, and emits a path once nothing left in the queue can be heavier. Bounds are raised by
/// 1e-12 of themselves, more than rounding can take off, so the order is that of the printed
/// values. Cost: one solve, about ten passes over Z, and (paths x length) steps of the queue.
///
/// Source: Defourny & Thorbecke (1984), "Structural path analysis and multiplier decomposition
/// within a social accounting matrix framework", Economic Journal 94; the search is best-first
/// (A*) with an exact bound, Hart, Nilsson & Raphael (1968).
/// \error missing_value  no supplier, or none with output
/// \error bad_value      more than `most_paths` wanted
/// \error cancelled      `control.cancel` was set
[[nodiscard]] Result<SupplyPaths> heaviest_paths(LeontiefSystem const& system,
                                                 PathQuestion const& question,
                                                 RunControl const& control = {});

/// Value by number of steps: row m, column j is sum over suppliers of w (A^m) f_j, positive final
/// use only; m = 0 … steps. Sums over m towards the totals w L f. [unit per year]
/// \error missing_value  as above
[[nodiscard]] Result<DenseMatrix> supply_layers(LeontiefSystem const& system,
                                                PathQuestion const& question, std::size_t steps,
                                                RunControl const& control = {});

}  // namespace linchpin::depend
