// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/depend/leontief_system.h"

namespace linchpin::depend {

/// What can change between two years.
enum class ChangeFactor : std::size_t {
  value_added_share,  ///< v / x of every industry
  technology,         ///< inputs of each product per unit of output, wherever bought
  input_sourcing,     ///< from whom industries buy each product
  final_sourcing,     ///< from whom final users buy each product
  final_demand,       ///< how much of each product final users buy
};
inline constexpr std::size_t change_factors = 5;
extern std::array<std::string_view, change_factors> const change_factor_names;

/// Change of the value added of each region that serves the final use of each other, G x G, row =
/// where value is added, column = whose final use [unit per year].
struct StructuralChange {
  DenseMatrix before;                               ///< V L Y of the first year
  DenseMatrix after;                                ///< of the second
  std::array<DenseMatrix, change_factors> effects;  ///< they sum to after - before
};

/// Structural decomposition of the change between two tables of the same labels.
///
/// A = technology x input sourcing (shares of regions within a product), Y = final demand x final
/// sourcing. Factors are changed one after the other in the order of `ChangeFactor` and, from the
/// other end, in the reverse order; effects are the mean of these two polar decompositions and add
/// up exactly. Where a product is not bought in one year, its sourcing is that of the other year.
/// Final purchases with a negative cell are not split: all their change counts as final demand.
/// In current prices effects contain price changes.
///
/// Four systems are factorised (two besides the given ones), 10 times G right-hand sides.
/// Source: Dietzenbacher & Los (1998), "Structural decomposition techniques: sense and
/// sensitivity", Economic Systems Research 10(4).
/// \error size_mismatch       the tables have different labels, or units
/// \error unproductive_table  a mix of the years needs more than it makes
/// \error too_large           the mixes do not fit into memory (about 6 n x n doubles)
/// \error cancelled           `control.cancel` was set
[[nodiscard]] Result<StructuralChange> structural_change(LeontiefSystem const& before,
                                                         LeontiefSystem const& after,
                                                         RunControl const& control = {});

}  // namespace linchpin::depend
