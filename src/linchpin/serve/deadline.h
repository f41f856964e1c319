// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include "linchpin/core/run_control.h"

namespace linchpin::serve {

/// Cancels what takes too long.
class Deadline {
 public:
  /// \param token  cancelled when `seconds` are over; others may cancel it too
  explicit Deadline(int seconds, CancelToken token = {})
      : token_(std::move(token)), thread_([this, seconds](std::stop_token const& stop) {
          std::unique_lock lock(mutex_);
          bool const early =
              done_.wait_for(lock, stop, std::chrono::seconds(seconds), [] { return false; });
          if (early || stop.stop_requested()) return;
          passed_ = true;
          token_.cancel();
        }) {}

  [[nodiscard]] CancelToken token() const { return token_; }
  [[nodiscard]] bool passed() const { return passed_; }

 private:
  CancelToken token_;
  std::atomic<bool> passed_ = false;
  std::mutex mutex_;
  std::condition_variable_any done_;
  std::jthread thread_;  ///< last: its destructor stops it while the rest is still there
};

}  // namespace linchpin::serve
