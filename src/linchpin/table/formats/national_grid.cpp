// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/formats/national_grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <limits>

#include "linchpin/core/byte_count.h"
#include "linchpin/core/lowercase.h"
#include "linchpin/table/files/csv.h"
#include "linchpin/table/label_text.h"

namespace linchpin {
namespace {

constexpr std::string_view progress_name = "reading table";
constexpr std::size_t most_lines = 20'000;  // rows, and columns: far above any national table
constexpr std::size_t copies = 6;           // of the numbers held at once until the table is built

}  // namespace

class LabelledGrid::Parser {
 public:
  Parser(CsvReader csv, Layout const& layout, ReadOptions const& options, RunControl const& control)
      : csv_(std::move(csv)), layout_(layout), options_(options), control_(control) {}

  Result<LabelledGrid> parse(std::string const& member);

 private:
  Result<void> parse_header();
  void parse_row();
  void parse_numbers();
  void name_row(std::size_t row);

  CsvReader csv_;
  Layout const& layout_;
  ReadOptions const& options_;
  RunControl const& control_;
  ProblemList problems_;
  LabelledGrid grid_;
};

Result<LabelledGrid> LabelledGrid::Parser::parse(std::string const& member) {
  grid_.name_ = member;
  if (auto const done = parse_header(); !done) return fail(done.error());
  for (;;) {
    auto const more = csv_.next();
    if (!more) return fail(more.error());
    if (!*more) break;
    if (grid_.rows_.size() == most_lines) {
      return fail(ErrorCode::too_large, fmt::format("the file has more than {} rows", most_lines),
                  csv_.where(), "national tables are small: check that this is one");
    }
    auto const bytes = (grid_.values_.size() + grid_.columns_.size()) * sizeof(double);
    if (bytes * copies > options_.memory_limit) {
      return fail(ErrorCode::too_large,
                  fmt::format("the table needs more than the limit of {}",
                              byte_count(static_cast<double>(options_.memory_limit))),
                  csv_.where(), "national tables are small: check that this is one");
    }
    parse_row();
    if (problems_.full()) break;
    csv_.report_progress(control_, progress_name);
    if (control_.cancel.cancelled()) {
      return fail(ErrorCode::cancelled, "stopped while reading", csv_.name(), "run it again");
    }
  }
  if (problems_.empty() && grid_.rows_.empty()) {
    problems_.add(ErrorCode::bad_format, "there are no rows below the header", csv_.name(),
                  "the file may be cut off: compare its size with the original");
  }
  if (!problems_.empty()) return fail(problems_.joined(csv_.name()));
  return std::move(grid_);
}

Result<void> LabelledGrid::Parser::parse_header() {
  auto const more = csv_.next();
  if (!more) return fail(more.error());
  if (!*more) {
    return fail(ErrorCode::bad_format, "the file is empty", csv_.name(), "check the download");
  }
  csv_.set_dialect(dialect_of(csv_.line()));
  if (auto const done = csv_.split(); !done) return done;
  auto const& fields = csv_.fields();
  auto const& texts = layout_.text_columns;
  auto& count = grid_.text_columns_;
  if (fields.size() > most_lines) {
    return fail(ErrorCode::too_large, fmt::format("the file has more than {} columns", most_lines),
                csv_.where(), "national tables are small: check that this is one");
  }
  while (count < fields.size() && count < texts.size() &&
         lowercase(fields[count]) == texts[count]) {
    ++count;
  }
  for (std::size_t field = count; field < fields.size() && !problems_.full(); ++field) {
    auto const name = fields[field];
    if (auto const fault = label_fault(name); !fault.empty()) {
      problems_.add(ErrorCode::bad_value, fmt::format("the name of the column {}", fault),
                    csv_.where(field), "give it a short name");
    }
    auto const added = grid_.column_numbers_.emplace(name, grid_.columns_.size()).second;
    if (!added) {
      problems_.add(ErrorCode::duplicate_label,
                    fmt::format("the column '{}' appears twice", printable(name)),
                    csv_.where(field), "rename or merge one of the two");
    }
    grid_.columns_.emplace_back(name);
  }
  if (count == 0 || grid_.columns_.empty()) {
    problems_.add(ErrorCode::bad_format,
                  fmt::format("the header does not start with the column '{}' and names of columns "
                              "of numbers behind it",
                              texts.empty() ? "" : texts.front()),
                  csv_.where(), "keep the first line of the original file");
  }
  if (!problems_.empty()) return fail(problems_.joined(csv_.name()));
  return {};
}

void LabelledGrid::Parser::parse_row() {
  if (auto const done = csv_.split(); !done) {
    problems_.add(done.error().code, done.error().what, done.error().where, done.error().hint);
    return;
  }
  auto const& fields = csv_.fields();
  auto const expected = grid_.text_columns_ + grid_.columns_.size();
  if (fields.size() != expected) {
    problems_.add(ErrorCode::bad_format,
                  fmt::format("the line has {} fields, the header has {}", fields.size(), expected),
                  csv_.where(), "check the line for missing or additional commas");
    return;
  }
  Row row;
  row.line = csv_.line_number();
  for (std::size_t k = 0; k < grid_.text_columns_; ++k) row.texts.emplace_back(fields[k]);
  grid_.rows_.push_back(std::move(row));
  name_row(grid_.rows_.size() - 1);
  parse_numbers();
}

void LabelledGrid::Parser::name_row(std::size_t row) {
  auto const& texts = grid_.rows_[row].texts;
  std::vector<std::string> parts;
  for (auto const column : layout_.key_columns) {
    parts.push_back(column < texts.size() ? texts[column] : std::string{});
  }
  parts.resize(2);
  if (auto const fault = label_fault(parts[0]); !fault.empty()) {
    problems_.add(ErrorCode::bad_value, fmt::format("the code of the row {}", fault), csv_.where(),
                  "every row needs its code in the first column");
  }
  auto const [entry, added] = grid_.row_numbers_.try_emplace({parts[0], parts[1]}, row);
  if (added) return;
  problems_.add(ErrorCode::duplicate_label,
                fmt::format("the row '{}' appears twice, first in line {}", printable(parts[0]),
                            grid_.rows_[entry->second].line),
                csv_.where(), "rename or merge one of the two");
}

void LabelledGrid::Parser::parse_numbers() {
  auto const& fields = csv_.fields();
  for (std::size_t field = grid_.text_columns_; field < fields.size(); ++field) {
    double value = 0;
    auto const fault = parse_number(fields[field], csv_.dialect(), value);
    bool const blank = fault == NumberFault::empty;
    if (fault != NumberFault::none && !blank) {
      auto const problem = describe(fault, fields[field], csv_.where(field));
      problems_.add(problem.code, problem.what, problem.where, problem.hint);
      if (problems_.full()) return;
    }
    grid_.values_.push_back(blank ? 0.0 : value);
    grid_.blank_.push_back(blank);
  }
}

Result<LabelledGrid> LabelledGrid::read(Bundle const& bundle, std::string const& member,
                                        Layout const& layout, ReadOptions const& options,
                                        RunControl const& control) {
  auto csv = bundle.open_csv(member);
  if (!csv) return fail(csv.error());
  return Parser(std::move(*csv), layout, options, control).parse(member);
}

std::optional<std::size_t> LabelledGrid::find_column(std::string_view name) const {
  auto const entry = column_numbers_.find(name);
  if (entry == column_numbers_.end()) return std::nullopt;
  return entry->second;
}

std::optional<std::size_t> LabelledGrid::find_row(std::string_view first,
                                                  std::string_view second) const {
  auto const entry = row_numbers_.find({std::string{first}, std::string{second}});
  if (entry == row_numbers_.end()) return std::nullopt;
  return entry->second;
}

std::string LabelledGrid::where(std::size_t row) const {
  return fmt::format("{}:{}", name_, rows_[row].line);
}

double LabelledGrid::number(std::size_t row, std::size_t column, ProblemList& problems) const {
  auto const cell = row * columns_.size() + column;
  if (blank_[cell]) {
    problems.add(ErrorCode::missing_value,
                 fmt::format("the cell of row '{}' and column '{}' is empty",
                             printable(rows_[row].texts.front()), printable(columns_[column])),
                 fmt::format("{}, column {}", where(row), column + text_columns_ + 1),
                 "write 0 if there is no flow");
  }
  return values_[cell];
}

DenseMatrix LabelledGrid::block(std::span<std::size_t const> rows,
                                std::span<std::size_t const> columns, ProblemList& problems) const {
  DenseMatrix result(rows.size(), columns.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < columns.size(); ++j) {
      result(i, j) = number(rows[i], columns[j], problems);
    }
  }
  return result;
}

DenseVector LabelledGrid::column(std::span<std::size_t const> rows, std::size_t column,
                                 ProblemList& problems) const {
  DenseVector result;
  for (auto const row : rows) result.push_back(number(row, column, problems));
  return result;
}

DenseVector LabelledGrid::row(std::size_t row, std::span<std::size_t const> columns,
                              ProblemList& problems) const {
  DenseVector result;
  for (auto const column : columns) result.push_back(number(row, column, problems));
  return result;
}

std::string plain_header(std::string_view first_line) {
  auto text = lowercase(first_line);
  std::erase(text, '"');
  std::replace(text.begin(), text.end(), dialect_of(first_line).separator, ',');
  return text;
}

}  // namespace linchpin
