// SPDX-License-Identifier: Apache-2.0
#include "linchpin/core/parallel.h"

#include <tbb/blocked_range.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <string>

#ifdef __SANITIZE_THREAD__
#include <sanitizer/tsan_interface.h>
#endif

namespace linchpin {
namespace {

// oneTBB is not built for the thread sanitizer, which therefore does not see that a loop begins after
// what stands before it and ends before what stands behind it. These say so, and nothing else.
char loops_begin, loops_end;  // their places
void said_before([[maybe_unused]] void* place) {
#ifdef __SANITIZE_THREAD__
  __tsan_release(place);
#endif
}
void said_after([[maybe_unused]] void* place) {
#ifdef __SANITIZE_THREAD__
  __tsan_acquire(place);
#endif
}

/// Progress counter, cancel flag and first failure of one loop.
class Loop {
 public:
  Loop(std::size_t count, RunControl const& control, std::string_view what)
      : count_(count), control_(control), what_(what) {}

  void call(std::function<void(std::size_t)> const& body, std::size_t index) noexcept {
    if (control_.cancel.cancelled() || failed_.load(std::memory_order_relaxed)) return;
    try {
      body(index);
      if (!control_.progress) return;
      std::scoped_lock const lock(mutex_);
      control_.report(what_, ++done_, count_);
    } catch (std::exception const& problem) {
      remember(problem.what());
    } catch (...) {
      remember("unknown exception");
    }
  }

  [[nodiscard]] Result<void> result() const {
    if (failed_) return fail(ErrorCode::internal, message_, what_, "please report this as a bug");
    if (control_.cancel.cancelled()) {
      return fail(ErrorCode::cancelled, "stopped before the end", what_, "run it again");
    }
    return {};
  }

 private:
  void remember(char const* message) noexcept {
    if (failed_.exchange(true)) return;
    try {
      message_ = message;
    } catch (...) {  // out of memory: an empty message still reports the failure
    }
  }

  std::size_t count_;
  RunControl const& control_;
  std::string what_;
  std::mutex mutex_;
  std::size_t done_ = 0;
  std::atomic<bool> failed_{false};
  std::string message_;
};

}  // namespace

Result<void> parallel_for(std::size_t count, RunControl const& control, std::string_view what,
                          std::function<void(std::size_t)> const& body) {
  Loop loop(count, control, what);
  if (control.threads == 1 || count < 2) {
    for (std::size_t index = 0; index < count; ++index) loop.call(body, index);
    return loop.result();
  }
  // oneTBB prints a warning when asked for more threads than the machine has.
  auto const available = static_cast<unsigned>(tbb::info::default_concurrency());
  auto const threads =
      static_cast<int>(control.threads == 0 ? available : std::min(control.threads, available));
  tbb::task_arena arena(threads);
  said_before(&loops_begin);
  arena.execute([&] {
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, count, 1),
        [&](tbb::blocked_range<std::size_t> const& range) {
          said_after(&loops_begin);
          for (auto index = range.begin(); index != range.end(); ++index) loop.call(body, index);
          said_before(&loops_end);
        },
        tbb::simple_partitioner{});
  });
  said_after(&loops_end);
  return loop.result();
}

}  // namespace linchpin
