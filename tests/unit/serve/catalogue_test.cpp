// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/catalogue.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>

#include "linchpin/serve/folder_lock.h"
#include "support/table_fixtures.h"

namespace linchpin::serve {
namespace {

RunRecord record(std::string const& hash) {
  return {.kind = "disrupt",
          .world = "w",
          .title = "'); DROP TABLE runs; --",
          .request_hash = hash,
          .created = "2026-01-01T00:00:00Z"};
}

TEST(Catalogue, SurvivesAndMarksWhatWasCutOff) {
  test::TemporaryFolder const folder;
  auto const file = folder.path() / "runs.sqlite";
  {
    auto catalogue = Catalogue::open(file, "t0").value();
    auto done = record("a");
    done.id = catalogue.add(done).value();
    done.status = RunStatus::done;
    ASSERT_TRUE(catalogue.update(done));
    EXPECT_EQ(catalogue.add(record("b")).value(), 2);
  }
  auto catalogue = Catalogue::open(file, "t1").value();
  auto const runs = catalogue.list(0, 10).value();
  ASSERT_EQ(runs.size(), 2U);
  EXPECT_EQ(runs[0].status, RunStatus::interrupted);
  EXPECT_EQ(runs[0].ended, "t1");
  EXPECT_EQ(runs[0].title, record("b").title);
  EXPECT_EQ(runs[1].status, RunStatus::done);
  EXPECT_EQ(catalogue.list(2, 10).value().size(), 1U);
  EXPECT_TRUE(catalogue.same_request("a").value());
  EXPECT_FALSE(catalogue.same_request("b").value()) << "an interrupted run is no answer";
  ASSERT_TRUE(catalogue.remove(1));
  EXPECT_FALSE(catalogue.find(1).value());
  EXPECT_EQ(catalogue.add(record("c")).value(), 3) << "ids are never used again";
}

TEST(Catalogue, KeepsWhatWasPosted) {
  test::TemporaryFolder const folder;
  auto catalogue = Catalogue::open(folder.path() / "runs.sqlite", "t0").value();
  auto posted = record("a");
  posted.request = R"({"path":"/x"})";
  auto const id = catalogue.add(posted).value();
  EXPECT_EQ(catalogue.request(id).value(), posted.request);
  EXPECT_EQ(catalogue.find(id).value()->request, "") << "it may be large";
  EXPECT_EQ(catalogue.request(id + 1).value(), "");
}

/// As the first version wrote it.
TEST(Catalogue, ReadsTheLayoutBefore) {
  test::TemporaryFolder const folder;
  auto const file = folder.path() / "runs.sqlite";
  {
    ASSERT_TRUE(Catalogue::open(file, "t0").value().add(record("a")));
  }
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &raw), SQLITE_OK);
  auto const* const back =
      "DROP INDEX runs_by_bytes; ALTER TABLE runs DROP COLUMN request; "
      "ALTER TABLE runs DROP COLUMN bytes; "
      "PRAGMA user_version = 1;";
  ASSERT_EQ(sqlite3_exec(raw, back, nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(raw);
  auto catalogue = Catalogue::open(file, "t1").value();
  EXPECT_EQ(catalogue.request(1).value(), "");
  EXPECT_EQ(catalogue.list(0, 10).value().size(), 1U);
}

TEST(Catalogue, ReadsTheLayoutBeforeSizesWereKept) {
  test::TemporaryFolder const folder;
  auto const file = folder.path() / "runs.sqlite";
  {
    ASSERT_TRUE(Catalogue::open(file, "t0").value().add(record("a")));
  }
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &raw), SQLITE_OK);
  auto const* const back =
      "DROP INDEX runs_by_bytes; ALTER TABLE runs DROP COLUMN bytes; PRAGMA user_version = 2;";
  ASSERT_EQ(sqlite3_exec(raw, back, nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(raw);
  auto catalogue = Catalogue::open(file, "t1").value();
  EXPECT_EQ(catalogue.unmeasured().value(), (std::vector<std::int64_t>{1}));
  ASSERT_TRUE(catalogue.set_bytes(1, 5));
  EXPECT_TRUE(catalogue.unmeasured().value().empty());
}

TEST(Catalogue, RefusesALaterLayout) {
  test::TemporaryFolder const folder;
  auto const file = folder.path() / "runs.sqlite";
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &raw), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(raw, "PRAGMA user_version = 99;", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(raw);
  auto const opened = Catalogue::open(file, "t");
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().what.find("99"), std::string::npos);
}

/// 1 KiB is counted for the line of each run.
TEST(Catalogue, SaysWhichRunsAreTooOld) {
  test::TemporaryFolder const folder;
  auto catalogue = Catalogue::open(folder.path() / "runs.sqlite", "t0").value();
  auto const add = [&](std::string const& hash, std::uint64_t bytes, RunStatus status) {
    auto each = record(hash);
    each.status = status;
    auto const id = catalogue.add(each).value();
    EXPECT_TRUE(catalogue.set_bytes(id, bytes));
    return id;
  };
  auto const imported = add("imported:x", 1'000'000, RunStatus::done);
  auto const failed = add("a", 0, RunStatus::failed);
  auto const old = add("b", 1000, RunStatus::done);
  add("c", 1'000'000, RunStatus::running);
  auto const newer = add("d", 1000, RunStatus::done);
  auto const beyond = [&](std::uint64_t bytes) {
    return catalogue.beyond(bytes, "imported:").value();
  };
  using Ids = std::vector<std::int64_t>;
  constexpr std::uint64_t both = 2 * (1000 + 1024);
  EXPECT_EQ(beyond(both + 1024), Ids{});
  EXPECT_EQ(beyond(both + 1023), Ids{failed});
  EXPECT_EQ(beyond(both), Ids{failed});
  EXPECT_EQ(beyond(both - 1), (Ids{failed, old}));
  EXPECT_EQ(beyond(0), (Ids{failed, old})) << "the newest, " << newer << ", stays";
  EXPECT_EQ(catalogue.beyond(0, "nothing").value(), (Ids{imported, failed, old}));
}

TEST(Catalogue, RefusesAnotherFile) {
  test::TemporaryFolder const folder;
  auto const file = folder.path() / "runs.sqlite";
  std::ofstream(file) << std::string(5000, 'x');
  auto const opened = Catalogue::open(file, "t");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::bad_format);
}

TEST(FolderLock, IsHeldByOneAtATime) {
  test::TemporaryFolder const folder;
  {
    auto const lock = FolderLock::take(folder.path() / "serve");
    ASSERT_TRUE(lock);
    EXPECT_FALSE(FolderLock::take(folder.path() / "serve"));
  }
  EXPECT_TRUE(FolderLock::take(folder.path() / "serve"));
}

}  // namespace
}  // namespace linchpin::serve
