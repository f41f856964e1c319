// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/number_text.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <iterator>

#include "linchpin/core/contracts.h"

namespace linchpin {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

bool is_continuation(unsigned char byte) { return (byte & 0xC0U) == 0x80U; }

// Length of the valid UTF-8 sequence at the start of `text`, 0 if there is none. Overlong forms,
// surrogates and code points beyond U+10FFFF are not valid (Unicode 15, table 3-7).
std::size_t sequence_length(std::string_view text) {
  auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char const first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  std::size_t const length = first < 0xE0 ? 2 : (first < 0xF0 ? 3 : 4);
  if (text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(byte(i))) return 0;
  }
  unsigned char const second = byte(1);
  bool const bad = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
                   (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
  return bad ? 0 : length;
}

// Length of the run of bytes at the start of `text` that every format takes as they are.
std::size_t plain_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size()) {
    auto const byte = static_cast<unsigned char>(text[length]);
    if (byte < 0x20 || byte >= 0x80 || byte == '"' || byte == '\\') break;
    ++length;
  }
  return length;
}

void append_escaped_ascii(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  if (static_cast<unsigned char>(c) < 0x20) {
    fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
  } else {
    out += c;
  }
}

}  // namespace

void append_number(std::string& out, double value) {
  LINCHPIN_EXPECTS(std::isfinite(value));
  // A local buffer: appending digit by digit to a string is three times slower.
  std::array<char, 40> buffer;
  auto const end = fmt::format_to_n(buffer.data(), buffer.size(), "{}", value);
  out.append(buffer.data(), end.size);
}

void append_number(std::string& out, std::int64_t value) {
  fmt::format_int const text(value);
  out.append(text.data(), text.size());
}

std::string count_words(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t i = 0; i < text.size();) {
    auto const plain = plain_length(text.substr(i));
    out += text.substr(i, plain);
    i += plain;
    if (i == text.size()) break;
    auto const length = sequence_length(text.substr(i));
    if (length == 1) {
      append_escaped_ascii(out, text[i]);
    } else if (length == 0) {
      out += replacement;
    } else {
      out += text.substr(i, length);
    }
    i += length == 0 ? 1 : length;
  }
  out += '"';
}

std::string valid_utf8(std::string_view text) {
  if (plain_length(text) == text.size()) return std::string{text};
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    auto const length = sequence_length(text.substr(i));
    out += length == 0 ? replacement : text.substr(i, length);
    i += length == 0 ? 1 : length;
  }
  return out;
}

}  // namespace linchpin
