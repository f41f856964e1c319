// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/files/plain_numbers.h"

#include <fast_float/fast_float.h>

#include <cmath>
#include <system_error>

namespace linchpin {

bool parse_plain_numbers(std::string_view text, char separator, std::span<double> values) noexcept {
  auto const* at = text.data();
  auto const* const end = at + text.size();
  for (auto& value : values) {
    if (at != text.data() && (at == end || *at++ != separator)) return false;
    if (at == end) return false;
    if (*at == '0' && (at + 1 == end || at[1] == separator)) {
      value = 0;  // many cells of many tables
      ++at;
      continue;
    }
    auto const result = fast_float::from_chars(at, end, value);
    // The text of infinity and of not-a-number parses too.
    if (result.ec != std::errc{} || !std::isfinite(value)) return false;
    at = result.ptr;
  }
  return at == end || (*at == separator && at + 1 == end);
}

}  // namespace linchpin
