// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/repair/balance.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "linchpin/core/byte_count.h"
#include "linchpin/table/repair/balance_frame.h"
#include "linchpin/table/repair/gras.h"
#include "linchpin/table/repair/kras.h"
#include "linchpin/table/repair/ras.h"
#include "linchpin/table/shape.h"

namespace linchpin {
namespace {

using balancing::Frame;

bool has_sigma(std::optional<TargetList> const& list) {
  return list && std::any_of(list->entries.begin(), list->entries.end(),
                             [](auto const& entry) { return entry.sigma > 0; });
}

bool has_negative(Table const& table, Frame const& frame) {
  auto const negative = [](double value) { return value < 0; };
  auto const any = [&](auto const& values) {
    return std::any_of(values.begin(), values.end(), negative);
  };
  if (any(table.Y.values()) || any(frame.value_added.values()) || any(table.output)) return true;
  for (std::size_t i = 0; i < table.size(); ++i) {
    bool found = false;
    table.Z.for_each(i, [&](std::size_t, double value) { found = found || value < 0; });
    if (found) return true;
  }
  return false;
}

bool has_negative(std::optional<TargetList> const& list) {
  return list && std::any_of(list->entries.begin(), list->entries.end(),
                             [](auto const& entry) { return entry.target < 0; });
}

/// Columns of final use with anything in them.
std::size_t final_columns_in_use(Table const& table) {
  std::vector<bool> used(table.labels.final_columns(), false);
  for (std::size_t i = 0; i < table.Y.rows(); ++i) {
    for (std::size_t c = 0; c < used.size(); ++c) used[c] = used[c] || table.Y(i, c) != 0;
  }
  return static_cast<std::size_t>(std::count(used.begin(), used.end(), true));
}

/// True for a bare matrix of flows: the table states no value added, and the targets, whose totals
/// agree and which name every column, leave none. Columns that are not named keep their own sums, so
/// that equal totals of the others say nothing.
bool leaves_no_value_added(Table const& table, BalanceSpec const& spec) {
  if (!table.labels.value_added_rows.empty() || !spec.rows || !spec.columns) return false;
  if (spec.columns->entries.size() < table.size() + final_columns_in_use(table)) return false;
  double sum = 0, size = 0;
  for (auto const& entry : spec.rows->entries) sum += entry.target, size += std::abs(entry.target);
  for (auto const& entry : spec.columns->entries) sum -= entry.target;
  constexpr double rounding = 1e-9;
  return std::abs(sum) <= rounding * size;
}

Frame frame_of(Table const& table, BalanceSpec const& spec, bool each_kind) {
  auto frame = balancing::make_frame(table, each_kind);
  if (leaves_no_value_added(table, spec))
    frame.value_added = DenseMatrix(frame.value_rows, frame.n);
  return frame;
}

BalanceMethod choose(Table const& table, BalanceSpec const& spec) {
  if (spec.method) return *spec.method;
  if (has_sigma(spec.rows) || has_sigma(spec.columns)) return BalanceMethod::kras;
  bool const negative = has_negative(table, frame_of(table, spec, false)) ||
                        has_negative(spec.rows) || has_negative(spec.columns);
  return negative ? BalanceMethod::gras : BalanceMethod::ras;
}

/// Refuses work that would not fit in memory: the frame, what the method keeps beside it, and the
/// result.
Result<void> check_memory(Table const& table, Frame const& frame, BalanceMethod method, bool sparse,
                          std::uint64_t limit) {
  std::uint64_t const cells =
      sparse ? table.Z.non_zeros() + table.Y.values().size() + frame.value_rows * frame.n
             : frame.rows() * frame.columns();
  constexpr std::uint64_t dense_bytes = 16;        // the frame and the result
  constexpr std::uint64_t sparse_bytes = 28;       // with column numbers
  constexpr std::uint64_t constrained_bytes = 52;  // and four work arrays
  auto const each =
      method == BalanceMethod::kras ? constrained_bytes : (sparse ? sparse_bytes : dense_bytes);
  auto const needed = cells * each;
  if (needed <= limit) return {};
  return fail(
      ErrorCode::too_large,
      fmt::format("balancing would need {} beside the table, more than {}",
                  byte_count(static_cast<double>(needed)), byte_count(static_cast<double>(limit))),
      table.info.title.empty() ? "table" : table.info.title,
      "aggregate regions or sectors, read the table with a threshold, or allow more memory");
}

struct Balanced {
  FlowMatrix cells;
  BalanceReport report;
};

Result<Balanced> scale(Table const& table, Frame const& frame, BalanceSpec const& spec,
                       BalanceMethod method, bool sparse, RunControl const& control) {
  auto const margins = balancing::margins(table, frame, spec);
  if (!margins) return fail(margins.error());
  if (method == BalanceMethod::ras && margins->rows[frame.n] < 0) {
    return fail(ErrorCode::bad_value,
                fmt::format("infeasible: the column targets add up to {:.10g} less than the row "
                            "targets, so value added would be negative",
                            -margins->rows[frame.n]),
                "value added", "check the totals of final demand against output");
  }
  ScalingOptions options;
  options.tolerance = spec.tolerance;
  options.names = {[&](std::size_t i) { return balancing::row_name(table, frame, i); },
                   [&](std::size_t j) { return balancing::column_name(table, j); },
                   table.info.title.empty() ? "table" : table.info.title};
  auto const run = [&](auto cells) -> Result<Balanced> {
    auto const report = method == BalanceMethod::ras
                            ? ras(cells, margins->rows, margins->columns, options, control)
                            : gras(cells, margins->rows, margins->columns, options, control);
    if (!report) return fail(report.error());
    Balanced result{FlowMatrix(std::move(cells)), {}};
    result.report.iterations = report->iterations;
    result.report.residual = std::max(report->row_error, report->column_error);
    result.report.total_gap = report->total_gap;
    result.report.emptied_cells = report->emptied_cells;
    return result;
  };
  return sparse ? run(balancing::to_sparse(table, frame)) : run(balancing::to_dense(table, frame));
}

/// Uncertain targets that gave way by more than rounding, the largest gap over sigma first.
std::vector<RelaxedTarget> relaxed(std::vector<Constraint> const& constraints,
                                   DenseVector const& values) {
  std::vector<RelaxedTarget> result;
  for (std::size_t c = 0; c < constraints.size(); ++c) {
    auto const& each = constraints[c];
    constexpr double rounding = 1e-9;
    double const gap = std::abs(values[c] - each.target);
    if (each.sigma == 0 || gap <= rounding * std::abs(each.target)) continue;
    result.push_back({each.name, each.target, each.sigma, values[c]});
  }
  auto const badness = [](RelaxedTarget const& each) {
    return std::abs(each.value - each.target) / each.sigma;
  };
  std::stable_sort(result.begin(), result.end(),
                   [&](auto const& a, auto const& b) { return badness(a) > badness(b); });
  return result;
}

Result<Balanced> constrain(Table const& table, Frame const& frame, BalanceSpec const& spec,
                           RunControl const& control) {
  auto const constraints = balancing::constraints(table, frame, spec);
  if (!constraints) return fail(constraints.error());
  auto cells = balancing::to_sparse(table, frame);
  KrasOptions options;
  options.tolerance = spec.tolerance;
  auto const report = kras(cells, *constraints, options, control);
  if (!report) return fail(report.error());
  Balanced result{FlowMatrix(std::move(cells)), {}};
  result.report.iterations = report->iterations;
  result.report.residual = report->exact_error;
  result.report.seed_pull = report->seed_pull;
  result.report.relaxed = relaxed(*constraints, report->value);
  return result;
}

std::string history_line(BalanceSpec const& spec, BalanceReport const& report) {
  std::string what = "published output";
  if (spec.rows || spec.columns) {
    what = fmt::format("targets of {}{}{}", spec.rows ? spec.rows->file : "",
                       spec.rows && spec.columns ? " and " : "",
                       spec.columns ? spec.columns->file : "");
  }
  return fmt::format(
      "balanced with {} to {}: {} iterations, largest remaining gap {:.2g}, cells "
      "moved by {:.4g} % of their sum",
      to_string(report.method), what, report.iterations, report.residual,
      report.total_size > 0 ? 100.0 * report.total_absolute_change / report.total_size : 0.0);
}

}  // namespace

std::string_view to_string(BalanceMethod method) noexcept {
  switch (method) {
    case BalanceMethod::ras:
      return "ras";
    case BalanceMethod::gras:
      return "gras";
    case BalanceMethod::kras:
      return "kras";
  }
  return "";
}

Result<BalancedTable> balance_table(Table const& table, BalanceSpec const& spec,
                                    RunControl const& control) {
  if (auto const fine = check_shapes(table); !fine) return fail(fine.error());
  auto const method = choose(table, spec);
  bool const constrained = method == BalanceMethod::kras;
  auto const frame = frame_of(table, spec, constrained);
  bool const sparse = constrained || table.Z.storage() == FlowMatrix::Storage::sparse;
  if (auto const fine = check_memory(table, frame, method, sparse, spec.memory_limit); !fine) {
    return fail(fine.error());
  }
  auto balanced = constrained ? constrain(table, frame, spec, control)
                              : scale(table, frame, spec, method, sparse, control);
  if (!balanced) return fail(balanced.error());
  BalancedTable result;
  result.report = std::move(balanced->report);
  result.report.method = method;
  result.table = balancing::with_cells(table, frame, std::move(balanced->cells));
  balancing::note_changes(table, result.table, result.report);
  auto& info = result.table.info;
  info.estimated = true;
  if (!info.history.empty()) info.history += '\n';
  info.history += history_line(spec, result.report);
  return result;
}

}  // namespace linchpin
