// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/table/files/csv.h"
#include "linchpin/table/problem_list.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// More labels than any table has rows or columns; a file with more is refused.
inline constexpr std::size_t most_labels = 200'000;

/// One line of a file of labels of Eora: what a row or a column of a matrix is.
struct EoraLabel {
  std::string region;  ///< "AFG"; empty where the file has no regions (value added of Eora26)
  std::string entity;  ///< "Industries", "Commodities", "Final demand", "Primary inputs"
  std::string name;    ///< "Agriculture"
};

/// Reads `labels_T.txt` and its sisters (country, code, entity, name, no header), or `index_t.csv`
/// and its sisters (with a header that names the columns CountryA3, Entity and Sector).
/// Labels that cannot be one go to `problems`.
/// \error unreadable_file, bad_format  see CsvReader
/// \error too_large                    over most_labels
[[nodiscard]] Result<std::vector<EoraLabel>> read_eora_labels(CsvReader csv, ProblemList& problems);

/// True for the names Eora, GLORIA and alike give to what cannot be stored: services, construction,
/// electricity, gas and water supply, trade, transport … A rule of words, as the releases do not
/// say it themselves.
[[nodiscard]] bool names_a_service(std::string_view sector);

/// Name and flag of a kind of final demand by words of its name ("Changes in inventories P.52").
[[nodiscard]] CategoryLabel described_final_demand(CategoryLabel category);

}  // namespace linchpin
