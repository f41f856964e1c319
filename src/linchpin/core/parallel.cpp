// SPDX-License-Identifier: Apache-2.0
#include "linchpin/core/parallel.h"

#include <tbb/blocked_range.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <memory>
#include <mutex>
#include <new>
#include <string>
#include <utility>
#include <vector>

#ifdef __SANITIZE_THREAD__
#include <sanitizer/tsan_interface.h>
#endif

namespace linchpin {
namespace {

// oneTBB is not built for the thread sanitizer, which therefore does not see that a loop begins
// after what stands before it and ends before what stands behind it. These say so, and nothing
// else.
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

/// An arena of its own for one loop, kept for the loops after it: oneTBB (2021.8) never gives back
/// a few kilobytes of an arena that is gone, which a server would feel. There are as many as there
/// were loops at the same time.
class Arena {
 public:
  explicit Arena(int threads) : threads_(threads), arena_(take(threads)) {}
  Arena(Arena const&) = delete;
  Arena& operator=(Arena const&) = delete;
  ~Arena() {
    std::scoped_lock const lock(idle().mutex);
    try {
      idle().arenas.emplace_back(threads_, std::move(arena_));
    } catch (std::bad_alloc const&) {  // then it is gone
    }
  }
  [[nodiscard]] tbb::task_arena& operator*() const noexcept { return *arena_; }

 private:
  using Owned = std::unique_ptr<tbb::task_arena>;
  struct Idle {
    std::mutex mutex;
    std::vector<std::pair<int, Owned>> arenas;
  };
  /// Never destroyed: threads of oneTBB may outlive statics.
  static Idle& idle() {
    static auto& all = *new Idle;
    return all;
  }
  static Owned take(int threads) {
    std::scoped_lock const lock(idle().mutex);
    auto& arenas = idle().arenas;
    auto const found = std::find_if(arenas.begin(), arenas.end(),
                                    [&](auto const& each) { return each.first == threads; });
    if (found == arenas.end()) return std::make_unique<tbb::task_arena>(threads);
    auto arena = std::move(found->second);
    arenas.erase(found);
    return arena;
  }

  int threads_;
  Owned arena_;
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
  Arena const arena(threads);
  said_before(&loops_begin);
  (*arena).execute([&] {
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
