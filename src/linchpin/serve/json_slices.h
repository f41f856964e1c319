// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace linchpin::serve {

/// Where a value stands in a JSON text.
struct JsonSlice {
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] std::string_view of(std::string_view text) const {
    return text.substr(begin, end - begin);
  }
};

/// Calls `each` for every member of the object, or every element of the list (`key` is then empty),
/// that `text` holds at `whole`; nothing is copied and nothing is made of the values, so that a
/// document of many megabytes costs one look at its bytes. Keys come as they are written, escapes
/// included.
///
/// False: that is no object or list, or it ends in its middle. Values themselves are not checked
/// beyond their brackets and quotes.
[[nodiscard]] bool for_json_parts(
    std::string_view text, JsonSlice whole,
    std::function<void(std::string_view key, JsonSlice value)> const& each);

}  // namespace linchpin::serve
