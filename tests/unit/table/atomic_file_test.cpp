// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/files/atomic_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "linchpin/table/files/sha256.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class AtomicFileTest : public ::testing::Test {
 protected:
  test::TemporaryFolder folder_;
};

TEST_F(AtomicFileTest, AppearsOnlyOnCommit) {
  auto file = AtomicFile::create(folder_.file("a/b/out.txt"));
  ASSERT_TRUE(file);
  ASSERT_TRUE(file->write("hello "));
  ASSERT_TRUE(file->write("world"));
  EXPECT_FALSE(std::filesystem::exists(folder_.file("a/b/out.txt")));
  ASSERT_TRUE(file->commit());
  EXPECT_EQ(test::read_file(folder_.file("a/b/out.txt")), "hello world");
}

TEST_F(AtomicFileTest, WithoutCommitNothingStaysNotEvenFolders) {
  {
    auto file = AtomicFile::create(folder_.file("a/b/out.txt"));
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->write("half"));
  }
  EXPECT_THAT(folder_.names(), IsEmpty());
}

TEST_F(AtomicFileTest, ReplacesAFileAndKeepsALink) {
  test::write_file(folder_.file("real.txt"), "old");
  std::filesystem::create_symlink("real.txt", folder_.file("link.txt"));
  ASSERT_TRUE(write_text_atomically(folder_.file("link.txt"), "new"));
  EXPECT_TRUE(std::filesystem::is_symlink(folder_.file("link.txt")));
  EXPECT_EQ(test::read_file(folder_.file("real.txt")), "new");
  EXPECT_THAT(folder_.names(), ElementsAre("link.txt", "real.txt"));
}

TEST_F(AtomicFileTest, RefusesFoldersDevicesAndNothing) {
  for (auto const& path : {folder_.path(), std::filesystem::path("/dev/null"),
                           std::filesystem::path{}, folder_.file("x/")}) {
    auto const done = write_text_atomically(path, "x");
    ASSERT_FALSE(done) << path;
    EXPECT_EQ(done.error().code, ErrorCode::unwritable_output);
  }
  auto const long_name = write_text_atomically(folder_.file(std::string(300, 'n')), "x");
  ASSERT_FALSE(long_name);
  EXPECT_THAT(test::text_of(long_name.error()), HasSubstr("shorter name"));
  EXPECT_THAT(folder_.names(), IsEmpty());
}

/// Source: FIPS 180-4 test vectors ("abc" and the empty message).
TEST_F(AtomicFileTest, Sha256OfFile) {
  auto const abc = sha256_of_file(test::write_file(folder_.file("abc"), "abc"));
  ASSERT_TRUE(abc);
  EXPECT_EQ(*abc, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  auto const empty = sha256_of_file(test::write_file(folder_.file("empty"), ""));
  ASSERT_TRUE(empty);
  EXPECT_EQ(*empty, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  auto const folder = sha256_of_file(folder_.path());
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().code, ErrorCode::unreadable_file);
}

}  // namespace
}  // namespace linchpin
