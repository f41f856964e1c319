// SPDX-License-Identifier: Apache-2.0
#include "linchpin/parameters/published_files.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "linchpin/core/nearest.h"
#include "linchpin/parameters/sector_codes.h"
#include "linchpin/table/files/csv.h"

namespace linchpin::parameters {
namespace {

constexpr double days_per_month = 365.0 / 12.0;
constexpr double least_days = 1;  // one step of the model

bool is_missing(std::string const& text) { return text.empty() || text == "NA"; }

/// The number of a cell; empty, with a problem in `errors`, if it is none.
std::optional<double> number_at(CsvLine const& line, std::size_t column, ErrorList& errors) {
  if (column >= line.fields.size()) {
    errors.add(ErrorCode::bad_format, fmt::format("the line has {} fields", line.fields.size()),
               line.where, fmt::format("it needs {}, as the header", column + 1));
    return std::nullopt;
  }
  double value = 0;
  auto const fault = parse_number(line.fields[column], value);
  if (fault == NumberFault::none) return value;
  errors.add(describe(fault, line.fields[column], line.where));
  return std::nullopt;
}

Row row_of(Parameter parameter, CsvLine const& line, std::string const& code, Status status) {
  Row row;
  row.parameter = parameter;
  row.product = code;
  row.status = status;
  row.where = line.where;
  return row;
}

/// Adds days of stock; less than a step of the model is raised to one, and said.
void add_days(CsvLine const& line, std::string const& code, double days, Status status,
              ParameterFile& file, std::vector<std::string>& raised, ErrorList& errors) {
  if (days < 0) {
    errors.add(ErrorCode::bad_value, fmt::format("{} days of stock", days), line.where,
               "stocks are 0 or more");
    return;
  }
  auto row = row_of(Parameter::inventory_days, line, code, status);
  row.unit = "days";
  row.value = std::max(days, least_days);
  if (days < least_days) raised.push_back(code);
  file.rows.push_back(std::move(row));
}

void say_holders(std::vector<std::string> const& raised, ParameterFile& file) {
  file.findings.push_back(fmt::format(
      "{} gives stocks by the sector that holds them; they are taken as targets for the products of "
      "that sector",
      file.name));
  if (raised.empty()) return;
  file.findings.push_back(
      fmt::format("stocks below one day, the step of the model, are raised to it in {}: {}",
                  file.name, fmt::join(raised, ", ")));
}

}  // namespace

void read_ratings(std::vector<CsvLine> const& lines, ParameterFile& file, ErrorList& errors) {
  auto const& users = lines.front().fields;
  std::size_t missing = 0;
  for (std::size_t l = 1; l < lines.size(); ++l) {
    auto const& line = lines[l];
    if (line.fields.size() != users.size()) {
      errors.add(ErrorCode::bad_format,
                 fmt::format("{} fields below a header of {}", line.fields.size(), users.size()),
                 line.where, "a matrix has one rating per user in every line");
      continue;
    }
    for (std::size_t c = 1; c < users.size(); ++c) {
      auto row = row_of(Parameter::criticality, line, line.fields[0], Status::read);
      row.user = users[c];
      if (is_missing(line.fields[c])) {
        ++missing;
        file.rows.push_back(std::move(row));
        continue;
      }
      row.value = number_at(line, c, errors);
      if (!row.value) continue;
      if (*row.value != 0 && *row.value != 0.5 && *row.value != 1) {
        errors.add(ErrorCode::bad_value, fmt::format("the rating is {}", *row.value),
                   fmt::format("{}, {} for {}", line.where, row.product, row.user),
                   "0 not critical, 0.5 important, 1 critical, or NA");
        continue;
      }
      file.rows.push_back(std::move(row));
    }
  }
  if (missing > 0) {
    file.findings.push_back(
        fmt::format("{} of {} ratings are missing (NA) in {}", missing, file.rows.size(), file.name));
  }
}

void read_stock_ratios(std::vector<CsvLine> const& lines, std::string const& choice,
                       ParameterFile& file, ErrorList& errors) {
  auto const& header = lines.front().fields;
  auto const wanted = choice.empty() ? std::string{"ratio_input_inv_go_monthly"} : choice;
  auto const column = std::find(header.begin(), header.end(), wanted);
  if (column == header.end()) {
    errors.add(ErrorCode::unknown_key, fmt::format("there is no column '{}'", wanted),
               lines.front().where,
               did_you_mean(wanted, header, fmt::format("columns: {}", fmt::join(header, ", "))));
    return;
  }
  auto const c = static_cast<std::size_t>(column - header.begin());
  std::vector<std::string> raised, missing;
  for (std::size_t l = 1; l < lines.size(); ++l) {
    auto const& line = lines[l];
    if (c < line.fields.size() && is_missing(line.fields[c])) {
      missing.push_back(line.fields[0]);
      continue;
    }
    if (auto const ratio = number_at(line, c, errors)) {
      add_days(line, line.fields[0], *ratio * days_per_month, Status::derived, file, raised, errors);
    }
  }
  if (!missing.empty()) {
    file.findings.push_back(
        fmt::format("no ratio of stocks in {} for {}", file.name, fmt::join(missing, ", ")));
  }
  say_holders(raised, file);
}

void read_desired_stocks(std::vector<CsvLine> const& lines, ParameterFile& file,
                         ErrorList& errors) {
  std::vector<std::string> raised;
  for (std::size_t l = 1; l < lines.size(); ++l) {
    auto const& line = lines[l];
    if (auto const days = number_at(line, 1, errors)) {
      add_days(line, line.fields[0], *days, Status::read, file, raised, errors);
    }
  }
  say_holders(raised, file);
}

bool read_theta_set(std::vector<CsvLine> const& lines, std::string const& choice,
                    ParameterFile& file, ErrorList& errors) {
  auto const& header = lines.front().fields;
  std::vector<std::string> const sets{header.begin() + 2, header.end()};
  auto const set = std::find(sets.begin(), sets.end(), choice);
  if (set == sets.end()) {
    errors.add(choice.empty() ? ErrorCode::missing_value : ErrorCode::unknown_key,
               choice.empty() ? std::string{"the file has several sets of elasticities"}
                              : fmt::format("there is no set '{}'", choice),
               lines.front().where,
               did_you_mean(choice, sets, fmt::format("name one behind the file: {}#{} (sets: {})",
                                                      file.name, sets.front(),
                                                      fmt::join(sets, ", "))));
    return false;
  }
  auto const c = static_cast<std::size_t>(set - sets.begin()) + 2;
  for (std::size_t l = 1; l < lines.size(); ++l) {
    auto const& line = lines[l];
    auto const elasticity = number_at(line, c, errors);
    if (!elasticity) continue;
    if (*elasticity <= 0) {
      errors.add(ErrorCode::bad_value, fmt::format("the elasticity is {}", *elasticity), line.where,
                 "trade elasticities are above 0 here");
      continue;
    }
    auto row = row_of(Parameter::trade_elasticity, line,
                      line.fields[1].starts_with("Services") ? "SERV" : line.fields[1],
                      Status::read);
    row.value = *elasticity;
    row.unit = "exponent";
    file.rows.push_back(std::move(row));
  }
  return true;
}

void read_elasticity_sets(std::vector<CsvLine> const& lines, std::string const& choice,
                          ParameterFile& file, ErrorList& errors) {
  if (!read_theta_set(lines, choice, file, errors)) return;
  double sum = 0;
  std::size_t goods = 0;
  for (auto& row : file.rows) {
    row.parameter = Parameter::resourcing_elasticity;
    row.status = Status::derived;
    auto const divisions = divisions_of(row.product);
    bool const good = divisions.any() && (divisions & divisions_of("SERV")).none();
    if (!good) continue;
    sum += *row.value;
    ++goods;
  }
  if (goods == 0) {
    errors.add(ErrorCode::bad_value, "no sector of the file is a good", lines.front().where,
               "sectors are codes like C26 or C10T12");
    return;
  }
  double const mean = sum / static_cast<double>(goods);
  for (auto& row : file.rows) row.value = *row.value / mean;
  file.findings.push_back(fmt::format(
      "exponents of re-sourcing are the trade elasticities of set {} over their mean of {:.3g} over "
      "goods: an assumption about short horizons",
      choice, mean));
}

}  // namespace linchpin::parameters
