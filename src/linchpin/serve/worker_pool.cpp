// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/worker_pool.h"

#include <utility>

namespace linchpin::serve {
namespace {

thread_local bool only_close = false;

}  // namespace

WorkerPool::WorkerPool(std::size_t threads, std::size_t most_waiting)
    : most_waiting_(most_waiting) {
  for (std::size_t k = 0; k < threads; ++k) threads_.emplace_back([this] { work(); });
}

bool WorkerPool::overloaded() noexcept { return only_close; }

void WorkerPool::enqueue(std::function<void()> task) {
  {
    std::unique_lock lock(mutex_);
    if (waiting_.size() < most_waiting_) {
      waiting_.push_back(std::move(task));
      lock.unlock();
      there_.notify_one();
      return;
    }
  }
  only_close = true;
  task();
  only_close = false;
}

void WorkerPool::shutdown() {
  {
    std::scoped_lock const lock(mutex_);
    ending_ = true;
  }
  there_.notify_all();
  for (auto& each : threads_) each.join();
}

void WorkerPool::work() {
  for (;;) {
    std::function<void()> task;
    {
      std::unique_lock lock(mutex_);
      there_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      task = std::move(waiting_.front());
      waiting_.pop_front();
    }
    task();
  }
}

}  // namespace linchpin::serve
