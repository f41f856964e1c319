// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "linchpin/results/checkpoint_file.h"
#include "support/fixtures.h"

namespace linchpin {
namespace {

sampling::Checkpoint sample() {
  sampling::Checkpoint checkpoint;
  checkpoint.fingerprint = {{"version", "0.1.0"}, {"seed", "7"}, {"empty", ""}};
  checkpoint.draws = 10;
  checkpoint.done = 3;
  checkpoint.scalars = DenseMatrix(3, 2);
  checkpoint.scalars(0, 0) = 0.1;
  checkpoint.scalars(2, 1) = -1.0 / 3;
  checkpoint.failed = {false, true, false};
  checkpoint.failures = {{1, "it broke (day 3)"}};
  checkpoint.series = 1;
  checkpoint.steps = 4;
  checkpoint.bands.resize(4);
  for (double const value : {0.95, 0.9501, 1.2}) checkpoint.bands[1].add(value);
  checkpoint.bands[3].add(-0.5);
  return checkpoint;
}

class CheckpointFileTest : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder); }
  void TearDown() override { std::filesystem::remove_all(folder); }
  std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / "linchpin-checkpoint-test";
};

TEST_F(CheckpointFileTest, ComesBackAsItWas) {
  CheckpointFile file(folder / "draws.nc");
  auto const nothing = file.load();
  ASSERT_TRUE(nothing);
  EXPECT_FALSE(*nothing);
  auto const saved = sample();
  ASSERT_TRUE(file.save(saved));
  auto const found = file.load();
  ASSERT_TRUE(found) << found.error().what;
  ASSERT_TRUE(*found);
  auto const& back = **found;
  EXPECT_EQ(back.fingerprint, saved.fingerprint);
  EXPECT_EQ(back.draws, saved.draws);
  EXPECT_EQ(back.done, saved.done);
  EXPECT_EQ(back.scalars, saved.scalars);
  EXPECT_EQ(back.failed, saved.failed);
  ASSERT_EQ(back.failures.size(), 1U);
  EXPECT_EQ(back.failures[0].draw, 1U);
  EXPECT_EQ(back.failures[0].reason, "it broke (day 3)");
  EXPECT_EQ(back.series, saved.series);
  EXPECT_EQ(back.steps, saved.steps);
  ASSERT_EQ(back.bands.size(), saved.bands.size());
  for (std::size_t i : {1U, 3U}) EXPECT_EQ(back.bands[i], saved.bands[i]);
  EXPECT_EQ(back.bands[0].total(), 0U);
  // Nothing but the file itself stays.
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
}

TEST_F(CheckpointFileTest, OtherFilesAreRefused) {
  auto const path = folder / "draws.nc";
  std::ofstream(path) << "no checkpoint";
  auto const text = CheckpointFile(path).load();
  ASSERT_FALSE(text);
  EXPECT_TRUE(is_input_error(text.error().code));
  // A flipped byte in the middle of a good one.
  ASSERT_TRUE(CheckpointFile(path).save(sample()));
  std::fstream bytes(path, std::ios::in | std::ios::out | std::ios::binary);
  auto const middle = static_cast<std::streamoff>(std::filesystem::file_size(path) / 2);
  bytes.seekg(middle);
  auto const byte = static_cast<char>(bytes.get());
  bytes.seekp(middle);
  bytes.put(static_cast<char>(byte ^ 0x10));
  bytes.close();
  auto const damaged = CheckpointFile(path).load();
  ASSERT_FALSE(damaged);
  EXPECT_EQ(damaged.error().code, ErrorCode::unreadable_file);
}

}  // namespace
}  // namespace linchpin
