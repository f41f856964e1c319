// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "linchpin/core/run_control.h"

namespace linchpin::serve {

/// Cancels what takes too long.
class Deadline {
 public:
  /// \param token  cancelled when `seconds` are over; others may cancel it too
  explicit Deadline(int seconds, CancelToken token = {})
      : token_(std::move(token)), thread_([this, seconds] { watch(seconds); }) {}
  Deadline(Deadline const&) = delete;
  Deadline& operator=(Deadline const&) = delete;
  ~Deadline() {
    {
      std::scoped_lock const lock(mutex_);
      ended_ = true;
    }
    done_.notify_one();
    thread_.join();
  }

  [[nodiscard]] CancelToken token() const { return token_; }
  [[nodiscard]] bool passed() const { return passed_; }

 private:
  void watch(int seconds) {
    std::unique_lock lock(mutex_);
    if (done_.wait_for(lock, std::chrono::seconds(seconds), [this] { return ended_; })) return;
    passed_ = true;
    token_.cancel();
  }

  CancelToken token_;
  std::atomic<bool> passed_ = false;
  std::mutex mutex_;
  std::condition_variable done_;
  bool ended_ = false;
  std::thread thread_;  ///< last: it uses the rest
};

}  // namespace linchpin::serve
