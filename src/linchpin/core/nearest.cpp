// SPDX-License-Identifier: Apache-2.0
#include "linchpin/core/nearest.h"

#include "linchpin/core/lowercase.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <vector>

namespace linchpin {
namespace {

// Labels come from untrusted files: a comparison must not cost more than a screenful.
constexpr std::size_t longest_word = 200;

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::size_t const width = b.size() + 1;
  std::vector<std::size_t> before(width), previous(width), current(width);
  for (std::size_t j = 0; j < width; ++j) previous[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t const replace = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, replace});
      bool const swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) current[j] = std::min(current[j], before[j - 2] + 1);
    }
    before.swap(previous);
    previous.swap(current);
  }
  return previous[b.size()];
}

std::string nearest(std::string_view word, std::span<std::string const> candidates) {
  if (word.empty() || word.size() > longest_word) return {};
  auto const wanted = lowercase(word);
  std::size_t const allowed = std::max<std::size_t>(1, (word.size() + 1) / 3);
  std::size_t best = allowed + 1;
  std::string result;
  for (auto const& candidate : candidates) {
    if (candidate.size() > longest_word) continue;
    auto const distance = edit_distance(wanted, lowercase(candidate));
    if (distance < best) {
      best = distance;
      result = candidate;
    }
  }
  return result;
}

std::string did_you_mean(std::string_view word, std::span<std::string const> candidates,
                         std::string otherwise) {
  auto const candidate = nearest(word, candidates);
  if (candidate.empty()) return otherwise;
  return fmt::format("did you mean '{}'?", candidate);
}

}  // namespace linchpin
