// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/run_queue.h"

#include <gtest/gtest.h>

#include <fstream>
#include <future>
#include <stdexcept>

#include "support/table_fixtures.h"

namespace linchpin::serve {
namespace {

std::string now() { return "2026-01-01T00:00:00Z"; }

struct RunQueueTest : testing::Test {
  test::TemporaryFolder folder;
  Catalogue catalogue = Catalogue::open(folder.path() / "runs.sqlite", now()).value();
  RunQueue queue{catalogue, folder.path(), {.capacity = 1, .threads = 1}, now};

  RunStatus status(std::int64_t id) { return queue.find(id).value()->record.status; }
  RunStatus ended(std::int64_t id) {
    for (int k = 0; k < 1000 && !has_ended(status(id)); ++k) {
      queue.wait_for_change(id, queue.find(id).value()->version, 20);
    }
    return status(id);
  }
  static Job job(std::string const& hash, decltype(Job::work) work) {
    return {"disrupt", "w", "t", hash, {}, std::move(work)};
  }
  /// Runs until it is cancelled.
  static Job endless(std::string const& hash, std::promise<void>& begun) {
    return job(hash, [&begun](auto const& into, RunControl const& control) -> Result<void> {
      std::ofstream(into / "half") << "x";
      begun.set_value();
      while (!control.cancel.cancelled()) std::this_thread::yield();
      return fail(ErrorCode::cancelled, "cancelled", "here", "again");
    });
  }
};

TEST_F(RunQueueTest, PutsResultsInPlaceAsAWhole) {
  auto const submission = queue.submit(job("a", [](auto const& into, auto const& control) {
    control.report("days", 1, 2);
    std::ofstream(into / "results.json") << "{}";
    return Result<void>{};
  }));
  auto const id = submission.value().id;
  EXPECT_EQ(ended(id), RunStatus::done);
  EXPECT_TRUE(std::filesystem::exists(queue.folder_of(id) / "results.json"));
  EXPECT_EQ(queue.submit(job("a", {})).value().how, Submitted::known);
  EXPECT_EQ(queue.submit(job("a", {})).value().id, id);
  EXPECT_TRUE(queue.remove(id).value());
  EXPECT_FALSE(std::filesystem::exists(queue.folder_of(id)));
  EXPECT_FALSE(queue.remove(id).value());
}

TEST_F(RunQueueTest, IsBoundedAndCancels) {
  std::promise<void> begun, never;
  auto const running = queue.submit(endless("a", begun)).value().id;
  begun.get_future().wait();
  auto const waiting = queue.submit(endless("b", never)).value();
  EXPECT_EQ(waiting.how, Submitted::fresh);
  EXPECT_EQ(queue.submit(endless("c", never)).value().how, Submitted::queue_full);
  EXPECT_EQ(queue.submit(endless("b", never)).value().id, waiting.id) << "known although full";
  EXPECT_FALSE(queue.remove(running).value());
  EXPECT_TRUE(queue.cancel(waiting.id).value());
  EXPECT_EQ(status(waiting.id), RunStatus::cancelled);
  EXPECT_TRUE(queue.cancel(running).value());
  EXPECT_EQ(ended(running), RunStatus::cancelled);
  EXPECT_FALSE(queue.cancel(running).value());
  EXPECT_FALSE(std::filesystem::exists(queue.folder_of(running)));
}

TEST_F(RunQueueTest, OutlivesWhatJobsThrow) {
  auto const id = queue
                      .submit(job("a",
                                  [](auto const&, auto const&) -> Result<void> {
                                    throw std::runtime_error("broken");
                                  }))
                      .value()
                      .id;
  EXPECT_EQ(ended(id), RunStatus::failed);
  EXPECT_NE(queue.find(id).value()->record.error.find("broken"), std::string::npos);
  EXPECT_EQ(queue.submit(job("a", {})).value().how, Submitted::fresh) << "failed is no answer";
}

TEST_F(RunQueueTest, StopsAndSaysWhatItCutOff) {
  std::promise<void> begun, never;
  auto const running = queue.submit(endless("a", begun)).value().id;
  begun.get_future().wait();
  auto const waiting = queue.submit(endless("b", never)).value().id;
  queue.stop();
  EXPECT_EQ(status(running), RunStatus::interrupted);
  EXPECT_EQ(status(waiting), RunStatus::interrupted);
  EXPECT_EQ(queue.submit(endless("c", never)).value().how, Submitted::queue_full);
}

TEST_F(RunQueueTest, DoesNotAnswerWithARunThatWasToldToStop) {
  std::promise<void> begun;
  std::promise<void> let_go;
  auto const gone = let_go.get_future().share();
  auto const dying = queue
                         .submit(job("a",
                                     [&begun, gone](auto const&, auto const&) -> Result<void> {
                                       begun.set_value();
                                       gone.wait();  // deaf for a while, as a long step is
                                       return {};
                                     }))
                         .value()
                         .id;
  begun.get_future().wait();
  EXPECT_EQ(queue.submit(job("a", {})).value().id, dying);
  EXPECT_TRUE(queue.cancel(dying).value());
  EXPECT_EQ(status(dying), RunStatus::running) << "it has not noticed";
  auto const again =
      queue.submit(job("a", [](auto const&, auto const&) { return Result<void>{}; })).value();
  EXPECT_EQ(again.how, Submitted::fresh);
  EXPECT_NE(again.id, dying);
  EXPECT_EQ(queue.submit(job("a", {})).value().id, again.id);
  let_go.set_value();
  EXPECT_EQ(ended(dying), RunStatus::cancelled);
  EXPECT_EQ(ended(again.id), RunStatus::done);
}

TEST_F(RunQueueTest, ShortRunsDoNotWaitForLongOnes) {
  std::promise<void> begun, never;
  auto const running = queue.submit(endless("a", begun)).value().id;
  begun.get_future().wait();
  EXPECT_EQ(queue.submit(endless("b", never)).value().how, Submitted::fresh);
  auto quick = job("c", [](auto const&, auto const&) { return Result<void>{}; });
  quick.lane = Lane::short_runs;
  auto const answered = queue.submit(std::move(quick)).value();
  EXPECT_EQ(answered.how, Submitted::fresh) << "although the other lane is full";
  EXPECT_EQ(ended(answered.id), RunStatus::done);
  EXPECT_EQ(status(running), RunStatus::running);
}

TEST_F(RunQueueTest, IsCancelledWhenTheLastFollowerLeaves) {
  std::promise<void> begun, never;
  auto const first = queue.submit(endless("a", begun)).value();
  begun.get_future().wait();
  auto const second = queue.submit(endless("a", never)).value();
  ASSERT_EQ(second.how, Submitted::known);
  ASSERT_TRUE(first.follower && second.follower);
  EXPECT_NE(first.follower, second.follower);
  ASSERT_TRUE(queue.leave(first.id, *first.follower));
  ASSERT_TRUE(queue.leave(first.id, *first.follower)) << "to leave twice is to leave once";
  ASSERT_TRUE(queue.leave(first.id, 77));
  EXPECT_EQ(status(first.id), RunStatus::running);
  auto const third = queue.submit(endless("a", never)).value();
  EXPECT_EQ(third.id, first.id) << "nobody told it to stop";
  ASSERT_TRUE(queue.leave(first.id, *second.follower));
  EXPECT_EQ(status(first.id), RunStatus::running);
  ASSERT_TRUE(queue.leave(first.id, *third.follower));
  EXPECT_EQ(ended(first.id), RunStatus::cancelled);
  EXPECT_TRUE(queue.leave(first.id, 1));
  EXPECT_TRUE(queue.leave(1000, 1));
  auto const done = queue.submit(job("b", [](auto const&, auto const&) { return Result<void>{}; }));
  EXPECT_EQ(ended(done.value().id), RunStatus::done);
  EXPECT_FALSE(queue.submit(job("b", {})).value().follower) << "it needs none any more";
}

TEST_F(RunQueueTest, AWaitingRunThatAllLeaveIsCancelled) {
  std::promise<void> begun, never;
  auto const running = queue.submit(endless("a", begun)).value();
  begun.get_future().wait();
  auto const waiting = queue.submit(endless("b", never)).value();
  ASSERT_TRUE(queue.leave(waiting.id, waiting.follower.value()));
  EXPECT_EQ(status(waiting.id), RunStatus::cancelled);
  EXPECT_EQ(status(running.id), RunStatus::running);
}

TEST_F(RunQueueTest, ACrowdIsNotCounted) {
  std::promise<void> begun, never;
  auto const first = queue.submit(endless("a", begun)).value();
  begun.get_future().wait();
  for (int k = 0; k < 1500; ++k) ASSERT_TRUE(queue.submit(endless("a", never)));
  for (std::uint32_t k = 0; k < 2000; ++k) ASSERT_TRUE(queue.leave(first.id, k));
  EXPECT_EQ(status(first.id), RunStatus::running);
}

TEST(RunQueue, BeginsNothingOnAFullDisk) {
  test::TemporaryFolder const folder;
  auto catalogue = Catalogue::open(folder.path() / "runs.sqlite", now()).value();
  RunQueue queue(catalogue, folder.path(), {.free_bytes = std::uint64_t{1} << 62}, now);
  EXPECT_EQ(queue.submit(RunQueueTest::job("a", {})).value().how, Submitted::no_room);
  EXPECT_TRUE(catalogue.list(0, 10).value().empty());
}

/// Runs of 10 KiB each, of which about three fit.
struct BoundedHistory : testing::Test {
  static constexpr std::size_t one = std::size_t{10} << 10;
  static constexpr QueueLimits limits{.threads = 1, .keep_bytes = 3 * one + (std::size_t{6} << 10)};
  test::TemporaryFolder folder;
  Catalogue catalogue = Catalogue::open(folder.path() / "runs.sqlite", now()).value();

  std::int64_t import() {
    RunRecord record;
    record.request_hash = "imported:1";
    record.status = RunStatus::done;
    auto const id = catalogue.add(record).value();
    std::filesystem::create_directories(folder.path() / std::to_string(id));
    std::ofstream(folder.path() / std::to_string(id) / "results.nc") << std::string(20 * one, 'x');
    return id;
  }
  static std::int64_t done(RunQueue& queue, std::string const& hash) {
    auto const id = queue
                        .submit(RunQueueTest::job(hash,
                                                  [](auto const& into, auto const&) {
                                                    std::ofstream(into / "results.nc")
                                                        << std::string(one, 'x');
                                                    return Result<void>{};
                                                  }))
                        .value()
                        .id;
    for (int k = 0; k < 1000 && !has_ended(queue.find(id).value()->record.status); ++k) {
      queue.wait_for_change(id, queue.find(id).value()->version, 20);
    }
    return id;
  }
  std::vector<std::int64_t> kept() {
    std::vector<std::int64_t> ids;
    auto const runs = catalogue.list(0, 100).value();
    for (auto const& each : runs) ids.push_back(each.id);
    return ids;
  }
};

TEST_F(BoundedHistory, OldestRunsGoFirst) {
  auto const imported = import();
  std::vector<std::int64_t> ids;
  {
    RunQueue queue(catalogue, folder.path(), limits, now);
    for (auto const* hash : {"a", "b", "c", "d", "e"}) ids.push_back(done(queue, hash));
  }
  EXPECT_EQ(kept(), (std::vector<std::int64_t>{ids[4], ids[3], ids[2], imported}));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / std::to_string(ids[1])));
  EXPECT_TRUE(std::filesystem::exists(folder.path() / std::to_string(ids[2])));
  EXPECT_TRUE(std::filesystem::exists(folder.path() / std::to_string(imported)));
}

TEST_F(BoundedHistory, RunsThatGoOnAndTheNewestStay) {
  auto narrow = limits;
  narrow.keep_bytes = 1;
  std::promise<void> begun;
  RunQueue queue(catalogue, folder.path(), narrow, now);
  auto const running = queue.submit(RunQueueTest::endless("long", begun)).value().id;
  begun.get_future().wait();
  std::vector<std::int64_t> ids;
  for (auto const* hash : {"a", "b"}) {
    auto quick = RunQueueTest::job(hash, [](auto const& into, auto const&) {
      std::ofstream(into / "results.nc") << std::string(one, 'x');
      return Result<void>{};
    });
    quick.lane = Lane::short_runs;
    ids.push_back(queue.submit(std::move(quick)).value().id);
    while (!has_ended(queue.find(ids.back()).value()->record.status)) std::this_thread::yield();
  }
  for (int k = 0; k < 1000 && kept().size() > 2; ++k) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_EQ(kept(), (std::vector<std::int64_t>{ids[1], running}));
}

TEST_F(BoundedHistory, WhatAnOlderProgramLeftIsMeasuredAndBounded) {
  std::vector<std::int64_t> ids;
  for (auto const* hash : {"a", "b", "c", "d", "e"}) {
    RunRecord record;
    record.request_hash = hash;
    record.status = RunStatus::done;
    ids.push_back(catalogue.add(record).value());
    auto const into = folder.path() / std::to_string(ids.back());
    std::filesystem::create_directories(into);
    std::ofstream(into / "results.nc") << std::string(one, 'x');
  }
  auto const orphan = folder.path() / "99";
  std::filesystem::create_directories(orphan);
  {
    RunQueue queue(catalogue, folder.path(), limits, now);
    for (int k = 0; k < 1000 && (kept().size() > 3 || std::filesystem::exists(orphan)); ++k) {
      queue.wait_for_change(0, 0, 1);
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
  EXPECT_EQ(kept(), (std::vector<std::int64_t>{ids[4], ids[3], ids[2]}));
  EXPECT_FALSE(std::filesystem::exists(orphan)) << "a kill between catalogue and files";
}

TEST(RunQueue, FailsWhatTakesTooLong) {
  test::TemporaryFolder const folder;
  auto catalogue = Catalogue::open(folder.path() / "runs.sqlite", now()).value();
  RunQueue queue(catalogue, folder.path(), {.capacity = 1, .threads = 1, .run_seconds = 1}, now);
  std::promise<void> begun;
  auto const id = queue.submit(RunQueueTest::endless("a", begun)).value().id;
  for (int k = 0; k < 500 && !has_ended(queue.find(id).value()->record.status); ++k) {
    queue.wait_for_change(id, queue.find(id).value()->version, 20);
  }
  auto const record = queue.find(id).value()->record;
  EXPECT_EQ(record.status, RunStatus::failed);
  EXPECT_NE(record.error.find("too_large"), std::string::npos) << record.error;
  EXPECT_NE(record.error.find("over 1 s"), std::string::npos) << record.error;
}

TEST(RunQueue, RemovesWhatAKillLeft) {
  test::TemporaryFolder const folder;
  std::filesystem::create_directories(folder.path() / ".unfinished-7" / "tables");
  auto catalogue = Catalogue::open(folder.path() / "runs.sqlite", now()).value();
  RunQueue const queue(catalogue, folder.path(), {.capacity = 1, .threads = 1}, now);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / ".unfinished-7"));
}

}  // namespace
}  // namespace linchpin::serve
