// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/table/repair/ras_cells.h"

namespace linchpin::scaling {

/// The targets of a scaling and which lines take part: a line with the target zero whose cells all
/// have one sign is closed, and so are its cells.
struct Problem {
  DenseVector rows;
  DenseVector columns;
  std::vector<char> row_open;
  std::vector<char> column_open;
};

/// A line whose target no choice of multipliers can reach.
struct HopelessLine {
  bool is_row = false;
  std::size_t line = 0;
  double target = 0;
  bool empty = false;  ///< it has no open cell; else all its cells have the other sign
};

/// Closes lines until nothing changes, then looks at each open line by itself.
template <class Cells>
[[nodiscard]] std::vector<HopelessLine> close_lines(Cells& cells, Problem& problem);

/// Rows and columns that share no open cell with any other.
struct Component {
  std::vector<std::size_t> rows;
  std::vector<std::size_t> columns;
  double row_total = 0;
  double column_total = 0;
  double size = 0;  ///< sum of the sizes of all targets

  [[nodiscard]] double gap()
      const noexcept;  ///< difference of the totals beside the targets' mean size
};

template <class Cells>
[[nodiscard]] std::vector<Component> components(Cells& cells, Problem const& problem);

/// Rows R and columns C such that positive cells of R lie in C and negative cells of C lie in R.
/// Every matrix of this pattern has a total over R that is at most the total over C.
struct BoundSet {
  std::vector<std::size_t> rows;
  std::vector<std::size_t> columns;
  double row_total = 0;  ///< of the targets
  double column_total = 0;
};

struct Obstruction {
  std::optional<BoundSet> violated;  ///< row total above column total: no such matrix exists
  /// Row total equal to column total: cells that add to the one and not to the other must vanish.
  std::vector<std::pair<std::size_t, std::size_t>> forced_zeros;
};

/// Looks for sets that contradict or force cells to zero among those that a stalled scaling points
/// at: the rows whose multipliers grow fastest. What it reports is proven by the totals; finding
/// nothing proves nothing.
///
/// \param growth  of the logarithm of r since an earlier step, one per row
template <class Cells>
[[nodiscard]] Obstruction find_obstruction(Cells& cells, Problem const& problem,
                                           std::span<double const> growth);

}  // namespace linchpin::scaling
