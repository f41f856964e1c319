// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "linchpin/table/repair/balance_frame.h"

namespace linchpin::balancing {
namespace {

constexpr std::size_t most_worst = 10;
constexpr double worth_a_ratio = 1e-6;  // of gross output: smaller cells have no telling ratio

struct Place {
  std::size_t row;  // industries, then kinds of value added
  std::size_t column;
  double before;
  double after;

  [[nodiscard]] double moved() const { return std::abs(after - before); }
};

/// Keeps the cells that moved most; ties go to the first.
class Worst {
 public:
  void note(Place const& place) {
    if (place.moved() == 0) return;
    if (places_.size() == most_worst && place.moved() <= places_.back().moved()) return;
    auto const at = std::find_if(places_.begin(), places_.end(),
                                 [&](Place const& other) { return other.moved() < place.moved(); });
    places_.insert(at, place);
    if (places_.size() > most_worst) places_.pop_back();
  }
  [[nodiscard]] std::vector<Place> const& places() const noexcept { return places_; }

 private:
  std::vector<Place> places_;
};

}  // namespace

void note_changes(Table const& before, Table const& after, BalanceReport& report) {
  auto const n = before.size();
  double gross = 0;
  for (double const output : before.output) gross += std::abs(output);
  Worst worst;
  double largest_ratio = 0;
  Place at_ratio{};
  auto const note = [&](Place const& place) {
    report.total_size += std::abs(place.before);
    report.total_absolute_change += place.moved();
    worst.note(place);
    if (std::abs(place.before) < worth_a_ratio * gross) return;
    double const ratio = place.moved() / std::abs(place.before);
    if (!(ratio > largest_ratio)) return;
    largest_ratio = ratio;
    at_ratio = place;
  };
  DenseVector old_row, new_row;
  for (std::size_t i = 0; i < n; ++i) {
    auto const was = before.Z.row(i, old_row), is = after.Z.row(i, new_row);
    for (std::size_t j = 0; j < n; ++j) {
      if (was[j] != 0) note({i, j, was[j], is[j]});
    }
    for (std::size_t f = 0; f < before.Y.columns(); ++f) {
      if (before.Y(i, f) != 0) note({i, n + f, before.Y(i, f), after.Y(i, f)});
    }
  }
  for (std::size_t k = 0; k < before.value_added.rows(); ++k) {
    for (std::size_t j = 0; j < n; ++j) {
      note({n + k, j, before.value_added(k, j), after.value_added(k, j)});
    }
  }
  auto const name = [&](Place const& place) {
    auto const& labels = before.labels;
    auto seller =
        place.row < n ? labels.industry_label(place.row) : labels.value_added_rows[place.row - n];
    return MovedCell{std::move(seller), column_name(before, place.column), place.before,
                     place.after};
  };
  for (auto const& place : worst.places()) report.worst.push_back(name(place));
  if (largest_ratio > 0) report.largest_relative_change = name(at_ratio);
}

}  // namespace linchpin::balancing
