// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/world_store.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

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
