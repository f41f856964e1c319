// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace linchpin::test {

/// Visits every set of 1 … k of the numbers 0 … n − 1, each in rising order: what a search over
/// sets is held against.
template <class Visit>
void each_set(std::size_t n, std::size_t k, Visit const& visit, std::vector<std::size_t> set = {}) {
  if (!set.empty()) visit(set);
  if (set.size() == k) return;
  for (std::size_t c = set.empty() ? 0 : set.back() + 1; c < n; ++c) {
    set.push_back(c);
    each_set(n, k, visit, set);
    set.pop_back();
  }
}

}  // namespace linchpin::test
