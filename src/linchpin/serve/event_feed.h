// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>

#include "linchpin/serve/message.h"
#include "linchpin/serve/run_queue.h"

namespace linchpin::serve {

/// The state of one run as server-sent events: `event: run` with the document "linchpin.run" at
/// every change (ten a second at most), a comment when nothing changes, and an end when the run
/// ends, the server stops or ten minutes are over (a browser then asks again).
///
/// Counts in `streams` as long as it, or a copy, lives.
[[nodiscard]] NextPiece run_feed(RunQueue const& runs, std::int64_t id, std::atomic<int>& streams);

}  // namespace linchpin::serve
