// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/json.h"

#include <cmath>
#include <cstdint>

#include "linchpin/core/contracts.h"
#include "linchpin/results/number_text.h"

namespace linchpin {
namespace {

constexpr char const* not_defined = "not defined for this row";
constexpr char const* not_finite = "the computation gave no finite number";

Json option_to_json(OptionValue const& option) {
  return std::visit(
      [](auto const& value) -> Json {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::monostate>) {
          return nullptr;
        } else {
          return value;
        }
      },
      option);
}

char const* type_name(ResultColumn const& column) {
  if (std::holds_alternative<TextColumn>(column.data)) return "text";
  return std::holds_alternative<IntegerColumn>(column.data) ? "integer" : "number";
}

struct ColumnData {
  Json values = Json::array();
  bool has_null = false;
  bool has_not_finite = false;

  void add(TextColumn const& texts) {
    for (auto const& text : texts) values.push_back(text);
  }
  template <class Numbers>
  void add(Numbers const& numbers) {
    LINCHPIN_EXPECTS(numbers.missing.empty() || numbers.missing.size() == numbers.values.size());
    for (std::size_t i = 0; i < numbers.values.size(); ++i) {
      bool const missing = !numbers.missing.empty() && numbers.missing[i];
      bool const finite = std::isfinite(static_cast<double>(numbers.values[i]));
      LINCHPIN_EXPECTS(missing || finite);
      has_null = has_null || missing || !finite;
      has_not_finite = has_not_finite || (!missing && !finite);
      values.push_back(missing || !finite ? Json(nullptr) : Json(numbers.values[i]));
    }
  }
};

/// Entry `row` of a column; null if undefined. Labels are never empty, so empty text is undefined.
Json entry(TextColumn const& column, std::size_t row) {
  return column[row].empty() ? Json(nullptr) : Json(column[row]);
}
template <class Numbers>
Json entry(Numbers const& column, std::size_t row) {
  bool const missing = !column.missing.empty() && column.missing[row];
  return missing ? Json(nullptr) : Json(column.values[row]);
}

}  // namespace

Json table_to_json(ResultTable const& table) {
  Json columns = Json::array();
  Json data = Json::array();
  for (auto const& column : table.columns) {
    LINCHPIN_EXPECTS(column.size() == table.rows());
    ColumnData entries;
    std::visit([&](auto const& values) { entries.add(values); }, column.data);
    Json head = {{"name", column.name}, {"title", column.title}, {"type", type_name(column)}};
    head["unit"] = column.unit.empty() ? Json(nullptr) : Json(column.unit);
    head["description"] = column.description;
    if (entries.has_not_finite) {
      head["undefined"] = not_finite;
    } else if (entries.has_null) {
      head["undefined"] = column.undefined.empty() ? not_defined : column.undefined;
    }
    columns.push_back(std::move(head));
    data.push_back(std::move(entries.values));
  }
  return {{"name", table.name},
          {"title", table.title},
          {"note", table.note},
          {"columns", std::move(columns)},
          {"data", std::move(data)}};
}

namespace {

char const* kind_name(NoteKind kind) {
  switch (kind) {
    case NoteKind::method:
      return "method";
    case NoteKind::data:
      return "data";
    case NoteKind::assumption:
      return "assumption";
  }
  return "method";
}

Json fields_of(Error const& error) {
  return {{"code", std::string{to_string(error.code)}},
          {"what", error.what},
          {"where", error.where},
          {"hint", error.hint}};
}

void append(std::string& out, Json const& value);

void append_object(std::string& out, Json const& object) {
  char separator = '{';
  for (auto const& [key, value] : object.items()) {
    out += separator;
    append_json_string(out, key);
    out += ':';
    append(out, value);
    separator = ',';
  }
  out += object.empty() ? "{}" : "}";
}

void append_array(std::string& out, Json const& array) {
  char separator = '[';
  for (auto const& value : array) {
    out += separator;
    append(out, value);
    separator = ',';
  }
  out += array.empty() ? "[]" : "]";
}

void append_double(std::string& out, double value) {
  LINCHPIN_EXPECTS(std::isfinite(value));
  if (std::isfinite(value)) {
    append_number(out, value);
  } else {
    out += "null";
  }
}

void append(std::string& out, Json const& value) {
  switch (value.type()) {
    case Json::value_t::object:
      return append_object(out, value);
    case Json::value_t::array:
      return append_array(out, value);
    case Json::value_t::string:
      return append_json_string(out, value.get_ref<std::string const&>());
    case Json::value_t::boolean:
      out += value.get<bool>() ? "true" : "false";
      return;
    case Json::value_t::number_integer:
      return append_number(out, value.get<std::int64_t>());
    case Json::value_t::number_unsigned:
      out += std::to_string(value.get<std::uint64_t>());
      return;
    case Json::value_t::number_float:
      return append_double(out, value.get<double>());
    default:
      out += "null";
  }
}

}  // namespace

Json json_schema(std::string const& name, int version) {
  return {{"name", name}, {"version", version}};
}

Json origin_to_json(Origin const& origin) {
  Json inputs = Json::array();
  for (auto const& [name, sha256] : origin.inputs) {
    inputs.push_back({{"name", name}, {"sha256", sha256}});
  }
  Json options = Json::object();
  for (auto const& [name, value] : origin.options) options[name] = option_to_json(value);
  auto const& world = origin.world;
  return {{"program", origin.program},
          {"version", origin.version},
          {"world",
           {{"name", origin.world_name},
            {"title", world.title},
            {"year", world.year == 0 ? Json(nullptr) : Json(world.year)},
            {"unit", to_string(world.unit)},
            {"price_basis", world.price_basis},
            {"source", world.source},
            {"licence", world.licence},
            {"estimated", world.estimated}}},
          {"inputs", std::move(inputs)},
          {"options", std::move(options)},
          {"seed", origin.seed ? Json(*origin.seed) : Json(nullptr)},
          {"blas", origin.blas},
          {"host", origin.host},
          {"started", origin.started},
          {"duration_seconds", origin.duration_seconds}};
}

Json result_set_to_json(ResultSet const& results, JsonOptions options) {
  Json regions = Json::array();
  for (auto const& region : results.regions) {
    regions.push_back(
        {{"label", region.label}, {"name", region.name}, {"members", Json(region.members)}});
  }
  Json sectors = Json::array();
  for (auto const& sector : results.sectors) {
    sectors.push_back({{"label", sector.label}, {"name", sector.name}});
  }
  Json scenarios = Json::array();
  for (std::size_t k = 0; k < results.headlines.size(); ++k) {
    bool const about =
        k < results.headline_scenarios.size() && !results.headline_scenarios[k].empty();
    scenarios.push_back(about ? Json(results.headline_scenarios[k]) : Json(nullptr));
  }
  Json tables = Json::array();
  for (auto const& table : results.tables) {
    if (table.in_report || !options.report_only) tables.push_back(table_to_json(table));
  }
  Json notes = Json::array();
  for (auto const& note : results.notes) {
    notes.push_back({{"kind", kind_name(note.kind)}, {"title", note.title}, {"text", note.text}});
  }
  return {{"schema", json_schema("linchpin.results")},
          {"title", results.title},
          {"question", results.question},
          {"focus", results.focus ? Json(*results.focus) : Json(nullptr)},
          {"headlines", Json(results.headlines)},
          {"headline_scenarios", std::move(scenarios)},
          {"warnings", Json(results.warnings)},
          {"origin", origin_to_json(results.origin)},
          {"regions", std::move(regions)},
          {"sectors", std::move(sectors)},
          {"tables", std::move(tables)},
          {"notes", std::move(notes)}};
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

Json error_to_json(Error const& error) {
  Json first = fields_of(error);
  if (!error.further.empty()) {
    Json further = Json::array();
    for (auto const& each : error.further) further.push_back(fields_of(each));
    first["further"] = std::move(further);
  }
  return {{"error", std::move(first)}};
}

std::string to_text(Json const& document) {
  std::string out;
  append(out, document);
  return out;
}

}  // namespace linchpin
