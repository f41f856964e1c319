// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/store/isolated_read.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>
#include <vector>

#include "linchpin/table/files/child_process.h"
#include "linchpin/table/store/isolated_read_stream.h"
#include "linchpin/table/store/trade_store.h"
#include "support/table_fixtures.h"
#include "support/trade_fixtures.h"

namespace linchpin {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;

constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20;

class IsolatedRead : public ::testing::Test {
 protected:
  void TearDown() override {
    // No child is left, running or dead.
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
    EXPECT_EQ(errno, ECHILD);
  }
  /// The helper under a name that says how it shall misbehave.
  std::filesystem::path program(std::string const& name) {
    auto const link = folder_.file(name);
    std::filesystem::create_symlink(LINCHPIN_READ_HELPER, link);
    return link;
  }
  std::filesystem::path world(Table const& table) {
    auto const path = folder_.file("world.nc");
    EXPECT_TRUE(write_world(table, path));
    return path;
  }
  Result<Table> read(std::string const& reader, unsigned seconds = 60,
                     std::uint64_t memory = 64 * mebibyte) {
    auto const path = world(test::random_table(2, 3, Rng(Seed{7}, 0)));
    return read_world_isolated(path, program(reader), {.memory_limit = memory}, {}, seconds);
  }
  /// Reading with this program must fail, with this code and text, and name the file.
  void expect_refused(std::string const& reader, ErrorCode code, std::string const& text,
                      unsigned seconds = 60) {
    auto const table = read(reader, seconds);
    ASSERT_FALSE(table);
    EXPECT_EQ(table.error().code, code) << test::text_of(table.error());
    EXPECT_THAT(table.error().what, HasSubstr(text));
    EXPECT_EQ(table.error().where, folder_.file("world.nc").string());
    EXPECT_FALSE(table.error().hint.empty());
  }
  test::TemporaryFolder folder_;
};

TEST_F(IsolatedRead, GivesTheSameTableAsReadingHere) {
  auto const table = test::random_table(3, 4, Rng(Seed{1}, 0));
  auto const path = world(table);
  auto const here = read_world(path);
  auto const there = read_world_isolated(path, LINCHPIN_READ_HELPER);
  ASSERT_TRUE(here);
  ASSERT_TRUE(there) << test::text_of(there.error());
  EXPECT_EQ(*there, *here);
  EXPECT_EQ(there->Z, table.Z);
  EXPECT_EQ(folder_.names(), std::vector<std::string>{"world.nc"});
}

TEST_F(IsolatedRead, GivesTheSameTradeAccountsAsReadingHere) {
  auto const path = folder_.file("cp.nc");
  ASSERT_TRUE(write_trade_calibration(test::random_accounts(5, 3, Rng(Seed{2}, 0)), path));
  auto const here = read_trade_calibration(path);
  auto const there = read_trade_calibration_isolated(path, LINCHPIN_READ_HELPER);
  ASSERT_TRUE(here);
  ASSERT_TRUE(there) << test::text_of(there.error());
  EXPECT_EQ(there->title, here->title);
  EXPECT_EQ(there->unit, here->unit);
  EXPECT_EQ(there->year, here->year);
  EXPECT_EQ(there->regions, here->regions);
  EXPECT_EQ(there->sectors, here->sectors);
  EXPECT_EQ(there->adjustments, here->adjustments);
  EXPECT_EQ(there->trade, here->trade);
  EXPECT_EQ(there->tariffs, here->tariffs);
  EXPECT_EQ(there->value_added_share, here->value_added_share);
  EXPECT_EQ(there->input_shares, here->input_shares);
  EXPECT_EQ(there->theta, here->theta);
}

TEST_F(IsolatedRead, TradeAccountsAndWorldsRefuseEachOther) {
  auto const path = folder_.file("cp.nc");
  ASSERT_TRUE(write_trade_calibration(test::random_accounts(2, 2, Rng(Seed{2}, 0)), path));
  auto const table = read_world_isolated(path, LINCHPIN_READ_HELPER);
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().what, "cp.nc is a trade calibration; only `equilibrium` can use it");
  auto const accounts = read_trade_calibration_isolated(
      world(test::random_table(2, 2, Rng(Seed{1}, 0))), LINCHPIN_READ_HELPER);
  ASSERT_FALSE(accounts);
  EXPECT_EQ(accounts.error().code, ErrorCode::bad_format);
  for (auto const* reader : {"crash", "garbage", "silent"}) {
    auto const broken = read_trade_calibration_isolated(path, program(reader));
    ASSERT_FALSE(broken) << reader;
    EXPECT_EQ(broken.error().code, ErrorCode::unreadable_file);
  }
}

TEST_F(IsolatedRead, PassesTheReadersErrorsOn) {
  auto const missing = read_world_isolated(folder_.file("none.nc"), LINCHPIN_READ_HELPER);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::file_not_found);
  auto const text = test::write_file(folder_.file("text.nc"), "no world");
  auto const here = read_world(text);
  auto const there = read_world_isolated(text, LINCHPIN_READ_HELPER);
  ASSERT_FALSE(here);
  ASSERT_FALSE(there);
  EXPECT_EQ(test::text_of(there.error()), test::text_of(here.error()));
}

TEST_F(IsolatedRead, HostileFilesAreRefused) {
  std::size_t files = 0;
  for (auto const& entry :
       std::filesystem::directory_iterator(LINCHPIN_TEST_CASES "/table/hostile")) {
    if (entry.path().extension() != ".nc") continue;
    auto const table =
        read_world_isolated(entry.path(), LINCHPIN_READ_HELPER, {.memory_limit = 64 * mebibyte});
    ASSERT_FALSE(table) << entry.path();
    EXPECT_THAT(table.error().code, AnyOf(ErrorCode::unreadable_file, ErrorCode::bad_format))
        << test::text_of(table.error());
    EXPECT_EQ(table.error().where, entry.path().string());
    ++files;
  }
  EXPECT_GE(files, 4U);
}

TEST_F(IsolatedRead, ACrashIsAnError) {
  // A sanitizer turns the signal into an exit code of its own.
  for (auto const* reader : {"crash", "abort"}) {
    auto const table = read(reader);
    ASSERT_FALSE(table);
    EXPECT_EQ(table.error().code, ErrorCode::unreadable_file);
    EXPECT_THAT(table.error().what, AnyOf(HasSubstr("crashed on this file (SIG"),
                                          HasSubstr("gave up on this file (exit code")));
  }
}

TEST_F(IsolatedRead, AHangIsAnError) {
  expect_refused("hang", ErrorCode::unreadable_file, "given up after 1 seconds", 1);
}

TEST_F(IsolatedRead, TooMuchComputingIsAnError) {
  expect_refused("spin", ErrorCode::unreadable_file, "given up after");
}

TEST_F(IsolatedRead, TooMuchMemoryIsAnError) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers need more address space than any limit";
#else
  expect_refused("greedy", ErrorCode::unreadable_file, "crashed on this file (SIGABRT)");
#endif
}

TEST_F(IsolatedRead, AnAnswerWithoutEndIsAnError) {
  auto const table = read("endless");
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().code, ErrorCode::unreadable_file) << test::text_of(table.error());
}

TEST_F(IsolatedRead, NoAnswerAndGarbageAreErrors) {
  for (auto const* reader : {"garbage", "silent"}) {
    expect_refused(reader, ErrorCode::unreadable_file, "no proper end");
    std::filesystem::remove(folder_.file("world.nc"));
  }
  expect_refused("fail", ErrorCode::unreadable_file, "exit code 3");
}

TEST_F(IsolatedRead, AChildOfTheChildIsEndedToo) {
  expect_refused("orphan", ErrorCode::unreadable_file, "given up after 1 seconds", 1);
}

TEST_F(IsolatedRead, AMissingReaderIsAnError) {
  auto const path = world(test::random_table(1, 2, Rng(Seed{7}, 0)));
  auto const none = read_world_isolated(path, folder_.file("nothing"));
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::file_not_found);
  auto const text = test::write_file(folder_.file("text"), "not a program");
  std::filesystem::permissions(text, std::filesystem::perms::owner_all);
  auto const unfit = read_world_isolated(path, text);
  ASSERT_FALSE(unfit);
  EXPECT_THAT(unfit.error().what, HasSubstr("did not start"));
}

TEST_F(IsolatedRead, CanBeCancelled) {
  auto const path = world(test::random_table(1, 2, Rng(Seed{7}, 0)));
  RunControl control;
  control.cancel.cancel();
  auto const table = read_world_isolated(path, program("hang"), {}, control);
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().code, ErrorCode::cancelled);
}

TEST_F(IsolatedRead, WorksFromManyThreads) {
  auto const table = test::random_table(2, 3, Rng(Seed{3}, 0));
  auto const path = world(table);
  std::vector<std::jthread> threads;
  std::atomic<int> same = 0;
  for (int k = 0; k < 4; ++k) {
    threads.emplace_back([&] {
      auto const there = read_world_isolated(path, LINCHPIN_READ_HELPER);
      if (there && there->Z == table.Z) ++same;
    });
  }
  threads.clear();
  EXPECT_EQ(same, 4);
}

// ---- the answer's bytes

std::vector<std::byte> encoded(Result<Table> const& answer) {
  int const file = ::memfd_create("answer", MFD_CLOEXEC);
  EXPECT_TRUE(write_answer(file, answer));
  auto const size = ::lseek(file, 0, SEEK_END);
  std::vector<std::byte> bytes(static_cast<std::size_t>(size));
  EXPECT_EQ(::pread(file, bytes.data(), bytes.size(), 0), size);
  ::close(file);
  return bytes;
}

Table sparse_with_satellites() {
  auto table = test::random_table(2, 3, Rng(Seed{5}, 0));
  CsrMatrix flows(table.size(), table.size());
  for (std::size_t i = 0; i < table.size(); ++i) {
    flows.column.push_back(static_cast<std::uint32_t>(table.size() - 1 - i));
    flows.value.push_back(static_cast<double>(i) + 0.5);
    flows.row_start[i + 1] = i + 1;
  }
  table.Z = flows;
  table.satellites.rows = {{"CO2", "kg"}, {"jobs", "persons"}};
  table.satellites.F = DenseMatrix(2, table.size());
  table.satellites.F(1, 2) = 7;
  table.satellites.F_Y = DenseMatrix(2, table.labels.final_columns());
  return table;
}

TEST(AnswerStream, KeepsEveryKindOfTable) {
  auto const dense = test::random_table(2, 3, Rng(Seed{5}, 0));
  auto const sparse = sparse_with_satellites();
  auto single = dense;
  single.Z = FlowMatrix(dense.size(), dense.size(),
                        FlowMatrix::FloatVector(dense.size() * dense.size(), 1.5F));
  for (auto const& table : {dense, sparse, single}) {
    auto const bytes = encoded(table);
    auto const again = decode_table(bytes, 64 * mebibyte, "here");
    ASSERT_TRUE(again) << test::text_of(again.error());
    EXPECT_EQ(*again, table);
    EXPECT_EQ(again->Z.storage(), table.Z.storage());
  }
}

TEST(AnswerStream, KeepsErrors) {
  Error const error{ErrorCode::too_large,
                    "what",
                    "where",
                    "hint",
                    {{ErrorCode::bad_value, "second", "there", "so"}}};
  auto const again = decode_table(encoded(fail(error)), mebibyte, "here");
  ASSERT_FALSE(again);
  EXPECT_EQ(test::text_of(again.error()), test::text_of(error));
}

TEST(AnswerStream, EveryCutIsRefused) {
  auto const bytes = encoded(sparse_with_satellites());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    auto const table = decode_table(std::span(bytes).first(size), 64 * mebibyte, "here");
    ASSERT_FALSE(table) << size;
    EXPECT_EQ(table.error().code, ErrorCode::unreadable_file);
  }
}

TEST(AnswerStream, EveryByteMayBeAnything) {
  // Whatever one changed byte does, what comes out fits its labels or nothing comes out, and no
  // size is believed (the sanitizers and the memory of this process see to that).
  auto const bytes = encoded(sparse_with_satellites());
  std::size_t refused = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (unsigned const value : {0x00U, 0x01U, 0x7FU, 0xFFU}) {
      auto changed = bytes;
      changed[at] = static_cast<std::byte>(value);
      auto const table = decode_table(changed, 64 * mebibyte, "here");
      if (!table) {
        ++refused;
        continue;
      }
      EXPECT_EQ(table->Z.rows(), table->size());
      for (std::size_t i = 0; i < table->size(); ++i) {
        table->Z.for_each(i, [&](std::size_t j, double) { EXPECT_LT(j, table->size()); });
      }
    }
  }
  EXPECT_GT(refused, bytes.size() / 4);
}

TEST(AnswerStream, LargerThanTheLimitIsRefused) {
  std::vector<std::byte> const bytes(66 * mebibyte);
  auto const table = decode_table(bytes, mebibyte, "here");
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().code, ErrorCode::too_large);
}

}  // namespace
}  // namespace linchpin
