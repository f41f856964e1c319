// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace linchpin {

/// "A, B, C and 20 more": the first few of many labels, for one line of text.
[[nodiscard]] inline std::string some_labels(std::vector<std::string> const& labels,
                                             std::size_t most = 5) {
  auto const shown = std::min(labels.size(), most);
  auto const front = std::span(labels).first(shown);
  auto text = fmt::format("{}", fmt::join(front, ", "));
  if (shown < labels.size()) text += fmt::format(" and {} more", labels.size() - shown);
  return text;
}

}  // namespace linchpin
