// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <httplib.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace linchpin::serve {

/// Threads that answer connections. Connections beyond `most_waiting` are handed back at once, to
/// be closed unanswered, because the queue of httplib's own pool has no end.
class WorkerPool : public httplib::TaskQueue {
 public:
  WorkerPool(std::size_t threads, std::size_t most_waiting);
  void enqueue(std::function<void()> task) override;
  void shutdown() override;

  /// True in a task that only has to close its connection.
  [[nodiscard]] static bool overloaded() noexcept;

 private:
  void work();

  std::size_t most_waiting_;
  std::mutex mutex_;
  std::condition_variable there_;
  std::deque<std::function<void()>> waiting_;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace linchpin::serve
