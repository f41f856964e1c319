// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <string>
#include <string_view>

#include "linchpin/core/error.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// What every export to another program's format asks of a table: shapes that fit the labels,
/// labels that can name something, and numbers of at most `largest` in size.
/// \error invalid_table  shapes or numbers
/// \error bad_value      labels
[[nodiscard]] Result<void> check_exportable(Table const& table,
                                            double largest = std::numeric_limits<double>::max());

/// `text` without what other programs choke on: control characters but line breaks become blanks,
/// bytes that are no UTF-8 become '?'.
[[nodiscard]] std::string plain_text(std::string_view text);

}  // namespace linchpin
