// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/files/plain_numbers.h"

#include <fast_float/fast_float.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <system_error>

namespace linchpin {
namespace {

// A whole number of so many digits and a power of ten of that size are doubles without rounding, so
// their quotient is the double nearest to the number that is written (Clinger 1990, "How to read
// floating point numbers accurately", PLDI '90).
constexpr std::ptrdiff_t most_digits = 15;
constexpr std::array<double, most_digits + 1> powers_of_ten{
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

/// Digits from `at` on are appended to `number`; returns where they end. Of more than `most_digits`
/// the number is of no use.
char const* take_digits(char const* at, char const* end, std::uint64_t& number) noexcept {
  for (; at != end; ++at) {
    unsigned const digit = static_cast<unsigned char>(*at) - unsigned{'0'};
    if (digit > 9) break;
    number = number * 10 + digit;
  }
  return at;
}

/// Most cells of most tables: up to 15 digits, perhaps a point behind the first. Returns the end of
/// the number, null if it is anything else.
char const* take_short_number(char const* at, char const* end, char separator,
                              double& value) noexcept {
  std::uint64_t number = 0;
  auto const* const point = take_digits(at, end, number);
  if (point == at || point - at > most_digits) return nullptr;
  if (point == end || *point == separator) {
    value = static_cast<double>(static_cast<std::int64_t>(number));  // signed: one instruction
    return point;
  }
  if (*point != '.') return nullptr;
  auto const* const stop = take_digits(point + 1, end, number);
  bool const whole = stop == end || *stop == separator;
  if (!whole || stop - at > most_digits + 1) return nullptr;  // one for the point
  value = static_cast<double>(static_cast<std::int64_t>(number)) /
          powers_of_ten[static_cast<std::size_t>(stop - point - 1)];
  return stop;
}

}  // namespace

bool parse_plain_numbers(std::string_view text, char separator, std::span<double> values) noexcept {
  auto const* at = text.data();
  auto const* const end = at + text.size();
  for (auto& value : values) {
    if (at != text.data() && (at == end || *at++ != separator)) return false;
    if (at == end) return false;
    if (auto const* const next = take_short_number(at, end, separator, value)) {
      at = next;
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
