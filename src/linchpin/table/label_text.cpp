// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/label_text.h"

#include <algorithm>
#include <cstddef>

namespace linchpin {
namespace {

constexpr std::size_t longest_label = 400;
constexpr std::size_t longest_quote = 60;

bool is_control(char c) noexcept {
  auto const byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

/// Length of the well-formed UTF-8 sequence at the start of `text`, 0 if there is none.
std::size_t sequence_length(std::string_view text) noexcept {
  auto const byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
  if (byte(0) < 0x80) return 1;
  std::size_t const length = byte(0) >= 0xF0 ? 4 : byte(0) >= 0xE0 ? 3 : 2;
  if (byte(0) < 0xC2 || byte(0) > 0xF4 || text.size() < length) return 0;
  for (std::size_t k = 1; k < length; ++k) {
    if ((byte(k) & 0xC0U) != 0x80U) return 0;
  }
  // Overlong forms, surrogates and code points beyond U+10FFFF.
  if (byte(0) == 0xE0 && byte(1) < 0xA0) return 0;
  if (byte(0) == 0xED && byte(1) > 0x9F) return 0;
  if (byte(0) == 0xF0 && byte(1) < 0x90) return 0;
  if (byte(0) == 0xF4 && byte(1) > 0x8F) return 0;
  return length;
}

}  // namespace

bool is_utf8(std::string_view text) noexcept {
  while (!text.empty()) {
    auto const length = sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string label_fault(std::string_view label) {
  if (label.empty()) return "is empty";
  if (label.size() > longest_label) return "is longer than 400 bytes";
  if (std::any_of(label.begin(), label.end(), is_control)) return "holds a control character";
  if (!is_utf8(label)) return "is not valid UTF-8";
  return {};
}

std::string printable(std::string_view text) {
  std::string result;
  std::string_view rest = text;
  while (!rest.empty() && result.size() < longest_quote) {
    auto const length = sequence_length(rest);
    if (length == 0 || is_control(rest.front())) {
      result += '?';
      rest.remove_prefix(1);
    } else {
      result += rest.substr(0, length);
      rest.remove_prefix(length);
    }
  }
  if (!rest.empty()) result += "...";
  return result;
}

}  // namespace linchpin
