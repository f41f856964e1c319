// SPDX-License-Identifier: Apache-2.0
#include "linchpin/parameters/parameter_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "linchpin/core/nearest.h"
#include "linchpin/parameters/published_files.h"
#include "linchpin/table/files/csv.h"

namespace linchpin::parameters {
namespace {

constexpr std::array all_parameters{Parameter::inventory_days, Parameter::resourcing_elasticity,
                                    Parameter::overproduction, Parameter::criticality,
                                    Parameter::trade_elasticity};
constexpr std::array known_columns{"key",     "value", "low",    "high", "unit", "source",
                                   "licence", "date",  "status", "note"};

struct Bounds {
  double lowest, highest;
  char const* hint;
};

Bounds bounds_of(Parameter parameter) {
  switch (parameter) {
    case Parameter::inventory_days: return {1, 36500, "one step is one day: at least 1"};
    case Parameter::resourcing_elasticity: return {0, 100, "0 (shares stay) or more"};
    case Parameter::overproduction: return {1, 100, "a multiple of capacity, at least 1"};
    case Parameter::criticality: return {0, 1, "0 not critical, 0.5 important, 1 critical"};
    case Parameter::trade_elasticity: return {1e-3, 1e3, "elasticities are above 0"};
  }
  return {0, 0, ""};
}

// Where each known column stands in the header; empty: not there.
struct Columns {
  std::array<std::optional<std::size_t>, known_columns.size()> places;
};

std::string field(CsvLine const& line, Columns const& columns, std::string_view name) {
  for (std::size_t k = 0; k < known_columns.size(); ++k) {
    auto const place = columns.places[k];
    if (known_columns[k] == name && place && *place < line.fields.size()) return line.fields[*place];
  }
  return {};
}

Columns find_columns(CsvLine const& header, ErrorList& errors) {
  Columns columns;
  for (std::size_t c = 0; c < header.fields.size(); ++c) {
    auto const& name = header.fields[c];
    auto const known = std::find(known_columns.begin(), known_columns.end(), name);
    if (known == known_columns.end()) {
      std::vector<std::string> const names{known_columns.begin(), known_columns.end()};
      errors.add(ErrorCode::unknown_key, fmt::format("unknown column '{}'", name), header.where,
                 did_you_mean(name, names, fmt::format("columns: {}", fmt::join(names, ", "))));
      continue;
    }
    columns.places[static_cast<std::size_t>(known - known_columns.begin())] = c;
  }
  return columns;
}

/// "criticality.C26>C29" into its parts; false with a problem if it is no such key.
bool read_key(std::string const& key, Row& row, ErrorList& errors) {
  auto const dot = key.find('.');
  std::vector<std::string> names;
  for (auto const each : all_parameters) {
    names.emplace_back(to_string(each));
    if (key.substr(0, dot) == to_string(each)) row.parameter = each;
  }
  auto const name = key.substr(0, dot);
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    errors.add(ErrorCode::unknown_key, fmt::format("unknown parameter '{}'", name), row.where,
               did_you_mean(name, names, fmt::format("parameters: {}", fmt::join(names, ", "))));
    return false;
  }
  auto const rest = dot == std::string::npos ? std::string{} : key.substr(dot + 1);
  auto const arrow = rest.find('>');
  bool const pair = arrow != std::string::npos;
  row.product = rest.substr(0, arrow);
  if (pair) row.user = rest.substr(arrow + 1);
  bool const wants_pair = row.parameter == Parameter::criticality;
  if (row.product.empty() || pair != wants_pair || (pair && row.user.empty())) {
    errors.add(ErrorCode::bad_format, fmt::format("'{}' is no key", key), row.where,
               wants_pair ? "write criticality.C26>C29: an input and the sector that uses it"
                          : fmt::format("write {}.C26: the parameter and a sector", name));
    return false;
  }
  return true;
}

std::optional<double> read_number(CsvLine const& line, Columns const& columns, char const* name,
                                  Row const& row, ErrorList& errors) {
  auto const text = field(line, columns, name);
  if (text.empty()) return std::nullopt;
  double value = 0;
  if (auto const fault = parse_number(text, value); fault != NumberFault::none) {
    errors.add(describe(fault, text, fmt::format("{}, {}", line.where, name)));
    return std::nullopt;
  }
  auto const bounds = bounds_of(row.parameter);
  if (value < bounds.lowest || value > bounds.highest) {
    errors.add(ErrorCode::bad_value, fmt::format("{} of {} is {}", name, to_string(row.parameter), value),
               line.where, bounds.hint);
    return std::nullopt;
  }
  return value;
}

void read_status(CsvLine const& line, Columns const& columns, Row& row, ErrorList& errors) {
  auto const text = field(line, columns, "status");
  if (text.empty()) return;
  for (auto const each : {Status::read, Status::derived, Status::assumption, Status::user}) {
    if (text != to_string(each)) continue;
    row.status = each;
    return;
  }
  errors.add(ErrorCode::bad_value, fmt::format("'{}' is no status", text), line.where,
             "use read, derived, assumption or user");
}

void read_row(CsvLine const& line, Columns const& columns, ParameterFile& file, ErrorList& errors) {
  Row row;
  row.where = line.where;
  if (!read_key(field(line, columns, "key"), row, errors)) return;
  if (field(line, columns, "value").empty()) {
    errors.add(ErrorCode::missing_value, "a line without a value", line.where,
               "write the number, or leave the line out");
    return;
  }
  row.value = read_number(line, columns, "value", row, errors);
  row.low = read_number(line, columns, "low", row, errors);
  row.high = read_number(line, columns, "high", row, errors);
  if (row.value && ((row.low && *row.low > *row.value) || (row.high && *row.high < *row.value))) {
    errors.add(ErrorCode::bad_value,
               fmt::format("the value {} lies outside low and high", *row.value), line.where,
               "low <= value <= high");
  }
  read_status(line, columns, row, errors);
  row.unit = field(line, columns, "unit");
  row.source = field(line, columns, "source");
  row.licence = field(line, columns, "licence");
  row.date = field(line, columns, "date");
  row.note = field(line, columns, "note");
  if (row.value) file.rows.push_back(std::move(row));
}

bool has(CsvLine const& header, std::string_view name) {
  return std::find(header.fields.begin(), header.fields.end(), name) != header.fields.end();
}

void read_by_kind(std::vector<CsvLine> const& lines, std::string const& choice, ParameterFile& file,
                  ErrorList& errors) {
  auto const& header = lines.front();
  if (has(header, "key")) {
    auto const columns = find_columns(header, errors);
    if (!has(header, "value")) {
      errors.add(ErrorCode::missing_value, "there is no column 'value'", header.where,
                 "the header is key,value and what else you know");
    }
    for (std::size_t l = 1; l < lines.size(); ++l) read_row(lines[l], columns, file, errors);
  } else if (has(header, "ratio_input_inv_go_monthly") || has(header, "ratio_all_inv_go_monthly")) {
    read_stock_ratios(lines, choice, file, errors);
  } else if (has(header, "Desired stock (days)")) {
    read_desired_stocks(lines, file, errors);
  } else if (header.fields.size() > 2 && header.fields[0] == "k" && header.fields[1] == "sector") {
    read_elasticity_sets(lines, choice, file, errors);
  } else if (header.fields.size() > 2 && header.fields[0].empty()) {
    read_ratings(lines, file, errors);
  } else {
    errors.add(ErrorCode::bad_format, "no kind of parameter file has this header", header.where,
               "start with key,value; a matrix of ratings starts with an empty field "
               "(docs/formats/parameters.md)");
  }
}

}  // namespace

char const* to_string(Parameter parameter) noexcept {
  switch (parameter) {
    case Parameter::inventory_days: return "inventory_days";
    case Parameter::resourcing_elasticity: return "resourcing_elasticity";
    case Parameter::overproduction: return "overproduction";
    case Parameter::criticality: return "criticality";
    case Parameter::trade_elasticity: return "trade_elasticity";
  }
  return "";
}

char const* to_string(Status status) noexcept {
  switch (status) {
    case Status::read: return "read";
    case Status::derived: return "derived";
    case Status::assumption: return "assumption";
    case Status::user: return "user";
  }
  return "";
}

Result<ParameterFile> read_parameter_file(std::string_view text, std::string const& name,
                                          std::string const& choice) {
  auto const lines = split_csv(text, name);
  if (!lines) return fail(lines.error());
  ParameterFile file;
  file.name = name;
  ErrorList errors;
  read_by_kind(*lines, choice, file, errors);
  if (errors.empty() && file.rows.empty()) {
    errors.add(ErrorCode::missing_value, "the file sets nothing", name,
               "add a line like inventory_days.C26,45");
  }
  if (!errors.empty()) return fail(errors.joined());
  return file;
}

}  // namespace linchpin::parameters
