// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace linchpin {

/// Why `label` cannot name anything ("is empty", "holds a control character" …), or an empty text
/// if it can. Labels come from untrusted files and end in file names, terminals and web pages.
[[nodiscard]] std::string label_fault(std::string_view label);

/// True if `text` is well-formed UTF-8.
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

/// `text` fit for a one-line message: cut after 60 bytes, anything unprintable as '?'.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace linchpin
