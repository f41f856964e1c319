// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/guess_limit.h"

#include <algorithm>

namespace linchpin::serve {

void GuessLimit::forget(Entry& entry, Clock::time_point now) {
  while (!entry.recent.empty() && now - entry.since >= forgotten_after) {
    entry.recent.pop_front();
    entry.since += forgotten_after;
  }
  if (entry.recent.empty()) entry.told = false;
}

bool GuessLimit::shut(std::string const& address, Clock::time_point now) {
  std::scoped_lock const lock(mutex_);
  auto const found = entries_.find(address);
  if (found == entries_.end()) return false;
  forget(found->second, now);
  return found->second.recent.size() >= most_wrong;
}

std::size_t GuessLimit::wrong(std::string const& address, std::string_view token,
                              Clock::time_point now) {
  std::scoped_lock const lock(mutex_);
  if (!entries_.contains(address) && entries_.size() >= most_addresses) {
    // The one that has been quiet for longest makes room.
    entries_.erase(std::min_element(
        entries_.begin(), entries_.end(),
        [](auto const& a, auto const& b) { return a.second.since < b.second.since; }));
  }
  auto& entry = entries_[address];
  forget(entry, now);
  ++entry.all;
  auto const hash = std::hash<std::string_view>{}(token);
  auto const known = std::find(entry.recent.begin(), entry.recent.end(), hash);
  if (known != entry.recent.end() || entry.recent.size() >= most_wrong) return 0;
  if (entry.recent.empty()) entry.since = now;
  entry.recent.push_back(hash);
  if (entry.recent.size() < most_wrong || entry.told) return 0;
  entry.told = true;
  return entry.all;
}

}  // namespace linchpin::serve
