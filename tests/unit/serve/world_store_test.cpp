// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/world_store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <thread>
#include <vector>

#include "support/table_fixtures.h"

namespace linchpin::serve {
namespace {

namespace fs = std::filesystem;

TEST(WorldStore, OpensAChangedFileAnew) {
  test::TemporaryFolder const folder;
  auto const file = folder.path() / "mine.csv";
  fs::copy_file(LINCHPIN_SOURCE_DIR "/tests/cases/table/leather.csv", file);
  auto const store =
      WorldStore::make({folder.path(), folder.path() / "uploads", {}}, {file.string()}).value();
  auto const first = store->open("mine").value();
  auto const hash = store->fingerprint("mine").value();
  EXPECT_EQ(store->open("mine").value(), first) << "kept";
  std::ofstream(file, std::ios::app) << "\n";
  EXPECT_NE(store->open("mine").value(), first);
  EXPECT_NE(store->fingerprint("mine").value(), hash);
  EXPECT_EQ(store->open("mine").value(), store->open("mine").value());
}

/// A world whose reader, as the program that reads foreign NetCDF, waits until it may go on, and
/// then says that the file is broken.
struct SlowWorld : testing::Test {
  test::TemporaryFolder folder;
  fs::path slow = folder.path() / "slow.nc";
  fs::path quick = folder.path() / "quick.csv";
  fs::path reader = folder.path() / "reader";
  fs::path begun = folder.path() / "begun";
  std::unique_ptr<WorldStore> store;

  SlowWorld() {
    std::ofstream(slow) << "\x89HDF\r\n\x1a\n" << std::string(100, 'x');
    fs::copy_file(LINCHPIN_SOURCE_DIR "/tests/cases/table/leather.csv", quick);
    std::ofstream(reader) << "#!/bin/sh\necho begun >> " << begun.string() << "\nwhile [ ! -e "
                          << (folder.path() / "go").string() << " ]; do :; done\nexit 1\n";
    fs::permissions(reader, fs::perms::owner_all);
    store = WorldStore::make({folder.path(), folder.path() / "uploads", reader},
                             {slow.string(), quick.string()})
                .value();
  }
  std::future<std::string> open_slow() {
    return std::async(std::launch::async, [this] {
      auto const world = store->open("slow");
      return world ? std::string{} : world.error().what;
    });
  }
  void wait_until_it_is_read() const {
    for (int k = 0; k < 10000 && !fs::exists(begun); ++k) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }
  void release() const { std::ofstream(folder.path() / "go") << "1"; }
  std::string reads() const {
    std::ifstream file(begun);
    return {std::istreambuf_iterator<char>(file), {}};
  }
};

TEST_F(SlowWorld, DoesNotHoldUpOthers) {
  auto waiting = open_slow();
  wait_until_it_is_read();
  auto const world = store->open("quick");
  ASSERT_TRUE(world) << world.error().what;
  EXPECT_TRUE(store->fingerprint("quick"));
  EXPECT_TRUE(store->info("quick"));
  EXPECT_EQ(store->open("quick").value(), *world);
  EXPECT_NE(waiting.wait_for(std::chrono::milliseconds(0)), std::future_status::ready);
  release();
  EXPECT_NE(waiting.get(), "");
}

TEST_F(SlowWorld, AnswersAllWhoWaitForItAtOnce) {
  std::vector<std::future<std::string>> asked;
  for (int k = 0; k < 8; ++k) asked.push_back(open_slow());
  wait_until_it_is_read();
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  release();
  for (auto& each : asked) EXPECT_NE(each.get(), "");
  EXPECT_EQ(reads(), "begun\n") << "read once for all";
}

TEST_F(SlowWorld, IsWaitedForNoLongerThanAllowed) {
  auto waiting = open_slow();
  wait_until_it_is_read();
  RunControl control;
  control.cancel.cancel();
  auto const given_up = store->open("slow", control);
  ASSERT_FALSE(given_up);
  EXPECT_EQ(given_up.error().code, ErrorCode::cancelled);
  release();
  EXPECT_NE(waiting.get(), "");
}

/// Who is told to stop takes nobody along.
TEST_F(SlowWorld, IsReadAgainForOthersWhenItsReaderIsCancelled) {
  RunControl control;
  auto first = std::async(std::launch::async, [&] { return store->open("slow", control); });
  wait_until_it_is_read();
  auto second = open_slow();
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  control.cancel.cancel();
  EXPECT_EQ(first.get().error().code, ErrorCode::cancelled);
  for (int k = 0; k < 10000 && reads() != "begun\nbegun\n"; ++k) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_EQ(reads(), "begun\nbegun\n");
  release();
  EXPECT_NE(second.get(), "");
}

TEST(WorldStore, IsOpenedOnceForAllWhoAskTogether) {
  auto const store =
      WorldStore::make({LINCHPIN_SOURCE_DIR "/data", "/nonexistent", {}}, {}).value();
  std::vector<std::future<std::shared_ptr<OpenWorld const>>> asked;
  for (int k = 0; k < 8; ++k) {
    asked.push_back(
        std::async(std::launch::async, [&] { return store->open("world-2011").value(); }));
  }
  auto const first = asked.front().get();
  for (std::size_t k = 1; k < asked.size(); ++k) EXPECT_EQ(asked[k].get(), first);
}

TEST(WorldStore, KnowsWhatItHasTold) {
  test::TemporaryFolder const folder;
  auto const file = folder.path() / "mine.csv";
  fs::copy_file(LINCHPIN_SOURCE_DIR "/tests/cases/table/leather.csv", file);
  auto const store =
      WorldStore::make({folder.path(), folder.path() / "uploads", {}}, {file.string()}).value();
  EXPECT_EQ(store->known_info("mine").value(), nullptr);
  EXPECT_FALSE(store->known_info("yours"));
  auto const told = store->info("mine").value();
  EXPECT_NE(told->find("linchpin.table-info"), std::string::npos);
  EXPECT_EQ(store->known_info("mine").value(), told);
  EXPECT_EQ(store->info("mine").value(), told) << "not read again";
  std::ofstream(file, std::ios::app) << "\n";
  EXPECT_EQ(store->known_info("mine").value(), nullptr);
}

TEST(WorldStore, AnswersRestOnProgramAndParameters) {
  test::TemporaryFolder const folder;
  fs::create_directories(folder.path() / "parameters" / "technologies");
  auto const number = folder.path() / "parameters" / "technologies" / "numbers.csv";
  auto const program = folder.path() / "program";
  std::ofstream(number) << "a,1\n";
  std::ofstream(program) << "1";
  auto const store = WorldStore::make({folder.path(), folder.path(), program}, {}).value();
  auto const before = store->engine_fingerprint().value();
  EXPECT_EQ(store->engine_fingerprint().value(), before);
  std::ofstream(number) << "a,2.5\n";
  auto const after = store->engine_fingerprint().value();
  EXPECT_NE(after, before);
  std::ofstream(program) << "23";
  EXPECT_NE(store->engine_fingerprint().value(), after);
}

}  // namespace
}  // namespace linchpin::serve
