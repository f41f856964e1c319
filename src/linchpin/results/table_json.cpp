// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/table_json.h"

#include <cmath>

#include "linchpin/table/totals.h"

namespace linchpin {
namespace {

void put(Json& object, char const* name, double value) {
  if (std::isfinite(value)) {
    object[name] = value;
  } else {
    object[name] = nullptr;
    object[std::string{name} + "_reason"] = "a cell of the table is not a finite number";
  }
}

Json totals_to_json(Table const& table) {
  auto const totals = totals_of(table);
  Json result;
  put(result, "gross_output", totals.gross_output);
  put(result, "value_added", totals.value_added);
  put(result, "final_demand", totals.final_demand);
  result["zero_output_industries"] = totals.zero_output_industries;
  result["negative_final_cells"] = totals.negative_final_cells;
  result["regions"] = Json::object();
  for (auto const& region : totals.regions) {
    Json entry;
    put(entry, "gross_output", region.gross_output);
    put(entry, "value_added", region.value_added);
    put(entry, "final_demand", region.final_demand);
    result["regions"][region.label] = std::move(entry);
  }
  return result;
}

Json info_to_json(TableInfo const& info) {
  Json result;
  result["title"] = info.title;
  result["year"] = info.year == 0 ? Json{} : Json(info.year);
  result["unit"] = to_string(info.unit);
  result["price_basis"] = info.price_basis;
  result["source"] = info.source;
  result["licence"] = info.licence;
  result["history"] = info.history;
  result["estimated"] = info.estimated;
  return result;
}

}  // namespace

Json table_list_to_json(std::span<ListedWorld const> worlds) {
  Json result;
  result["schema"] = json_schema("linchpin.table-list");
  result["worlds"] = Json::array();
  for (auto const& world : worlds) {
    Json entry;
    entry["name"] = world.name;
    entry.update(info_to_json(world.table.info));
    entry["regions"] = world.table.labels.regions.size();
    entry["sectors"] = world.table.labels.sectors.size();
    entry["industries"] = world.table.size();
    result["worlds"].push_back(std::move(entry));
  }
  return result;
}

Json table_info_to_json(Table const& table) {
  Json result;
  result["schema"] = json_schema("linchpin.table-info");
  result["table"] = info_to_json(table.info);
  result["regions"] = Json::array();
  for (auto const& region : table.labels.regions) {
    result["regions"].push_back(
        {{"label", region.label}, {"name", region.name}, {"members", region.members}});
  }
  result["sectors"] = Json::array();
  for (auto const& sector : table.labels.sectors) {
    result["sectors"].push_back(
        {{"label", sector.label}, {"name", sector.name}, {"service", sector.service}});
  }
  result["categories"] = Json::array();
  for (auto const& category : table.labels.categories) {
    result["categories"].push_back({{"label", category.label},
                                    {"name", category.name},
                                    {"inventory_change", category.inventory_change}});
  }
  result["value_added_rows"] = table.labels.value_added_rows;
  result["industries"] = table.size();
  result["totals"] = totals_to_json(table);
  return result;
}

Json table_check_to_json(Table const& table, Findings const& findings) {
  Json result;
  result["schema"] = json_schema("linchpin.table-check");
  result["findings"] = Json::array();
  for (auto const& finding : findings) {
    Json entry;
    entry["rule"] = finding.rule;
    entry["severity"] = finding.severity == Severity::error ? "error" : "warning";
    entry["where"] = finding.where;
    put(entry, "value", finding.value);
    entry["what"] = finding.what;
    entry["hint"] = finding.hint;
    result["findings"].push_back(std::move(entry));
  }
  result["totals"] = totals_to_json(table);
  return result;
}

}  // namespace linchpin
