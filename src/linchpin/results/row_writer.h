// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "linchpin/results/result_set.h"

namespace linchpin {

/// Columns without entries yet; `undefined` says why entries can be missing.
inline ResultColumn text_column(std::string name, std::string title, std::string description) {
  return {std::move(name), std::move(title), "", std::move(description), TextColumn{}, {}};
}
inline ResultColumn integer_column(std::string name, std::string title, std::string unit,
                                   std::string description, std::string undefined = {}) {
  return {std::move(name),        std::move(title), std::move(unit),
          std::move(description), IntegerColumn{},  std::move(undefined)};
}
inline ResultColumn number_column(std::string name, std::string title, std::string unit,
                                  std::string description, std::string undefined = {}) {
  return {std::move(name),        std::move(title), std::move(unit),
          std::move(description), NumberColumn{},   std::move(undefined)};
}

/// How tables write whether something holds.
inline std::string yes_no(bool holds) { return holds ? "yes" : "no"; }

/// Appends cells to the columns of a table from left to right, row by row.
class RowWriter {
 public:
  explicit RowWriter(ResultTable& table) : table_(&table) {}

  RowWriter& operator<<(std::string const& value) {
    std::get<TextColumn>(next()).push_back(value);
    return *this;
  }
  RowWriter& operator<<(double value) { return *this << std::optional<double>{value}; }
  RowWriter& operator<<(std::optional<double> value) {
    std::get<NumberColumn>(next()).push(value);
    return *this;
  }
  RowWriter& operator<<(std::size_t value) {
    return *this << std::optional<std::int64_t>{static_cast<std::int64_t>(value)};
  }
  RowWriter& operator<<(int value) { return *this << std::optional<std::int64_t>{value}; }
  RowWriter& operator<<(std::optional<std::int64_t> value) {
    std::get<IntegerColumn>(next()).push(value);
    return *this;
  }

  /// So many number columns without an entry in this row.
  RowWriter& leave_empty(std::size_t numbers) {
    for (std::size_t k = 0; k < numbers; ++k) *this << std::optional<double>{};
    return *this;
  }

 private:
  decltype(ResultColumn::data)& next() {
    auto& column = table_->columns[place_ % table_->columns.size()];
    ++place_;
    return column.data;
  }

  ResultTable* table_;
  std::size_t place_ = 0;
};

/// One row per day: what `labels()` writes, the day, then what `values(day)` writes.
template <class Labels, class Values>
void write_days(RowWriter& row, std::size_t days, Labels const& labels, Values const& values) {
  for (std::size_t day = 0; day < days; ++day) {
    labels();
    row << day;
    values(day);
  }
}

}  // namespace linchpin
