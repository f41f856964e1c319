// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace linchpin::serve {

/// Wrong tokens by address: ten different ones at once, then one more a second. The same one again
/// says nothing new and does not count, so that a page left open with an old cookie shuts nobody
/// out. Holds a bounded number of addresses; members may be called from any thread and never wait.
class GuessLimit {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::size_t most_wrong = 10;
  static constexpr std::size_t most_addresses = 1024;
  static constexpr std::chrono::seconds forgotten_after{1};  ///< one of them

  /// True if no token from `address` is to be looked at now, right or wrong.
  [[nodiscard]] bool shut(std::string const& address, Clock::time_point now);
  /// A wrong one came.
  /// \return wrong ones from there so far, if they just became too many; else 0
  [[nodiscard]] std::size_t wrong(std::string const& address, std::string_view token,
                                  Clock::time_point now);

 private:
  struct Entry {
    std::deque<std::size_t> recent = {};  ///< hashes, oldest first
    Clock::time_point since = {};         ///< when the oldest began to be forgotten
    std::size_t all = 0;
    bool told = false;
  };
  static void forget(Entry& entry, Clock::time_point now);

  std::mutex mutex_;
  std::map<std::string, Entry> entries_;
};

}  // namespace linchpin::serve
