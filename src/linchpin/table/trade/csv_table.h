// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "linchpin/core/nearest.h"
#include "linchpin/table/files/csv.h"
#include "linchpin/table/files/csv_lines.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/problem_list.h"

namespace linchpin {

/// Positions of known labels; every unknown one is reported once, with the nearest match.
class LabelLookup {
 public:
  LabelLookup(std::vector<std::string> const& labels, std::string kind)
      : labels_(labels), kind_(std::move(kind)) {
    for (std::size_t k = 0; k < labels.size(); ++k) places_.emplace(labels[k], k);
  }
  [[nodiscard]] std::optional<std::size_t> find(std::string_view label, std::string const& where,
                                                ProblemList& problems) {
    std::string key{label};
    if (auto const place = places_.find(key); place != places_.end()) return place->second;
    if (std::find(reported_.begin(), reported_.end(), key) == reported_.end()) {
      problems.add(ErrorCode::unknown_label,
                   fmt::format("there is no {} '{}'", kind_, printable(key)), where,
                   did_you_mean(key, labels_, "use the labels of the calibration"));
      reported_.push_back(std::move(key));
    }
    return std::nullopt;
  }

 private:
  std::vector<std::string> const& labels_;
  std::string kind_;
  std::unordered_map<std::string, std::size_t> places_;
  std::vector<std::string> reported_;
};

/// A CSV whose header names its columns, read line by line.
class CsvTable {
 public:
  /// Reads the header: all of `required`, any of `optional`, nothing else.
  CsvTable(CsvReader csv, std::vector<std::string> required, std::vector<std::string> optional)
      : csv_(std::move(csv)), required_(std::move(required)), optional_(std::move(optional)) {}

  /// \error bad_format  the file is empty, columns are missing, repeated or unknown
  [[nodiscard]] Result<void> read_header() {
    auto const more = csv_.next();
    if (!more) return fail(more.error());
    auto const hint = fmt::format("the columns are {}", fmt::join(required_, ", "));
    if (!*more) return fail(ErrorCode::bad_format, "the file is empty", csv_.name(), hint);
    csv_.set_dialect(dialect_of(csv_.line()));
    if (auto const done = csv_.split(); !done) return done;
    ErrorList errors;
    width_ = csv_.fields().size();
    for (std::size_t f = 0; f < width_; ++f) {
      std::string name{csv_.fields()[f]};
      auto const is = [&](std::string const& each) { return each == name; };
      if (std::none_of(required_.begin(), required_.end(), is) &&
          std::none_of(optional_.begin(), optional_.end(), is)) {
        errors.add(ErrorCode::bad_format, fmt::format("unknown column '{}'", printable(name)),
                   csv_.where(f), hint);
      } else if (!columns_.emplace(std::move(name), f).second) {
        errors.add(ErrorCode::bad_format, "a column is there twice", csv_.where(f), hint);
      }
    }
    for (auto const& name : required_) {
      if (has(name)) continue;
      errors.add(ErrorCode::bad_format, fmt::format("there is no column '{}'", name), csv_.where(),
                 hint);
    }
    if (!errors.empty()) return fail(errors.joined());
    return {};
  }

  [[nodiscard]] bool has(std::string const& column) const { return columns_.contains(column); }

  /// Calls take() for every line behind the header that is as wide as it.
  template <class Take>
  [[nodiscard]] Result<void> for_each(ProblemList& problems, Take&& take) {
    return for_each_line(csv_, problems, [&] {
      if (csv_.fields().size() == width_) return take();
      problems.add(
          ErrorCode::bad_format,
          fmt::format("the line has {} fields, the header has {}", csv_.fields().size(), width_),
          csv_.where(), "check the line");
    });
  }

  [[nodiscard]] std::string_view text(std::string const& column) const {
    return csv_.fields()[columns_.at(column)];
  }
  [[nodiscard]] std::optional<double> number(std::string const& column,
                                             ProblemList& problems) const {
    double value = 0;
    auto const fault = parse_number(text(column), csv_.dialect(), value);
    if (fault == NumberFault::none) return value;
    auto const error = describe(fault, text(column), where(column));
    problems.add(error.code, error.what, error.where, error.hint);
    return std::nullopt;
  }
  [[nodiscard]] std::string where(std::string const& column) const {
    return csv_.where(columns_.at(column));
  }
  [[nodiscard]] std::string where() const { return csv_.where(); }
  [[nodiscard]] std::string const& name() const noexcept { return csv_.name(); }

 private:
  CsvReader csv_;
  std::vector<std::string> required_, optional_;
  std::unordered_map<std::string, std::size_t> columns_;
  std::size_t width_ = 0;
};

}  // namespace linchpin
