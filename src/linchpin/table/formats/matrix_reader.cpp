// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/formats/matrix_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "linchpin/core/contracts.h"
#include "linchpin/core/nearest.h"
#include "linchpin/table/label_text.h"

namespace linchpin {
namespace {

using Kind = MatrixRole::Kind;
constexpr std::size_t rows_per_memory_check = 64;

std::string label_in_file(MatrixRole const& role) {
  return (role.part_of_region.empty() ? role.region : role.part_of_region) + ":" + role.part;
}

/// Sum in eight lanes: one after the other, each addition would wait for the one before it.
double sum_of(std::span<double const> values) {
  constexpr std::size_t lanes = 8;
  std::array<double, lanes> sums{};
  std::size_t k = 0;
  for (; k + lanes <= values.size(); k += lanes) {
    for (std::size_t lane = 0; lane < lanes; ++lane) sums[lane] += values[k + lane];
  }
  for (; k < values.size(); ++k) sums[k % lanes] += values[k];
  return std::accumulate(sums.begin(), sums.end(), 0.0);
}

std::string joined_labels(std::span<std::string_view const> labels) {
  std::string text;
  for (auto const label : labels) {
    if (!text.empty()) text += ',';
    text += label;
  }
  return text;
}

}  // namespace

MatrixReader::MatrixReader(CsvReader csv, MatrixLayout layout, ReadOptions const& options,
                           RunControl const& control)
    : csv_(std::move(csv)), layout_(std::move(layout)), options_(options), control_(control) {}

Result<void> MatrixReader::read_header() {
  auto const more = csv_.next();
  if (!more) return fail(more.error());
  if (!*more) {
    return fail(ErrorCode::bad_format, "the file is empty", csv_.name(), "check the download");
  }
  csv_.set_dialect(dialect_of(csv_.line()));
  if (auto const done = csv_.split(); !done) return done;
  std::vector<std::string> names(csv_.fields().begin(), csv_.fields().end());
  names.erase(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(
                                                 std::min(layout_.label_fields, names.size())));
  if (!names.empty() && names.back().empty()) names.pop_back();  // a separator at the end
  std::vector<MatrixRole> roles;
  roles.reserve(names.size());
  for (auto const& name : names) roles.push_back(layout_.column(name));
  return set_columns(roles, names);
}

Result<void> MatrixReader::set_columns(std::span<MatrixRole const> roles,
                                       std::span<std::string const> names) {
  LINCHPIN_EXPECTS(roles.size() == names.size());
  for (std::size_t k = 0; k < roles.size() && !problems_.full(); ++k) {
    add_column(roles[k], names[k], layout_.label_fields + k);
  }
  check_columns();
  if (builder_.industries() > 0) check_final_columns();
  if (!problems_.empty()) return fail(problems_.joined(csv_.name()));
  return lay_out();
}

void MatrixReader::add_column(MatrixRole const& role, std::string_view name, std::size_t field) {
  Target target{.kind = role.kind};
  std::string fault;
  if (role.kind == Kind::unknown || role.kind == Kind::value_added) {
    fault = role.part.empty() ? "is not a column of this format" : role.part;
    if (auto const broken = label_fault(name); !broken.empty()) fault = broken;
  } else if (role.kind == Kind::industry || role.kind == Kind::final_use) {
    fault = label_fault(role.region);
    if (fault.empty()) fault = label_fault(role.part);
  }
  if (!fault.empty()) {
    problems_.add(ErrorCode::bad_format,
                  fmt::format("the column name '{}' {}", printable(name), fault), csv_.where(field),
                  fmt::format("name it like {}", layout_.example));
    return;
  }
  if (role.kind == Kind::final_use) {
    target.region = builder_.add_region(role.region).index();
    target.index = builder_.add_category(role.part).index();
    auto const fresh =
        final_names_
            .try_emplace({target.region, target.index}, FinalColumn{std::string{name}, role.region})
            .second;
    if (!fresh) report_second_column(name, field);
  } else if (role.kind == Kind::industry) {
    target.index =
        builder_.add_industry(builder_.add_region(role.region), builder_.add_sector(role.part));
    if (!role.part_of_region.empty()) parts_.emplace(role.part_of_region, role.region);
    auto const fresh = sources_.try_emplace(label_in_file(role), Source{target.index, 0}).second;
    if (!fresh) report_second_column(name, field);
  }
  targets_.push_back(target);
}

void MatrixReader::check_columns() {
  auto const outputs = std::count_if(targets_.begin(), targets_.end(),
                                     [](Target const& each) { return each.kind == Kind::output; });
  has_output_column_ = outputs == 1;
  if (outputs != 1 && !layout_.output_column.empty()) {
    problems_.add(ErrorCode::bad_format,
                  fmt::format("there are {} columns '{}', there should be one", outputs,
                              layout_.output_column),
                  csv_.where(), "keep the column of gross output");
  } else if (outputs > 1) {
    problems_.add(ErrorCode::duplicate_label,
                  fmt::format("there are {} columns of gross output", outputs), csv_.where(),
                  "keep one");
  }
  if (problems_.empty() && builder_.industries() == 0) {
    problems_.add(ErrorCode::bad_format, "there is no industry column", csv_.where(),
                  fmt::format("columns are named like {}", layout_.example));
  }
}

void MatrixReader::report_second_column(std::string_view name, std::size_t field) {
  problems_.add(ErrorCode::duplicate_label,
                fmt::format("the column '{}' appears twice", printable(name)), csv_.where(field),
                "rename or merge one of the two");
}

/// A missing column is called what the column of the same kind of another region is called.
void MatrixReader::check_final_columns() {
  auto const labels = builder_.finish();
  std::map<std::size_t, FinalColumn> some_name;
  for (auto const& [column, name] : final_names_) some_name.try_emplace(column.second, name);
  for (std::size_t r = 0; r < labels.regions.size(); ++r) {
    for (std::size_t c = 0; c < labels.categories.size(); ++c) {
      if (final_names_.contains({r, c})) continue;
      auto [name, region] = some_name.at(c);
      if (auto const at = name.find(region); at != std::string::npos) {
        name.replace(at, region.size(), labels.regions[r].label);
      }
      problems_.add(ErrorCode::missing_value, fmt::format("there is no column '{}'", name),
                    csv_.where(), "every region needs the same kinds of final demand");
    }
  }
}

Result<void> MatrixReader::lay_out() {
  auto labels = builder_.finish();
  labels.value_added_rows = layout_.value_added_rows;
  if (labels.value_added_rows.empty()) {
    labels.value_added_rows = {"value added (residual, includes net product taxes)"};
  }
  if (layout_.describe) layout_.describe(labels);
  value_added_seen_.assign(layout_.value_added_rows.size(), false);
  auto const positions = builder_.grouped_positions();
  for (auto& target : targets_) {
    if (target.kind == Kind::industry) target.index = positions[target.index];
    if (target.kind == Kind::final_use) target.index += target.region * builder_.categories();
  }
  parts_of_.assign(positions.size(), 0);
  for (auto& [label, source] : sources_) {
    source.industry = positions[source.industry];
    ++parts_of_[source.industry];
  }
  final_columns_ = labels.final_columns();
  auto assembler = TableAssembler::make(std::move(labels), options_, csv_.name());
  if (!assembler) return fail(assembler.error());
  assembler_ = std::move(*assembler);
  number_slots();
  if (layout_.value_added_rows.empty()) assembler_->use_residual_value_added(0);
  return {};
}

/// row_ holds the n flows, the final uses, output, and a place for columns that are left out.
void MatrixReader::number_slots() {
  auto const n = parts_of_.size();
  row_.assign(n + final_columns_ + 2, 0.0);
  if (!has_output_column_) row_sums_.assign(n, 0.0);
  in_order_ = true;
  for (auto const& target : targets_) {
    auto slot = n + final_columns_ + 1;
    if (target.kind == Kind::industry) slot = target.index;
    if (target.kind == Kind::final_use) slot = n + target.index;
    if (target.kind == Kind::output) slot = n + final_columns_;
    in_order_ = in_order_ && slot == slots_.size();
    slots_.push_back(static_cast<std::uint32_t>(slot));
  }
  auto const in_a_row = n + final_columns_ + (has_output_column_ ? 1U : 0U);
  in_order_ = in_order_ && slots_.size() == in_a_row;
}

Result<Table> MatrixReader::read_rows(TableInfo info) {
  LINCHPIN_EXPECTS(assembler_.has_value());
  LabelledRows rows(csv_, {layout_.label_fields, targets_.size()}, problems_, control_);
  std::size_t count = 0;
  for (;;) {
    auto const more = rows.next();
    if (!more) return fail(more.error());
    if (!*more) break;
    read_row(rows);
    if (++count % rows_per_memory_check != 0) continue;
    if (auto const enough = assembler_->fits(); !enough) return fail(enough.error());
  }
  if (problems_.empty()) check_all_rows_seen();
  if (!problems_.empty()) return fail(problems_.joined(csv_.name()));
  if (!has_output_column_) settle_output();
  if (!parts_.empty()) {
    std::string text;
    for (auto const& [part, region] : parts_) {
      text += fmt::format("{}{} to {}", text.empty() ? "" : ", ", part, region);
    }
    if (!info.history.empty()) info.history += '\n';
    info.history += fmt::format("added up parts of regions: {}", text);
  }
  return assembler_->finish(std::move(info));
}

void MatrixReader::read_row(LabelledRows& rows) {
  auto const role = layout_.row(rows.labels());
  switch (role.kind) {
    case Kind::industry:
      read_seller(rows, role);
      break;
    case Kind::value_added:
      read_value_added(rows, role);
      break;
    case Kind::output:
      if (!has_output_column_) read_output_row(rows);
      break;
    case Kind::ignored:
      break;
    case Kind::final_use:
    case Kind::unknown:
      problems_.add(ErrorCode::unknown_label,
                    fmt::format("the row '{}' {}", printable(joined_labels(rows.labels())),
                                role.part.empty() || role.kind == Kind::final_use
                                    ? "is not a row of this format"
                                    : role.part),
                    csv_.where(), fmt::format("rows are named like {}", layout_.example));
      break;
  }
}

void MatrixReader::read_seller(LabelledRows& rows, MatrixRole const& role) {
  auto const label = label_in_file(role);
  auto const source = sources_.find(label);
  if (source == sources_.end()) {
    problems_.add(ErrorCode::unknown_label,
                  fmt::format("the row '{}' is not an industry of the header", printable(label)),
                  csv_.where(),
                  did_you_mean(label, builder_.industry_labels(),
                               "every row needs a column of the same name"));
    return;
  }
  if (source->second.line != 0) {
    problems_.add(
        ErrorCode::duplicate_label,
        fmt::format("the row '{}' appears twice, first in line {}", label, source->second.line),
        csv_.where(), "rename or merge one of the two");
    return;
  }
  source->second.line = csv_.line_number();
  if (!rows.parse(layout_.empty_cells)) return;
  auto const seller = source->second.industry;
  if (in_order_ && parts_of_[seller] == 1) {
    hand_over(seller, rows.numbers());
    return;
  }
  spread(rows.numbers());
  if (parts_of_[seller] == 1) {
    hand_over(seller, row_);
    return;
  }
  auto& pending = pending_[seller];
  if (pending.row.empty()) pending.row.assign(row_.size(), 0.0);
  for (std::size_t k = 0; k < row_.size(); ++k) pending.row[k] += row_[k];
  if (++pending.parts < parts_of_[seller]) return;
  hand_over(seller, pending.row);
  pending_.erase(seller);
}

void MatrixReader::spread(std::span<double const> numbers) {
  std::fill(row_.begin(), row_.end(), 0.0);
  for (std::size_t k = 0; k < slots_.size(); ++k) row_[slots_[k]] += numbers[k];
}

void MatrixReader::hand_over(std::size_t seller, std::span<double const> row) {
  auto const n = parts_of_.size();
  auto const flows = row.first(n);
  auto const final_uses = row.subspan(n, final_columns_);
  double output = 0;
  if (has_output_column_) {
    output = row[n + final_columns_];
  } else {
    row_sums_[seller] += sum_of(row.first(n + final_columns_));
  }
  assembler_->set_seller(seller, flows, final_uses, output);
}

void MatrixReader::read_value_added(LabelledRows& rows, MatrixRole const& role) {
  auto const& names = layout_.value_added_rows;
  auto const name = std::find(names.begin(), names.end(), role.part);
  LINCHPIN_EXPECTS(name != names.end());
  auto const k = static_cast<std::size_t>(name - names.begin());
  value_added_seen_[k] = true;
  if (!rows.parse(LabelledRows::EmptyCells::zero)) return;
  spread(rows.numbers());
  assembler_->add_value_added(k, std::span{row_}.first(parts_of_.size()));
}

void MatrixReader::read_output_row(LabelledRows& rows) {
  if (!output_row_.empty()) {
    problems_.add(ErrorCode::duplicate_label, "there are two rows of gross output", csv_.where(),
                  "keep one");
    return;
  }
  if (!rows.parse(LabelledRows::EmptyCells::zero)) return;
  spread(rows.numbers());
  output_row_.assign(row_.begin(), row_.begin() + static_cast<std::ptrdiff_t>(parts_of_.size()));
}

void MatrixReader::check_all_rows_seen() {
  std::vector<std::string> missing;
  for (auto const& [label, source] : sources_) {
    if (source.line == 0) missing.push_back(label);
  }
  std::sort(missing.begin(), missing.end());
  for (std::size_t k = 0; k < layout_.value_added_rows.size(); ++k) {
    if (!value_added_seen_[k]) missing.push_back(layout_.value_added_rows[k]);
  }
  for (auto const& label : missing) {
    problems_.add(ErrorCode::missing_value, fmt::format("there is no row '{}'", label), csv_.name(),
                  "the file may be cut off: compare its size with the original");
  }
}

void MatrixReader::settle_output() {
  auto const& output = output_row_.empty() ? row_sums_ : output_row_;
  for (std::size_t i = 0; i < output.size(); ++i) assembler_->add_output(i, output[i]);
}

Result<Table> read_matrix(CsvReader csv, MatrixLayout layout, TableInfo info,
                          ReadOptions const& options, RunControl const& control) {
  MatrixReader reader(std::move(csv), std::move(layout), options, control);
  if (auto const done = reader.read_header(); !done) return fail(done.error());
  return reader.read_rows(std::move(info));
}

}  // namespace linchpin
