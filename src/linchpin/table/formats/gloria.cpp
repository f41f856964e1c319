// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "linchpin/table/assembler.h"
#include "linchpin/table/formats/block_lines.h"
#include "linchpin/table/formats/eora_files.h"
#include "linchpin/table/formats/eora_labels.h"
#include "linchpin/table/formats/formats.h"
#include "linchpin/table/formats/gloria_labels.h"
#include "linchpin/table/formats/matrix_reader_member.h"
#include "linchpin/table/formats/supply_use.h"

namespace linchpin {
namespace {

// What may stand where the layout has zeros, as a share of all supply: rounding of the publisher's
// balancing, not flows.
constexpr double negligible = 1e-6;

/// T has, for each region, a line per industry (what it makes of each product) and then a line per
/// product (what each industry uses of it); columns are in the same order. Only the blocks industry
/// x product and product x industry hold flows, and industries make products of their own region.
class GloriaReader {
 public:
  GloriaReader(Bundle const& bundle, ReadOptions const& options, RunControl const& control)
      : bundle_(bundle), options_(options), control_(control) {}

  Result<Table> read();

 private:
  enum class Side { industries, products };

  Result<void> read_regions();
  void take_line(std::size_t line, std::span<double const> flows,
                 std::span<double const> final_uses);
  void take_supply(std::size_t region, std::size_t industry, std::span<double const> line);
  void take_use(std::size_t product, std::span<double const> line);
  void take_final_uses(std::size_t product, std::span<double const> line);
  void finish_region(std::size_t region);
  Result<void> read_value_added();
  [[nodiscard]] std::string line_makers() const;
  void check_structure();
  [[nodiscard]] TableInfo origin() const;

  /// Column of T of the first industry or product of a region.
  [[nodiscard]] std::size_t first_column(std::size_t region, Side side) const noexcept {
    return (2 * region + (side == Side::products ? 1 : 0)) * sectors_;
  }

  Bundle const& bundle_;
  ReadOptions const& options_;
  RunControl const& control_;
  ProblemList problems_;
  std::string flows_member_;
  std::string final_member_;
  std::string value_added_member_;
  std::size_t regions_ = 0;
  std::size_t sectors_ = 0;
  std::optional<TableAssembler> assembler_;
  DenseMatrix supply_;      // of one region: industries x its products
  DenseMatrix use_;         // of its products: products x all industries
  DenseMatrix final_uses_;  // products x final columns
  double supplied_ = 0;
  double misplaced_ = 0;  // size of what stands where there should be zeros
  double lost_ = 0;       // use of products nobody makes
  std::size_t unmade_products_ = 0;
};

Result<Table> GloriaReader::read() {
  flows_member_ = only_block_member(bundle_, TableBlock::flows, options_.member, problems_);
  final_member_ = only_block_member(bundle_, TableBlock::final_demand, options_.member, problems_);
  value_added_member_ =
      only_block_member(bundle_, TableBlock::value_added, options_.member, problems_);
  auto const labels = read_gloria_labels(LabelFiles(bundle_), problems_);
  if (!labels) return fail(labels.error());
  if (!problems_.empty()) return fail(problems_.joined(bundle_.name()));
  regions_ = labels->regions.size();
  sectors_ = labels->sectors.size();
  auto const columns =
      regions_ * std::max({2 * sectors_, labels->categories.size(), labels->value_added.size()});
  if (columns > most_labels) {
    return fail(
        ErrorCode::too_large,
        fmt::format("{} regions and {} sectors make over {} rows", regions_, sectors_, most_labels),
        bundle_.name(), "check that regions.csv and sectors.csv are the right lists");
  }
  auto assembler = TableAssembler::make(table_labels(*labels), options_, bundle_.name());
  if (!assembler) return fail(assembler.error());
  assembler_ = std::move(*assembler);
  supply_ = DenseMatrix(sectors_, sectors_);
  use_ = DenseMatrix(sectors_, regions_ * sectors_);
  final_uses_ = DenseMatrix(sectors_, assembler_->labels().final_columns());
  if (auto const done = read_regions(); !done) return fail(done.error());
  if (auto const done = read_value_added(); !done) return fail(done.error());
  if (problems_.empty()) check_structure();
  if (!problems_.empty()) return fail(problems_.joined(bundle_.name()));
  return assembler_->finish(origin());
}

/// T and Y have the same lines; besides the table itself only the block of one region is in memory.
Result<void> GloriaReader::read_regions() {
  auto const lines = 2 * regions_ * sectors_;
  return read_lines(bundle_, {{flows_member_, lines}, {final_member_, final_uses_.columns()}},
                    {lines, line_makers()}, problems_, control_,
                    [&](std::size_t line, auto const& numbers) -> Result<void> {
                      take_line(line, numbers[0], numbers[1]);
                      if ((line + 1) % (2 * sectors_) != 0 || !problems_.empty()) return {};
                      finish_region(line / (2 * sectors_));
                      return assembler_->fits();
                    });
}

void GloriaReader::take_line(std::size_t line, std::span<double const> flows,
                             std::span<double const> final_uses) {
  auto const place = line % (2 * sectors_);
  if (place < sectors_) {
    take_supply(line / (2 * sectors_), place, flows);
    for (double const value : final_uses) misplaced_ += std::abs(value);
  } else {
    take_use(place - sectors_, flows);
    take_final_uses(place - sectors_, final_uses);
  }
}

void GloriaReader::take_supply(std::size_t region, std::size_t industry,
                               std::span<double const> line) {
  auto const own = line.subspan(first_column(region, Side::products), sectors_);
  std::copy(own.begin(), own.end(), supply_.row(industry).begin());
  double all = 0;
  double made = 0;
  for (double const value : line) all += std::abs(value);
  for (double const value : own) made += std::abs(value);
  supplied_ += made;
  misplaced_ += all - made;
}

void GloriaReader::take_use(std::size_t product, std::span<double const> line) {
  auto const row = use_.row(product);
  for (std::size_t region = 0; region < regions_; ++region) {
    auto const used = line.subspan(first_column(region, Side::industries), sectors_);
    std::copy(used.begin(), used.end(), row.subspan(region * sectors_).begin());
    for (double const value : line.subspan(first_column(region, Side::products), sectors_)) {
      misplaced_ += std::abs(value);
    }
  }
}

void GloriaReader::take_final_uses(std::size_t product, std::span<double const> line) {
  std::copy(line.begin(), line.end(), final_uses_.row(product).begin());
}

void GloriaReader::finish_region(std::size_t region) {
  MarketShares const market(supply_);
  auto const flows = market.transform(use_);
  auto const final_uses = market.transform(final_uses_);
  lost_ += market.lost(use_) + market.lost(final_uses_);
  unmade_products_ += market.unmade_products().size();
  for (std::size_t industry = 0; industry < sectors_; ++industry) {
    assembler_->set_seller(region * sectors_ + industry, flows.row(industry),
                           final_uses.row(industry), market.industry_output()[industry]);
  }
}

/// V has a line per region and kind of value added; columns as T.
Result<void> GloriaReader::read_value_added() {
  if (problems_.full()) return {};
  auto const kinds = assembler_->labels().value_added_rows.size();
  DenseVector by_industry(regions_ * sectors_);
  return read_lines(
      bundle_, {{value_added_member_, 2 * regions_ * sectors_}}, {regions_ * kinds, line_makers()},
      problems_, control_, [&](std::size_t line, auto const& numbers) -> Result<void> {
        for (std::size_t region = 0; region < regions_; ++region) {
          auto const paid = numbers[0].subspan(first_column(region, Side::industries), sectors_);
          std::copy(paid.begin(), paid.end(),
                    std::span(by_industry).subspan(region * sectors_).begin());
          for (double const value :
               numbers[0].subspan(first_column(region, Side::products), sectors_)) {
            misplaced_ += std::abs(value);
          }
        }
        assembler_->add_value_added(line % kinds, by_industry);
        return {};
      });
}

std::string GloriaReader::line_makers() const {
  return fmt::format("{} regions and {} sectors", regions_, sectors_);
}

void GloriaReader::check_structure() {
  if (misplaced_ <= negligible * supplied_) return;
  problems_.add(
      ErrorCode::bad_format,
      fmt::format("{:.6g} stand where supply and use have zeros, beside a supply of {:.6g}",
                  misplaced_, supplied_),
      bundle_.name(),
      "regions.csv and sectors.csv must be in the order of the release, industries before "
      "products in each region");
}

TableInfo GloriaReader::origin() const {
  TableInfo info;
  auto const name = lower_file_name(flows_member_);
  info.year = year_in_name(name);
  info.title = "GLORIA";
  if (info.year != 0) info.title += fmt::format(", {}", info.year);
  info.unit = {"USD", 1e3};
  info.price_basis = "current basic prices";
  info.source =
      "Lenzen, Geschke, West, Fry, Malik, Giljum, Milà i Canals, Piñero, Lutter, Wiedmann, Li, "
      "Sevenster, Potočnik, Teixeira, Van Voore, Nansai & Schandl (2022), \"Implementing the "
      "material footprint to measure progress towards Sustainable Development Goals 8 and 12\", "
      "Nature Sustainability 5: 157-166";
  info.licence = "as the Industrial Ecology Virtual Laboratory grants it: academic use";
  info.history = fmt::format(
      "imported from {} (format gloria): industry by industry from supply and use with the fixed "
      "product-sales assumption (model D)",
      bundle_.file_name());
  if (lost_ != 0) {
    info.history += fmt::format(
        "\n{} products of a region that nobody makes there: their use of {:.6g} is left out",
        unmade_products_, lost_);
  }
  if (misplaced_ > 0) {
    info.history +=
        fmt::format("\n{:.6g} outside the blocks of supply and use left out", misplaced_);
  }
  return info;
}

bool looks_like_gloria(Bundle const& bundle) {
  auto const flows = block_members(bundle, TableBlock::flows);
  return !flows.empty() && lower_file_name(flows.front()).find("secmother") != std::string::npos &&
         looks_like_numbers(bundle.first_line(flows.front())) &&
         !LabelFiles(bundle).has({"labels_T.txt", "index_t.csv"});
}

Result<Table> read_gloria(Bundle const& bundle, ReadOptions const& options,
                          RunControl const& control) {
  return GloriaReader(bundle, options, control).read();
}

}  // namespace

TableFormat gloria_format() noexcept {
  return {"gloria", "GLORIA: supply and use of 164 regions as T, Y and V beside lists of labels",
          looks_like_gloria, read_gloria};
}

}  // namespace linchpin
