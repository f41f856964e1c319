// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "linchpin/core/error.h"

namespace linchpin::localize {

/// Checks the numbers of one record and collects every problem.
class NumberCheck {
 public:
  explicit NumberCheck(std::string where) : where_(std::move(where)) {}

  /// `value` must be finite and lie between `low` and `high`, ends included.
  /// \return whether it does
  bool between(std::string_view name, double value, double low, double high);
  /// `value` must be finite and above `low`.
  bool above(std::string_view name, double value, double low);
  bool share(std::string_view name, double value) { return between(name, value, 0, 1); }
  /// `holds`, or a problem of this text.
  bool require(bool holds, std::string what, std::string hint);

  /// \error bad_value  all problems so far
  [[nodiscard]] Result<void> result() const;

 private:
  std::string where_;
  ErrorList errors_;
};

}  // namespace linchpin::localize
