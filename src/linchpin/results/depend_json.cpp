// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/depend_json.h"

#include <string>
#include <utility>

#include "linchpin/results/depend_tables.h"

namespace linchpin {
namespace {

using Json = nlohmann::ordered_json;

/// Entry `row` of a column; null if undefined. Labels are never empty, so empty text is undefined.
Json entry(TextColumn const& column, std::size_t row) {
  return column[row].empty() ? Json(nullptr) : Json(column[row]);
}
template <class Numbers>
Json entry(Numbers const& column, std::size_t row) {
  bool const missing = !column.missing.empty() && column.missing[row];
  return missing ? Json(nullptr) : Json(column.values[row]);
}

Json rows_to_json(ResultTable const& table) {
  Json rows = Json::array();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    Json object = Json::object();
    for (auto const& column : table.columns) {
      auto value = std::visit([&](auto const& data) { return entry(data, row); }, column.data);
      bool const undefined = value.is_null();
      object[column.name] = std::move(value);
      if (undefined) object[column.name + "_reason"] = column.undefined;
    }
    rows.push_back(std::move(object));
  }
  return rows;
}

}  // namespace

Json depend_to_json(IndustrySpace const& space, std::span<depend::BuyerAccount const> accounts,
                    depend::Position const& position, Json origin) {
  Json document = {{"schema", {{"name", "linchpin.depend"}, {"version", 1}}}};
  for (auto const& table : depend_tables(space, accounts, position)) {
    document[table.name] = rows_to_json(table);
  }
  document["origin"] = std::move(origin);
  return document;
}

}  // namespace linchpin
