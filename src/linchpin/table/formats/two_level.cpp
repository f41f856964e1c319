// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "linchpin/core/nearest.h"
#include "linchpin/table/formats/two_level_reader.h"
#include "linchpin/table/label_text.h"

namespace linchpin {
namespace {

constexpr std::size_t rows_per_memory_check = 64;

}  // namespace

Result<Table> TwoLevelReader::read() {
  auto flows = TwoLevelMatrix::open(bundle_, files_.Z.empty() ? files_.A : files_.Z);
  if (!flows) return fail(flows.error());
  auto final_uses = TwoLevelMatrix::open(bundle_, files_.Y);
  if (!final_uses) return fail(final_uses.error());
  if (auto const done = read_names(*flows, *final_uses); !done) return fail(done.error());
  if (auto const done = read_unit(); !done) return fail(done.error());
  if (auto const done = find_value_added(); !done) return fail(done.error());
  if (auto const done = make_assembler(); !done) return fail(done.error());
  if (auto const done = read_final_uses(*final_uses); !done) return fail(done.error());
  if (auto const done = read_output(); !done) return fail(done.error());
  if (auto const done = problems_so_far(); !done) return fail(done.error());
  if (auto const done = read_flows(*flows); !done) return fail(done.error());
  for (std::size_t k = 0; k < files_.extensions.size(); ++k) {
    if (auto const done = read_extension(k); !done) return fail(done.error());
  }
  if (auto const done = problems_so_far(); !done) return fail(done.error());
  for (auto const& name : files_.left_out) {
    info_.history += fmt::format("\nnot read: {} (characterised results)", name);
  }
  return assembler_->finish(std::move(info_));
}

Result<void> TwoLevelReader::make_assembler() {
  auto labels = builder_.finish();
  if (rules_.describe) rules_.describe(labels);
  bool const residual = value_added_rows_.empty();
  labels.value_added_rows = value_added_rows_;
  if (residual) labels.value_added_rows = {"value added (residual, includes net product taxes)"};
  auto assembler = TableAssembler::make(std::move(labels), options_, bundle_.name());
  if (!assembler) return fail(assembler.error());
  assembler_ = std::move(*assembler);
  if (residual) assembler_->use_residual_value_added(0);
  return {};
}

TwoLevelReader::Columns TwoLevelReader::industry_columns(TwoLevelMatrix const& matrix) {
  Columns columns;
  std::vector<bool> seen(positions_.size(), false);
  for (std::size_t k = 0; k < matrix.columns().size(); ++k) {
    auto const& [region, sector] = matrix.columns()[k];
    auto const number = builder_.find_industry(region, sector);
    if (!number || seen[positions_[*number]]) {
      problems_.add(number ? ErrorCode::duplicate_label : ErrorCode::unknown_label,
                    fmt::format("the column '{}:{}' {}", printable(region), printable(sector),
                                number ? "appears twice" : "is not an industry of the flows"),
                    matrix.where(k), "all files need the industries of the same release");
      continue;
    }
    seen[positions_[*number]] = true;
    columns.push_back(static_cast<std::uint32_t>(positions_[*number]));
  }
  if (problems_.empty() && columns.size() != positions_.size()) {
    problems_.add(
        ErrorCode::missing_value,
        fmt::format("there are {} columns for {} industries", columns.size(), positions_.size()),
        matrix.csv().name(), "the file may be cut off, or of another release");
  }
  return columns;
}

TwoLevelReader::Columns TwoLevelReader::final_columns(TwoLevelMatrix const& matrix) {
  Columns columns;
  for (std::size_t k = 0; k < matrix.columns().size(); ++k) {
    auto const& [region, category] = matrix.columns()[k];
    auto const r = builder_.find_region(region);
    auto const c = builder_.find_category(category);
    if (!r || !c) {
      problems_.add(ErrorCode::unknown_label,
                    fmt::format("the column '{}:{}' is not one of final demand", printable(region),
                                printable(category)),
                    matrix.where(k), "all files need the labels of the same release");
      continue;
    }
    columns.push_back(static_cast<std::uint32_t>(*r * builder_.categories() + *c));
  }
  return columns;
}

std::optional<std::size_t> TwoLevelReader::seller_of(LabelledRows const& rows,
                                                     std::vector<std::size_t>& lines) {
  auto const labels = rows.labels();
  auto const number =
      labels.size() == 2 ? builder_.find_industry(labels[0], labels[1]) : std::nullopt;
  if (!number) {
    auto const label = TwoLevelMatrix::row_name(labels, ":");
    problems_.add(ErrorCode::unknown_label,
                  fmt::format("the row '{}' is not an industry of the flows", printable(label)),
                  rows.csv().where(),
                  did_you_mean(label, builder_.industry_labels(),
                               "rows are named by region and sector, like the columns of flows"));
    return std::nullopt;
  }
  auto const seller = positions_[*number];
  if (lines[seller] != 0) {
    problems_.add(ErrorCode::duplicate_label,
                  fmt::format("the row '{}' appears twice, first in line {}",
                              TwoLevelMatrix::row_name(labels, ":"), lines[seller]),
                  rows.csv().where(), "rename or merge one of the two");
    return std::nullopt;
  }
  lines[seller] = rows.csv().line_number();
  return seller;
}

void TwoLevelReader::check_all_seen(std::vector<std::size_t> const& lines,
                                    std::string const& member) {
  if (!problems_.empty()) return;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i] != 0) continue;
    problems_.add(ErrorCode::missing_value,
                  fmt::format("there is no row '{}'", assembler_->labels().industry_label(i)),
                  bundle_.name() + ":" + member,
                  "the file may be cut off: compare its size with the original");
  }
}

Result<void> TwoLevelReader::read_final_uses(TwoLevelMatrix& matrix) {
  auto const columns = final_columns(matrix);
  Y_ = DenseMatrix(positions_.size(), columns.size());
  std::vector<std::size_t> lines(positions_.size(), 0);
  LabelledRows rows(matrix.csv(), matrix.shape(), problems_, control_);
  for (;;) {
    auto const more = rows.next();
    if (!more) return fail(more.error());
    if (!*more) break;
    if (rows.blank()) continue;
    auto const seller = seller_of(rows, lines);
    if (!seller || !rows.parse()) continue;
    auto const row = Y_.row(*seller);
    for (std::size_t k = 0; k < columns.size(); ++k) row[columns[k]] = rows.numbers()[k];
  }
  check_all_seen(lines, files_.Y);
  return {};
}

Result<void> TwoLevelReader::read_output() {
  if (files_.x.empty()) return {};
  auto csv = bundle_.open_csv(files_.x);
  if (!csv) return fail(csv.error());
  auto const more = csv->next();
  if (!more) return fail(more.error());
  csv->set_dialect(dialect_of(csv->line()));
  output_.assign(positions_.size(), 0.0);
  std::vector<std::size_t> lines(positions_.size(), 0);
  LabelledRows rows(*csv, {.labels = 2, .numbers = 1}, problems_, control_);
  for (;;) {
    auto const another = rows.next();
    if (!another) return fail(another.error());
    if (!*another) break;
    auto const seller = seller_of(rows, lines);
    if (seller && rows.parse()) output_[*seller] = rows.numbers()[0];
  }
  check_all_seen(lines, files_.x);
  return {};
}

Result<void> TwoLevelReader::read_flows(TwoLevelMatrix& matrix) {
  auto const columns = industry_columns(matrix);
  bool const coefficients = files_.Z.empty();
  std::vector<std::size_t> lines(positions_.size(), 0);
  LabelledRows rows(matrix.csv(), matrix.shape(), problems_, control_);
  DenseVector flows(positions_.size(), 0.0);
  std::size_t count = 0;
  for (;;) {
    auto const more = rows.next();
    if (!more) return fail(more.error());
    if (!*more) break;
    if (rows.blank()) continue;
    auto const seller = seller_of(rows, lines);
    if (!seller || !rows.parse()) continue;
    auto const numbers = rows.numbers();
    for (std::size_t k = 0; k < columns.size(); ++k) flows[columns[k]] = numbers[k];
    if (coefficients) {
      for (std::size_t j = 0; j < flows.size(); ++j) flows[j] *= output_[j];
    }
    double output = 0;
    if (output_.empty()) {
      for (double const flow : flows) output += flow;
      for (double const use : Y_.row(*seller)) output += use;
    } else {
      output = output_[*seller];
    }
    assembler_->set_seller(*seller, flows, Y_.row(*seller), output);
    if (++count % rows_per_memory_check != 0) continue;
    if (auto const enough = assembler_->fits(); !enough) return enough;
  }
  check_all_seen(lines, coefficients ? files_.A : files_.Z);
  if (coefficients) info_.history += "\nflows computed from coefficients: Z = A x̂";
  return problems_so_far();
}

Result<void> TwoLevelReader::problems_so_far() const {
  if (problems_.empty()) return {};
  return fail(problems_.joined(bundle_.name()));
}

Result<Table> read_two_level(Bundle const& bundle, TwoLevelFiles const& files,
                             TwoLevelRules const& rules, TableInfo info, ReadOptions const& options,
                             RunControl const& control) {
  return TwoLevelReader(bundle, files, rules, std::move(info), options, control).read();
}

}  // namespace linchpin
