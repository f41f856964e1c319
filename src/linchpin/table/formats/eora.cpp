// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "linchpin/table/assembler.h"
#include "linchpin/table/formats/block_lines.h"
#include "linchpin/table/formats/eora_files.h"
#include "linchpin/table/formats/eora_layout.h"
#include "linchpin/table/formats/formats.h"
#include "linchpin/table/formats/matrix_reader_member.h"

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
  void take_value_added(std::size_t row, std::span<double const> paid);
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

/// T and FD have the same lines.
Result<void> EoraReader::read_sellers() {
  if (problems_.full()) return {};
  auto const lines = layout_.accounts.size();
  flows_.assign(layout_.labels.industries.size(), 0.0);
  final_uses_.assign(layout_.labels.final_columns(), 0.0);
  return read_lines(bundle_,
                    {{flows_member_, lines}, {final_member_, layout_.final_columns.size()}},
                    {lines, "the labels of T"}, problems_, control_,
                    [&](std::size_t line, auto const& numbers) -> Result<void> {
                      if (auto const seller = layout_.accounts[line]) {
                        take_seller(*seller, numbers[0], numbers[1]);
                      } else {
                        take_discrepancy(numbers[0], numbers[1]);
                      }
                      if (line % rows_per_memory_check != 0) return {};
                      return assembler_->fits();
                    });
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
  return read_lines(bundle_, {{value_added_member_, layout_.accounts.size()}},
                    {layout_.value_added_rows.size(), "the labels of VA"}, problems_, control_,
                    [&](std::size_t line, auto const& numbers) -> Result<void> {
                      take_value_added(layout_.value_added_rows[line], numbers[0]);
                      return {};
                    });
}

void EoraReader::take_value_added(std::size_t row, std::span<double const> paid) {
  for (std::size_t k = 0; k < paid.size(); ++k) {
    if (auto const buyer = layout_.accounts[k]) {
      flows_[*buyer] = paid[k];
    } else {
      discrepancy_.left_out += paid[k];
    }
  }
  assembler_->add_value_added(row, flows_);
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
