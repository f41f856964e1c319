// SPDX-License-Identifier: Apache-2.0
#include "linchpin/economy/economy.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace linchpin {

struct Economy::Data {
  std::shared_ptr<Table const> table;
  IndustrySpace space;
  DenseMatrix final_by_region;
  DenseVector output;
  DenseVector value_added;
  BalanceReport balance;
};

namespace {

constexpr std::size_t most_reported = 20;

bool shapes_agree(Table const& table) {
  auto const n = table.size();
  bool const value_added = table.value_added.rows() == 0 || table.value_added.columns() == n;
  return table.Z.rows() == n && table.Z.columns() == n && table.Y.rows() == n &&
         table.Y.columns() == table.labels.final_columns() && table.output.size() == n &&
         value_added && table.value_added.rows() == table.labels.value_added_rows.size();
}

void check_cells(Table const& table, ErrorList& errors) {
  auto const report = [&](std::string what, std::string where, char const* hint) {
    if (errors.size() < most_reported) {
      errors.add(ErrorCode::invalid_table, std::move(what), std::move(where), hint);
    }
  };
  auto const n = table.size();
  for (std::size_t i = 0; i < n; ++i) {
    auto const flows = table.Z.row(i);
    for (std::size_t j = 0; j < n; ++j) {
      double const flow = flows[j];
      if (flow >= 0 && std::isfinite(flow)) continue;  // the usual case, NaN fails it
      auto const where = table.labels.industry_label(i) + " -> " + table.labels.industry_label(j);
      report(fmt::format("the intermediate flow is {}", flow), where,
             "`linchpin table check` lists all such cells; repair or remove them");
    }
    for (double const use : table.Y.row(i)) {
      if (!std::isfinite(use)) {
        report(fmt::format("final demand is {}", use), table.labels.industry_label(i),
               "repair or remove the cell");
      }
    }
    if (!std::isfinite(table.output[i])) {
      report(fmt::format("published output is {}", table.output[i]), table.labels.industry_label(i),
             "repair or remove the cell");
    }
    for (std::size_t k = 0; k < table.value_added.rows(); ++k) {
      if (std::isfinite(table.value_added(k, i))) continue;
      report(fmt::format("published value added is {}", table.value_added(k, i)),
             table.labels.industry_label(i), "repair or remove the cell");
    }
  }
}

/// Row sums, column residuals and final use by region.
void sum_up(Table const& table, DenseMatrix& final_by_region, DenseVector& output,
            DenseVector& value_added) {
  auto const n = table.size();
  auto const categories = table.labels.categories.size();
  DenseVector inputs(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    double sum = 0;
    auto const row = table.Z.row(i);
    for (std::size_t j = 0; j < n; ++j) {
      sum += row[j];
      inputs[j] += row[j];
    }
    auto const uses = table.Y.row(i);
    for (std::size_t r = 0; r < table.labels.regions.size(); ++r) {
      double use = 0;
      for (std::size_t c = 0; c < categories; ++c) use += uses[r * categories + c];
      final_by_region(i, r) = use;
      sum += use;
    }
    output[i] = sum;
  }
  for (std::size_t j = 0; j < n; ++j) value_added[j] = output[j] - inputs[j];
}

BalanceReport measure_balance(Table const& table, DenseVector const& output,
                              DenseVector const& value_added) {
  BalanceReport report;
  double total_output = 0;
  for (std::size_t i = 0; i < output.size(); ++i) {
    double const gap = std::abs(output[i] - table.output[i]);
    if (gap > report.largest_gap) {
      report.largest_gap = gap;
      report.largest_gap_at = IndustryId{i};
    }
    report.total_gap += gap;
    total_output += output[i];
    report.negative_value_added += value_added[i] < 0 ? 1 : 0;
    report.zero_output += output[i] == 0 ? 1 : 0;
  }
  report.relative_total_gap = total_output > 0 ? report.total_gap / total_output : 0;
  return report;
}

void check_balance(Table const& table, DenseVector const& output, DenseVector const& value_added,
                   BalanceTolerance const& tolerance, ErrorList& errors) {
  double const largest = *std::max_element(output.begin(), output.end());
  double const rounding = tolerance.of_largest * largest;
  for (std::size_t i = 0; i < output.size() && errors.size() < most_reported; ++i) {
    auto const where = table.labels.industry_label(i);
    // Inventory run-downs can exceed a small industry's sales by rounding; beyond it is wrong.
    if (output[i] < -rounding) {
      errors.add(ErrorCode::invalid_table, fmt::format("output is negative ({:.6g})", output[i]),
                 where, "check final demand: its negative cells exceed all sales");
    }
    double const scale = std::max(std::abs(table.output[i]), std::abs(output[i]));
    auto const off = [&](double gap) {
      return std::abs(gap) > tolerance.relative * scale && std::abs(gap) > rounding;
    };
    if (off(output[i] - table.output[i])) {
      errors.add(ErrorCode::unbalanced_table,
                 fmt::format("sells {:.6g} but its published output is {:.6g}", output[i],
                             table.output[i]),
                 where, "`linchpin table check` lists every industry that is off");
    }
    if (table.value_added.rows() == 0) continue;  // value added is then the residual
    double published = 0;
    for (std::size_t k = 0; k < table.value_added.rows(); ++k) published += table.value_added(k, i);
    if (off(value_added[i] - published)) {
      errors.add(
          ErrorCode::unbalanced_table,
          fmt::format("sells {:.6g} more than it buys but its published value added is {:.6g}",
                      value_added[i], published),
          where, "`linchpin table check` lists every industry that is off");
    }
  }
}

}  // namespace

Economy::Economy(std::shared_ptr<Data const> data) noexcept : data_(std::move(data)) {}

Result<Economy> Economy::make(Table table, BalanceTolerance const& tolerance) {
  return make(std::make_shared<Table const>(std::move(table)), tolerance);
}

Result<Economy> Economy::make(std::shared_ptr<Table const> table,
                              BalanceTolerance const& tolerance) {
  LINCHPIN_EXPECTS(table != nullptr);
  auto space = IndustrySpace::make(table->labels);
  if (!space) return fail(space.error());
  if (!shapes_agree(*table)) {
    return fail(ErrorCode::invalid_table, "matrix sizes do not fit the labels", table->info.title,
                "import the table again");
  }
  if (!table->Z.is_dense()) {  // the questions factorise and scan whole rows
    auto dense = std::make_shared<Table>(*table);
    dense->Z = table->Z.to_dense();
    table = std::move(dense);
  }
  ErrorList errors;
  check_cells(*table, errors);
  if (!errors.empty()) return fail(errors.joined());

  auto const n = table->size();
  auto data = std::make_shared<Data>(Data{table, *std::move(space),
                                          DenseMatrix(n, table->labels.regions.size()),
                                          DenseVector(n), DenseVector(n), BalanceReport{}});
  sum_up(*table, data->final_by_region, data->output, data->value_added);
  check_balance(*table, data->output, data->value_added, tolerance, errors);
  if (!errors.empty()) return fail(errors.joined());
  data->balance = measure_balance(*table, data->output, data->value_added);
  return Economy{std::move(data)};
}

IndustrySpace const& Economy::space() const noexcept { return data_->space; }
Table const& Economy::table() const noexcept { return *data_->table; }
FlowView Economy::flows() const noexcept { return {data_->table->Z.data(), size(), size()}; }
MatrixView<IndustryId, FinalColumnId, double const> Economy::final_demand() const noexcept {
  return {data_->table->Y.data(), size(), data_->table->Y.columns()};
}
MatrixView<IndustryId, RegionId, double const> Economy::final_by_region() const noexcept {
  return {data_->final_by_region.data(), size(), space().regions()};
}
IndustryView Economy::output() const noexcept { return IndustryView{data_->output}; }
IndustryView Economy::value_added() const noexcept { return IndustryView{data_->value_added}; }
BalanceReport const& Economy::balance() const noexcept { return data_->balance; }

}  // namespace linchpin
