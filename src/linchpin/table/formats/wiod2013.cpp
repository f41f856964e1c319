// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/core/nearest.h"
#include "linchpin/table/assembler.h"
#include "linchpin/table/category_scheme.h"
#include "linchpin/table/csv.h"
#include "linchpin/table/formats/formats.h"
#include "linchpin/table/formats/label_builder.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/problem_list.h"

namespace linchpin {
namespace {

constexpr std::string_view output_column = "OUTPUT";
constexpr std::size_t label_columns = 2;  // country, sector
constexpr std::string_view progress_name = "reading table";

/// Where the numbers of one column go.
struct Target {
  enum class Kind { industry, final_demand, output } kind = Kind::output;
  std::size_t region = 0;  // final demand only
  std::size_t index = 0;   // industry or category by first appearance, then column of Z or Y
};

class Wiod2013Reader {
 public:
  Wiod2013Reader(CsvReader csv, std::string file_name, ReadOptions const& options,
                 RunControl const& control)
      : csv_(std::move(csv)),
        file_name_(std::move(file_name)),
        options_(options),
        control_(control) {}

  Result<Table> read();

 private:
  Result<void> read_header();
  void classify(std::string_view column, std::size_t field);
  void check_final_columns();
  Result<void> lay_out();
  Result<void> read_row();
  std::optional<std::size_t> seller_of_row();
  void check_all_rows_seen();
  [[nodiscard]] TableInfo describe_origin() const;

  CsvReader csv_;
  std::string file_name_;
  ReadOptions const& options_;
  RunControl const& control_;
  ProblemList problems_;
  LabelBuilder builder_;
  std::vector<Target> targets_;         // one per column after the label columns
  std::vector<std::size_t> positions_;  // industry by first appearance -> row of Z
  std::vector<std::size_t> line_of_row_;
  std::optional<TableAssembler> assembler_;  // once the labels are known
  DenseVector flows_, uses_;                 // of the row being read
};

std::string lower(std::string_view text) {
  std::string result{text};
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

Result<Table> Wiod2013Reader::read() {
  if (auto const done = read_header(); !done) return fail(done.error());
  std::size_t lines = 0;
  for (;;) {
    auto const more = csv_.next();
    if (!more) return fail(more.error());
    if (!*more) break;
    if (auto const done = read_row(); !done) return fail(done.error());
    if (problems_.full()) return fail(problems_.joined(csv_.name()));
    if (++lines % 32 == 0) {
      csv_.report_progress(control_, progress_name);
      if (control_.cancel.cancelled()) {
        return fail(ErrorCode::cancelled, "stopped while reading", csv_.name(), "run it again");
      }
    }
  }
  if (problems_.empty()) check_all_rows_seen();
  if (!problems_.empty()) return fail(problems_.joined(csv_.name()));
  // The release prints no value added by industry; what output leaves after all inputs is value
  // added at basic prices plus net taxes on products and international margins.
  assembler_->use_residual_value_added(0);
  return assembler_->finish(describe_origin());
}

Result<void> Wiod2013Reader::read_header() {
  auto const more = csv_.next();
  if (!more) return fail(more.error());
  if (!*more) {
    return fail(ErrorCode::bad_format, "the file is empty", csv_.name(), "check the download");
  }
  if (auto const done = csv_.split(); !done) return done;
  auto const& fields = csv_.fields();
  for (std::size_t field = label_columns; field < fields.size() && !problems_.full(); ++field) {
    classify(fields[field], field);
  }
  auto const outputs = std::count_if(targets_.begin(), targets_.end(), [](Target const& each) {
    return each.kind == Target::Kind::output;
  });
  if (outputs != 1) {
    problems_.add(
        ErrorCode::bad_format,
        fmt::format("there are {} columns '{}', there should be one", outputs, output_column),
        csv_.where(), "keep the column of gross output, it is the last one");
  }
  if (builder_.industries() == 0) {
    problems_.add(ErrorCode::bad_format, "there is no industry column", csv_.where(),
                  "columns are named like AUS_c1");
  }
  if (problems_.empty()) check_final_columns();
  if (!problems_.empty()) return fail(problems_.joined(csv_.name()));
  return lay_out();
}

void Wiod2013Reader::classify(std::string_view column, std::size_t field) {
  if (column == output_column) {
    targets_.push_back({Target::Kind::output, 0, 0});
    return;
  }
  auto const split = column.rfind('_');
  auto const fault = label_fault(column);
  if (!fault.empty() || split == std::string_view::npos || split == 0 ||
      split + 1 == column.size()) {
    problems_.add(ErrorCode::bad_format,
                  fmt::format("the column name '{}' {}", printable(column),
                              fault.empty() ? "is not REGION_SECTOR or REGION_CATEGORY" : fault),
                  csv_.where(field), "name it like AUS_c1 or AUS_HH");
    return;
  }
  auto const part = column.substr(split + 1);
  auto const region = builder_.add_region(column.substr(0, split));
  if (is_known_category(part)) {
    targets_.push_back(
        {Target::Kind::final_demand, region.index(), builder_.add_category(part).index()});
    return;
  }
  auto const known = builder_.industries();
  auto const number = builder_.add_industry(region, builder_.add_sector(part));
  if (number != known) {
    problems_.add(ErrorCode::duplicate_label, fmt::format("the column '{}' appears twice", column),
                  csv_.where(field), "rename or merge one of the two");
  }
  targets_.push_back({Target::Kind::industry, 0, number});
}

void Wiod2013Reader::check_final_columns() {
  auto const labels = builder_.finish();
  std::vector<int> seen(labels.final_columns(), 0);
  for (auto const& target : targets_) {
    if (target.kind != Target::Kind::final_demand) continue;
    ++seen[target.region * builder_.categories() + target.index];
  }
  for (std::size_t column = 0; column < seen.size(); ++column) {
    if (seen[column] == 1) continue;
    auto const name = labels.regions[column / builder_.categories()].label + "_" +
                      labels.categories[column % builder_.categories()].label;
    if (seen[column] == 0) {
      problems_.add(ErrorCode::missing_value, fmt::format("there is no column '{}'", name),
                    csv_.where(), "every region needs the same kinds of final demand");
    } else {
      problems_.add(ErrorCode::duplicate_label, fmt::format("the column '{}' appears twice", name),
                    csv_.where(), "rename or merge one of the two");
    }
  }
}

Result<void> Wiod2013Reader::lay_out() {
  auto labels = builder_.finish();
  labels.value_added_rows = {"value added (residual, includes net product taxes)"};
  positions_ = builder_.grouped_positions();
  for (auto& target : targets_) {
    if (target.kind == Target::Kind::industry) target.index = positions_[target.index];
    if (target.kind == Target::Kind::final_demand) {
      target.index += target.region * builder_.categories();
    }
  }
  line_of_row_.assign(builder_.industries(), 0);
  flows_.assign(labels.industries.size(), 0.0);
  uses_.assign(labels.final_columns(), 0.0);
  auto assembler = TableAssembler::make(std::move(labels), options_, csv_.name());
  if (!assembler) return fail(assembler.error());
  assembler_ = std::move(*assembler);
  return {};
}

std::optional<std::size_t> Wiod2013Reader::seller_of_row() {
  auto const& fields = csv_.fields();
  auto const number = builder_.find_industry(fields[0], fields[1]);
  if (!number) {
    auto const label = fmt::format("{}:{}", printable(fields[0]), printable(fields[1]));
    problems_.add(ErrorCode::unknown_label,
                  fmt::format("the row '{}' is not an industry of the header", label), csv_.where(),
                  did_you_mean(label, builder_.industry_labels(),
                               "every row needs a column of the same name"));
    return std::nullopt;
  }
  auto const row = positions_[*number];
  if (line_of_row_[row] != 0) {
    problems_.add(ErrorCode::duplicate_label,
                  fmt::format("the row '{}' appears twice, first in line {}",
                              assembler_->labels().industry_label(row), line_of_row_[row]),
                  csv_.where(), "rename or merge one of the two");
    return std::nullopt;
  }
  line_of_row_[row] = csv_.line_number();
  return row;
}

Result<void> Wiod2013Reader::read_row() {
  if (auto const done = csv_.split(); !done) {
    problems_.add(done.error().code, done.error().what, done.error().where, done.error().hint);
    return {};
  }
  auto const& fields = csv_.fields();
  if (fields.size() != targets_.size() + label_columns) {
    problems_.add(ErrorCode::bad_format,
                  fmt::format("the line has {} fields, the header has {}", fields.size(),
                              targets_.size() + label_columns),
                  csv_.where(), "check the line for missing or additional commas");
    return {};
  }
  auto const seller = seller_of_row();
  if (!seller) return {};
  double output = 0;
  for (std::size_t k = 0; k < targets_.size(); ++k) {
    double value = 0;
    auto const text = fields[k + label_columns];
    auto const fault = parse_number(text, value);
    if (fault != NumberFault::none) {
      auto const problem = describe(fault, text, csv_.where(k + label_columns));
      problems_.add(problem.code, problem.what, problem.where, problem.hint);
      if (problems_.full()) return {};
      continue;
    }
    switch (targets_[k].kind) {
      case Target::Kind::industry:
        flows_[targets_[k].index] = value;
        break;
      case Target::Kind::final_demand:
        uses_[targets_[k].index] = value;
        break;
      case Target::Kind::output:
        output = value;
        break;
    }
  }
  assembler_->set_seller(*seller, flows_, uses_, output);
  return {};
}

void Wiod2013Reader::check_all_rows_seen() {
  for (std::size_t row = 0; row < line_of_row_.size(); ++row) {
    if (line_of_row_[row] != 0) continue;
    problems_.add(
        ErrorCode::missing_value,
        fmt::format("there is no row '{}', but a column", assembler_->labels().industry_label(row)),
        csv_.name(), "the file may be cut off: compare its size with the original");
  }
}

/// The year of "wiot_2011.csv.gz"; 0 if the name says nothing.
int year_in_name(std::string const& file_name) {
  constexpr std::string_view prefix = "wiot_";
  constexpr std::size_t digits = 4;
  auto const name = lower(file_name);
  auto const start = name.find(prefix);
  if (start == std::string::npos || name.size() < start + prefix.size() + digits) return 0;
  int year = 0;
  for (char const c : name.substr(start + prefix.size(), digits)) {
    if (c < '0' || c > '9') return 0;
    year = year * 10 + (c - '0');
  }
  return year;
}

TableInfo Wiod2013Reader::describe_origin() const {
  TableInfo info;
  info.year = year_in_name(file_name_);
  info.title = "World Input-Output Table, WIOD 2013 release";
  if (info.year != 0) info.title += fmt::format(", {}", info.year);
  info.unit = {"USD", 1e6};
  info.price_basis = "current prices";
  info.source =
      "Timmer, Dietzenbacher, Los, Stehrer & de Vries (2015), \"An Illustrated User Guide to the "
      "World Input–Output Database: the Case of Global Automotive Production\", Review of "
      "International Economics 23: 575–605";
  info.licence = "CC BY 4.0";
  info.history = fmt::format("imported from {} (format wiod2013)", file_name_);
  return info;
}

Result<Table> read_wiod2013(Bundle const& bundle, ReadOptions const& options,
                            RunControl const& control) {
  auto csv = bundle.open_csv(bundle.members().front());
  if (!csv) return fail(csv.error());
  return Wiod2013Reader(std::move(*csv), bundle.file_name(), options, control).read();
}

bool looks_like_wiod2013(Bundle const& bundle) {
  if (bundle.members().size() != 1) return false;
  auto const start = lower(bundle.first_line(bundle.members().front()).substr(0, 64));
  return start.starts_with("country,sector,");
}

}  // namespace

TableFormat wiod2013_format() noexcept {
  return {"wiod2013", "World Input-Output Tables, 2013 release, as CSV", looks_like_wiod2013,
          read_wiod2013};
}

}  // namespace linchpin
