// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "linchpin/table/rules/rule.h"

namespace linchpin::rules {
namespace {

/// Largest and total gap of one identity over all industries.
struct Gaps {
  double largest = 0;
  std::size_t largest_at = 0;
  double total = 0;

  void note(double gap, std::size_t industry) {
    total += std::abs(gap);
    if (std::abs(gap) <= largest) return;
    largest = std::abs(gap);
    largest_at = industry;
  }
};

struct Identity {
  char const* rule;
  char const* left_name;
  char const* right_name;
  char const* hint;
};

template <class Left, class Right>
Gaps compare(Table const& table, Sums const& sums, CheckOptions const& options,
             Identity const& identity, Left const& left, Right const& right, Findings& findings) {
  Gaps gaps;
  Collector found(identity.rule, Severity::error, options.most_per_rule, findings);
  for (std::size_t i = 0; i < table.size(); ++i) {
    double const gap = left(i) - right(i);
    gaps.note(gap, i);
    double const tolerance = balance_tolerance(table, sums, options, i);
    if (std::abs(gap) <= tolerance) continue;
    if (!found.has_room()) {
      found.count_only();
      continue;
    }
    found.add(
        table.labels.industry_label(i), gap,
        fmt::format("{} is {:.6g}, {} is {:.6g}: off by {:.4g} (tolerance {:.4g})",
                    identity.left_name, left(i), identity.right_name, right(i), gap, tolerance),
        identity.hint);
  }
  return gaps;
}

/// Within the tolerance a gap can be rounding, beside the table, and still be much of one industry.
std::string gap_hint(Table const& table, Sums const& sums, Gaps const& gaps) {
  constexpr double much = 0.05;  // of the industry's own size
  auto const i = gaps.largest_at;
  double const own = std::max(std::abs(table.output[i]), std::abs(sums.row[i]));
  if (gaps.largest > much * own) {
    return fmt::format("small beside the table, but {:.0f} % of this industry: compare it with the "
                       "publisher's figures; models use the row sums as output",
                       100 * gaps.largest / std::max(own, 1e-300));
  }
  return "as rounding by the publisher leaves; models use the row sums as output";
}

void report_rounding(Table const& table, Sums const& sums, CheckOptions const& options,
                     char const* what, Gaps const& gaps, Findings& findings) {
  constexpr double noise = 1e-9;  // of the largest output: floating-point sums
  if (gaps.largest <= noise * sums.largest_output) return;
  double world_output = 0;
  for (double const output : table.output) world_output += output;
  double const share = world_output > 0 ? 100.0 * gaps.total / world_output : 0.0;
  findings.push_back(
      {"rounding_imbalance", Severity::warning, table.labels.industry_label(gaps.largest_at),
       gaps.largest,
       fmt::format("{}: the largest gap is {:.6g}, all gaps add up to {:.6g}, {:.4g} % of output "
                   "(accepted per industry: {:.3g} % of its output, or {:.4g})",
                   what, gaps.largest, gaps.total, share, 100.0 * options.relative_tolerance,
                   options.of_largest_tolerance * sums.largest_output),
       gap_hint(table, sums, gaps)});
}

/// Inventory run-downs may exceed the sales of a tiny industry by rounding; beyond it is wrong.
void check_sign(Table const& table, Sums const& sums, CheckOptions const& options,
                Findings& findings) {
  Collector wrong("negative_output", Severity::error, options.most_per_rule, findings);
  Collector tiny("negative_output", Severity::warning, options.most_per_rule, findings);
  for (std::size_t i = 0; i < table.size(); ++i) {
    double const least = std::min(sums.row[i], table.output[i]);
    if (!(least < 0)) continue;
    bool const rounding =
        least >= -balance_tolerance(table, sums, options, i) && table.output[i] >= 0;
    (rounding ? tiny : wrong)
        .add(table.labels.industry_label(i), least,
             fmt::format("published output is {:.6g} and the row sums to {:.6g}: neither should be "
                         "negative",
                         table.output[i], sums.row[i]),
             "check the final demand of this industry for a negative entry that is too large");
  }
}

}  // namespace

/// Row sums against published output, and column sums plus published value added against row sums.
void check_balance(Table const& table, Sums const& sums, CheckOptions const& options,
                   Findings& findings) {
  check_sign(table, sums, options, findings);
  auto const row = [&](std::size_t i) { return sums.row[i]; };
  auto const output = [&](std::size_t i) { return table.output[i]; };
  auto const against_output = compare(
      table, sums, options,
      {"row_output_balance", "the row sum (sales)", "published output",
       "check the row for missing cells, balance the table, or let `linchpin table resum` make "
       "output the row sum"},
      row, output, findings);
  report_rounding(table, sums, options, "row sums against published output", against_output,
                  findings);
  if (!sums.has_value_added) return;  // then value added is the residual and cannot disagree
  auto const column = [&](std::size_t i) { return sums.column[i] + sums.value_added[i]; };
  auto const against_column = compare(
      table, sums, options,
      {"row_column_balance", "the row sum (sales)", "the column sum plus value added (costs)",
       "check the column and the value added for missing cells, or balance the table"},
      row, column, findings);
  // A residual value added repeats the gap of the rows; say it once.
  if (against_column.total == against_output.total) return;
  report_rounding(table, sums, options, "row sums against column sums plus value added",
                  against_column, findings);
}

}  // namespace linchpin::rules
