// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace linchpin::serve {

/// Lets a few in at a time; the others wait, but not for ever.
class Turnstile {
 public:
  explicit Turnstile(int places) : free_(places) {}
  Turnstile(Turnstile const&) = delete;
  Turnstile& operator=(Turnstile const&) = delete;

  /// Holds a place for as long as it lives, unless there was none in time.
  class Pass {
   public:
    Pass(Turnstile& of, std::chrono::milliseconds longest) : of_(of), mine_(of.enter(longest)) {}
    Pass(Pass const&) = delete;
    Pass& operator=(Pass const&) = delete;
    ~Pass() {
      if (mine_) of_.leave();
    }
    [[nodiscard]] bool mine() const noexcept { return mine_; }

   private:
    Turnstile& of_;
    bool mine_;
  };

 private:
  bool enter(std::chrono::milliseconds longest) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, longest, [this] { return free_ > 0; })) return false;
    --free_;
    return true;
  }
  void leave() {
    {
      std::scoped_lock const lock(mutex_);
      ++free_;
    }
    changed_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  int free_;
};

}  // namespace linchpin::serve
