// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "linchpin/table/assembler.h"
#include "linchpin/table/formats/eora_files.h"
#include "linchpin/table/formats/eora_layout.h"
#include "linchpin/table/formats/formats.h"
#include "linchpin/table/formats/matrix_reader_member.h"
#include "linchpin/table/formats/matrix_reader_rows.h"

namespace linchpin {
namespace {

constexpr std::size_t rows_per_memory_check = 128;

/// Flows taken out with the region that only balances the others [unit of the table].
struct Discrepancy {
  double sold_to_it = 0;
  double bought_from_it = 0;
  double left_out = 0;  ///< its deliveries to itself and to final users, and its own value added
};

class EoraReader {
 public:
  EoraReader(Bundle const& bundle, ReadOptions const& options, RunControl const& control)
      : bundle_(bundle), options_(options), control_(control) {}

  Result<Table> read();

 private:
  Result<void> read_sellers();
  void take_seller(std::size_t seller, std::span<double const> flows,
                   std::span<double const> final_uses);
  void take_discrepancy(std::span<double const> flows, std::span<double const> final_uses);
  Result<void> read_value_added();
  Result<void> expect_end(LabelledRows& rows, std::string_view labels);
  void add_line_count(LabelledRows const& rows, std::size_t lines, std::size_t wanted,
                      std::string_view labels);
  [[nodiscard]] TableInfo origin() const;

  Bundle const& bundle_;
  ReadOptions const& options_;
  RunControl const& control_;
  ProblemList problems_;
  std::string flows_member_;
  std::string final_member_;
  std::string value_added_member_;
  EoraLayout layout_;
  Discrepancy discrepancy_;
  std::optional<TableAssembler> assembler_;
  DenseVector flows_;
  DenseVector final_uses_;
};

Result<Table> EoraReader::read() {
  flows_member_ = only_block_member(bundle_, TableBlock::flows, options_.member, problems_);
  final_member_ = only_block_member(bundle_, TableBlock::final_demand, options_.member, problems_);
  value_added_member_ =
      only_block_member(bundle_, TableBlock::value_added, options_.member, problems_);
  auto layout = read_eora_layout(LabelFiles(bundle_), flows_member_, bundle_.name(), problems_);
  if (!layout) return fail(layout.error());
  if (!problems_.empty()) return fail(problems_.joined(bundle_.name()));
  layout_ = std::move(*layout);
  auto assembler = TableAssembler::make(layout_.labels, options_, bundle_.name());
  if (!assembler) return fail(assembler.error());
  assembler_ = std::move(*assembler);
  if (auto const done = read_sellers(); !done) return fail(done.error());
  if (auto const done = read_value_added(); !done) return fail(done.error());
  if (!problems_.empty()) return fail(problems_.joined(bundle_.name()));
  return assembler_->finish(origin());
}

/// T and FD have the same lines: they are read side by side, so that each seller is whole at once.
Result<void> EoraReader::read_sellers() {
  auto flows_csv = open_numbers(bundle_, flows_member_);
  if (!flows_csv) return fail(flows_csv.error());
  auto final_csv = open_numbers(bundle_, final_member_);
  if (!final_csv) return fail(final_csv.error());
  auto const lines = layout_.accounts.size();
  LabelledRows flows(*flows_csv, {0, lines}, problems_, control_);
  auto const quiet = without_progress(control_);
  LabelledRows final_uses(*final_csv, {0, layout_.final_columns.size()}, problems_, quiet);
  flows_.assign(layout_.labels.industries.size(), 0.0);
  final_uses_.assign(layout_.labels.final_columns(), 0.0);
  for (std::size_t line = 0; line < lines && !problems_.full(); ++line) {
    auto const more_flows = flows.next();
    if (!more_flows) return fail(more_flows.error());
    auto const more_final = final_uses.next();
    if (!more_final) return fail(more_final.error());
    if (!*more_flows || !*more_final) {
      if (problems_.full()) return {};
      if (!*more_flows) add_line_count(flows, line, lines, "the labels of T");
      if (!*more_final) add_line_count(final_uses, line, lines, "the labels of T");
      return {};
    }
    bool const good_flows = flows.parse();
    bool const good_final = final_uses.parse();
    if (!good_flows || !good_final) continue;
    if (auto const seller = layout_.accounts[line]) {
      take_seller(*seller, flows.numbers(), final_uses.numbers());
    } else {
      take_discrepancy(flows.numbers(), final_uses.numbers());
    }
    if (line % rows_per_memory_check != 0) continue;
    if (auto const enough = assembler_->fits(); !enough) return enough;
  }
  if (auto const done = expect_end(flows, "the labels of T"); !done) return done;
  return expect_end(final_uses, "the labels of T");
}

void EoraReader::take_seller(std::size_t seller, std::span<double const> flows,
                             std::span<double const> final_uses) {
  std::fill(final_uses_.begin(), final_uses_.end(), 0.0);
  double to_discrepancy = 0;
  for (std::size_t k = 0; k < flows.size(); ++k) {
    if (auto const buyer = layout_.accounts[k]) {
      flows_[*buyer] = flows[k];
    } else {
      to_discrepancy += flows[k];
    }
  }
  for (std::size_t k = 0; k < final_uses.size(); ++k) {
    if (auto const column = layout_.final_columns[k]) {
      final_uses_[*column] = final_uses[k];
    } else {
      to_discrepancy += final_uses[k];
    }
  }
  if (layout_.has_discrepancy) {
    auto const categories = layout_.labels.categories.size();
    final_uses_[layout_.region_of[seller] * categories + layout_.discrepancy_category] =
        to_discrepancy;
    discrepancy_.sold_to_it += to_discrepancy;
  }
  // Eora prints no output: it is what all users take together.
  auto const output = std::accumulate(flows_.begin(), flows_.end(), 0.0) +
                      std::accumulate(final_uses_.begin(), final_uses_.end(), 0.0);
  assembler_->set_seller(seller, flows_, final_uses_, output);
}

void EoraReader::take_discrepancy(std::span<double const> flows,
                                  std::span<double const> final_uses) {
  DenseVector inputs(layout_.labels.industries.size(), 0.0);
  for (std::size_t k = 0; k < flows.size(); ++k) {
    if (auto const buyer = layout_.accounts[k]) {
      inputs[*buyer] = flows[k];
      discrepancy_.bought_from_it += flows[k];
    } else {
      discrepancy_.left_out += flows[k];
    }
  }
  discrepancy_.left_out += std::accumulate(final_uses.begin(), final_uses.end(), 0.0);
  assembler_->add_value_added(layout_.discrepancy_value_added, inputs);
}

Result<void> EoraReader::read_value_added() {
  if (problems_.full()) return {};
  auto csv = open_numbers(bundle_, value_added_member_);
  if (!csv) return fail(csv.error());
  LabelledRows rows(*csv, {0, layout_.accounts.size()}, problems_, control_);
  auto const lines = layout_.value_added_rows.size();
  for (std::size_t line = 0; line < lines && !problems_.full(); ++line) {
    auto const more = rows.next();
    if (!more) return fail(more.error());
    if (!*more) {
      if (!problems_.full()) add_line_count(rows, line, lines, "the labels of VA");
      return {};
    }
    if (!rows.parse()) continue;
    for (std::size_t k = 0; k < rows.numbers().size(); ++k) {
      if (auto const buyer = layout_.accounts[k]) {
        flows_[*buyer] = rows.numbers()[k];
      } else {
        discrepancy_.left_out += rows.numbers()[k];
      }
    }
    assembler_->add_value_added(layout_.value_added_rows[line], flows_);
  }
  return expect_end(rows, "the labels of VA");
}

Result<void> EoraReader::expect_end(LabelledRows& rows, std::string_view labels) {
  if (problems_.full()) return {};
  auto const more = rows.next();
  if (!more) return fail(more.error());
  if (*more) {
    problems_.add(ErrorCode::size_mismatch, fmt::format("the file has more lines than {}", labels),
                  rows.csv().where(), "the numbers and the labels must be of one release");
  }
  return {};
}

void EoraReader::add_line_count(LabelledRows const& rows, std::size_t lines, std::size_t wanted,
                                std::string_view labels) {
  problems_.add(ErrorCode::size_mismatch,
                fmt::format("the file ends after {} lines, {} have {}", lines, labels, wanted),
                rows.csv().name(), "it may be cut off: compare its size with the original");
}

TableInfo EoraReader::origin() const {
  TableInfo info;
  info.year = year_in_name(lower_file_name(flows_member_));
  if (info.year == 0) info.year = year_in_name(bundle_.file_name());
  info.title = layout_.eora26 ? "Eora26" : "Eora";
  if (info.year != 0) info.title += fmt::format(", {}", info.year);
  info.unit = {"USD", 1e3};
  info.price_basis = flows_member_.find("_pp_") != std::string::npos ? "purchasers' prices"
                                                                     : "current basic prices";
  info.source =
      "Lenzen, Kanemoto, Moran & Geschke (2012), \"Mapping the Structure of the World Economy\", "
      "Environmental Science & Technology 46: 8374-8381; Lenzen, Moran, Kanemoto & Geschke (2013), "
      "\"Building Eora\", Economic Systems Research 25: 20-49";
  info.licence = "Eora: free for academic use at degree-granting institutions, else a licence";
  info.history = fmt::format("imported from {} (format eora)", bundle_.file_name());
  if (layout_.has_discrepancy) {
    info.history += fmt::format(
        "\nregion ROW (statistical discrepancy) taken out: {:.6g} sold to it is final demand 'ROW "
        "discrepancy' of the seller's region, {:.6g} bought from it is a row of value added, "
        "{:.6g} "
        "of its own final deliveries and value added is left out",
        discrepancy_.sold_to_it, discrepancy_.bought_from_it, discrepancy_.left_out);
  }
  if (layout_.renamed > 0) {
    info.history +=
        fmt::format("\n{} accounts with a name their country uses already got a number behind it",
                    layout_.renamed);
  }
  return info;
}

bool looks_like_eora(Bundle const& bundle) {
  auto const flows = block_members(bundle, TableBlock::flows);
  return !flows.empty() && looks_like_numbers(bundle.first_line(flows.front())) &&
         LabelFiles(bundle).has({"labels_T.txt", "index_t.csv"});
}

Result<Table> read_eora(Bundle const& bundle, ReadOptions const& options,
                        RunControl const& control) {
  return EoraReader(bundle, options, control).read();
}

}  // namespace

TableFormat eora_format() noexcept {
  return {"eora", "Eora and Eora26: T, FD and VA beside files of labels", looks_like_eora,
          read_eora};
}

}  // namespace linchpin
