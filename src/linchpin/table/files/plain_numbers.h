// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace linchpin {

/// Parses `text`, numbers with a `separator` between them, into `values` in one pass: the fast way
/// through the rows of a matrix. True if it holds exactly values.size() finite decimal numbers
/// without blanks, quotes or plus signs; one separator may follow. False otherwise, and then
/// `values` holds nothing of use: split the line and look at each field to tell what is wrong, or
/// to read what is merely written in another way.
[[nodiscard]] bool parse_plain_numbers(std::string_view text, char separator,
                                       std::span<double> values) noexcept;

}  // namespace linchpin
