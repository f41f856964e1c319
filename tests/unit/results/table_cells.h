// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "linchpin/results/result_set.h"

namespace linchpin::test {

inline std::vector<std::string> column_names(ResultTable const& table) {
  std::vector<std::string> result;
  for (auto const& column : table.columns) result.push_back(column.name);
  return result;
}

/// Throws (and so fails the test) if there is no column of that name.
inline ResultColumn const& column(ResultTable const& table, std::string const& name) {
  auto const found =
      std::find_if(table.columns.begin(), table.columns.end(),
                   [&](ResultColumn const& each) { return each.name == name; });
  if (found == table.columns.end()) throw std::runtime_error("no column " + name);
  return *found;
}

inline TextColumn const& texts(ResultTable const& table, std::string const& name) {
  return std::get<TextColumn>(column(table, name).data);
}
inline std::vector<std::int64_t> const& integers(ResultTable const& table,
                                                 std::string const& name) {
  return std::get<IntegerColumn>(column(table, name).data).values;
}
inline std::optional<double> number(ResultTable const& table, std::string const& name,
                                    std::size_t row) {
  auto const& data = std::get<NumberColumn>(column(table, name).data);
  bool const missing = !data.missing.empty() && data.missing[row];
  return missing ? std::nullopt : std::optional{data.values.at(row)};
}

/// All columns are equally long, and say why an entry can be missing if one is.
inline bool is_tidy(ResultTable const& table) {
  return std::all_of(table.columns.begin(), table.columns.end(), [&](ResultColumn const& each) {
    auto const* const numbers = std::get_if<NumberColumn>(&each.data);
    bool const missing =
        numbers != nullptr && std::count(numbers->missing.begin(), numbers->missing.end(), true);
    return each.size() == table.rows() && !(missing && each.undefined.empty());
  });
}

}  // namespace linchpin::test
