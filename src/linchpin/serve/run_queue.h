// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "linchpin/core/run_control.h"
#include "linchpin/serve/catalogue.h"

namespace linchpin::serve {

/// Which of two workers computes a run, so that a question of seconds does not wait behind one of
/// an hour.
enum class Lane { long_runs, short_runs };
inline constexpr std::size_t lane_count = 2;

/// A request that takes longer than a click.
struct Job {
  std::string kind;
  std::string world;
  std::string title;
  std::string request_hash;
  std::string request = {};  ///< as RunRecord::request
  /// Computes and writes every file of the answer into `folder`, which exists and is empty.
  std::function<Result<void>(std::filesystem::path const& folder, RunControl const& control)> work =
      {};
  Lane lane = Lane::long_runs;
};

struct Progress {
  std::string what;  ///< empty: nothing reported yet
  std::size_t done = 0;
  std::size_t total = 0;
};

struct RunState {
  RunRecord record;
  Progress progress;
  std::uint64_t version = 0;  ///< grows with every change while the run is in the queue
};

enum class Submitted { fresh, known, queue_full, no_room };
struct Submission {
  Submitted how = Submitted::fresh;
  std::int64_t id = 0;
  /// Who asked, for RunQueue::leave(); empty: the run has ended.
  std::optional<std::uint32_t> follower = {};
};

struct QueueLimits {
  static constexpr int usual_run_seconds = 3600;
  static constexpr std::uint64_t usual_keep_mib = 4096;

  std::size_t capacity = 16;                            ///< runs of a lane that may wait
  unsigned threads = 0;                                 ///< of a run; 0: all
  int run_seconds = usual_run_seconds;                  ///< a run that takes longer fails
  std::uint64_t keep_bytes = usual_keep_mib << 20;      ///< what ended runs may take on the disk
  std::uint64_t free_bytes = std::uint64_t{256} << 20;  ///< with less free, no run begins
};

/// Runs the jobs of each lane one after the other on a thread of its own (each uses all threads it
/// may), keeps at most `capacity` of a lane waiting, and writes their history. When ended runs take
/// more than `keep_bytes`, the oldest go; never the newest, and never results that were imported.
///
/// The files of a run appear in `folder`/<id> as a whole or not at all: they are made in
/// `folder`/.unfinished-<id>, which is renamed before the catalogue says `done`.
class RunQueue {
 public:
  using Clock = std::function<std::string()>;  ///< now, ISO 8601 in UTC

  /// Removes what a kill has left half made in `folder`.
  RunQueue(Catalogue& catalogue, std::filesystem::path folder, QueueLimits limits, Clock now);
  RunQueue(RunQueue const&) = delete;
  RunQueue& operator=(RunQueue const&) = delete;
  ~RunQueue();

  /// Puts `job` into the queue, unless the same request is in it or has been answered. One
  /// that was told to stop and has not done so yet is no answer. Whoever asks follows the run.
  [[nodiscard]] Result<Submission> submit(Job job);
  /// `follower` needs the run no longer; the last one to leave cancels it. Nothing happens if it
  /// has left before, or the run has ended or does not exist.
  [[nodiscard]] Result<void> leave(std::int64_t id, std::uint32_t follower);
  /// False: the run has ended before, or does not exist.
  [[nodiscard]] Result<bool> cancel(std::int64_t id);
  [[nodiscard]] Result<std::optional<RunState>> find(std::int64_t id) const;
  [[nodiscard]] Result<std::vector<RunRecord>> list(std::int64_t before, int most) const;
  /// What was posted for run `id`, as RunRecord::request.
  [[nodiscard]] Result<std::string> request(std::int64_t id) const;
  /// Removes an ended run with its files. False: it has not ended, or does not exist.
  [[nodiscard]] Result<bool> remove(std::int64_t id);
  /// Waits until the state of run `id` is newer than `version`, it is no longer in the queue, the
  /// queue stops or `milliseconds` are over.
  void wait_for_change(std::int64_t id, std::uint64_t version, int milliseconds) const;
  [[nodiscard]] std::filesystem::path folder_of(std::int64_t id) const;
  [[nodiscard]] bool stopping() const;
  [[nodiscard]] std::size_t waiting() const;

  /// Cancels what runs; it and all that waits are marked as interrupted. Called by the destructor.
  void stop();

 private:
  struct Live {
    RunRecord record;
    Job job;
    CancelToken cancel;
    Progress progress;
    std::uint64_t version = 1;
    bool asked_to_stop = false;
    std::set<std::uint32_t> followers = {};
    std::uint32_t last_follower = 0;
  };
  [[nodiscard]] std::deque<std::int64_t>& queue_of(Lane lane) {
    return queues_[static_cast<std::size_t>(lane)];
  }
  std::uint32_t follow(Live& live) const;
  void stop_run(std::shared_ptr<Live> const& live);
  void work(Lane lane);
  void tidy();
  void measure(std::int64_t id);
  void drop_old();
  void run_one(std::shared_ptr<Live> const& live);
  Result<void> compute_in_time(Live& live, std::filesystem::path const& staging);
  Result<void> compute(Live& live, std::filesystem::path const& staging);
  void end(Live& live, RunStatus status, Error const* error);

  Catalogue& catalogue_;
  std::filesystem::path folder_;
  QueueLimits limits_;
  Clock now_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::array<std::deque<std::int64_t>, lane_count> queues_;
  std::map<std::int64_t, std::shared_ptr<Live>> live_;  ///< queued and running
  bool stopping_ = false;
  std::array<std::thread, lane_count> workers_;  ///< one for each lane
};

}  // namespace linchpin::serve
