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
