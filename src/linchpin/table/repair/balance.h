// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/table.h"
#include "linchpin/table/repair/targets.h"

namespace linchpin {

enum class BalanceMethod { ras, gras, kras };

/// "ras", "gras", "kras"
[[nodiscard]] std::string_view to_string(BalanceMethod method) noexcept;

struct BalanceSpec {
  /// Nothing: kras if a target has a sigma; else ras, or gras where a cell or target is negative.
  std::optional<BalanceMethod> method = {};
  /// Row sums (sales): industries; with kras also kinds of value added. Nothing: published output.
  std::optional<TargetList> rows = {};
  /// Column sums (costs): industries with their value added, and columns of final demand as
  /// "USA:HH". Nothing: the same output as the rows.
  std::optional<TargetList> columns = {};
  double tolerance = 1e-12;  ///< relative error of a margin at which to stop
  std::uint64_t memory_limit = std::uint64_t{8} << 30;  ///< of the work [bytes]
};

/// A cell and what balancing made of it.
struct MovedCell {
  std::string seller;  ///< industry, or kind of value added
  std::string buyer;   ///< industry, or column of final demand
  double before = 0;
  double after = 0;
};

/// An uncertain target that gave way.
struct RelaxedTarget {
  std::string name;  ///< "sales of CHN:c14"
  double target = 0;
  double sigma = 0;
  double value = 0;  ///< what the balanced table has
};

/// What balancing did [unit of the table].
struct BalanceReport {
  BalanceMethod method = BalanceMethod::ras;
  std::size_t iterations = 0;
  /// Largest distance of an exact target from its sum, relative to the sizes of the cells added up.
  double residual = 0;
  double total_gap = 0;  ///< relative gap of the totals of row and column targets that was closed
  double total_absolute_change = 0;
  double total_size = 0;  ///< of all cells before, the measure for the change
  MovedCell
      largest_relative_change;    ///< among cells over a millionth of gross output; may be empty
  std::vector<MovedCell> worst;   ///< the ten cells that moved most, by amount
  std::size_t emptied_cells = 0;  ///< set to zero because no target leaves them room
  double seed_pull = 0;           ///< kras: how far the least reliable target gave way to cells
  std::vector<RelaxedTarget> relaxed;  ///< kras: by gap over sigma, the largest first
};

struct BalancedTable {
  Table table;
  BalanceReport report;
};

/// Balances a whole table [Z Y; v]: sales and costs of every industry, final demand by column.
///
/// With ras and gras, every industry has a row target (its output) and a column target; columns of
/// final demand keep their totals unless the target file names them (then all of them), times the
/// growth of total output where row targets are given; value added is one row that takes what is
/// left over, and its kinds keep their shares within each industry. With kras, only what the files
/// name is a target, besides the balance of each industry, which is exact; without files, published
/// output is an exact target.
///
/// Cells keep their signs and zeros. The result is stored in double precision, its output is the
/// row sum, and it counts as estimated. Satellite accounts stay as they are.
///
/// \error invalid_table    the arrays do not fit the labels
/// \error unknown_label    a target names nothing in the table, or two things; all at once
/// \error missing_value    ras or gras with targets for some industries only
/// \error bad_value        a sigma with ras or gras; see ras, gras and kras: infeasible targets
/// \error too_large        the work would need more than the memory limit
/// \error not_converged, cancelled
[[nodiscard]] Result<BalancedTable> balance_table(Table const& table, BalanceSpec const& spec = {},
                                                  RunControl const& control = {});

}  // namespace linchpin
