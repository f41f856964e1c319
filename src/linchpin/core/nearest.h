// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace linchpin {

/// Number of single-character edits (insert, delete, replace, swap of neighbours) between two texts.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate nearest to `word` ignoring case, or an empty text if none is close enough to be a
/// likely typing error. Ties go to the earlier candidate.
[[nodiscard]] std::string nearest(std::string_view word, std::span<std::string const> candidates);

/// "did you mean 'x'?" for the nearest candidate, else `otherwise`.
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       std::span<std::string const> candidates,
                                       std::string otherwise);

}  // namespace linchpin
