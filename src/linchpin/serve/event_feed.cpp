// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/event_feed.h"

#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <thread>

#include "linchpin/serve/endpoints/submit.h"

namespace linchpin::serve {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto longest = std::chrono::minutes(10);
constexpr auto between_events = std::chrono::milliseconds(100);
constexpr int wait_milliseconds = 1000;

class Feed {
 public:
  Feed(RunQueue const& runs, std::int64_t id, std::atomic<int>& streams)
      : runs_(runs), id_(id), streams_(streams), opened_(Clock::now()) {}
  Feed(Feed const&) = delete;
  Feed& operator=(Feed const&) = delete;
  ~Feed() { --streams_; }

  bool next(std::string& piece) {
    if (begun_) {
      std::this_thread::sleep_until(last_ + between_events);
      runs_.wait_for_change(id_, version_, wait_milliseconds);
    }
    begun_ = true;
    last_ = Clock::now();
    if (runs_.stopping() || last_ - opened_ > longest) return false;
    auto const state = runs_.find(id_);
    if (!state || !*state) return false;
    // A version of 0 is a run that is no longer in the queue: what it says now is its last word.
    bool const ended = has_ended((*state)->record.status) || (*state)->version == 0;
    if (!ended && (*state)->version == version_) {
      piece = ": nothing new\n\n";
      return true;
    }
    version_ = (*state)->version;
    piece = fmt::format("event: run\ndata: {}\n\n", to_text(run_to_json(**state, runs_)));
    return !ended;
  }

 private:
  RunQueue const& runs_;
  std::int64_t id_;
  std::atomic<int>& streams_;
  Clock::time_point opened_;
  Clock::time_point last_;
  std::uint64_t version_ = 0;
  bool begun_ = false;
};

}  // namespace

NextPiece run_feed(RunQueue const& runs, std::int64_t id, std::atomic<int>& streams) {
  auto feed = std::make_shared<Feed>(runs, id, streams);
  return [feed](std::string& piece) { return feed->next(piece); };
}

}  // namespace linchpin::serve
