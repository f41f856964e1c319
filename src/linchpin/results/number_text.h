// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace linchpin {

/// Appends the shortest decimal text that reads back as the same double ("0.1", "1e-20", "3").
/// Precondition: `value` is finite.
void append_number(std::string& out, double value);
void append_number(std::string& out, std::int64_t value);

/// Appends `text` as a JSON string with its quotes. Bytes that are not UTF-8 become U+FFFD, so that
/// any label can be written.
void append_json_string(std::string& out, std::string_view text);

/// `text` with every byte that is not part of valid UTF-8 replaced by U+FFFD.
[[nodiscard]] std::string valid_utf8(std::string_view text);

/// "1 industry", "2 industries".
[[nodiscard]] std::string count_words(std::size_t count, std::string_view one,
                                      std::string_view many);

}  // namespace linchpin
