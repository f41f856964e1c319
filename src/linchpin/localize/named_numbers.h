// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "linchpin/core/contracts.h"
#include "linchpin/core/error.h"
#include "linchpin/core/nearest.h"
#include "linchpin/parameters/sourced_numbers.h"

namespace linchpin::localize {

/// Takes numbers by name and knows in the end which were missing and which nobody asked for.
/// Values stand beside the numbers so that draws and presets need no copies.
class NamedNumbers {
 public:
  /// \param what  one of them, for messages ("number of compute"); \param file  where they stand
  NamedNumbers(std::span<parameters::SourcedNumber const> numbers, std::span<double const> values,
               std::string what, std::string file)
      : numbers_(numbers), values_(values), what_(std::move(what)), file_(std::move(file)) {
    LINCHPIN_EXPECTS(numbers.size() == values.size());
  }

  /// The value of `key`, or nothing if the file has it not.
  std::optional<double> find(std::string const& key) {
    asked_.push_back(key);
    for (std::size_t k = 0; k < numbers_.size(); ++k) {
      if (numbers_[k].key == key) return values_[k];
    }
    return std::nullopt;
  }

  /// The same; 1 and an error if it is missing.
  double take(std::string const& key) {
    if (auto const found = find(key)) return *found;
    errors_.add(ErrorCode::missing_value, fmt::format("{} is missing", key), file_,
                "add the line; an assumption with a range will do");
    return 1;
  }

  /// \error missing_value, unknown_key  all of both
  Result<void> finish() {
    for (auto const& each : numbers_) {
      if (std::find(asked_.begin(), asked_.end(), each.key) != asked_.end()) continue;
      errors_.add(ErrorCode::unknown_key, fmt::format("'{}' is no {}", each.key, what_), each.where,
                  did_you_mean(each.key, asked_, fmt::format("see {}", file_)));
    }
    if (!errors_.empty()) return fail(errors_.joined());
    return {};
  }

 private:
  std::span<parameters::SourcedNumber const> numbers_;
  std::span<double const> values_;
  std::string what_, file_;
  std::vector<std::string> asked_;
  ErrorList errors_;
};

}  // namespace linchpin::localize
