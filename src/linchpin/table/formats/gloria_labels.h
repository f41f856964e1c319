// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/table/formats/eora_files.h"
#include "linchpin/table/problem_list.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// Names of a GLORIA release, whose matrices have none: lists of one label a line, in the order of
/// the release.
struct GloriaLabels {
  std::vector<std::string> regions;       ///< "AFG"
  std::vector<std::string> region_names;  ///< "Afghanistan"; empty where the list has none
  std::vector<std::string> sectors;
  std::vector<std::string> categories;   ///< of final demand
  std::vector<std::string> value_added;  ///< rows of value added
};

/// Reads `regions.csv` and `sectors.csv`, the sheets of the release's ReadMe workbook saved as CSV,
/// and `final_demand.csv` and `value_added.csv` if they are there; without them the six kinds each
/// that releases 57 to 59 have. The column is known by its title (Region_acronyms, Region_names,
/// Sector_names, Final_demand_names, Value_added_names); a list without such titles is its last
/// column. Problems are collected; the labels are of use only if there are none.
/// \error unreadable_file, bad_format  see CsvReader
[[nodiscard]] Result<GloriaLabels> read_gloria_labels(LabelFiles const& files,
                                                      ProblemList& problems);

/// Labels of the industry-by-industry table: every region has every sector.
[[nodiscard]] TableLabels table_labels(GloriaLabels const& labels);

}  // namespace linchpin
