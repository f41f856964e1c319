// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "linchpin/core/byte_count.h"
#include "linchpin/table/assembler.h"
#include "linchpin/table/formats/eora_labels.h"
#include "linchpin/table/formats/figaro_codes.h"
#include "linchpin/table/formats/label_builder.h"
#include "linchpin/table/label_text.h"

namespace linchpin {
namespace {

using Kind = MatrixRole::Kind;
constexpr std::size_t lines_per_report = 4096;
constexpr double not_seen = std::numeric_limits<double>::quiet_NaN();  // no cell of a file is NaN

/// Where a row or a column of the flat file goes.
struct Place {
  Kind kind = Kind::unknown;
  std::size_t index = 0;  // industry, column of final demand, or row of value added
};

class FlatReader {
 public:
  FlatReader(Bundle const& bundle, std::string const& member, ReadOptions const& options,
             RunControl const& control)
      : bundle_(bundle), member_(member), options_(options), control_(control) {}

  Result<Table> read();

 private:
  enum class Pass { labels, cells };
  struct Fields {
    std::size_t row_area = 0, row = 0, column_area = 0, column = 0, value = 0, count = 0;
  };

  Result<void> pass(Pass which);
  Result<bool> read_header(CsvReader& csv);
  void note_labels(CsvReader const& csv);
  void take_cell(CsvReader const& csv);
  Result<void> lay_out();
  void hand_over();
  void finish_rows();
  std::span<double> buffer_of(std::size_t seller);

  Bundle const& bundle_;
  std::string const& member_;
  ReadOptions const& options_;
  RunControl const& control_;
  ProblemList problems_;
  Fields at_;
  LabelBuilder builder_;
  bool products_ = false;
  // First pass: in what order the lines come.
  std::string last_row_;
  std::unordered_map<std::string, bool> rows_;  // label of a row -> is one of value added
  bool grouped_ = true;
  // Second pass.
  std::vector<std::size_t> positions_;
  std::unordered_map<std::string, Place> row_places_, column_places_;
  std::optional<TableAssembler> assembler_;
  std::optional<std::size_t> current_;  // seller whose cells are in buffer_
  DenseMatrix buffer_;                  // one seller, or all of them if lines are not grouped
  DenseMatrix inputs_;                  // value added
  std::size_t absent_ = 0;              // cells the file does not have
  std::size_t complete_rows_ = 0;
  std::string first_incomplete_;
};

std::string key_of(std::string_view area, std::string_view code) {
  std::string key{area};
  key += '_';
  return key += code;
}

Result<Table> FlatReader::read() {
  if (auto const done = pass(Pass::labels); !done) return fail(done.error());
  if (!problems_.empty()) return fail(problems_.joined(member_));
  if (auto const done = lay_out(); !done) return fail(done.error());
  if (auto const done = pass(Pass::cells); !done) return fail(done.error());
  if (problems_.empty()) finish_rows();
  if (!problems_.empty()) return fail(problems_.joined(member_));
  auto info = describe_figaro(bundle_, member_, products_);
  if (absent_ > 0)
    info.history += fmt::format("\n{} cells the file does not name are zero", absent_);
  return assembler_->finish(std::move(info));
}

Result<bool> FlatReader::read_header(CsvReader& csv) {
  auto const more = csv.next();
  if (!more || !*more) return more;
  csv.set_dialect(dialect_of(csv.line()));
  if (auto const done = csv.split(); !done) return fail(done.error());
  auto const& fields = csv.fields();
  at_.count = fields.size();
  auto const find = [&](std::array<std::string_view, 2> names, std::size_t& place) {
    for (std::size_t k = 0; k < fields.size(); ++k) {
      std::string text{fields[k]};
      std::transform(text.begin(), text.end(), text.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      if (text != names[0] && text != names[1]) continue;
      place = k;
      return;
    }
    problems_.add(ErrorCode::missing_value, fmt::format("there is no column '{}'", names[0]),
                  csv.where(),
                  "the flat form has refArea, rowIi, counterpartArea, colIi, obsValue");
  };
  find({"refarea", "refarea"}, at_.row_area);
  find({"rowii", "rowpi"}, at_.row);
  find({"counterpartarea", "counterpartarea"}, at_.column_area);
  find({"colii", "colpi"}, at_.column);
  find({"obsvalue", "obsvalue"}, at_.value);
  return problems_.empty();
}

Result<void> FlatReader::pass(Pass which) {
  auto csv = bundle_.open_csv(member_);
  if (!csv) return fail(csv.error());
  auto const header = read_header(*csv);
  if (!header) return fail(header.error());
  if (!*header) return {};
  for (std::size_t lines = 0; !problems_.full(); ++lines) {
    if (lines % lines_per_report == 0) {
      csv->report_progress(control_, which == Pass::labels ? "reading labels" : "reading table");
      if (control_.cancel.cancelled()) {
        return fail(ErrorCode::cancelled, "stopped while reading", csv->name(), "run it again");
      }
    }
    auto const more = csv->next();
    if (!more) return fail(more.error());
    if (!*more) break;
    if (auto const done = csv->split(); !done) return fail(done.error());
    if (csv->fields().size() != at_.count) {
      problems_.add(
          ErrorCode::bad_format,
          fmt::format("the line has {} fields, the header has {}", csv->fields().size(), at_.count),
          csv->where(), "the file may be cut off: compare its size with the original");
      continue;
    }
    if (std::max(rows_.size(), column_places_.size()) > most_labels) {
      return fail(ErrorCode::too_large,
                  fmt::format("the file has over {} rows or columns", most_labels), csv->where(),
                  "no table has as many: check that it is the right file");
    }
    if (which == Pass::labels) {
      note_labels(*csv);
    } else {
      take_cell(*csv);
    }
  }
  return {};
}

/// Numbers the industries by their rows and the kinds of final demand by their columns.
void FlatReader::note_labels(CsvReader const& csv) {
  auto const& fields = csv.fields();
  auto key = key_of(fields[at_.row_area], fields[at_.row]);
  auto const column = key_of(fields[at_.column_area], fields[at_.column]);
  if (key != last_row_) {
    auto const role = figaro_role(key);  // of the key, as later: an area may hold an underscore
    if (role.kind != Kind::industry && role.kind != Kind::value_added) {
      problems_.add(
          ErrorCode::unknown_label,
          fmt::format("the row '{}' {}", printable(key),
                      role.kind == Kind::final_use ? "is a kind of final demand" : role.part),
          csv.where(at_.row), "rows are named like AT, A01");
      return;
    }
    auto const [entry, added] = rows_.try_emplace(key, role.kind == Kind::value_added);
    if (added && role.kind == Kind::industry) {
      builder_.add_industry(builder_.add_region(role.region), builder_.add_sector(role.part));
      if (role.part.starts_with("CPA_")) products_ = true;
    }
    if (!added && role.kind == Kind::industry) grouped_ = false;
    last_row_ = std::move(key);
  }
  if (column_places_.contains(column)) return;
  auto const role = figaro_role(column);
  if (role.kind != Kind::industry && role.kind != Kind::final_use) {
    problems_.add(ErrorCode::unknown_label,
                  fmt::format("the column '{}' {}", printable(column),
                              role.kind == Kind::value_added ? "is a primary input" : role.part),
                  csv.where(at_.column), "columns are named like AT, A01 or AT, P3_S14");
    return;
  }
  if (role.kind == Kind::final_use) builder_.add_category(role.part);
  column_places_.emplace(column, Place{role.kind, 0});
}

Result<void> FlatReader::lay_out() {
  auto labels = builder_.finish();
  labels.value_added_rows = figaro_value_added_rows();
  positions_ = builder_.grouped_positions();
  auto const categories = builder_.categories();
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < labels.industries.size(); ++i) {
    auto const& industry = labels.industries[i];
    auto key = key_of(labels.regions[industry.region.index()].label,
                      labels.sectors[industry.sector.index()].label);
    row_places_.emplace(key, Place{Kind::industry, i});
    if (!column_places_.contains(key)) {
      problems_.add(ErrorCode::missing_value,
                    fmt::format("there is no column '{}', but a row", key), member_,
                    "the file may be cut off: compare its size with the original");
    }
  }
  for (auto& [key, place] : column_places_) {
    auto const role = figaro_role(key);
    if (place.kind == Kind::industry) {
      if (auto const row = row_places_.find(key); row != row_places_.end()) {
        place.index = row->second.index;
      } else {
        problems_.add(ErrorCode::missing_value,
                      fmt::format("there is no row '{}', but a column", key), member_,
                      "the file may be cut off: compare its size with the original");
      }
    } else if (auto const region = builder_.find_region(role.region),
               category = builder_.find_category(role.part);
               region && category) {
      place.index = *region * categories + *category;
    } else {
      problems_.add(ErrorCode::unknown_label,
                    fmt::format("the region of the column '{}' has no industries", key), member_,
                    "every region needs rows");
    }
  }
  for (std::size_t k = 0; k < labels.value_added_rows.size(); ++k) {
    auto const& name = labels.value_added_rows[k];
    auto const key = "W2_" + name.substr(0, name.find(' '));
    row_places_.emplace(key, Place{Kind::value_added, k});
    if (!rows_.contains(key)) {
      problems_.add(ErrorCode::missing_value, fmt::format("there is no row '{}'", key), member_,
                    "the file may be cut off: compare its size with the original");
    }
  }
  if (!problems_.empty()) return fail(problems_.joined(member_));
  auto const n = labels.industries.size();
  auto const width = n + labels.final_columns();
  auto const kinds = labels.value_added_rows.size();
  auto assembler = TableAssembler::make(std::move(labels), options_, member_);
  if (!assembler) return fail(assembler.error());
  assembler_ = std::move(*assembler);
  auto const held = grouped_ ? width : n * width;
  if (held > options_.memory_limit / sizeof(double)) {
    return fail(ErrorCode::too_large,
                fmt::format("the lines are not grouped by row, so that sorting them needs {}, "
                            "the limit is {}",
                            byte_count(static_cast<double>(held) * sizeof(double)),
                            byte_count(static_cast<double>(options_.memory_limit))),
                member_, "sort the file by refArea and rowIi, or read the matrix form");
  }
  buffer_ = DenseMatrix(grouped_ ? 1 : n, width);
  inputs_ = DenseMatrix(kinds, n);
  for (double& cell : buffer_.values()) cell = not_seen;
  for (double& cell : inputs_.values()) cell = not_seen;
  return {};
}

std::span<double> FlatReader::buffer_of(std::size_t seller) {
  if (!grouped_) return buffer_.row(seller);
  if (current_ != seller) {
    hand_over();
    current_ = seller;
  }
  return buffer_.row(0);
}

void FlatReader::take_cell(CsvReader const& csv) {
  auto const& fields = csv.fields();
  auto const found_row = row_places_.find(key_of(fields[at_.row_area], fields[at_.row]));
  auto const found_column =
      column_places_.find(key_of(fields[at_.column_area], fields[at_.column]));
  if (found_row == row_places_.end() || found_column == column_places_.end()) {
    problems_.add(ErrorCode::unreadable_file, "the file changed while it was read", csv.where(),
                  "read it again when nothing writes to it");
    return;
  }
  auto const& row = found_row->second;
  auto const& column = found_column->second;
  double value = 0;
  auto const text = fields[at_.value];
  if (auto const fault = parse_number(text, csv.dialect(), value); fault != NumberFault::none) {
    auto const problem = describe(fault, text, csv.where(at_.value));
    problems_.add(problem.code, problem.what, problem.where, problem.hint);
    return;
  }
  bool const to_final = column.kind == Kind::final_use;
  // Taxes and the like that final users pay have no place in a table of industries.
  if (row.kind == Kind::value_added && to_final) return;
  auto const n = assembler_->labels().industries.size();
  auto& cell = row.kind == Kind::value_added
                   ? inputs_(row.index, column.index)
                   : buffer_of(row.index)[to_final ? n + column.index : column.index];
  if (!std::isnan(cell)) {
    problems_.add(ErrorCode::duplicate_label,
                  fmt::format("the cell {}_{}, {}_{} appears twice", fields[at_.row_area],
                              fields[at_.row], fields[at_.column_area], fields[at_.column]),
                  csv.where(), "remove one of the two lines");
    return;
  }
  cell = value;
}

/// Gives the seller in the buffer to the table and empties the buffer.
void FlatReader::hand_over() {
  if (!current_) return;
  auto const row = buffer_.row(grouped_ ? 0 : *current_);
  std::size_t absent = 0;
  for (double& cell : row) {
    if (!std::isnan(cell)) continue;
    cell = 0;
    ++absent;
  }
  if (absent == 0) {
    ++complete_rows_;
  } else if (first_incomplete_.empty()) {
    first_incomplete_ = assembler_->labels().industry_label(*current_);
  }
  absent_ += absent;
  auto const n = assembler_->labels().industries.size();
  assembler_->set_seller(*current_, row.first(n), row.subspan(n),
                         std::accumulate(row.begin(), row.end(), 0.0));
  if (grouped_) std::fill(row.begin(), row.end(), not_seen);
}

void FlatReader::finish_rows() {
  auto const n = assembler_->labels().industries.size();
  if (grouped_) {
    hand_over();
  } else {
    for (std::size_t seller = 0; seller < n; ++seller) {
      current_ = seller;
      hand_over();
    }
  }
  // A file may leave out zeros, but then few rows have all cells.
  if (2 * complete_rows_ > n && !first_incomplete_.empty()) {
    problems_.add(ErrorCode::missing_value,
                  fmt::format("{} of the {} rows have all cells, but not the row '{}'",
                              complete_rows_, n, first_incomplete_),
                  member_, "the file may be cut off: compare its size with the original");
  }
  for (std::size_t k = 0; k < inputs_.rows(); ++k) {
    auto const row = inputs_.row(k);
    for (double& cell : row) {
      if (std::isnan(cell)) cell = 0;
    }
    assembler_->add_value_added(k, row);
  }
}

}  // namespace

Result<Table> read_figaro_flat(Bundle const& bundle, std::string const& member,
                               ReadOptions const& options, RunControl const& control) {
  return FlatReader(bundle, member, options, control).read();
}

}  // namespace linchpin
