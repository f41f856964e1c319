// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/table.h"

namespace linchpin {

struct DiffOptions {
  std::size_t top = 10;  ///< longest list of cells and industries
};

/// Labels of one kind ("region", "sector", "industry", "category", "value added") in two tables.
struct LabelDiff {
  std::string kind;
  std::size_t common = 0;
  std::vector<std::string> only_in_a;
  std::vector<std::string> only_in_b;
  bool reordered = false;  ///< common labels stand in another order
};

struct TotalDiff {
  std::string label;  ///< region; empty: the whole table
  std::string what;   ///< "gross_output", "value_added", "final_demand"
  double a = 0;
  double b = 0;
};

struct CellDiff {
  std::string seller;
  std::string buyer;
  double a = 0;
  double b = 0;
};

struct MultiplierDiff {
  std::string industry;
  double a = 0;
  double b = 0;
};

/// What differs between two tables, for the labels they share [unit of the first per year].
struct TableDiff {
  bool same = false;  ///< labels and all numbers are equal to the last bit
  std::vector<LabelDiff> labels;
  /// Why amounts may not be comparable: other currency, year or price basis. Empty: nothing.
  std::vector<std::string> remarks;
  std::vector<TotalDiff> totals;  ///< of the whole tables, then of each common region
  std::size_t cells_compared = 0;
  std::size_t cells_different = 0;
  double total_absolute_difference = 0;
  double total_size_a = 0;      ///< of the compared cells
  std::vector<CellDiff> worst;  ///< by amount
  /// By |b - a| / max(|a|, |b|), among cells over a millionth of the gross output of the first.
  std::vector<CellDiff> worst_relative;
  /// Output multipliers u'L of industries with output in both; empty if one table has none because
  /// some group of industries uses up its whole output.
  std::vector<MultiplierDiff> multipliers;
  std::size_t multipliers_compared = 0;
  double mean_multiplier_change = 0;  ///< |b - a| weighted by output in a
};

/// Compares two tables where their labels agree. Amounts of `b` are converted to the scale of `a`
/// (millions, thousands); currencies are not.
///
/// \error invalid_table  the arrays of a table do not fit its labels
/// \error bad_value      no industry in common
/// \error cancelled      `control` asked to stop
[[nodiscard]] Result<TableDiff> diff_tables(Table const& a, Table const& b,
                                            DiffOptions const& options = {},
                                            RunControl const& control = {});

/// Output multipliers m' = u'(I - A)^-1, one per industry; 1 where there is no output. Solved by
/// m <- u + A'm until no entry changes by more than 1e-10 of the largest.
///
/// \error unproductive_table  it does not settle within 2,000 rounds
/// \error cancelled           `control` asked to stop
/// Source: Miller & Blair (2009), Input-Output Analysis, 2nd ed., sections 2.4 and 6.2.
[[nodiscard]] Result<DenseVector> output_multipliers(Table const& table,
                                                     RunControl const& control = {});

}  // namespace linchpin
