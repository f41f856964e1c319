// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/repair/ras_messages.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace linchpin::scaling {
namespace {

constexpr std::size_t most_in_a_list = 6;

std::string row_name(MarginNames const& names, std::size_t i) {
  return names.row ? names.row(i) : fmt::format("row {}", i + 1);
}

std::string column_name(MarginNames const& names, std::size_t j) {
  return names.column ? names.column(j) : fmt::format("column {}", j + 1);
}

/// "A, B, C and 4 more", in the order of the matrix.
template <class Name>
std::string list(std::vector<std::size_t> lines, Name const& name) {
  if (lines.empty()) return "none";
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (std::size_t k = 0; k < lines.size() && k < most_in_a_list; ++k) {
    text += (k == 0 ? "" : ", ") + name(lines[k]);
  }
  if (lines.size() > most_in_a_list) {
    text += fmt::format(" and {} more", lines.size() - most_in_a_list);
  }
  return text;
}

void check_side(bool is_row, bool both_signs, std::span<double const> targets,
                MarginNames const& names, ErrorList& errors) {
  for (std::size_t k = 0; k < targets.size() && errors.size() < most_named; ++k) {
    double const target = targets[k];
    if (std::isfinite(target) && (both_signs || target >= 0)) continue;
    errors.add(ErrorCode::bad_value,
               fmt::format("the target is {:.6g}{}", target,
                           std::isfinite(target) ? ", but RAS knows no negative numbers" : ""),
               is_row ? row_name(names, k) : column_name(names, k),
               std::isfinite(target) ? "use the method gras" : "give a finite number");
  }
}

}  // namespace

Result<void> check_targets(std::size_t rows, std::size_t columns, bool both_signs,
                           std::span<double const> row_targets,
                           std::span<double const> column_targets, MarginNames const& names) {
  if (row_targets.size() != rows || column_targets.size() != columns) {
    return fail(ErrorCode::size_mismatch,
                fmt::format("{} x {} targets for a matrix of {} x {}", row_targets.size(),
                            column_targets.size(), rows, columns),
                names.where, "give one target for each row and each column");
  }
  ErrorList errors;
  check_side(true, both_signs, row_targets, names, errors);
  check_side(false, both_signs, column_targets, names, errors);
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

Error bad_cell(std::size_t row, std::size_t column, double value, MarginNames const& names) {
  bool const finite = std::isfinite(value);
  return {ErrorCode::bad_value,
          fmt::format("the cell is {:.6g}{}", value,
                      finite ? ", but RAS knows no negative numbers" : ""),
          fmt::format("{} -> {}", row_name(names, row), column_name(names, column)),
          finite ? "use the method gras" : "repair the cell first"};
}

Error describe_hopeless(std::vector<HopelessLine> const& lines, MarginNames const& names) {
  ErrorList errors;
  for (auto const& each : lines) {
    if (errors.size() == most_named) break;
    auto const* const reason =
        each.empty ? "but no cell that could carry it (all are zero or meet a target of zero)"
                   : "but no cell of that sign, and cells keep their sign";
    errors.add(ErrorCode::bad_value,
               fmt::format("infeasible: it has the target {:.6g}, {}", each.target, reason),
               each.is_row ? row_name(names, each.line) : column_name(names, each.line),
               "set the target to zero, or put a first estimate into one of its cells");
  }
  auto error = errors.joined();
  if (lines.size() > most_named) {
    error.further.push_back({ErrorCode::bad_value,
                             fmt::format("and {} more of the same kind", lines.size() - most_named),
                             names.where, "mend the ones listed first"});
  }
  return error;
}

Error describe_totals(Component const& part, bool whole, MarginNames const& names) {
  auto const row = [&](std::size_t i) { return row_name(names, i); };
  auto const column = [&](std::size_t j) { return column_name(names, j); };
  auto what = fmt::format(
      "infeasible: the row targets add up to {:.10g}, the column targets to {:.10g} ({:.3g} apart)",
      part.row_total, part.column_total, std::abs(part.row_total - part.column_total));
  if (!whole) {
    what += fmt::format("; these rows ({}) have cells in these columns ({}) only, and no others do",
                        list(part.rows, row), list(part.columns, column));
  }
  return {ErrorCode::bad_value, what, names.where,
          "scale one side to the total of the other, or use the method kras with reliabilities"};
}

Error describe_set(BoundSet const& set, bool both_signs, MarginNames const& names) {
  auto const row = [&](std::size_t i) { return row_name(names, i); };
  auto const column = [&](std::size_t j) { return column_name(names, j); };
  auto const* const why = both_signs
                              ? "positive cells of these rows lie in these columns only, and "
                                "negative cells of these columns in these rows only"
                              : "these rows have cells in these columns only";
  return {ErrorCode::bad_value,
          fmt::format("infeasible: the targets of {} row{} ({}) add up to {:.10g}, those of {} "
                      "column{} ({}) to {:.10g} only; but {}",
                      set.rows.size(), set.rows.size() == 1 ? "" : "s", list(set.rows, row),
                      set.row_total, set.columns.size(), set.columns.size() == 1 ? "" : "s",
                      list(set.columns, column), set.column_total, why),
          names.where,
          "change one of these targets, put a first estimate into a cell that is zero, or use the "
          "method kras with reliabilities"};
}

Error describe_unfinished(std::size_t iterations, double error, MarginNames const& names) {
  return {
      ErrorCode::not_converged,
      fmt::format("after {} iterations a column is still off by {:.3g} of its target; no set of "
                  "targets that contradict was found",
                  iterations, error),
      names.where, "allow more iterations, or use the method kras with reliabilities"};
}

}  // namespace linchpin::scaling
