// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>

#include "linchpin/serve/app_pack.h"
#include "linchpin/serve/run_queue.h"
#include "linchpin/serve/turnstile.h"
#include "linchpin/serve/world_store.h"

namespace linchpin::serve {

/// What endpoints read and change.
struct Site {
  WorldStore& worlds;
  RunQueue& runs;
  AppPack const& pack;
  unsigned threads = 0;                 ///< of one question; 0: all
  Turnstile& questions;                 ///< answered at once, outside the queue
  std::atomic<int>* streams = nullptr;  ///< event streams that are open
  Turnstile& checks;  ///< what is posted for the queue, looked at before it goes in
};

/// Texts looked at at a time; this may open a world.
inline constexpr int most_checks = 4;
/// Questions answered at a time outside the queue; others wait their turn.
inline constexpr int most_questions = 4;
inline constexpr std::chrono::seconds longest_wait{10};
/// Seconds such a question may take: nobody waits for a page longer.
inline constexpr int question_seconds = 60;
/// Each open stream holds a thread of the pool.
inline constexpr int most_streams = 8;
/// Uploaded worlds kept; older ones are for their owner to remove.
inline constexpr std::size_t most_uploads = 64;
/// Memory an uploaded table may take [bytes].
inline constexpr std::size_t upload_memory = std::size_t{2} << 30;
/// Seconds an uploaded table may take to read and check.
inline constexpr int upload_seconds = 120;

}  // namespace linchpin::serve
