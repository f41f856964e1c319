// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace linchpin {

/// `text` with A … Z in small letters, whatever the locale; all other bytes as they are.
[[nodiscard]] inline std::string lowercase(std::string_view text) {
  std::string result{text};
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

}  // namespace linchpin
