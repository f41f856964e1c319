// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/number_check.h"

#include <fmt/format.h>

#include <cmath>

namespace linchpin::localize {

bool NumberCheck::between(std::string_view name, double value, double low, double high) {
  if (std::isfinite(value) && value >= low && value <= high) return true;
  auto const hint = std::isfinite(high) ? fmt::format("use {} to {}", low, high)
                                        : fmt::format("use a number of at least {}", low);
  errors_.add(ErrorCode::bad_value, fmt::format("{} is {}", name, value), where_, hint);
  return false;
}

bool NumberCheck::above(std::string_view name, double value, double low) {
  if (std::isfinite(value) && value > low) return true;
  errors_.add(ErrorCode::bad_value, fmt::format("{} is {}", name, value), where_,
              fmt::format("use a number above {}", low));
  return false;
}

bool NumberCheck::require(bool holds, std::string what, std::string hint) {
  if (!holds) errors_.add(ErrorCode::bad_value, std::move(what), where_, std::move(hint));
  return holds;
}

Result<void> NumberCheck::result() const {
  if (!errors_.empty()) return fail(errors_.joined());
  return {};
}

}  // namespace linchpin::localize
