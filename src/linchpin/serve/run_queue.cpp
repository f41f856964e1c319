// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/run_queue.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <new>
#include <system_error>
#include <utility>

#include "linchpin/results/json.h"
#include "linchpin/serve/deadline.h"
#include "linchpin/serve/disk_room.h"
#include "linchpin/serve/run_results.h"

namespace linchpin::serve {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view unfinished = ".unfinished-";

void clear_unfinished(fs::path const& folder) {
  std::error_code problem;
  std::vector<fs::path> leftovers;
  for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end;
       entry.increment(problem)) {
    if (entry->path().filename().string().starts_with(unfinished)) {
      leftovers.push_back(entry->path());
    }
  }
  for (auto const& each : leftovers) fs::remove_all(each, problem);
}

}  // namespace

RunQueue::RunQueue(Catalogue& catalogue, fs::path folder, QueueLimits limits, Clock now)
    : catalogue_(catalogue), folder_(std::move(folder)), limits_(limits), now_(std::move(now)) {
  clear_unfinished(folder_);
  for (auto const lane : {Lane::long_runs, Lane::short_runs}) {
    workers_[static_cast<std::size_t>(lane)] = std::thread([this, lane] { work(lane); });
  }
}

RunQueue::~RunQueue() { stop(); }

void RunQueue::stop() {
  {
    std::scoped_lock const lock(mutex_);
    stopping_ = true;
    for (auto const& [id, live] : live_) live->cancel.cancel();
  }
  changed_.notify_all();
  for (auto& worker : workers_) {
    if (worker.joinable()) worker.join();
  }
  std::scoped_lock const lock(mutex_);
  for (auto const& [id, live] : live_) end(*live, RunStatus::interrupted, nullptr);
  live_.clear();
  for (auto& queue : queues_) queue.clear();
}

Result<Submission> RunQueue::submit(Job job) {
  std::scoped_lock const lock(mutex_);
  auto const known = catalogue_.same_request(job.request_hash);
  if (!known) return fail(known.error());
  if (*known) {
    auto const dying = live_.find((*known)->id);
    if (dying == live_.end()) return Submission{Submitted::known, (*known)->id};
    if (!dying->second->asked_to_stop) {
      return Submission{Submitted::known, (*known)->id, follow(*dying->second)};
    }
  }
  auto& queue = queue_of(job.lane);
  if (stopping_ || queue.size() >= limits_.capacity) return Submission{Submitted::queue_full, 0};
  if (!has_room(folder_, limits_.free_bytes)) return Submission{Submitted::no_room, 0};
  auto live = std::make_shared<Live>();
  live->record.kind = job.kind;
  live->record.world = job.world;
  live->record.title = job.title;
  live->record.request_hash = job.request_hash;
  live->record.request = std::move(job.request);
  live->record.created = now_();
  auto const id = catalogue_.add(live->record);
  if (!id) return fail(id.error());
  live->record.id = *id;
  live->record.request.clear();  // the catalogue has it
  live->job = std::move(job);
  auto const follower = follow(*live);
  live_.emplace(*id, std::move(live));
  queue.push_back(*id);
  changed_.notify_all();
  return Submission{Submitted::fresh, *id, follower};
}

/// Precondition: the mutex is held.
std::uint32_t RunQueue::follow(Live& live) const {
  // Of a crowd nobody counts who leaves: the number that is never given stays, and with it the run.
  constexpr std::size_t crowd = 1000;
  if (live.followers.size() >= crowd) return *live.followers.insert(0).first;
  live.followers.insert(++live.last_follower);
  return live.last_follower;
}

Result<bool> RunQueue::cancel(std::int64_t id) {
  std::scoped_lock const lock(mutex_);
  auto const found = live_.find(id);
  if (found == live_.end()) return false;
  stop_run(found->second);
  return true;
}

Result<void> RunQueue::leave(std::int64_t id, std::uint32_t follower) {
  std::scoped_lock const lock(mutex_);
  auto const found = live_.find(id);
  if (found == live_.end() || follower == 0) return {};
  auto const live = found->second;
  if (live->followers.erase(follower) > 0 && live->followers.empty()) stop_run(live);
  return {};
}

/// Precondition: the mutex is held.
void RunQueue::stop_run(std::shared_ptr<Live> const& live) {
  auto const id = live->record.id;
  live->asked_to_stop = true;
  live->cancel.cancel();
  auto& queue = queue_of(live->job.lane);
  auto const place = std::find(queue.begin(), queue.end(), id);
  if (place != queue.end()) {  // not begun: it ends here
    queue.erase(place);
    end(*live, RunStatus::cancelled, nullptr);
    live_.erase(id);
  }
  changed_.notify_all();
}

Result<std::optional<RunState>> RunQueue::find(std::int64_t id) const {
  {
    std::scoped_lock const lock(mutex_);
    if (auto const found = live_.find(id); found != live_.end()) {
      auto const& live = *found->second;
      return std::optional{RunState{live.record, live.progress, live.version}};
    }
  }
  auto record = catalogue_.find(id);
  if (!record) return fail(record.error());
  if (!*record) return std::optional<RunState>{};
  return std::optional{RunState{std::move(**record), {}, 0}};
}

Result<std::vector<RunRecord>> RunQueue::list(std::int64_t before, int most) const {
  return catalogue_.list(before, most);
}

Result<std::string> RunQueue::request(std::int64_t id) const { return catalogue_.request(id); }

void RunQueue::wait_for_change(std::int64_t id, std::uint64_t version, int milliseconds) const {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, std::chrono::milliseconds(milliseconds), [&] {
    auto const found = live_.find(id);
    return stopping_ || found == live_.end() || found->second->version > version;
  });
}

fs::path RunQueue::folder_of(std::int64_t id) const { return folder_ / std::to_string(id); }

bool RunQueue::stopping() const {
  std::scoped_lock const lock(mutex_);
  return stopping_;
}

std::size_t RunQueue::waiting() const {
  std::scoped_lock const lock(mutex_);
  std::size_t sum = 0;
  for (auto const& queue : queues_) sum += queue.size();
  return sum;
}

void RunQueue::work(Lane lane) {
  auto& queue = queue_of(lane);
  if (lane == Lane::long_runs) tidy();
  for (;;) {
    std::shared_ptr<Live> live;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this, &queue] { return stopping_ || !queue.empty(); });
      if (stopping_) return;
      live = live_.at(queue.front());
      queue.pop_front();
      live->record.status = RunStatus::running;
      live->record.started = now_();
      ++live->version;
      static_cast<void>(catalogue_.update(live->record));  // said again when it ends
    }
    changed_.notify_all();
    run_one(live);
  }
}

void RunQueue::run_one(std::shared_ptr<Live> const& live) {
  auto const id = live->record.id;
  auto const staging = folder_ / fmt::format("{}{}", unfinished, id);
  auto const done = compute_in_time(*live, staging);
  std::error_code ignored;
  if (!done) fs::remove_all(staging, ignored);
  {
    std::scoped_lock const lock(mutex_);
    if (done) {
      end(*live, RunStatus::done, nullptr);
    } else if (done.error().code == ErrorCode::cancelled) {
      end(*live, live->asked_to_stop ? RunStatus::cancelled : RunStatus::interrupted, nullptr);
    } else {
      end(*live, RunStatus::failed, &done.error());
    }
    live_.erase(id);
  }
  changed_.notify_all();
  measure(id);
  drop_old();
}

Result<void> RunQueue::compute_in_time(Live& live, fs::path const& staging) {
  Deadline const deadline(limits_.run_seconds, live.cancel);
  auto const done = compute(live, staging);
  if (done || done.error().code != ErrorCode::cancelled || !deadline.passed()) return done;
  {
    std::scoped_lock const lock(mutex_);
    if (live.asked_to_stop) return done;
  }
  return fail(ErrorCode::too_large, fmt::format("the run takes over {} s", limits_.run_seconds),
              live.record.kind,
              "ask for fewer draws or days, use the command line, or start the server with a "
              "higher --run-seconds");
}

/// Nothing a job does may end the server.
Result<void> RunQueue::compute(Live& live, fs::path const& staging) {
  RunControl control;
  control.threads = limits_.threads;
  control.cancel = live.cancel;
  control.progress = [this, &live](std::string_view what, std::size_t done, std::size_t total) {
    {
      std::scoped_lock const lock(mutex_);
      live.progress = {std::string{what}, done, total};
      ++live.version;
    }
    changed_.notify_all();
  };
  try {
    std::error_code code;
    fs::create_directories(staging, code);
    if (code) {
      return fail(ErrorCode::unwritable_output, "the folder of the run cannot be made",
                  staging.filename().string(), "check free space and permissions");
    }
    if (auto const done = live.job.work(staging, control); !done) return done;
    if (auto const packed = pack_results(staging); !packed) return packed;
    if (live.cancel.cancelled()) {
      return fail(ErrorCode::cancelled, "cancelled", live.record.kind, "start it again");
    }
    fs::rename(staging, folder_of(live.record.id), code);
    if (code) {
      return fail(ErrorCode::unwritable_output, "the results cannot be put in place",
                  staging.filename().string(), "check free space and permissions");
    }
    return {};
  } catch (std::bad_alloc const&) {
    return fail(ErrorCode::too_large, "out of memory", live.record.kind,
                "take a smaller world or fewer days");
  } catch (std::exception const& problem) {
    return fail(ErrorCode::internal, problem.what(), live.record.kind,
                "please report this as a bug");
  }
}

/// Precondition: the mutex is held.
void RunQueue::end(Live& live, RunStatus status, Error const* error) {
  live.record.status = status;
  live.record.ended = now_();
  if (error != nullptr) live.record.error = to_text(error_to_json(*error));
  ++live.version;
  static_cast<void>(
      catalogue_.update(live.record));  // if it fails, the next start says interrupted
}

}  // namespace linchpin::serve
