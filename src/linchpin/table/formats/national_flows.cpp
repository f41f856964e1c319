// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/formats/national_flows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "linchpin/core/contracts.h"
#include "linchpin/table/assembler.h"
#include "linchpin/table/problem_list.h"
#include "linchpin/table/region_names.h"

namespace linchpin {
namespace {

constexpr char const* rest_of_world = "ROW";
constexpr char const* imports_row = "imports (value made abroad)";
constexpr char const* moved_row = "negative inputs moved to final demand";

double sum_of(std::span<double const> values) {
  double sum = 0;
  for (double const value : values) sum += value;
  return sum;
}

/// `matrix` with the columns of one more category at the end of each region's block.
DenseMatrix with_one_more_category(DenseMatrix const& matrix, std::size_t categories) {
  DenseMatrix wider(matrix.rows(), 2 * (categories + 1));
  for (std::size_t i = 0; i < matrix.rows(); ++i) {
    for (std::size_t c = 0; c < categories; ++c) {
      wider(i, c) = matrix(i, c);
      wider(i, categories + 1 + c) = matrix(i, categories + c);
    }
  }
  return wider;
}

struct Moved {
  std::size_t cells = 0;
  double total = 0;
};

void move_negatives(DenseMatrix& flows, DenseMatrix& final_uses, std::size_t category,
                    std::span<double> of_buyer, Moved& moved) {
  for (std::size_t i = 0; i < flows.rows(); ++i) {
    auto const row = flows.row(i);
    for (std::size_t j = 0; j < row.size(); ++j) {
      if (!(row[j] < 0)) continue;
      final_uses(i, category) += row[j];
      of_buyer[j] += row[j];
      ++moved.cells;
      moved.total -= row[j];
      row[j] = 0;
    }
  }
}

bool has_negative(DenseMatrix const& flows) {
  auto const values = flows.values();
  return std::any_of(values.begin(), values.end(), [](double value) { return value < 0; });
}

Moved move_negatives(NationalFlows& flows) {
  Moved moved;
  if (!has_negative(flows.domestic) && !has_negative(flows.imports)) return moved;
  auto const category = flows.categories.size();
  flows.domestic_final = with_one_more_category(flows.domestic_final, category);
  flows.imports_final = with_one_more_category(flows.imports_final, category);
  flows.categories.push_back({"NEG", "Negative inputs moved out of intermediate use", true});
  DenseMatrix value_added(flows.value_added.rows() + 1, flows.domestic.columns());
  std::copy(flows.value_added.values().begin(), flows.value_added.values().end(),
            value_added.values().begin());
  auto const of_buyer = value_added.row(flows.value_added.rows());
  move_negatives(flows.domestic, flows.domestic_final, category, of_buyer, moved);
  move_negatives(flows.imports, flows.imports_final, category, of_buyer, moved);
  flows.value_added = std::move(value_added);
  flows.value_added_rows.emplace_back(moved_row);
  return moved;
}

TableLabels labels_of(NationalFlows const& flows) {
  TableLabels labels;
  labels.regions = {flows.country, describe_region(rest_of_world)};
  labels.sectors = flows.sectors;
  labels.categories = flows.categories;
  labels.value_added_rows = flows.value_added_rows;
  labels.value_added_rows.emplace_back(imports_row);
  for (auto const sector : flows.domestic_sectors) {
    labels.industries.push_back({RegionId{0}, SectorId{sector}});
  }
  for (auto const sector : flows.import_sectors) {
    labels.industries.push_back({RegionId{1}, SectorId{sector}});
  }
  return labels;
}

}  // namespace

Result<void> split_proportionally(NationalFlows& flows,
                                  std::vector<std::size_t> const& only_imports,
                                  std::string const& where) {
  auto const n = flows.domestic.rows();
  auto const categories = flows.categories.size();
  LINCHPIN_EXPECTS(flows.import_sectors == flows.domestic_sectors);
  flows.imports = DenseMatrix(n, flows.domestic.columns());
  flows.imports_final = DenseMatrix(n, 2 * categories);
  ProblemList problems;
  for (std::size_t i = 0; i < n; ++i) {
    auto const row = flows.domestic.row(i);
    auto const uses = flows.domestic_final.row(i);
    auto const imported = flows.imports_final.row(i);
    double to_split = flows.import_total[i];
    for (auto const category : only_imports) {
      imported[category] = std::exchange(uses[category], 0.0);
      to_split -= imported[category];
    }
    double const used = sum_of(row) + sum_of(uses.first(categories));
    constexpr double rounding = 1e-9;
    if (to_split < -rounding * flows.import_total[i] || to_split > used * (1 + rounding)) {
      problems.add(
          ErrorCode::bad_value,
          fmt::format("imports to be split are {:.6g}, but {:.6g} is used at home", to_split, used),
          fmt::format("{}, {}", where, flows.sectors[flows.domestic_sectors[i]].label),
          "check the row: imports cannot be more than what is used at home");
      continue;
    }
    double const share = used > 0 ? std::clamp(to_split / used, 0.0, 1.0) : 0.0;
    for (std::size_t j = 0; j < row.size(); ++j) {
      flows.imports(i, j) = share * row[j];
      row[j] -= flows.imports(i, j);
    }
    for (std::size_t c = 0; c < categories; ++c) {
      imported[c] += share * uses[c];
      uses[c] -= share * uses[c];
    }
  }
  if (!problems.empty()) return fail(problems.joined(where));
  return {};
}

Result<Table> assemble_national(NationalFlows flows, TableInfo info, ReadOptions const& options,
                                std::string const& where) {
  auto const moved = move_negatives(flows);
  if (moved.cells > 0) {
    info.history += fmt::format(
        "\n{} negative intermediate flows, {:.6g} in all, moved to the final-demand category NEG "
        "and "
        "to value added of their buyers",
        moved.cells, moved.total);
  }
  auto const n = flows.domestic_sectors.size();
  auto const p = flows.import_sectors.size();
  auto assembler = TableAssembler::make(labels_of(flows), options, where);
  if (!assembler) return fail(assembler.error());
  DenseVector row(n + p, 0.0);
  auto const seller = [&](std::size_t number, std::span<double const> to_domestic,
                          std::span<double const> final_uses, double output) {
    std::copy(to_domestic.begin(), to_domestic.end(), row.begin());
    assembler->set_seller(number, row, final_uses, output);
  };
  for (std::size_t i = 0; i < n; ++i) {
    seller(i, flows.domestic.row(i), flows.domestic_final.row(i), flows.output[i]);
  }
  for (std::size_t i = 0; i < p; ++i) {
    seller(n + i, flows.imports.row(i), flows.imports_final.row(i), flows.import_total[i]);
  }
  for (std::size_t k = 0; k < flows.value_added.rows(); ++k) {
    auto const values = flows.value_added.row(k);
    std::copy(values.begin(), values.end(), row.begin());
    assembler->add_value_added(k, row);
  }
  std::fill(row.begin(), row.end(), 0.0);
  std::copy(flows.import_total.begin(), flows.import_total.end(),
            row.begin() + static_cast<std::ptrdiff_t>(n));
  assembler->add_value_added(flows.value_added.rows(), row);
  return assembler->finish(std::move(info));
}

}  // namespace linchpin
