// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/table/formats/eora_files.h"
#include "linchpin/table/problem_list.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// What the lines and columns of the matrices of one Eora release are.
///
/// Eora balances its table with a region ROW of one account, "statistical discrepancy". It is no
/// country, so it becomes a kind of final demand (what others sell to it, booked with the seller's
/// own region) and a row of value added (what they buy from it): row and column sums of all others
/// stay as published.
struct EoraLayout {
  TableLabels labels;
  bool eora26 = false;
  /// By line of T: row of Z, none for the discrepancy.
  std::vector<std::optional<std::size_t>> accounts;
  std::vector<std::size_t> region_of;  ///< by row of Z
  /// By column of FD: column of Y, none for the discrepancy.
  std::vector<std::optional<std::size_t>> final_columns;
  std::vector<std::size_t> value_added_rows;  ///< by line of VA: row of value added
  bool has_discrepancy = false;
  std::size_t discrepancy_category = 0;
  std::size_t discrepancy_value_added = 0;
  /// Accounts of the same name within one country: the second is called "Other (2)".
  std::size_t renamed = 0;
};

/// Reads the three files of labels. Problems are collected; the layout is of use only if there are
/// none.
/// \error unreadable_file, bad_format  see CsvReader
[[nodiscard]] Result<EoraLayout> read_eora_layout(LabelFiles const& files,
                                                  std::string const& flows_member,
                                                  std::string const& where, ProblemList& problems);

}  // namespace linchpin
