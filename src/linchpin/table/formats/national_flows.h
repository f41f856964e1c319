// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/table/read.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// One country and what it trades with the rest of the world, as national offices publish it. With
/// n industries, p kinds of imports, C kinds of final demand and k rows of value added:
struct NationalFlows {
  RegionLabel country;
  std::vector<SectorLabel> sectors;
  std::vector<std::size_t> domestic_sectors;  ///< n: sector of each industry of the country
  std::vector<std::size_t> import_sectors;    ///< p: sector of each kind of imports
  std::vector<CategoryLabel> categories;      ///< C, exports among them
  DenseMatrix domestic;                       ///< n x n: sales to domestic industries
  DenseMatrix domestic_final;                 ///< n x 2 C: to users of the country, then abroad
  DenseMatrix imports;                        ///< p x n
  DenseMatrix imports_final;                  ///< p x 2 C; the second half are re-exports
  std::vector<std::string> value_added_rows;  ///< k
  DenseMatrix value_added;                    ///< k x n
  DenseVector output;                         ///< n, as published
  DenseVector import_total;                   ///< p, as published
};

/// Splits flows that are published without it by the import share of each sector: imports over all
/// domestic uses, the same for every domestic user (exports hold no imports).
///
/// On entry domestic and domestic_final hold all flows whatever their origin, of the country's
/// users in the first half of the columns and of exports in the second, and import_sectors is
/// domestic_sectors; on return imports and imports_final are filled. Columns of `only_imports` are
/// all imports and are taken off the total first.
/// \error bad_value  a sector imports more than is used of it at home, or less than nothing
[[nodiscard]] Result<void> split_proportionally(NationalFlows& flows,
                                                std::vector<std::size_t> const& only_imports,
                                                std::string const& where);

/// A table of two regions, the country and ROW. ROW's sellers are the imports; their value added is
/// their output, in a row of its own, and they buy nothing, since a national table does not say how
/// imports were made. Exports are final demand of ROW.
///
/// Negative intermediate flows, which no model can read, move to a final-demand category "NEG" of
/// the country and, with the same sign, to a value-added row of the buyer, so that rows and columns
/// add up as before; the history says how many and how much.
/// \error too_large  see TableAssembler
[[nodiscard]] Result<Table> assemble_national(NationalFlows flows, TableInfo info,
                                              ReadOptions const& options, std::string const& where);

}  // namespace linchpin
