// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "linchpin/table/repair/balance_frame.h"
#include "linchpin/table/diff_labels.h"
#include "linchpin/table/shape.h"
#include "linchpin/table/totals.h"

namespace linchpin {
namespace {

using balancing::column_name;
using diffing::Matching;

constexpr double worth_a_ratio = 1e-6;  // of gross output: smaller cells have no telling ratio

/// The `most` candidates with the largest measure, first come first where equal.
template <class Candidate>
class Largest {
 public:
  explicit Largest(std::size_t most) : most_(most) {}
  void note(double measure, Candidate const& candidate) {
    if (most_ == 0 || !(measure > 0)) return;
    if (entries_.size() == most_ && measure <= entries_.back().first) return;
    auto const at = std::find_if(entries_.begin(), entries_.end(),
                                 [&](auto const& entry) { return entry.first < measure; });
    entries_.insert(at, {measure, candidate});
    if (entries_.size() > most_) entries_.pop_back();
  }
  template <class F>
  void for_each(F&& f) const {
    for (auto const& entry : entries_) f(entry.second);
  }

 private:
  std::size_t most_;
  std::vector<std::pair<double, Candidate>> entries_;
};

class Comparison {
 public:
  Comparison(Table const& a, Table const& b, DiffOptions const& options, RunControl const& control)
      : a_(a),
        b_(b),
        options_(options),
        control_(control),
        by_amount_(options.top),
        by_ratio_(options.top) {}

  Result<TableDiff> run() {
    auto const matching = diffing::match(a_, b_, diff_.labels);
    if (std::none_of(matching.industries.begin(), matching.industries.end(),
                     [](auto const& match) { return match.has_value(); })) {
      return fail(ErrorCode::bad_value, "the tables have no industry in common",
                  b_.info.title.empty() ? "second table" : b_.info.title,
                  "aggregate both to the same regions and sectors first");
    }
    compare_info();
    compare_totals(matching);
    if (auto const done = compare_cells(matching); !done) return fail(done.error());
    if (auto const done = compare_multipliers(matching); !done) return fail(done.error());
    diff_.same = a_.labels == b_.labels && a_.Z == b_.Z && a_.Y == b_.Y &&
                 a_.value_added == b_.value_added && a_.output == b_.output && scale_ == 1;
    return std::move(diff_);
  }

 private:
  void compare_info() {
    auto const remark = [&](std::string text) { diff_.remarks.push_back(std::move(text)); };
    auto const& a = a_.info;
    auto const& b = b_.info;
    // Amounts in another or an unknown currency cannot be converted.
    scale_ = a.unit.currency == b.unit.currency ? b.unit.scale / a.unit.scale : 1;
    if (a.unit.currency != b.unit.currency) {
      remark(fmt::format("units differ: {} and {}; amounts are compared as they stand",
                         to_string(a.unit), to_string(b.unit)));
    } else if (scale_ != 1) {
      remark(fmt::format("amounts of the second table are converted from {} to {}",
                         to_string(b.unit), to_string(a.unit)));
    }
    if (a.year != b.year) remark(fmt::format("years differ: {} and {}", a.year, b.year));
    if (a.price_basis != b.price_basis) {
      remark(fmt::format("price bases differ: '{}' and '{}'", a.price_basis, b.price_basis));
    }
  }

  void compare_totals(Matching const& matching) {
    auto const of_a = totals_of(a_), of_b = totals_of(b_);
    auto const add = [&](std::string const& label, auto const& left, auto const& right) {
      diff_.totals.push_back(
          {label, "gross_output", left.gross_output, scale_ * right.gross_output});
      diff_.totals.push_back({label, "value_added", left.value_added, scale_ * right.value_added});
      diff_.totals.push_back(
          {label, "final_demand", left.final_demand, scale_ * right.final_demand});
    };
    add("", of_a, of_b);
    for (std::size_t r = 0; r < matching.regions.size(); ++r) {
      if (auto const other = matching.regions[r]) {
        add(of_a.regions[r].label, of_a.regions[r], of_b.regions[*other]);
      }
    }
    gross_output_ = of_a.gross_output;
  }

  struct Place {
    std::size_t row;  // industries, then kinds of value added
    std::size_t column;
    double a;
    double b;
  };

  void note(Place place) {
    place.b *= scale_;
    ++diff_.cells_compared;
    double const gap = std::abs(place.b - place.a);
    double const size = std::max(std::abs(place.a), std::abs(place.b));
    diff_.total_size_a += std::abs(place.a);
    diff_.total_absolute_difference += gap;
    if (gap == 0) return;
    ++diff_.cells_different;
    by_amount_.note(gap, place);
    if (size >= worth_a_ratio * gross_output_) by_ratio_.note(gap / size, place);
  }

  Result<void> compare_cells(Matching const& matching) {
    auto const n = a_.size();
    DenseVector left, right;
    for (std::size_t i = 0; i < n; ++i) {
      if (!matching.industries[i]) continue;
      auto const other = *matching.industries[i];
      auto const row_a = a_.Z.row(i, left), row_b = b_.Z.row(other, right);
      for (std::size_t j = 0; j < n; ++j) {
        if (auto const k = matching.industries[j]) note({i, j, row_a[j], row_b[*k]});
      }
      for (std::size_t f = 0; f < matching.final_columns.size(); ++f) {
        if (auto const k = matching.final_columns[f]) note({i, n + f, a_.Y(i, f), b_.Y(other, *k)});
      }
      constexpr std::size_t often = 64;
      if (i % often != 0) continue;
      control_.report("compare", i, n);
      if (control_.cancel.cancelled()) {
        return fail(ErrorCode::cancelled, "stopped before the end", "compare", "run it again");
      }
    }
    for (std::size_t k = 0; k < matching.value_added_rows.size(); ++k) {
      if (!matching.value_added_rows[k]) continue;
      for (std::size_t j = 0; j < n; ++j) {
        if (auto const other = matching.industries[j]) {
          note({n + k, j, a_.value_added(k, j),
                b_.value_added(*matching.value_added_rows[k], *other)});
        }
      }
    }
    auto const named = [&](Place const& place) {
      auto seller = place.row < n ? a_.labels.industry_label(place.row)
                                  : a_.labels.value_added_rows[place.row - n];
      return CellDiff{std::move(seller), column_name(a_, place.column), place.a, place.b};
    };
    by_amount_.for_each([&](Place const& place) { diff_.worst.push_back(named(place)); });
    by_ratio_.for_each([&](Place const& place) { diff_.worst_relative.push_back(named(place)); });
    return {};
  }

  Result<void> compare_multipliers(Matching const& matching) {
    auto const of_a = output_multipliers(a_, control_), of_b = output_multipliers(b_, control_);
    for (auto const* each : {&of_a, &of_b}) {
      if (*each) continue;
      if (each->error().code == ErrorCode::cancelled) return fail(each->error());
      diff_.remarks.push_back(
          fmt::format("no multipliers: {}: {}", each->error().where, each->error().what));
    }
    if (!of_a || !of_b) return {};
    Largest<MultiplierDiff> largest(options_.top);
    double weight = 0;
    for (std::size_t i = 0; i < a_.size(); ++i) {
      auto const other = matching.industries[i];
      if (!other || !(a_.output[i] > 0) || !(b_.output[*other] > 0)) continue;
      double const a = (*of_a)[i], b = (*of_b)[*other];
      ++diff_.multipliers_compared;
      diff_.mean_multiplier_change += a_.output[i] * std::abs(b - a);
      weight += a_.output[i];
      largest.note(std::abs(b - a), {a_.labels.industry_label(i), a, b});
    }
    if (weight > 0) diff_.mean_multiplier_change /= weight;
    largest.for_each([&](MultiplierDiff const& each) { diff_.multipliers.push_back(each); });
    return {};
  }

  Table const& a_;
  Table const& b_;
  DiffOptions const& options_;
  RunControl const& control_;
  TableDiff diff_;
  double scale_ = 1;  // from units of b to units of a
  double gross_output_ = 0;
  Largest<Place> by_amount_, by_ratio_;
};

}  // namespace

Result<TableDiff> diff_tables(Table const& a, Table const& b, DiffOptions const& options,
                              RunControl const& control) {
  if (auto const fine = check_shapes(a); !fine) return fail(fine.error());
  if (auto const fine = check_shapes(b); !fine) return fail(fine.error());
  return Comparison(a, b, options, control).run();
}

}  // namespace linchpin
