// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "linchpin/core/nearest.h"
#include "linchpin/table/repair/balance_frame.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/problem_list.h"

namespace linchpin::balancing {
namespace {

std::string place(TargetList const& list, TargetList::Entry const& entry) {
  return entry.line == 0 ? list.file : fmt::format("{}:{}", list.file, entry.line);
}

/// Which line of the frame a label names.
class LineIndex {
 public:
  void add(std::string label, std::size_t line) {
    if (!lines_.try_emplace(label, line).second) ambiguous_.push_back(label);
    labels_.push_back(std::move(label));
  }
  [[nodiscard]] std::optional<std::size_t> find(std::string const& label) const {
    auto const known = lines_.find(label);
    if (known == lines_.end()) return std::nullopt;
    return known->second;
  }
  [[nodiscard]] bool ambiguous(std::string const& label) const {
    return std::find(ambiguous_.begin(), ambiguous_.end(), label) != ambiguous_.end();
  }
  [[nodiscard]] std::vector<std::string> const& labels() const noexcept { return labels_; }

 private:
  std::unordered_map<std::string, std::size_t> lines_;
  std::vector<std::string> labels_, ambiguous_;
};

LineIndex row_index(Table const& table, Frame const& frame, bool with_value_added) {
  LineIndex index;
  auto const last = with_value_added ? frame.rows() : frame.n;
  for (std::size_t i = 0; i < last; ++i) index.add(row_name(table, frame, i), i);
  return index;
}

LineIndex column_index(Table const& table, Frame const& frame) {
  LineIndex index;
  for (std::size_t j = 0; j < frame.columns(); ++j) index.add(column_name(table, j), j);
  return index;
}

/// The line each entry names.
Result<std::vector<std::size_t>> resolve(TargetList const& list, LineIndex const& index,
                                         char const* what) {
  ProblemList problems;
  std::vector<std::size_t> lines;
  for (auto const& entry : list.entries) {
    auto const line = index.find(entry.label);
    if (!line) {
      problems.add(ErrorCode::unknown_label,
                   fmt::format("the table has no {} '{}'", what, printable(entry.label)),
                   place(list, entry),
                   did_you_mean(entry.label, index.labels(),
                                "`linchpin table info` lists the labels of the table"));
    } else if (index.ambiguous(entry.label)) {
      problems.add(
          ErrorCode::unknown_label,
          fmt::format("'{}' names both an industry and a final use", printable(entry.label)),
          place(list, entry), "rename one of them with `linchpin table aggregate`");
    }
    lines.push_back(line.value_or(0));
  }
  if (!problems.empty()) return fail(problems.joined(list.file));
  return lines;
}

/// Writes the targets of a list over `targets`; every line before `must` has to be there.
Result<std::vector<char>> fill(TargetList const& list, LineIndex const& index, char const* what,
                               std::size_t must, DenseVector& targets) {
  auto const lines = resolve(list, index, what);
  if (!lines) return fail(lines.error());
  ProblemList problems;
  std::vector<char> given(targets.size(), 0);
  for (std::size_t k = 0; k < lines->size(); ++k) {
    auto const& entry = list.entries[k];
    if (entry.sigma > 0) {
      problems.add(ErrorCode::bad_value,
                   fmt::format("'{}' has a sigma, which only kras can use", printable(entry.label)),
                   place(list, entry), "use the method kras, or leave sigma out");
    }
    targets[(*lines)[k]] = entry.target;
    given[(*lines)[k]] = 1;
  }
  for (std::size_t line = 0; line < must; ++line) {
    if (given[line]) continue;
    problems.add(ErrorCode::missing_value, fmt::format("'{}' has no target", index.labels()[line]),
                 list.file,
                 "name every industry, or use the method kras, which takes partial lists");
  }
  if (!problems.empty()) return fail(problems.joined(list.file));
  return given;
}

double total(DenseVector const& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// Totals of final demand columns where no file names them.
DenseVector final_totals(Table const& table, Frame const& frame, double growth) {
  DenseVector totals(frame.final_columns, 0.0);
  for (std::size_t i = 0; i < frame.n; ++i) {
    for (std::size_t f = 0; f < frame.final_columns; ++f) totals[f] += table.Y(i, f);
  }
  for (double& each : totals) each *= growth;
  return totals;
}

Result<void> check_final_part(TargetList const& list, LineIndex const& index,
                              std::vector<char> const& given, std::size_t n) {
  auto const named = std::count(given.begin() + static_cast<std::ptrdiff_t>(n), given.end(), 1);
  if (named == 0 || n + static_cast<std::size_t>(named) == given.size()) return {};
  ProblemList problems;
  for (auto line = n; line < given.size(); ++line) {
    if (given[line]) continue;
    problems.add(ErrorCode::missing_value,
                 fmt::format("the final use '{}' has no target, others have", index.labels()[line]),
                 list.file, "name all columns of final demand, none, or use the method kras");
  }
  return fail(problems.joined(list.file));
}

}  // namespace

Result<Margins> margins(Table const& table, Frame const& frame, BalanceSpec const& spec) {
  Margins result;
  result.rows.assign(frame.rows(), 0.0);
  std::copy(table.output.begin(), table.output.end(), result.rows.begin());
  ErrorList errors;
  double const before = total(result.rows);
  if (spec.rows) {
    auto const given =
        fill(*spec.rows, row_index(table, frame, false), "industry", frame.n, result.rows);
    if (!given) errors.add(given.error());
  }
  double const growth = spec.rows && before > 0 ? total(result.rows) / before : 1.0;
  result.columns.assign(result.rows.begin(),
                        result.rows.begin() + static_cast<std::ptrdiff_t>(frame.n));
  auto const uses = final_totals(table, frame, growth);
  result.columns.insert(result.columns.end(), uses.begin(), uses.end());
  if (spec.columns) {
    auto const index = column_index(table, frame);
    auto const given = fill(*spec.columns, index, "industry or final use", frame.n, result.columns);
    if (!given) {
      errors.add(given.error());
    } else if (auto fine = check_final_part(*spec.columns, index, *given, frame.n); !fine) {
      errors.add(fine.error());
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  result.rows[frame.n] = total(result.columns) - total(result.rows);
  return result;
}

Result<std::vector<Constraint>> constraints(Table const& table, Frame const& frame,
                                            BalanceSpec const& spec) {
  using Of = ConstraintTerm::Of;
  std::vector<Constraint> result;
  ErrorList errors;
  auto const add = [&](TargetList const& list, LineIndex const& index, Of of, char const* what) {
    auto const lines = resolve(
        list, index, of == Of::row ? "industry or kind of value added" : "industry or final use");
    if (!lines) {
      errors.add(lines.error());
      return;
    }
    for (std::size_t k = 0; k < lines->size(); ++k) {
      auto const& entry = list.entries[k];
      auto const line = (*lines)[k];
      bool const industry = line < frame.n;
      auto const* const kind = industry ? what : (of == Of::row ? "total of" : "final use");
      result.push_back({{{of, of == Of::row ? line : 0, of == Of::row ? 0 : line, 1}},
                        entry.target,
                        entry.sigma,
                        fmt::format("{} {}", kind, entry.label)});
    }
  };
  if (spec.rows) add(*spec.rows, row_index(table, frame, true), Of::row, "sales of");
  if (spec.columns) add(*spec.columns, column_index(table, frame), Of::column, "costs of");
  if (!errors.empty()) return fail(errors.joined());
  for (std::size_t i = 0; i < frame.n; ++i) {
    auto const label = table.labels.industry_label(i);
    if (!spec.rows && !spec.columns) {
      result.push_back({{{Of::row, i, 0, 1}}, table.output[i], 0, "sales of " + label});
    }
    result.push_back(
        {{{Of::row, i, 0, 1}, {Of::column, 0, i, -1}}, 0, 0, "sales less costs of " + label});
  }
  return result;
}

}  // namespace linchpin::balancing
