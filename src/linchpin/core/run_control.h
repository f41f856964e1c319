// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

namespace linchpin {

/// A flag shared between the one who asks to stop and the loops that look at it.
class CancelToken {
 public:
  void cancel() noexcept { flag_->store(true, std::memory_order_relaxed); }
  [[nodiscard]] bool cancelled() const noexcept { return flag_->load(std::memory_order_relaxed); }

 private:
  std::shared_ptr<std::atomic<bool>> flag_ = std::make_shared<std::atomic<bool>>(false);
};

/// How far a long computation is: `done` of `total` steps of `what`. Called from any thread, one
/// call at a time per parallel loop, and must return quickly.
using ProgressSink =
    std::function<void(std::string_view what, std::size_t done, std::size_t total)>;

/// Everything about *how* to run that must not change a bit of the answer.
struct RunControl {
  unsigned threads = 0;  ///< 0: as many as the machine has
  CancelToken cancel = {};
  ProgressSink progress = {};

  void report(std::string_view what, std::size_t done, std::size_t total) const {
    if (progress) progress(what, done, total);
  }
};

}  // namespace linchpin
